using Evergreen.Application.Dividends;
using Evergreen.Application.Periods;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Periods;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class CloseFiscalYearTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;
    private string file = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [100_00, 200_00]);
        file = Path.GetTempFileName();
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        File.Delete(file);
    }

    private Outcome<CloseFiscalYear.Result> CloseWith(string rows, int year = 2024, string? total = null, string header = "line,amount,sourced,pool,reason")
    {
        File.WriteAllText(file, $"{header}\r\n{rows}");
        return new CloseFiscalYear(database.Books).Run(new CloseFiscalYear.Request(null, year, file, "ann", total is null ? null : Money.Parse(total)));
    }

    [Test]
    public void SameFiguresAgainChangeNothingAndOthersAreRefused()
    {
        Assert.That(CloseWith("Sales,10.00,patronage,,").Value.AlreadyThere, Is.False);
        Assert.That(CloseWith("Sales,10.00,patronage,,").Value.AlreadyThere, Is.True);
        Assert.That(CloseWith("Sales,11.00,patronage,,").Refusal!.Code, Is.EqualTo("year-already-closed"));
    }

    [Test]
    public void FiguresComeOutWithTheReasonsGivenSinceAndAreKnownAgain()
    {
        CloseWith("Sales,10.00,patronage,,\nCosts,-3.01,patronage,,\nRent,5.00,nonpatronage,,\n");
        new GiveReason(database.Books).Run(new(null, 2024, "Rent", "=Not ours, but \"let\"", "ann"));
        using var to = new MemoryStream();
        Assert.That(new ExportFigures(database.Books).Run(null, 2024, to).Value.Rows, Is.EqualTo(3));
        var written = System.Text.Encoding.UTF8.GetString(to.ToArray());
        Assert.That(written, Does.StartWith("line,amount,sourced,pool,reason\r\nSales,10.00,patronage,,\r\nCosts,-3.01,patronage,,\r\nRent,5.00,nonpatronage,,").And.Contain("Not ours, but \"\"let\"\""));
        var again = new CloseFiscalYear(database.Books).Run(new(null, 2024, "figures.csv", "ann") { Figures = to.ToArray() }).Value;
        Assert.That((again.AlreadyThere, again.Lines[2].Reason), Is.EqualTo((true, "=Not ours, but \"let\"")));
        Assert.That(CloseWith("Sales,10.00,patronage,,\nCosts,-3.01,patronage,,\nRent,5.00,nonpatronage,,Another reason\n").Refusal!.Code, Is.EqualTo("year-already-closed"));
        Assert.That(new ExportFigures(database.Books).Run(null, 2023, Stream.Null).Refusal!.Code, Is.EqualTo("year-open"));
    }

    [Test]
    public void FiguresMustSumToWhatTheBookkeeperKnows()
    {
        Assert.That(CloseWith("Sales,10.00,patronage,,\r\nCosts,-3.01,patronage,,", total: "7.00").Refusal!.Sentence, Does.Contain("6.99").And.Contain("0.01"));
        Assert.That(CloseWith("Sales,10.00,patronage,,", total: "9.00").Refusal!.Code, Is.EqualTo("total-differs"));
        Assert.That(CloseWith("Sales,10.00,patronage,,\r\nCosts,-3.01,patronage,,", total: "6.99").IsRefused, Is.False);
    }

    [Test]
    public void ALineThatStandsThereTwiceIsWarnedOf()
    {
        var closed = CloseWith("Sales,10.00,patronage,,\r\nRent,-1.00,patronage,,\r\nSales,10.00,patronage,,").Value;
        Assert.That((closed.Lines.Count, closed.Closing.NetIncomeCents), Is.EqualTo((3, 19_00L)));
        Assert.That(closed.Warnings, Is.EqualTo(new[] { "The line 'Sales' stands there 2 times." }));
    }

    [Test]
    public void BadFigureIsNamedWithItsLineColumnAndRemedy()
    {
        var refusal = CloseWith("Sales,10.00,patronage,,\r\nCosts,\"1,000.00\",patronage,,").Refusal!;
        Assert.That(refusal.Code, Is.EqualTo("figures-wrong"));
        Assert.That(refusal.Sentence, Does.Contain("3").And.Contain("amount").And.Contain("1,000.00"));
        Assert.That(CloseWith("").Refusal!.Code, Is.EqualTo("figures-empty"));
        Assert.That(database.Books.Read(db => db.YearClosings.Count()), Is.EqualTo(1), "only the bakery's own 2025");
    }

    [Test]
    public void YearIsClosedAfterItsLastDay() => Assert.That(CloseWith("Sales,10.00,patronage,,", year: 2026).Refusal!.Code, Is.EqualTo("year-not-over"));

    [Test]
    public void MissingFileIsNamed() =>
        Assert.That(new CloseFiscalYear(database.Books).Run(new CloseFiscalYear.Request(null, 2024, file + ".none", "ann")).Refusal!.Code, Is.EqualTo("figures-missing"));

    [Test]
    public void RunWaitsForReasonsAndForHeldRows()
    {
        Assert.That(CloseWith("Sales,10.00,patronage,,\r\nBank interest,2.00,nonpatronage,,").Value.Warnings.Single(), Does.Contain("Bank interest"));
        database.Books.Write<int>(false, db =>
        {
            var member = bakery.Members[0].Id;
            var total = db.PatronageTotals.First(total => total.MemberId == member);
            db.Add(new Evergreen.Domain.Patronage.PatronageTotal { CoOpId = total.CoOpId, FiscalYear = 2024, MemberId = member, Measure = total.Measure, CategoryId = total.CategoryId, Eligibility = total.Eligibility, Quantity = 100_00, Rows = 1 });
            var import = db.Imports.Single();
            db.Add(new HeldRow { CoOpId = total.CoOpId, ImportId = import.Id, Kind = ImportKind.Hours, Row = 9, SourceId = import.SourceId, SourceRef = "h9", MemberNumber = "0099", On = new DateOnly(2024, 5, 1), Quantity = 800, RowJson = "{}" });
            return 1;
        });
        bakery.Adopt(year: 2024);
        bakery.Calculate(2024);
        string? Approve() => new ApproveDividend(database.Books).Run(new ApproveDividend.Request(null, "2024-1", "bea", "2026/1")).Refusal?.Code;
        string? Give(string line, string reason, int year = 2024) => new GiveReason(database.Books).Run(new GiveReason.Request(null, year, line, reason, "ann")).Refusal?.Code;
        Assert.That(Approve(), Is.EqualTo("rows-held"));
        database.Books.Write<int>(false, db =>
        {
            db.HeldRows.Single().ResolvedAt = database.Books.Now;
            return 1;
        });
        Assert.That(Approve(), Is.EqualTo("reason-missing"));
        Assert.That(Give("Bank interest", " "), Is.EqualTo("reason-empty"));
        Assert.That(Give("Sales", "why"), Is.EqualTo("line-unknown"));
        Assert.That(Give("Bank interest", "why", 2023), Is.EqualTo("year-open"));
        Assert.That(Give("Bank interest", "Idle reserves"), Is.Null);
        Assert.That(Give("Bank interest", "Idle reserves"), Is.Null);
        Assert.That(Give("Bank interest", "Another"), Is.EqualTo("reason-given"));
        Assert.That(Approve(), Is.Null);
    }
}
