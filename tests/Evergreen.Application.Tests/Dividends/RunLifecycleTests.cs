using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class RunLifecycleTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
        bakery.Adopt();
    }

    [TearDown]
    public void Close() => database.Dispose();

    private RunCourse Course(string run = Bakery.Run) => new RunLifecycle(database.Books).Run(null, run).Value;
    private Rehearsal.Result Rehearse(string run = Bakery.Run) => new Rehearsal(database.Books).Run(null, run).Value;
    private string? Review(string run = Bakery.Run) => Code(new ReviewDividend(database.Books).Run(new(null, run, "ann")));
    private string? SignOff(string finding, string run = Bakery.Run) => Code(new SignOffFinding(database.Books).Run(new(null, run, finding, "ann", "seen")));
    private string? Approve(string run = Bakery.Run) => Code(new ApproveDividend(database.Books).Run(new(null, run, "bea", "2026/1", AfterReview: true)));
    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    [Test]
    public void OnlyTheNextStepIsAllowedAndEachSaysWhoAndWhen()
    {
        bakery.Calculate();
        Assert.That((Course().Reached, Course().Next), Is.EqualTo((RunStage.Calculated, (RunStage?)RunStage.Reviewed)));
        Assert.That(Course().Refuse(RunStage.Posted)!.Code, Is.EqualTo("step-not-next"));
        Assert.That(Course().RefuseReversal()!.Code, Is.EqualTo("step-not-next"));
        Assert.That(Approve(), Is.EqualTo("step-not-next"));
        Assert.That(Review(), Is.EqualTo("findings-unsigned"));
        Assert.That(SignOff("no-such"), Is.EqualTo("finding-unknown"));
        foreach (var finding in Rehearse().Findings.Where(finding => finding.NeedsSignOff)) Assert.That(SignOff(finding.Key), Is.Null);
        Assert.That(Rehearse().Unsigned, Is.Zero);
        Assert.That(Review(), Is.Null);
        Assert.That(Review(), Is.Null, "again changes nothing");
        Assert.That(Approve(), Is.Null);
        bakery.Post();
        var course = Course();
        Assert.That((course.Reached, course.Next, course.MayReverse), Is.EqualTo((RunStage.Posted, (RunStage?)RunStage.Paid, true)));
        Assert.That(course.Steps.Take(5).Select(step => step.By), Is.EqualTo(["board", "ann", "ann", "bea", "bea"]));
        Assert.That(course.Steps.Take(5).All(step => step.At is not null), Is.True);
    }

    [Test]
    public void PaymentWithoutTaxIdIsWithheldFromOrItsExemptionStandsOnRecord()
    {
        database.Books.Write<int>(false, db =>
        {
            db.Members.Single(member => member.Id == bakery.Members[2].Id).TaxIdSealed = null;
            return 1;
        });
        IReadOnlyList<string> Warnings() => new TryDividend(database.Books, new GatheredYears()).Run(new(null, 2025)).Value.Figures.Warnings;
        bakery.Calculate();
        Assert.That(Warnings(), Has.Some.StartsWith("1 members without a tax id are paid in full"));
        string? Sign(string? note, string run = Bakery.Run) => Code(new SignOffFinding(database.Books).Run(new(null, run, "missing-tax-id", "ann", note)));
        Assert.That((Sign(null), Sign(" ")), Is.EqualTo(("exemption-missing", "exemption-missing")));
        Assert.That(Review(), Is.EqualTo("findings-unsigned"));
        Assert.That(Sign("Form 3491, determined 3 Mar 2025"), Is.Null);
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "dividends.sign-off").Detail), Is.EqualTo("Form 3491, determined 3 Mar 2025"));

        bakery.Adopt(Bakery.Policy.Replace("\"pools\"", "\"backupWithholding\": \"24%\", \"pools\"", StringComparison.Ordinal));
        bakery.Calculate();
        Assert.That(Warnings(), Has.None.Contains("paid in full"));
        Assert.That(database.Books.Read(db => db.Allocations.Single(row => row.MemberId == bakery.Members[2].Id && row.RunId == db.DividendRuns.Single(run => run.Number == 2).Id).WithheldCents), Is.Positive);
        Assert.That(Sign(null, "2025-2"), Is.Null, "what is withheld needs no exemption");
    }

    [Test]
    public void RunThatANewerOneHasOvertakenGoesNoFurther()
    {
        bakery.Calculate();
        bakery.Adopt(Bakery.Policy.Replace("30%", "31%", StringComparison.Ordinal));
        bakery.Calculate();
        Assert.That((Course().Next, Course().Newer), Is.EqualTo(((RunStage?)null, "2025-2")));
        Assert.That(Course("2025-2").Next, Is.EqualTo(RunStage.Reviewed));
    }

    [Test]
    public void RehearsalComparesWithTheLastPostedYear()
    {
        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        database.Clock.Advance(TimeSpan.FromDays(366));
        bakery.CloseYear("-70.00", 2026);
        bakery.Adopt("""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
              "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "20%", "notice": "qualified" } ],
              "losses": { "steps": [ "member-accounts" ] } }
            """, 2026);
        database.Books.Write<int>(false, db =>
        {
            foreach (var total in db.PatronageTotals.Where(total => total.FiscalYear == 2025 && total.MemberId != 0 && total.MemberId != bakery.Members[6].Id).ToList())
                db.Add(new Evergreen.Domain.Patronage.PatronageTotal { CoOpId = total.CoOpId, FiscalYear = 2026, MemberId = total.MemberId, Measure = total.Measure, CategoryId = total.CategoryId, Eligibility = total.Eligibility, Quantity = 100_00, Rows = 1 });
            return 1;
        });
        bakery.Calculate(2026);
        var rehearsal = Rehearse("2026-1");
        Assert.That(rehearsal.ComparedWith!.Name, Is.EqualTo("2025-1"));
        Assert.That(rehearsal.Comparisons.Single(line => line.Label == "To members"), Is.EqualTo(new Rehearsal.Comparison("To members", Money.Parse("69135.79"), Money.Parse("-70.00"))));
        var counts = rehearsal.Findings.ToDictionary(finding => finding.Key, finding => finding.Count);
        Assert.That((counts["changes"], counts["left-members"], counts["new-members"], counts["negative"], counts["zero"]), Is.EqualTo((6, 1, 0, 6, 1)));
        Assert.That(rehearsal.Findings.Single(finding => finding.Key == "left-members").Members.Single().Number, Is.EqualTo("0007"));
    }

    [Test]
    public void RehearsalFindsWhoLacksWhatAPaymentNeedsAndNamesTheFirstTwenty()
    {
        // Thirty workers of whom the last has worked half an hour, in a co-op that pays a fifth in cash.
        var (large, books) = (Bakery.In(database, [.. Enumerable.Repeat(100_00L, 29), 50L], "large", net: "30000.00", otherHours: 0), database.Books);
        books.Write<int>(false, db =>
        {
            foreach (var member in db.Members.Where(member => member.CoOpId == large.CoOp.Id).OrderBy(member => member.Number).ToList())
            {
                if (member.Number is "0002" or "0005") member.TaxIdSealed = null;
                member.BankAccountSealed = member.Number == "0003" ? "sealed" : null;
            }
            return 1;
        });
        large.Adopt(Bakery.Policy);
        large.Calculate();
        var findings = new Rehearsal(books).Run("large", "2025-1").Value.Findings.ToDictionary(finding => finding.Key);
        string[] Of(string key) => [.. findings[key].Members.Select(member => member.Number)];
        Assert.That((findings["missing-tax-id"].Count, findings["missing-tax-id"].NeedsNote, string.Join(' ', Of("missing-tax-id"))), Is.EqualTo((2, true, "0002 0005")));
        Assert.That((findings["missing-bank"].Count, Of("missing-bank").Length, Of("missing-bank")[0], Of("missing-bank")[^1], Of("missing-bank").Contains("0003")), Is.EqualTo((29, 20, "0001", "0021", false)), "the first twenty of 29");
        Assert.That((findings["dust"].Count, Of("dust")[0], findings["dust"].Members[0].Cash < Money.Parse("1.00")), Is.EqualTo((1, "0030", true)));
        Assert.That(findings["zero"].Count, Is.Zero);

        // All 29 are read page by page, as the rehearsal has them or by an amount.
        foreach (var (sort, first, last) in ((string?, string, string)[])[(null, "0001", "0030"), ("-number", "0030", "0001"), ("now", "0030", "0009")]) // the nine leftover cents are theirs whose numbers are the lowest
        {
            var (all, next) = (new List<string>(), (string?)null);
            do
            {
                var page = new FindingMembers(books).Run(new("large", "2025-1", "missing-bank", sort, next, Size: 12)).Value;
                Assert.That((page.Title, page.Why, page.Count, page.ComparedWith), Is.EqualTo((findings["missing-bank"].Title, findings["missing-bank"].Why, 29, (string?)null)));
                all.AddRange(page.Rows.Select(row => row.Number));
                next = page.Next;
            }
            while (next is not null);
            Assert.That((all.Count, all.Distinct().Count(), all[0], all[^1], all.Contains("0003")), Is.EqualTo((29, 29, first, last, false)), sort);
        }
        Assert.That(new FindingMembers(books).Run(new("large", "2025-1", "zero")).Value, Has.Property("Count").EqualTo(0).And.Property("Rows").Empty, "there is nobody to name");
        Assert.That(new FindingMembers(books).Run(new("large", "2025-1", "no-such")).Refusal!.Code, Is.EqualTo("finding-unknown"));
        Assert.That(new FindingMembers(books).Run(new("large", "2025-7", "zero")).Refusal!.Code, Is.EqualTo("run-unknown"));
    }

    [Test]
    public void RehearsalShowsWhoGaveNewBankDetailsUntilTheyWerePaidWithThem()
    {
        bakery.Calculate();
        Assert.That(Changed(), Is.Empty);
        Give(stopped: true);
        Assert.That(Changed(), Is.Empty, "stopped again");
        Give(stopped: false);
        Assert.That(Changed(), Is.EqualTo(new[] { "0003" }), "it waits");
        database.Clock.Advance(TimeSpan.FromDays(8));
        Assert.That(new SettleBankChanges(database.Books).Run(), Is.EqualTo(1));
        Assert.That(Changed(), Is.EqualTo(new[] { "0003" }), "in force, and nothing was paid with it yet");
        Assert.That(Rehearse().Findings.Single(finding => finding.Key == "bank-changed").NeedsSignOff, Is.True);

        void Give(bool stopped) => database.Books.Write<int>(false, db => db.BankChanges.Add(new BankChange
        {
            CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[2].Id, At = database.Books.Now, By = "member 0003", Scheme = "ach", InForceOn = DateOnly.FromDateTime(database.Books.Now).AddDays(7),
            StoppedAt = stopped ? database.Books.Now : null,
        }).Entity.MemberId);
        IEnumerable<string> Changed() => Rehearse().Findings.SingleOrDefault(finding => finding.Key == "bank-changed")?.Members.Select(member => member.Number) ?? [];
    }

    [Test]
    public void MembersOfARunAreFoundFilteredSortedAndTurnedPageByPage()
    {
        bakery.Calculate();
        RunMembers.Result List(string? find = null, RunMembers.Filter show = RunMembers.Filter.All, string? sort = null, string? after = null) =>
            new RunMembers(database.Books).Run(new(null, Bakery.Run, find, show, sort, after, Size: 3)).Value;
        var numbers = new List<string>();
        for (RunMembers.Result? page = List(sort: "-dividend"); page is not null; page = page.Next is null ? null : List(sort: "-dividend", after: page.Next))
        {
            Assert.That(page.Total, Is.EqualTo(7));
            numbers.AddRange(page.Rows.Select(row => row.Number));
        }
        Assert.That(numbers, Is.EqualTo(["0001", "0002", "0003", "0004", "0005", "0006", "0007"]));
        Assert.That(List(sort: "Smallest").Rows[0].Dividend, Is.EqualTo(Money.Parse("1738.77")));
        Assert.That(List(after: "0005").Rows.Select(row => row.Number), Is.EqualTo(["0006", "0007"]));
        Assert.That(List("worker 4").Rows.Single().Number, Is.EqualTo("0004"));
        Assert.That(List(show: RunMembers.Filter.ExtraCent).Rows.Select(row => row.Number), Does.Contain("0003"));
        Assert.That(List(show: RunMembers.Filter.Withheld).Total, Is.Zero);
        var all = List();
        Assert.That((all.Sums.Dividend, all.Sums.Cash, all.Sums.Retained, all.Sums.Withheld), Is.EqualTo((new Money(all.Run.AllocatedCents), new Money(all.Run.CashCents), new Money(all.Run.AllocatedCents - all.Run.CashCents), Money.Zero)));
        Assert.That(new RunMembers(database.Books).Run(new(null, Bakery.Run, Pool: 1)).Value.Sums, Is.EqualTo(all.Sums), "the only pool is all of it");
        Assert.That(new RunMembers(database.Books).Run(new(null, Bakery.Run, Pool: 2)).Value is { Total: 0, Sums.Dividend.IsZero: true });
    }

    [Test]
    public void WorkingOfAnAmountOpensItsEntry()
    {
        bakery.Calculate();
        Assert.That(new AllocationPage(database.Books).Run(null, Bakery.Run, "0003").Value.Entry, Is.Null);
        bakery.Approve();
        var posted = bakery.Post();
        var page = new AllocationPage(database.Books).Run(null, Bakery.Run, "0003").Value;
        Assert.That(page.Entry, Is.InRange(posted.Posting.FirstSequence, posted.Posting.LastSequence));
        Assert.That((page.Explained.Dividend, page.State), Is.EqualTo((Money.Parse("13484.94"), "posted")));
    }

    [Test]
    public void RunPageNamesTheScenarioThatLedToIt()
    {
        new SaveScenario(database.Books).Run(new(null, 2025, "Careful", Bakery.Policy, "ann"));
        bakery.Calculate();
        var page = new RunPage(database.Books).Run(null, Bakery.Run).Value;
        Assert.That((page.Scenario, page.Blockers.Count, page.Pools.Count), Is.EqualTo(("Careful", 0, 1)));
    }

    [Test]
    public void WorkbookHoldsWhatTheFileHolds()
    {
        bakery.Calculate();
        using var csv = new MemoryStream();
        using var xlsx = new MemoryStream();
        using var again = new MemoryStream();
        var worksheet = new DividendWorksheet(database.Books);
        worksheet.Export(null, Bakery.Run, DividendWorksheet.Layout.CorePos, csv);
        worksheet.ExportWorkbook(null, Bakery.Run, DividendWorksheet.Layout.CorePos, xlsx);
        worksheet.ExportWorkbook(null, Bakery.Run, DividendWorksheet.Layout.CorePos, again);
        Assert.That(again.ToArray(), Is.EqualTo(xlsx.ToArray()));
        Assert.That(Rows("run.xlsx", xlsx.ToArray()), Is.EqualTo(Rows("run.csv", csv.ToArray())));

        static List<string> Rows(string name, byte[] bytes)
        {
            using var rows = new ImportFile(name, () => new MemoryStream(bytes, writable: false)).OpenRows().Value;
            var read = new List<string> { string.Join('|', rows.Header) };
            while (rows.Read()) read.Add(string.Join('|', Enumerable.Range(0, rows.Header.Count).Select(column => Plain(Encoding.UTF8.GetString(rows.Field(column))))));
            return read;
        }

        static string Plain(string text) => text.EndsWith(".00", StringComparison.Ordinal) ? text[..^3] : text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0') : text;
    }

    [Test]
    public void OverviewListsWhatIsDoneAndWhatIsNext()
    {
        var page = new YearPage(database.Books);
        Assert.That(page.Run(null, 12).Refusal!.Code, Is.EqualTo("year-unknown"));
        var overview = new YearOverview(database.Books).Run(null).Value;
        Assert.That((overview.Year.Year, overview.Members, overview.Capital, overview.PayBy), Is.EqualTo((2025, 7, Money.Parse("1050.00"), (DateOnly?)new DateOnly(2026, 9, 15))));
        Assert.That(overview.Tasks.Where(task => task.Open).Select(task => task.Kind), Is.EqualTo([YearTaskKind.Calculate]));
        Assert.That(overview.Classes.Single(), Is.EqualTo(new YearOverview.ClassCount("worker", "Workers", 7)));
        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        overview = new YearOverview(database.Books).Run(null).Value;
        Assert.That(overview.Tasks.Where(task => task.Open).Select(task => task.Kind), Is.EqualTo([YearTaskKind.IssueStatements, YearTaskKind.Pay]));
        Assert.That(overview.Years.Single(), Is.EqualTo(new YearOverview.YearFigures(2025, Money.Parse("123456.78"), Money.Parse("69135.79"), Money.Parse("13827.18"), Money.Parse("1050.00"), "2025-1")));
        Assert.That(new DividendYears(database.Books).Run(null).Value.Years.Single(year => year.Name == 2025).Run!.Reached, Is.EqualTo(RunStage.Posted));
        Assert.That(page.Run(null, 2025).Value.Posted!.Run.Name, Is.EqualTo(Bakery.Run));
    }
}
