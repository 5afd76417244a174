using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Patronage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class ImportHoursTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private ImportReport Import(HoursDating dating, params string[] rows)
    {
        SampleCoOp.In(database, 6, dating).Enrol("1", "ab12cd");
        return new ImportHours(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("hours.csv", ["source_id,member_number,work_date,period_start,period_end,paid_on,hours,hours_kind,wages", .. rows]))).Value;
    }

    private List<(int Year, Measure Measure, long Quantity, long Rows)> Totals() => database.Books.Read(db =>
        db.PatronageTotals.OrderBy(t => t.FiscalYear).ThenBy(t => t.MemberId).ThenBy(t => t.Measure).AsEnumerable().Select(t => (t.FiscalYear, t.Measure, t.Quantity, t.Rows)).ToList());

    [TestCase(HoursDating.PeriodEnd, 2025)]
    [TestCase(HoursDating.PaidOn, 2026)]
    public void TheCoOpsChoiceOfDatePutsAPeriodIntoItsYear(HoursDating dating, int year)
    {
        var report = Import(dating, "H1,1,,2025-06-16,2025-06-29,2025-07-11,80.25,,2006.25");
        Assert.That((report.Committed, report.Warnings, report.Total), Is.EqualTo((true, 0L, Money.Parse("80.25"))));
        Assert.That(Totals(), Is.EqualTo(new[] { (year, Measure.Hours, 8025L, 1L), (year, Measure.Wages, 200625L, 1L) }));
        Assert.That(report.Created, Is.EqualTo(new[] { "hours kind regular" }));
    }

    [Test]
    public void APeriodOverTheYearEndIsListedAndNotSplit()
    {
        var report = Import(HoursDating.PeriodEnd, "H1,1,,2025-06-23,2025-07-06,2025-07-18,80.00,,", "H2,1,2025-06-30,,,,8.00,overtime,");
        Assert.That(report.Problems.Select(problem => (problem.Severity, problem.Code, problem.Line)), Is.EqualTo(new[] { (Severity.Warning, "other-year", 0L), (Severity.Warning, "period-straddles-year-end", 2L) }));
        Assert.That(Totals(), Is.EqualTo(new[] { (2025, Measure.Hours, 800L, 1L), (2026, Measure.Hours, 8000L, 1L) }));
    }

    [Test]
    public void APayrollsFileMakesARowForEachKindOfHours()
    {
        SampleCoOp.In(database).Enrol("ab12cd");
        var request = SampleCoOp.Request(SampleCoOp.File("gusto.csv", "last_name,first_name,gusto_employee_id,regular_hours,overtime_hours,double_overtime_hours", "Lee,Ann,ab12cd,80.00,4.50,0.00", "Fox,Di,zz99zz,10,,")) with
        {
            Profile = "gusto-hours",
            Options = new ReadingOptions { Texts = new Dictionary<string, string> { ["period-start"] = "2025-01-06", ["period-end"] = "2025-01-19", ["paid-on"] = "2025-01-24" } },
        };
        var report = new ImportHours(database.Books).Run(request).Value;
        Assert.That((report.Committed, report.Source, report.Totals.Accepted, report.Totals.Held, report.Totals.Entries, report.Total), Is.EqualTo((true, "gusto-hours", 1L, 1L, 2L, Money.Parse("94.50"))));
        Assert.That(database.Books.Read(db => db.HoursWorked.OrderBy(row => row.SourceRef).Select(row => row.SourceRef).ToList()), Is.EqualTo(new[] { "ab12cd/2025-01-24/overtime", "ab12cd/2025-01-24/regular" }));
    }

    [Test]
    public void AWorkbookComesInAsAFileOfTextDoes()
    {
        SampleCoOp.In(database).Enrol("1");
        var bytes = new WorkbookBuilder(WorkbookBuilder.TextRows(["source_id", "member_number", "work_date", "hours"], ["H1", "1", "2025-01-06", "8.25"], ["H2", "1", "2025-01-07", "x"])).Bytes();
        var request = SampleCoOp.Request(new ImportFile("hours.xlsx", () => new MemoryStream(bytes)));
        var report = new ImportHours(database.Books).Run(request).Value;
        Assert.That((report.Problems.Single().Sheet, report.Problems.Single().Line, report.Problems.Single().Column), Is.EqualTo(("Sheet1", 3L, "hours")));
        var taken = new ImportHours(database.Books).Run(request with { TakeGoodRows = true }).Value;
        Assert.That((taken.Committed, taken.Total), Is.EqualTo((true, Money.Parse("8.25"))));
    }

    [Test]
    public void OtherContentUnderTheSameIdShowsTheHoursThatAreThere()
    {
        Import(HoursDating.PeriodEnd, "H1,1,,2025-06-16,2025-06-29,2025-07-11,80.25,,2006.25");
        var report = new ImportHours(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("hours.csv", "source_id,member_number,work_date,hours", "H1,1,2025-06-29,80.25"))).Value;
        Assert.That(report.Problems.Single().Expected, Does.Contain("2025-06-16 to 2025-06-29, paid 2025-07-11, member 1, 80.25 hours, regular, wages 2006.25 (import 1)"));
    }
}
