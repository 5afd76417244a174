using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Patronage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class ImportPurchasesTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        shop.Enrol("1", "2", "03");
    }

    [TearDown]
    public void Close() => database.Dispose();

    private static string[] Header(params string[] rows) => ["source_id,member_number,purchased_on,amount,department,eligible,store,volume", .. rows];

    private List<(int Year, Measure Measure, string Member, string Category, RowEligibility Eligibility, long Quantity, long Rows)> Totals() => database.Books.Read(db =>
        (from total in db.PatronageTotals
         join member in db.Members on total.MemberId equals member.Id into members
         from member in members.DefaultIfEmpty()
         join category in db.PatronageCategories on total.CategoryId equals category.Id into categories
         from category in categories.DefaultIfEmpty()
         orderby total.FiscalYear, member.Number, total.Measure, category.Code, total.Eligibility
         select new { total.FiscalYear, total.Measure, Member = member.Number, Category = category.Code, total.Eligibility, total.Quantity, total.Rows })
        .AsEnumerable().Select(t => (t.FiscalYear, t.Measure, t.Member ?? "", t.Category ?? "", t.Eligibility, t.Quantity, t.Rows)).ToList());

    private long Stored() => database.Books.Read(db => db.Purchases.LongCount());

    [Test]
    public void RowsGoInWithTheTotalsOfTheirMembers()
    {
        var report = shop.Purchases(
            "R1,1,2025-01-02,10.00,wine,,main,",
            "R2,1,2025-01-03,-2.50,wine,,main,",
            "R3,03,2025-12-31,7.25,,true,,1.5",
            "R4,,2026-01-01,4.00,wine,false,,");
        Assert.That((report.Committed, report.Number, report.Totals.Accepted, report.Total), Is.EqualTo((true, 1, 4L, Money.Parse("18.75"))));
        Assert.That(report.Years, Is.EqualTo(new[] { new YearPart(2025, 3, Money.Parse("14.75")), new YearPart(2026, 1, Money.Parse("4.00")) }));
        Assert.That(report.Created, Is.EqualTo(new[] { "department wine" }));
        Assert.That(Totals(), Is.EquivalentTo(new[]
        {
            (2025, Measure.Purchases, "1", "wine", RowEligibility.ByDepartment, 750L, 2L),
            (2025, Measure.Purchases, "03", "", RowEligibility.Eligible, 725L, 1L),
            (2025, Measure.Volume, "03", "", RowEligibility.Eligible, 150L, 1L),
            (2026, Measure.Purchases, "", "wine", RowEligibility.NotEligible, 400L, 1L),
        }));
        var row = database.Books.Read(db => db.Purchases.Single(p => p.SourceRef == "R3"));
        Assert.That((row.On, row.AmountCents, row.Row, row.Store), Is.EqualTo((new DateOnly(2025, 12, 31), 725L, 4L, (string?)null)));
    }

    [Test]
    public void TheSameFileAgainChangesNothingAndSaysSo()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,,,,");
        var again = shop.TryPurchases("R1,1,2025-01-02,10.00,,,,").Value;
        Assert.That((again.AlreadyImported, again.Committed, again.Number, again.By), Is.EqualTo((true, false, 1, "bea")));
        Assert.That(database.Books.Read(db => (db.Imports.Count(), db.Purchases.Count(), db.PatronageTotals.Single().Quantity)), Is.EqualTo((1, 1, 1000L)));
    }

    [Test]
    public void TheSameSourceIdAgainIsSkippedAndCounted()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,wine,,,", "R2,2,2025-01-02,1.00,,,,");
        var second = shop.Purchases("R2,2,2025-01-02,1.00,,,,", "R3,2,2025-01-03,5.00,,,,", "R3,2,2025-01-03,5.00,,,,", "R1,1,2025-01-02,10.00,wine,,,");
        Assert.That((second.Totals.Accepted, second.Totals.Skipped, second.Total), Is.EqualTo((1L, 3L, Money.Parse("21.00"))));
        Assert.That(second.Totals.SkippedBecause["already-imported"], Is.EqualTo(3));
        Assert.That(second.Totals.Sum("amount"), Is.EqualTo(Money.Parse("5.00")));
        Assert.That(Totals().Sum(t => t.Quantity), Is.EqualTo(16_00));
        Assert.That(Stored(), Is.EqualTo(3));
    }

    [Test]
    public void OtherContentUnderTheSameIdIsAnErrorThatShowsBoth()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,wine,,main,");
        var report = shop.TryPurchases("R9,1,2025-01-02,1.00,,,,", "R1,2,2025-01-02,11.00,wine,,main,").Value;
        Assert.That((report.Committed, report.NotTaken!.Code, report.Totals.Rejected), Is.EqualTo((false, "rows-rejected", 1L)));
        var problem = report.Problems.Single();
        Assert.That((problem.Code, problem.Line, problem.Value), Is.EqualTo(("content-differs", 3L, "R1")));
        Assert.That(problem.Expected, Does.Contain("2025-01-02, member 1, 10.00, wine, main (import 1)"));
        Assert.That(Stored(), Is.EqualTo(1));
    }

    [Test]
    public void GoodRowsGoInAloneOnlyWhenTold()
    {
        var file = SampleCoOp.PurchaseFile("R1,1,2025-01-02,10.00,,,,", "R2,1,2025-02-30,1.00,,,,", "R3,1,2025-02-03,1.005,,,,", "", "R4,1,2025-01-02,2.00,,,,");
        var refused = new ImportPurchases(database.Books).Run(SampleCoOp.Request(file)).Value;
        Assert.That((refused.NotTaken!.Code, refused.Totals.Rejected, Stored()), Is.EqualTo(("rows-rejected", 2L, 0L)));
        var taken = new ImportPurchases(database.Books).Run(SampleCoOp.Request(file) with { TakeGoodRows = true }).Value;
        Assert.That((taken.Committed, taken.Totals.Accepted, taken.Totals.Rejected, taken.Totals.Blank, taken.Totals.AddsUp, Stored()), Is.EqualTo((true, 2L, 2L, 1L, true, 2L)));
    }

    [Test]
    public void RejectedRowsComeBackWithTheirProblemsAndEveryProblemAsALine()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        try
        {
            var request = SampleCoOp.Request(SampleCoOp.PurchaseFile("R1,1,2025-01-02,10.00,,,,", "R2,1,2025-02-30,1.00,,,,")) with { RejectsPath = Path.Combine(folder, "rejects.csv"), ProblemsPath = Path.Combine(folder, "problems.jsonl") };
            new ImportPurchases(database.Books).Run(request);
            Assert.That(File.ReadAllLines(request.RejectsPath!)[1], Does.StartWith("R2,1,2025-02-30,1.00,,,,,purchased_on: expected a day that exists"));
            Assert.That(File.ReadAllLines(request.ProblemsPath!).Single(), Does.Contain("\"code\":\"date-impossible\"").And.Contain("\"line\":3"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void AnUnknownMemberIsHeldAndNeverMadeANonMember()
    {
        var report = shop.Purchases("R1,77,2025-01-02,10.00,,,,", "R2,77,2025-01-03,5.00,,,,", "R3,1,2025-01-03,1.00,,,,");
        Assert.That((report.Totals.Accepted, report.Totals.Held, report.Total), Is.EqualTo((1L, 2L, Money.Parse("16.00"))));
        Assert.That(report.UnknownMembers, Is.EqualTo(new[] { new UnknownMember("77", 2, Money.Parse("15.00")) }));
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.HeldRows.Count(), db.PatronageTotals.Sum(t => t.Quantity))), Is.EqualTo((1, 2, 100L)));
    }

    [Test]
    public void AHeldRowWhoseMemberHasComeIsTakenInOnce()
    {
        shop.Purchases("R1,77,2025-01-02,10.00,wine,,,2");
        shop.Enrol("77");
        var report = shop.Purchases("R1,77,2025-01-02,10.00,wine,,,2", "R2,1,2025-01-02,1.00,,,,");
        Assert.That(report.Totals.Accepted, Is.EqualTo(2));
        var held = database.Books.Read(db => db.HeldRows.Single());
        Assert.That((held.ResolvedBy, held.Resolution), Is.EqualTo(("bea", "taken in by import 2")));
        Assert.That(Stored(), Is.EqualTo(2));
    }

    [Test]
    public void AHeldRowSentAgainIsSkippedAndWithOtherContentAnError()
    {
        shop.Purchases("R1,77,2025-01-02,10.00,,,,");
        Assert.That(shop.Purchases("R1,77,2025-01-02,10.00,,,,", "R2,1,2025-01-02,1.00,,,,").Totals.Skipped, Is.EqualTo(1));
        var other = shop.TryPurchases("R1,77,2025-01-02,12.00,,,,").Value;
        Assert.That(other.Problems.Single().Expected, Does.Contain("held, 2025-01-02, member 77, 10.00 (import 1)"));
        var posing = shop.TryPurchases("R2,77,2025-01-02,1.00,,,,").Value;
        Assert.That((posing.Problems.Single().Code, database.Books.Read(db => db.HeldRows.Count())), Is.EqualTo(("content-differs", 1)));
    }

    [Test]
    public void AClosedYearTakesNoNewRowsButKnowsItsOwn()
    {
        shop.Purchases("R1,1,2024-12-31,10.00,,,,");
        shop.CloseYear(2024);
        var report = shop.TryPurchases("R1,1,2024-12-31,10.00,,,,", "R2,1,2024-12-30,1.00,,,,", "R3,1,2025-01-01,8.00,,,,").Value;
        Assert.That((report.Totals.Skipped, report.Totals.Rejected, report.Totals.Accepted), Is.EqualTo((1L, 1L, 1L)));
        Assert.That((report.Problems.Single().Code, report.Problems.Single().Line, report.Problems.Single().Column), Is.EqualTo(("year-closed", 3L, "purchased_on")));
        var taken = new ImportPurchases(database.Books).Run(SampleCoOp.Request(SampleCoOp.PurchaseFile("R2,1,2024-12-30,1.00,,,,", "R3,1,2025-01-01,8.00,,,,")) with { TakeGoodRows = true }).Value;
        Assert.That((taken.Committed, Stored(), database.Books.Read(db => db.PatronageTotals.Sum(t => t.Quantity))), Is.EqualTo((true, 2L, 1800L)));
    }

    [Test]
    public void TheExpectedTotalMustMatchToTheCent()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,,,,");
        var file = SampleCoOp.PurchaseFile("R1,1,2025-01-02,10.00,,,,", "R2,77,2025-01-02,1.00,,,,", "R3,1,2025-01-02,2.00,,,,");
        ImportReport Expecting(string total) => new ImportPurchases(database.Books).Run(SampleCoOp.Request(file) with { ExpectTotal = Money.Parse(total) }).Value;
        var off = Expecting("13.01");
        Assert.That((off.Committed, off.NotTaken!.Code), Is.EqualTo((false, "total-differs")));
        Assert.That(off.NotTaken.Sentence, Does.Contain("-0.01"));
        Assert.That(Expecting("13.00").Committed, Is.True);
    }

    [Test]
    public void ACheckReportsTheSameAndKeepsNothing()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,,,,");
        var file = SampleCoOp.PurchaseFile("R1,1,2025-01-02,10.00,,,,", "R2,77,2025-01-02,1.00,bread,,,", "R3,1,2025-01-02,2.00,,,,");
        var check = new ImportPurchases(database.Books).Run(SampleCoOp.Request(file) with { CheckOnly = true }).Value;
        Assert.That((check.Committed, check.Number, check.NotTaken, check.Totals.Accepted, check.Totals.Held, check.Totals.Skipped), Is.EqualTo((false, (int?)null, (Refusal?)null, 1L, 1L, 1L)));
        Assert.That(database.Books.Read(db => (db.Imports.Count(), db.Purchases.Count(), db.HeldRows.Count(), db.PatronageCategories.Count())), Is.EqualTo((1, 1, 0, 0)));
    }

    [Test]
    public void AnOpenQuoteCostsItsOwnLineAndEveryLineIsAccountedFor()
    {
        var report = shop.TryPurchases("R1,1,2025-01-02,10.00,\"wine,,,", "R2,1,2025-01-02,1.00,,,,", "", "R3,1,2025-01-02,2.00,,,,").Value;
        var totals = report.Totals;
        Assert.That((totals.Accepted, totals.Rejected, totals.Blank, totals.AddsUp, report.Lines), Is.EqualTo((2L, 1L, 1L, true, 5L)));
    }

    [Test]
    public void AFileThatChangesWhileItIsReadIsRefused()
    {
        var opened = 0;
        var file = new ImportFile("till.csv", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join("\n", Header($"R1,1,2025-01-02,{(++opened == 3 ? "10.00" : "9.00")},,,,")))));
        Assert.That(new ImportPurchases(database.Books).Run(SampleCoOp.Request(file)).Refusal!.Code, Is.EqualTo("file-changed"));
        Assert.That(Stored(), Is.Zero);
    }

    [Test]
    public void AColumnTurnedRoundNeedsAPersonsWord()
    {
        shop.Purchases("R1,1,2025-01-02,10.00,,,,", "R2,1,2025-01-02,12.00,,,,", "R3,1,2025-01-02,8.00,,,,");
        var file = SampleCoOp.PurchaseFile("R4,1,2025-02-02,-10.00,,,,", "R5,1,2025-02-02,-12.00,,,,");
        var report = new ImportPurchases(database.Books).Run(SampleCoOp.Request(file)).Value;
        Assert.That((report.NotTaken!.Code, report.TotalsWarnings[0].Code), Is.EqualTo(("totals-implausible", "sign-flipped")));
        Assert.That(new ImportPurchases(database.Books).Run(SampleCoOp.Request(file) with { DespiteTotals = true }).Value.Committed, Is.True);
    }

    [Test]
    public void ADaysFewRowsAreNotMeasuredAgainstAYearButAMissingPointIsSeen()
    {
        shop.Purchases([.. Enumerable.Range(1, 40).Select(i => $"R{i},1,2025-01-02,{10 + i}.25,,,,")]);
        Assert.That(shop.Purchases("S1,1,2025-02-02,1.50,,,,", "S2,1,2025-02-02,-2.00,,,,", "S3,1,2025-02-02,3.00,,,,").Committed, Is.True);
        var report = shop.TryPurchases("T1,1,2025-02-03,150000,,,,", "T2,1,2025-02-03,2.00,,,,").Value;
        Assert.That((report.NotTaken!.Code, report.TotalsWarnings.Single().Code), Is.EqualTo(("totals-implausible", "extreme-value")));
    }

    [Test]
    public void FilesThatCannotBeReadAreRefusedByName()
    {
        ImportPurchases import = new(database.Books);
        Assert.That(import.Run(SampleCoOp.Request(ImportFile.At("/nowhere/till.csv"))).Refusal!.Code, Is.EqualTo("import-file-missing"));
        Assert.That(import.Run(SampleCoOp.Request(new ImportFile("till.csv", () => throw new UnauthorizedAccessException()))).Refusal!.Code, Is.EqualTo("import-file-closed"));
        Assert.That(import.Run(SampleCoOp.Request(SampleCoOp.PurchaseFile()) with { Profile = "gusto-hours" }).Refusal!.Code, Is.EqualTo("profile-unknown"));
        Assert.That(import.Run(SampleCoOp.Request(SampleCoOp.File("p.csv", "source_id,amount"))).Refusal!.Code, Is.EqualTo("column-missing"));
    }

    [Test]
    public void AMappingIsRememberedWithItsSource()
    {
        ImportPurchases import = new(database.Books);
        var first = SampleCoOp.Request(SampleCoOp.File("a.csv", "source_id,kunde,purchased_on,amount", "R1,1,2025-01-02,10.00")) with
        {
            Source = "till-2", Options = new ReadingOptions { Columns = new Dictionary<string, string> { ["member_number"] = "kunde" } },
        };
        Assert.That(import.Run(first).Value.Committed, Is.True);
        var second = import.Run(SampleCoOp.Request(SampleCoOp.File("b.csv", "source_id,kunde,purchased_on,amount", "R2,1,2025-01-03,5.00")) with { Source = "till-2" }).Value;
        Assert.That((second.Committed, second.Source, second.UnreadColumns.Count), Is.EqualTo((true, "till-2", 0)));
        Assert.That(Totals().Single().Quantity, Is.EqualTo(15_00));
    }

    [Test]
    public void TheSameReceiptOfAnotherTillIsAnotherReceipt()
    {
        ImportPurchases import = new(database.Books);
        import.Run(SampleCoOp.Request(SampleCoOp.PurchaseFile("R1,1,2025-01-02,10.00,,,,")) with { Source = "till-1" });
        Assert.That(import.Run(SampleCoOp.Request(SampleCoOp.PurchaseFile("R1,1,2025-01-03,9.00,,,,")) with { Source = "till-2" }).Value.Committed, Is.True);
        Assert.That(Stored(), Is.EqualTo(2));
    }
}
