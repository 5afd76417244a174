using static Evergreen.Application.Imports.Origin;

namespace Evergreen.Application.Imports;

/// <summary>The foreign files we know. Sources: CORE-POS/IS4C importers and models; public Square and Gusto exports.</summary>
public static class Profiles
{
    private static readonly NumberForm Dollars = new('.', ',', "$");

    public static readonly Profile CorePosMembers = new("core-pos-members", "CORE-POS members (member import or custdata)", CanonicalFile.Members,
        [Row(
            ("member_number", new WhenAboveOne(new("personNum"), new Joined("/", CoreMember, new Column("personNum")), CoreMember)),
            ("household_of", new WhenAboveOne(new("personNum"), CoreMember)),
            ("given_name", new Column("First Name", "FirstName")),
            ("family_name", new Column("Last Name", "LastName")),
            ("joined_on", new Column("start_date")),
            ("left_on", new Column("end_date")))],
        DateOrder.YearFirst);

    public static readonly Profile CorePosContacts = new("core-pos-contacts", "CORE-POS contacts (contact import or meminfo)", CanonicalFile.Members,
        [Row(
            ("member_number", CoreMember),
            ("address_line1", new LineOf(new("Street Address", "street"), 1)),
            ("address_line2", new Joined(", ", new LineOf(new("Street Address", "street"), 2), new Column("2nd Address Line"))),
            ("city", new Column("City")),
            ("region", new Column("State")),
            ("postal_code", new Column("Zip Code", "zip")),
            ("phone", new Column("Phone #", "phone")),
            ("email", new Column("Email", "email_1")))],
        DateOrder.YearFirst);

    /// <summary>The class of equity is carried by the department: which department is which account must be given as codes.</summary>
    public static readonly Profile CorePosEquity = new("core-pos-equity", "CORE-POS equity (equity import or stockpurchases)", CanonicalFile.Equity,
        [Row(
            // A transaction number is unique within its day only.
            ("source_id", new Joined("/", new DateOf(CoreDate), new Column("Transaction ID", "trans_num"), new Column("trans_id"), new Column("Dept. #", "dept"))),
            ("member_number", CoreMember),
            ("account", new Column("Dept. #", "dept")),
            ("posted_on", CoreDate),
            ("amount", new Column("Equity Amt", "stockPurchase")))],
        Numbers: Dollars);

    public static readonly Profile SquareTransactions = new("square-transactions", "Square transactions export", CanonicalFile.Purchases,
        [Row(
            ("source_id", new Column("Transaction ID")),
            ("member_number", new Column("Customer Reference ID")),
            ("purchased_on", new Column("Date")),
            ("amount", new Column("Net Sales")),
            ("store", new Column("Location")))],
        Numbers: Dollars, TotalsIn: ["Date"], Instead: "square-items");

    public static readonly Profile SquareItems = new("square-items", "Square items export", CanonicalFile.Purchases,
        [Row(
            ("source_id", new Numbered(new("Transaction ID"))),
            ("member_number", new Column("Customer Reference ID")),
            ("purchased_on", new Column("Date")),
            ("amount", new Column("Net Sales")),
            ("department", new Column("Category")),
            ("store", new Column("Location")))],
        Numbers: Dollars, TotalsIn: ["Date"], Instead: "square-transactions");

    /// <summary>One row per employee and kind of hours. The export names neither the period nor the check date, so the operator does.</summary>
    public static readonly Profile GustoHours = new("gusto-hours", "Gusto hours export", CanonicalFile.Hours,
        [GustoPart("regular", "regular_hours"), GustoPart("overtime", "overtime_hours"), GustoPart("double_overtime", "double_overtime_hours")],
        DateOrder.YearFirst, Dollars,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["period-start"] = "first day of the pay period",
            ["period-end"] = "last day of the pay period",
            ["paid-on"] = "check date",
        },
        TotalsIn: ["last_name", "first_name", "gusto_employee_id"]);

    public static readonly IReadOnlyList<Profile> Foreign = [CorePosMembers, CorePosContacts, CorePosEquity, SquareTransactions, SquareItems, GustoHours];

    /// <returns>Null where no profile of that name makes this file.</returns>
    public static Profile? Find(string name, CanonicalFile file) =>
        name == Profile.CanonicalName ? Profile.Canonical(file) : name == Profile.OtherName ? Profile.Other(file) : Foreign.FirstOrDefault(p => p.Name == name && p.File == file);

    private static Column CoreMember => new("Member Number", "CardNo", "card_no");
    private static Column CoreDate => new("Date", "tdate");

    private static RowPart Row(params (string Column, Origin From)[] fields) =>
        new(fields.ToDictionary(f => f.Column, f => f.From, StringComparer.Ordinal));

    private static RowPart GustoPart(string kind, string hours) => Row(
        ("source_id", new Joined("/", new Column("gusto_employee_id"), new Option("paid-on"), new Constant(kind))),
        ("member_number", new Column("gusto_employee_id")),
        ("period_start", new Option("period-start")),
        ("period_end", new Option("period-end")),
        ("paid_on", new Option("paid-on")),
        ("hours", new Column(hours)),
        ("hours_kind", new Constant(kind))) with { OnlyWith = hours };
}
