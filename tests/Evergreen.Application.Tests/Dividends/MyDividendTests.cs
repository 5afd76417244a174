using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>What a member is shown of their dividend is what is in the ledger, and where there is none they are told which rule it was.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MyDividendTests(TestDatabase databases)
{
    private const string WithRules = """
        { "netIncomeBasis": "book", "memberRatio": "records", "collectiveReserve": "30%",
          "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "20%", "notice": "qualified",
            "eligibility": { "minimumHours": "300", "monthsOfMembership": 6, "equityAtLeast": "100.00" } } ] }
        """;

    private OpenTestDatabase database = null!;
    private RemainderCuts cuts = null!;

    [SetUp]
    public void Open() => (database, cuts) = (databases.Create(), new RemainderCuts());

    [TearDown]
    public void Close() => database.Dispose();

    private Outcome<MemberDividend> Ask(Bakery bakery, int member, int year = 2025) => new MyDividend(database.Books, cuts).Run(new(bakery.CoOp, bakery.Members[member].Id, year));

    [Test]
    public void EveryStepFromTheWholeToTheCentIsShownAndAddsUp()
    {
        var bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
        bakery.Post();
        var mine = Ask(bakery, 2).Value;
        var posted = mine.Posted!;
        var pool = posted.Pools.Single();
        Assert.That((mine.Stage, posted.Run.Name, posted.Resolution, mine.Figures.Sum(line => line.AmountCents)), Is.EqualTo((DividendStage.Posted, "2025-1", "2026/1", 12345678L)));
        // 1,950.50 of 9,939.50… hours: the member got one of the leftover cents.
        Assert.That((pool.Sums.Single().Quantity, pool.Sums.Single().Rows, pool.Sums.Single().Counts), Is.EqualTo((195050L, 1L, true)));
        Assert.That(UnitsText.Of(pool.Units, pool.Scale), Is.EqualTo("1950.50"));
        Assert.That(pool.Row!.FloorCents + pool.Row.ExtraCent, Is.EqualTo(pool.Row.DividendCents));
        Assert.That(pool.Row.ExtraCent, Is.EqualTo(1));
        Assert.That(pool.Remainder, Is.GreaterThanOrEqualTo(pool.Cut!.Least));
        Assert.That(pool.Cut.Largest, Is.LessThan(pool.Cut.Least));
        Assert.That((posted.Entry, posted.Paid), Is.EqualTo(((long?)(posted.Posting.FirstSequence + 3), ((long, DateOnly, Money)?)null)));
        Assert.That(posted.Sum(row => row.CashCents) + posted.Sum(row => row.RetainedCents), Is.EqualTo(mine.Dividend));

        new PayDividend(database.Books).Run(new(null, "2025-1", "ann", "batch 7"));
        Assert.That(Ask(bakery, 2).Value.Posted!.Paid!.Value.Amount, Is.EqualTo(posted.Sum(row => row.PayableCents)));
    }

    [Test]
    public void OfEqualRemaindersTheLowestNumbersHaveTheCent()
    {
        var bakery = Bakery.In(database, [100_00, 100_00, 100_00], net: "100.00", otherHours: 0).UpToApproval();
        bakery.Post();
        var shown = Enumerable.Range(0, 3).Select(i => Ask(bakery, i).Value.Posted!.Pools.Single()).ToList();
        // 70.00 among three: 23.33 each, and one cent is left over.
        Assert.That(shown.Select(pool => pool.Row!.DividendCents), Is.EqualTo(new[] { 2334L, 2333L, 2333L }));
        Assert.That((shown[0].Cut!.CentsForSame, shown[0].Cut!.Same.Count, shown[0].Cut!.Same[0]), Is.EqualTo((1, 3, bakery.Members[0].Id)));
    }

    [Test]
    public void WhoeverHasNoPartIsToldWhichRuleItWas()
    {
        var bakery = Bakery.In(database, [1000_00, 299_99, 500_00, 500_00, 0, 500_00, 500_00]);
        database.Books.Write<int>(false, db =>
        {
            db.Add(new StatusChange { CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[2].Id, On = new DateOnly(2025, 12, 31), Status = MemberStatus.Left, RecordedAt = database.Books.Now });
            db.Members.Single(member => member.Id == bakery.Members[3].Id).HouseholdOfId = bakery.Members[0].Id;
            return 1;
        });
        bakery.UpToApproval(WithRules);
        bakery.Post();
        Assert.That(Enumerable.Range(0, 5).Select(i => Ask(bakery, i).Value.Posted!.Pools.Single().Gap),
            Is.EqualTo(new EligibilityGap?[] { null, EligibilityGap.TooFewHours, EligibilityGap.NotAMemberAtYearEnd, EligibilityGap.InAnothersHousehold, EligibilityGap.NothingCounts }));
        Assert.That(Ask(bakery, 0).Value.Posted!.Pools.Single().Sums.Single().Quantity, Is.EqualTo(1500_00), "the household's hours count with the owner's");
        Assert.That(Ask(bakery, 1).Value.Dividend, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void AShareThatIsNotPaidInKeepsOut()
    {
        var bakery = Bakery.In(database, [1000_00, 1000_00]);
        bakery.UpToApproval(WithRules.Replace("\"100.00\"", "\"100.01\"", StringComparison.Ordinal).Replace("\"300\"", "\"0\"", StringComparison.Ordinal).Replace("30%", "100%", StringComparison.Ordinal));
        bakery.Post();
        Assert.That(Ask(bakery, 0).Value.Posted!.Pools.Single().Gap, Is.EqualTo(EligibilityGap.ShareNotPaidIn));
    }

    [Test]
    public void AShareCountsAsItStoodAtTheYearEnd()
    {
        var bakery = Bakery.In(database, [1000_00, 1000_00, 1000_00]);
        database.Clock.Advance(TimeSpan.FromDays(365));
        // Each has 100.00 already. The first pays in on the last day, the second a day late; the third takes back when the year is over.
        Take(request => new ImportEquity(database.Books).Run(request), "equity.csv", "source_id,member_number,account,fiscal_year,posted_on,amount", "E1,0001,membership_share,,2026-12-31,50.00",
            "E2,0002,membership_share,,2027-01-01,50.00", "E3,0003,membership_share,,2026-12-31,50.00", "E4,0003,membership_share,,2027-01-01,-50.00");
        Take(request => new ImportHours(database.Books).Run(request), "hours.csv", "source_id,member_number,work_date,hours", "H1,0001,2026-06-30,100.00", "H2,0002,2026-06-30,100.00", "H3,0003,2026-06-30,100.00");
        bakery.CloseYear("1000.00", 2026);
        bakery.Adopt("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "20%", "notice": "qualified", "eligibility": { "equityAtLeast": "150.00" } } ] }
            """, 2026);
        var run = bakery.Calculate(2026).Run;
        Assert.That(database.Books.Read(db => db.Allocations.Where(row => row.RunId == run.Id).OrderBy(row => row.MemberId).Select(row => row.MemberId).ToList()), Is.EqualTo(new[] { bakery.Members[0].Id, bakery.Members[2].Id }));

        void Take(Func<ImportRequest, Outcome<ImportReport>> import, string name, params string[] lines)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");
            var report = import(new ImportRequest(bakery.CoOp.Code, new ImportFile(name, () => new MemoryStream(bytes)), "ann") { DespiteTotals = true }).Value;
            Assert.That(report.Committed, Is.True, string.Join('\n', report.Problems));
        }
    }

    [Test]
    public void NothingIsShownOfAProposal()
    {
        var bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
        var mine = Ask(bakery, 0).Value;
        Assert.That((mine.Stage, mine.Posted, mine.Figures.Count), Is.EqualTo((DividendStage.BeingWorkedOut, (PostedDividend?)null, 0)));
        Assert.That(Ask(bakery, 0, 2026).Value.Stage, Is.EqualTo(DividendStage.BooksOpen));
        Assert.That((Ask(bakery, 0, 2027).Refusal!.Code, Ask(bakery, 0, 1999).Refusal!.Code), Is.EqualTo(("year-unknown", "year-unknown")));
    }

    [Test]
    public void ADividendThatWasTakenBackIsNamedBesideTheOneThatReplacesIt()
    {
        var bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
        bakery.Post();
        var first = Ask(bakery, 0).Value.Dividend;
        new ReverseDividend(database.Books).Run(new(null, "2025-1", "ann", "A wrong figure"));
        Assert.That((Ask(bakery, 0).Value.Stage, Ask(bakery, 0).Value.TakenBack.Single().Dividend), Is.EqualTo((DividendStage.BeingWorkedOut, first)));
        bakery.Adopt(Bakery.Policy.Replace("30%", "40%", StringComparison.Ordinal));
        bakery.Calculate();
        bakery.Approve("2025-2");
        bakery.Post("2025-2");
        var mine = Ask(bakery, 0).Value;
        Assert.That((mine.Posted!.Run.Name, mine.TakenBack.Single().Run, mine.TakenBack.Single().Reason), Is.EqualTo(("2025-2", "2025-1", "A wrong figure")));
        Assert.That(mine.Dividend, Is.LessThan(first));
    }

    [Test]
    public void ALossThatMembersBearIsTakenFromWhatWasKept()
    {
        var bakery = Bakery.In(database, [100_00, 300_00], net: "-40.00", otherHours: 0).UpToApproval();
        bakery.Post();
        var mine = Ask(bakery, 1).Value;
        Assert.That((mine.Dividend, mine.Posted!.Pools.Single().IsCapped, mine.Posted.Pools.Single().Cut), Is.EqualTo((Money.Parse("-30.00"), true, (RemainderCut?)null)));
        Assert.That(mine.Posted.Sum(row => row.RetainedCents), Is.EqualTo(mine.Dividend));
    }

    [Test]
    public void SeveralPoolsStandBesideOneAnother()
    {
        var bakery = Bakery.In(database, [100_00, 100_00, 200_00], net: "1000.00", otherHours: 0, regime: TaxRegime.UkRegisteredSociety).WithPurchases(10_00, 0, 30_00);
        bakery.UpToApproval("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [
                { "code": "interest", "name": "Share interest", "kind": "share-interest", "rate": "3%", "cash": "100%", "notice": "none" },
                { "code": "divi", "name": "Divi", "net": "50%", "unit": [ { "measure": "purchases" } ], "cash": "50%", "notice": "none" },
                { "code": "labour", "name": "Labour share", "net": "50%", "unit": [ { "measure": "hours" } ], "cash": "100%", "notice": "none", "payThrough": "payroll" } ] }
            """);
        bakery.Post();
        var posted = Ask(bakery, 1).Value.Posted!;
        Assert.That(posted.Pools.Select(pool => (pool.Rule.Code, pool.Row?.DividendCents > 0, pool.Gap)),
            Is.EqualTo(new[] { ("interest", true, (EligibilityGap?)null), ("divi", false, EligibilityGap.NothingCounts), ("labour", true, null) }));
        Assert.That(posted.Sum(row => row.CapitalCents), Is.EqualTo(Money.Zero));
    }

    [Test]
    public void TheFileTellsTheFiguresThatGoInAndThoseThatComeOut()
    {
        var bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
        bakery.Post();
        using var file = new MemoryStream();
        DividendChainFile.Write(Ask(bakery, 2).Value, file);
        var rows = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        Assert.That(rows[0], Is.EqualTo("part,pool,step,name,amount,numerator,denominator,rule"));
        Assert.That(rows, Does.Contain("co-op,,figure,Result of the year,123456.78,,,patronage"));
        Assert.That(rows, Does.Contain("me,labour,hours,regular,1950.50,1,1,counts"));
        Assert.That(rows, Does.Contain("me,labour,extra-cent,,,,,1"));
    }

    [Test]
    public void RowsBehindTheUnitsAreListedPageByPageAndAddUp()
    {
        var bakery = Bakery.In(database, [100_00, 50_00]).WithPurchases(0, 0);
        database.Books.Write<int>(false, db =>
        {
            var import = db.Imports.First();
            var category = db.PatronageCategories.Single(one => one.Code == "bread");
            BulkWriter.Insert(db, Enumerable.Range(0, 23).Select(i => new Purchase { SourceId = import.SourceId, SourceRef = $"x{i:00}", CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[0].Id, On = new DateOnly(2025, 3, 1 + i / 5), AmountCents = 100 + i, CategoryId = category.Id, Eligibility = RowEligibility.ByDepartment, ImportId = import.Id, Row = i + 9 }));
            var total = db.PatronageTotals.Single(one => one.MemberId == bakery.Members[0].Id && one.Measure == Measure.Purchases);
            (total.Quantity, total.Rows) = (total.Quantity + 23 * 100 + 253, total.Rows + 23);
            return 1;
        });
        var seen = new List<MyRows.Row>();
        MyRows.Page page;
        string? after = null;
        do
        {
            page = new MyRows(database.Books).Run(new(bakery.CoOp, bakery.Members[0].Id, 2025, Measure.Purchases, After: after, Most: 7)).Value;
            seen.AddRange(page.Rows);
            after = page.Next;
        }
        while (after is not null);
        Assert.That((seen.Count, seen.Sum(row => row.Quantity), seen.Select(row => row.Reference).Distinct().Count()), Is.EqualTo((24, page.Quantity, 24)));
        Assert.That((page.Count, seen[0].On, seen[0].File, seen[^1].FileRow), Is.EqualTo((24L, new DateOnly(2025, 5, 1), "hours.csv", 13L)));
        var hours = new MyRows(database.Books).Run(new(bakery.CoOp, bakery.Members[1].Id, 2025, Measure.Hours, "regular")).Value;
        Assert.That((hours.Rows.Single().Quantity, hours.Rows.Single().Import, hours.Next), Is.EqualTo((50_00L, (int?)1, (string?)null)));
        Assert.That(new MyRows(database.Books).Run(new(bakery.CoOp, bakery.Members[1].Id, 2025, Measure.Hours, "night")).Value.Count, Is.Zero);
    }
}
