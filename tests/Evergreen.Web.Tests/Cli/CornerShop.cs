namespace Evergreen.Web.Tests.Cli;

/// <summary>A co-op of three, small enough to be worked out by hand: 100.00 earned in 2023 by three times 100 hours, so 33.34, 33.33 and 33.33.</summary>
internal static class CornerShop
{
    public static readonly string[] Ana = ["--as", "Ana"];
    public static readonly string[] Joy = ["--as", "Joy"];

    public static void WriteFiles(Office office)
    {
        office.Write("members.csv", """
            member_number,name,classes,joined_on,tax_id_type,tax_id,consent,consent_on
            M1,Ada Bell,worker,2020-01-01,SSN,900000101,bylaw,2019-12-01
            M2,Ben Cole,worker,2020-01-01,SSN,900000102,bylaw,2019-12-01
            M3,Cleo Diaz,worker,2020-01-01,SSN,900000103,bylaw,2019-12-01

            """);
        office.Write("equity.csv", """
            source_id,member_number,account,fiscal_year,posted_on,amount
            E1,M1,membership_share,,2023-01-02,100.00

            """);
        office.Write("hours.csv", """
            source_id,member_number,work_date,period_start,period_end,paid_on,hours,hours_kind,wages
            H1,M1,2023-03-01,,,,100.00,regular,
            H2,M2,2023-03-01,,,,100.00,regular,
            H3,M3,2023-03-01,,,,100.00,regular,
            H4,M9,2024-03-01,,,,8.00,regular,

            """);
        office.Write("purchases.csv", """
            source_id,member_number,purchased_on,amount,department,eligible,store
            R1,M1,2024-02-01,12.34,grocery,,main

            """);
        office.Write("surplus.csv", """
            line,amount,sourced,pool,reason
            Sales,1000.00,patronage,,
            Costs,-900.00,patronage,,
            Interest,5.00,nonpatronage,,

            """);
        office.Write("policy.json", """
            { "netIncomeBasis": "book", "memberRatio": "records", "collectiveReserve": "0%",
              "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "20%", "notice": "qualified" } ] }
            """);
    }

    public static readonly string[] Create = ["co-op", "create", "Corner Shop", "--code", "corner", "--country", "US", "--currency", "USD", "--fiscal-year-end", "12-31", "--regime", "subchapter-t",
        "--address", "1 Main Street", "--address", "Galesburg, IL 61401", "--contact-name", "Ana", "--redemption", "Within five years."];

    /// <summary>From an empty folder to a calculated run 2023-1.</summary>
    public static void Calculate(Office office)
    {
        WriteFiles(office);
        office.DoneHere([.. Create, .. Ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. Ana]);
        office.DoneHere(["import", "equity", "equity.csv", "--expect-total", "100.00", .. Ana]);
        office.DoneHere(["import", "hours", "hours.csv", .. Ana]);
        office.DoneHere(["year", "close", "2023", "--figures", "surplus.csv", "--expect-total", "105.00", .. Ana]);
        office.DoneHere(["year", "reason", "2023", "Interest", "On idle reserves", .. Ana]);
        office.DoneHere(["dividends", "policy", "2023", "--file", "policy.json", .. Ana]);
        office.DoneHere(["dividends", "calculate", "2023", .. Ana]);
    }

    /// <summary>… and on to its posting.</summary>
    public static void Post(Office office)
    {
        Calculate(office);
        office.DoneHere(["dividends", "approve", "2023-1", "--resolution", "2024/03", .. Joy]);
        office.DoneHere(["dividends", "post", "2023-1", "--on", "2024-03-31", .. Ana]);
    }
}
