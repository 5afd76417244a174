using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class ProfilesTests
{
    private const string SquareHeader = "Date,Time,Time Zone,Category,Item,Qty,Net Sales,Transaction ID,Location,Customer Reference ID\n";

    private static ReadingOptions With(params (string Name, string Text)[] texts) => new() { Texts = texts.ToDictionary(t => t.Name, t => t.Text, StringComparer.Ordinal) };

    [Test]
    public void SquareItemsBecomePurchasesWithNumberedLines()
    {
        var file = CanonicalRowsTests.File(SquareHeader
            + "1/13/2026,10:00,PST,Produce,Apple,1,\"$1,008.00\",T1,Main,0042\n1/13/2026,10:00,PST,Bakery,Bun,1,$2.50,T1,Main,0042\n1/14/2026,11:00,PST,Produce,Pear,-1,-$3.00,T2,Main,\n"
            + "Date,Time,Time Zone,Category,Item,Qty,Net Sales,Transaction ID,Location,Customer Reference ID\nTotal,,,,,,\"$1,007.50\",,,\n");
        var (rows, problems, totals) = CanonicalRowsTests.ReadAll(file, Profiles.SquareItems);
        Assert.That(rows, Is.EqualTo(new[] { "T1/1|0042|1/13/2026|$1,008.00|Produce|Main", "T1/2|0042|1/13/2026|$2.50|Bakery|Main", "T2/1|1/14/2026|-$3.00|Produce|Main" }));
        Assert.That((totals.Sum("amount"), totals.Skipped, totals.AddsUp), Is.EqualTo((Money.Parse("1007.50"), 2L, true)));
        Assert.That(totals.SkippedBecause, Is.EqualTo(new Dictionary<string, long> { ["header-repeated"] = 1, ["totals-row"] = 1 }));
        Assert.That(problems.First.Select(p => (p.Severity, p.Code, p.Line)), Is.EqualTo(new[] { (Severity.Warning, "header-repeated", 5L), (Severity.Warning, "totals-row", 6L) }));
        Assert.That(totals.Dates["purchased_on"], Is.EqualTo(new DateRange(new(2026, 1, 13), new(2026, 1, 14))));
    }

    [Test]
    public void NotesBelowTheTableAreSetAsideAndShown()
    {
        var lines = new[]
        {
            SquareHeader.TrimEnd(), "1/13/2026,,,Produce,Apple,1,$8.00,T1,Main,0042", "Total,,,,,,$8.00,,,", "",
            "Prepared for the board on Monday", "\"Sales are net of returns, gift cards apart\",,,,,,,,,",
        };
        var (rows, problems, totals) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File(string.Join('\n', lines) + "\n"), Profiles.SquareItems);
        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That((totals.Accepted, totals.Rejected, totals.Skipped, totals.Blank, totals.RowsInFile, totals.AddsUp), Is.EqualTo((1, 0, 3, 1, lines.Length - 1, true)));
        Assert.That(totals.SkippedBecause, Is.EqualTo(new Dictionary<string, long> { ["totals-row"] = 1, ["trailing-note"] = 2 }));
        Assert.That(problems.First.Skip(1).Select(p => (p.Severity, p.Code, p.Line, p.Value)), Is.EqualTo(new[]
        {
            (Severity.Warning, "trailing-note", 5L, "Prepared for the board on Monday"), (Severity.Warning, "trailing-note", 6L, "Sales are net of returns, gift cards apart"),
        }));
    }

    [Test]
    public void ANoteAboveDataOrInOurOwnFormIsARowThatIsWrong()
    {
        var rejects = new StringWriter();
        var file = CanonicalRowsTests.File(SquareHeader + "1/13/2026,,,Produce,Apple,1,$8.00,T1,Main,0042\nPrepared for the board on Monday\n1/14/2026,,,Produce,Apple,1,$8.00,T2,Main,0042\n1/15/20\n");
        using (var read = CanonicalRows.Open(file, Profiles.SquareItems, new ProblemList(), null, new RejectsFile(rejects)).Value)
        {
            while (read.Read()) read.Accept();
            var totals = read.Finish().Value;
            Assert.That((totals.Accepted, totals.Rejected, totals.Skipped, totals.AddsUp), Is.EqualTo((2, 2, 0, true)), "a row that was cut short is no note either");
        }
        Assert.That(rejects.ToString().Split("\r\n")[1], Does.StartWith("Prepared for the board on Monday,"));
        var (_, problems, _) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File("source_id,member_number,purchased_on,amount\nR1,1,2026-01-13,8.00\nPrepared for the board on Monday\n"), Profile.Canonical(CanonicalFile.Purchases));
        Assert.That(problems.First.Select(p => (p.Line, p.Code)), Is.EqualTo(new[] { (3L, "row-ragged") }));
    }

    [Test]
    public void AmbiguousDatesForceAChoice()
    {
        var file = CanonicalRowsTests.File(SquareHeader + "3/4/2026,,,,,,$1.00,T1,,\n5/6/2026,,,,,,$1.00,T2,,\n");
        Assert.That(CanonicalRows.Open(file, Profiles.SquareTransactions, new ProblemList()).Refusal!.Code, Is.EqualTo("dates-ambiguous"));
        var (_, _, totals) = CanonicalRowsTests.ReadAll(file, Profiles.SquareTransactions, new() { DateOrder = DateOrder.DayFirst });
        Assert.That(totals.Dates["purchased_on"], Is.EqualTo(new DateRange(new(2026, 4, 3), new(2026, 6, 5))));
    }

    [Test]
    public void DatesOfTwoOrdersAreRefused() =>
        Assert.That(CanonicalRows.Open(CanonicalRowsTests.File(SquareHeader + "3/14/2026,,,,,,$1.00,T1,,\n15/6/2026,,,,,,$1.00,T2,,\n"), Profiles.SquareTransactions, new ProblemList()).Refusal!.Code, Is.EqualTo("dates-mixed"));

    [Test]
    public void AProvenOrderMustHoldForEveryRow()
    {
        var (rows, problems, _) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File(SquareHeader + "3/14/2026,,,,,,$1.00,T1,,\n2026-03-15,,,,,,$1.00,T2,,\n"), Profiles.SquareTransactions);
        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(problems.First.Select(p => (p.Line, p.Code)), Is.EqualTo(new[] { (3L, "date-form") }));
    }

    [Test]
    public void AGustoRowBecomesOneRowPerKindOfHours()
    {
        var file = CanonicalRowsTests.File("last_name,first_name,title,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours\nDíaz,Ana,,abc123,80.00,4.50,0\nLee,Bo,,def456,,,\n");
        var (rows, problems, totals) = CanonicalRowsTests.ReadAll(file, Profiles.GustoHours, With(("period-start", "2026-01-01"), ("period-end", "2026-01-14"), ("paid-on", "2026-01-16")));
        Assert.That(rows, Is.EqualTo(new[]
        {
            "abc123/2026-01-16/regular|abc123|2026-01-01|2026-01-14|2026-01-16|80.00|regular",
            "abc123/2026-01-16/overtime|abc123|2026-01-01|2026-01-14|2026-01-16|4.50|overtime",
        }));
        Assert.That((totals.Accepted, totals.Entries, totals.Skipped, totals.RowsInFile, problems.Errors), Is.EqualTo((1, 2, 1, 2, 0)));
    }

    [Test]
    public void GustoNeedsThePeriodAndTheCheckDate()
    {
        var file = CanonicalRowsTests.File("gusto_employee_id,regular_hours\nabc123,8\n");
        Assert.That(CanonicalRows.Open(file, Profiles.GustoHours, new ProblemList()).Refusal!.Code, Is.EqualTo("text-missing"));
        Assert.That(CanonicalRows.Open(file, Profiles.GustoHours, new ProblemList(), With(("period-start", "1/1/2026"), ("period-end", "2026-01-14"), ("paid-on", "2026-01-16"))).Refusal!.Code, Is.EqualTo("text-invalid"));
    }

    [Test]
    public void CorePosHouseholdsPointToTheirOwner()
    {
        var (rows, _, _) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File("CardNo,personNum,LastName,FirstName,Type\n7,1,Díaz,Ana,PC\n7,2,Lee,Bo,PC\n"), Profiles.CorePosMembers);
        Assert.That(rows, Is.EqualTo(new[] { "7|Ana|Díaz", "7/2|Bo|Lee|7" }));
        (rows, _, _) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File("Member Number,First Name,Last Name\n8,Cy,Ng\n"), Profiles.CorePosMembers);
        Assert.That(rows, Is.EqualTo(new[] { "8|Cy|Ng" }));
    }

    [Test]
    public void CorePosContactsSplitTheStreet()
    {
        var (rows, _, _) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File("card_no,street,city,state,zip,phone,email_1\n7,\"12 Elm St\nApt 4\",Duluth,MN,55805,,a@b.org\n"), Profiles.CorePosContacts);
        Assert.That(rows, Is.EqualTo(new[] { "7|a@b.org|12 Elm St|Apt 4|Duluth|MN|55805" }));
    }

    [Test]
    public void CorePosEquityTakesItsAccountFromTheDepartment()
    {
        var file = CanonicalRowsTests.File("card_no,stockPurchase,tdate,trans_num,trans_id,dept\n7,20.00,2026-01-05 13:44:22,1-1-22,3,992\n7,80.00,2026-01-05 13:44:22,1-1-22,4,991\n7,5.00,2026-01-06,1-1-9,1,993\n");
        var codes = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["account"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["992"] = "membership_share", ["991"] = "preferred" },
        };
        var (rows, problems, _) = CanonicalRowsTests.ReadAll(file, Profiles.CorePosEquity, new() { Codes = codes });
        Assert.That(rows, Is.EqualTo(new[]
        {
            "2026-01-05/1-1-22/3/992|7|membership_share|2026-01-05 13:44:22|20.00", "2026-01-05/1-1-22/4/991|7|preferred|2026-01-05 13:44:22|80.00",
        }));
        Assert.That(problems.First.Select(p => (p.Code, p.Value)), Is.EqualTo(new[] { ("code-untranslated", "993") }));
    }

    [Test]
    public void HeadersMatchByNameWhateverTheirBlanksAndCase()
    {
        var mapping = ColumnMapping.Match(Profile.Canonical(CanonicalFile.Purchases), ["\uFEFFSource_ID ", "\u00A0Purchased On", "AMOUNT", "colour"]).Value;
        Assert.That(mapping.Columns.Keys, Is.EquivalentTo(new[] { "source_id", "purchased_on", "amount" }));
        Assert.That(mapping.Unread, Is.EqualTo(new[] { "colour" }));
        Assert.That(mapping.Absent, Is.EqualTo(new[] { "member_number", "department", "eligible", "store", "volume" }));
    }

    [Test]
    public void MissingDoubledAndUnknownColumnsAreRefusedByName()
    {
        var purchases = Profile.Canonical(CanonicalFile.Purchases);
        string Code(Profile profile, string[] header, params (string, string)[] chosen) =>
            ColumnMapping.Match(profile, header, chosen.ToDictionary(c => c.Item1, c => c.Item2, StringComparer.Ordinal)).Refusal!.Code;
        Assert.That(Code(purchases, ["source_id", "amount"]), Is.EqualTo("column-missing"));
        Assert.That(Code(purchases, ["source_id", "amount", " Amount"]), Is.EqualTo("header-twice"));
        Assert.That(Code(purchases, ["source_id", "amount", "purchased_on"], ("amount", "Total")), Is.EqualTo("column-missing"));
        Assert.That(Code(purchases, ["source_id", "amount", "purchased_on"], ("amounts", "amount")), Is.EqualTo("column-unknown"));
        Assert.That(Code(Profiles.SquareTransactions, ["Transaction ID", "Date", "Net Sales"]), Is.EqualTo("column-missing"), "without its customer column every sale would become non-member business");
    }

    [Test]
    public void AnUnknownTimeZoneIsRefused() =>
        Assert.That(CanonicalRows.Open(CanonicalRowsTests.File(SquareHeader), Profiles.SquareItems, new ProblemList(), new() { TimeZone = "Mars/Olympus" }).Refusal!.Code, Is.EqualTo("time-zone-unknown"));

    [Test]
    public void ReadingOptionsAreSavedPerSourceAndComeBack()
    {
        var options = new ReadingOptions
        {
            Columns = new Dictionary<string, string>(StringComparer.Ordinal) { ["member_number"] = "Customer Name" },
            Numbers = new(',', '.', "€", Reversed: true), DateOrder = DateOrder.DayFirst, Separator = ';', Encoding = FileEncoding.Utf8,
        };
        var again = ReadingOptions.FromJson(options.ToJson());
        Assert.That(again.ToJson(), Is.EqualTo(options.ToJson()));
        Assert.That((again.Numbers, again.DateOrder, again.Separator, again.Columns["member_number"]), Is.EqualTo((options.Numbers, DateOrder.DayFirst, ';', "Customer Name")));
        var (rows, _, totals) = CanonicalRowsTests.ReadAll(CanonicalRowsTests.File("Transaction ID;Date;Net Sales;Customer Name\nT1;3.4.2026;-1.234,50 €;9\n"), Profiles.SquareTransactions, again);
        Assert.That((rows[0], totals.Sum("amount")), Is.EqualTo(("T1|9|3.4.2026|-1.234,50 €", Money.Parse("1234.50"))));
    }
}
