using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Patronage;

/// <summary>Rows that go in and that a person should look at.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class RowWarningsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        shop.Enrol("1", "2");
    }

    [TearDown]
    public void Close() => database.Dispose();

    private ImportReport Hours(params string[] rows) => new ImportHours(database.Books).Run(SampleCoOp.Request(
        SampleCoOp.File("hours.csv", ["source_id,member_number,work_date,period_start,period_end,paid_on,hours,hours_kind,wages", .. rows])) with { DespiteTotals = true }).Value;

    private static IEnumerable<(long, string)> Twins(ImportReport report) =>
        report.Problems.Where(problem => problem is { Code: "possibly-twice", Severity: Severity.Warning }).Select(problem => (problem.Line, $"{problem.Column} {problem.Value}, {problem.Expected.Split('\'')[1]}"));

    [Test]
    public void PurchasesThatSayTheSameUnderOtherIdsAreWarnedOf()
    {
        var report = shop.Purchases("R1,1,2025-01-02,10.00,wine,,main,1", "R2,1,2025-01-02,10.00,wine,,main,1", "R3,1,2025-01-02,10.00,wine,,,1", "R4,1,2025-01-02,10.00,wine,,main,", "R5,2,2025-01-02,10.00,wine,,main,1",
            "R6,1,2025-01-03,10.00,wine,,main,1", "R7,1,2025-01-02,10.01,wine,,main,1", "R8,1,2025-01-02,10.00,bread,,main,1", "R9,1,2025-01-02,10.00,wine,true,main,1", "R0,1,2025-01-02,10.00,wine,,main,1",
            "N1,,2025-01-02,3.00,,,,", "N2,,2025-01-02,3.00,,,,", "S1/1,2,2025-01-02,3.00,,,,", "S1/2,2,2025-01-02,3.00,,,,", "S2/1,2,2025-01-02,3.00,,,,");
        Assert.That(report.Totals.Accepted, Is.EqualTo(15));
        Assert.That(Twins(report), Is.EqualTo(new[] { (3L, "source_id R2, R1"), (11L, "source_id R0, R1"), (16L, "source_id S2/1, S1/1") }), "neither sales to nobody nor the lines of one receipt");
        Assert.That(report.ProblemGroups.Single(group => group.Code == "possibly-twice").Count, Is.EqualTo(3));
    }

    [Test]
    public void TwinsInAnotherImportAndInAFileThatRepeatsRowsAreFoundToo()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,,,,", "R2,1,2025-01-20,4.00,,,,");
        shop.Purchases("R3,1,2025-03-02,10.00,,,,");
        var report = shop.Purchases("X0,1,2025-01-01,1.00,,,,", "X1,1,2025-01-02,10.00,,,,", "R2,1,2025-01-20,4.00,,,,", "X2,2,2025-01-21,5.00,,,,", "X3,2,2025-01-21,5.00,,,,");
        Assert.That((report.Totals.Accepted, report.Totals.Skipped), Is.EqualTo((4L, 1L)));
        Assert.That(Twins(report), Is.EqualTo(new[] { (3L, "source_id X1, R1"), (6L, "source_id X3, X2") }));
        Assert.That(Twins(shop.Purchases("Y1,1,2025-03-02,10.00,,,,")), Is.EqualTo(new[] { (2L, "source_id Y1, R3") }));
    }

    [Test]
    public void HoursThatSayTheSameUnderOtherIdsAreWarnedOf()
    {
        var report = Hours("H1,1,2025-01-02,,,,8.00,,160.00", "H2,1,2025-01-02,,,,8.00,,160.00", "H3,1,2025-01-02,,,,8.00,,161.00", "H4,1,2025-01-02,,,,8.00,overtime,160.00", "H5,2,2025-01-02,,,,8.00,,160.00",
            "H6,1,,2025-01-01,2025-01-14,2025-01-16,8.00,,160.00", "H7,1,,2025-01-01,2025-01-14,2025-01-16,8.00,,160.00", "H8,1,,2025-01-02,2025-01-14,2025-01-16,8.00,,160.00");
        Assert.That(report.Totals.Accepted, Is.EqualTo(8));
        Assert.That(Twins(report), Is.EqualTo(new[] { (3L, "source_id H2, H1"), (8L, "source_id H7, H6") }));
        Assert.That(Twins(Hours("Z1,2,2025-01-02,,,,8.00,,160.00")), Is.EqualTo(new[] { (2L, "source_id Z1, H5") }));
    }

    [Test]
    public void DatesOfOtherFiscalYearsAreToldWithTheirCountAndTotal()
    {
        var purchases = shop.Purchases("R1,1,2025-01-02,10.00,,,,", "R2,1,2024-12-31,2.50,,,,", "R3,1,2024-12-30,3.00,,,,", "R4,1,2025-02-02,20.00,,,,", "R5,1,2025-03-02,1.00,,,,", "R6,1,2026-01-02,4.00,,,,");
        Assert.That(Years(purchases), Is.EqualTo(new[] { "FY2024: 2 rows, 5.50", "FY2026: 1 rows, 4.00" }));
        var warning = purchases.Problems.First(problem => problem.Code == "other-year");
        Assert.That((warning.Severity, warning.Line, warning.Expected), Is.EqualTo((Severity.Warning, 0L, "dates in FY2025, as most rows of this file have")));
        Assert.That(Years(Hours("H1,1,2025-01-02,,,,8.00,,", "H2,1,2025-01-03,,,,8.00,,", "H3,1,2024-12-31,,,,7.25,,")), Is.EqualTo(new[] { "FY2024: 1 rows, 7.25" }));
        Assert.That(Years(new ImportEquity(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("equity.csv", "source_id,member_number,account,fiscal_year,posted_on,amount",
            "E1,1,membership_share,,2025-01-02,200.00", "E2,2,membership_share,,2024-01-02,100.00", "E3,2,membership_share,,2025-01-02,100.00"))).Value), Is.EqualTo(new[] { "FY2024: 1 rows, 100.00" }));
        Assert.That(Years(shop.Purchases("R7,1,2024-12-31,2.50,,,,")), Is.Empty);

        static IEnumerable<string?> Years(ImportReport report) => report.Problems.Where(problem => problem.Code == "other-year").Select(problem => problem.Value);
    }
}
