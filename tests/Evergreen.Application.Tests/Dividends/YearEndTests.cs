using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>The year end of seven workers, with the figures of the sheet 'hand-worker-largest-remainder' in tests/books/cases.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class YearEndTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private IReadOnlyList<string> Findings() => new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Findings;

    [Test]
    public void EveryMemberGetsTheCentThatWasWorkedOutByHand()
    {
        bakery.Adopt();
        var result = bakery.Calculate();
        var rows = database.Books.Read(db => db.Allocations.OrderBy(row => row.MemberId).ToList());
        Assert.That(result.Working.Pools[0].MemberNet, Is.EqualTo(Money.Parse("98765.42")));
        Assert.That(result.Working.Pools[0].ToReserve, Is.EqualTo(Money.Parse("29629.63")));
        Assert.That(rows.Select(row => row.DividendCents), Is.EqualTo(new long[] { 1438024, 1438024, 1348494, 1258444, 719012, 537704, 173877 }));
        Assert.That(rows.Select(row => row.CashCents), Is.EqualTo(new long[] { 287605, 287605, 269699, 251689, 143803, 107541, 34776 }));
        Assert.That(rows.Sum(row => row.DividendCents), Is.EqualTo(6913579));
    }

    [Test]
    public void PostedRunLeavesNothingUndistributedAndTheBooksSound()
    {
        bakery.UpToApproval();
        var posted = bakery.Post();
        Assert.That(posted.Posting.LastSequence - posted.Posting.FirstSequence + 1, Is.EqualTo(8), "one appropriation and seven members");
        var balances = database.Books.Read(db => (
            Income: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.NetIncome),
            Reserve: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.CollectiveReserve),
            Payable: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.PatronagePayable)));
        Assert.That(balances, Is.EqualTo((Money.Zero, Money.Parse("-54320.99"), Money.Parse("-13827.18"))));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void PostingTwicePostsOnce()
    {
        bakery.UpToApproval();
        var first = bakery.Post();
        var second = bakery.Post();
        Assert.That(second.AlreadyThere, Is.True);
        Assert.That((second.Posting.FirstSequence, second.Posting.LastSequence), Is.EqualTo((first.Posting.FirstSequence, first.Posting.LastSequence)));
        Assert.That(database.Books.Read(db => db.LedgerEntries.Count()), Is.EqualTo(7 + 1 + 8));
    }

    [Test]
    public void CalculatingAgainFromTheSameInputsGivesTheRunThatIsThere()
    {
        bakery.Adopt();
        var first = bakery.Calculate();
        var second = bakery.Calculate();
        Assert.That((second.AlreadyThere, second.Run.Id), Is.EqualTo((true, first.Run.Id)));
    }

    [Test]
    public void DryRunOfAPostLeavesNothing()
    {
        bakery.UpToApproval();
        var dry = new PostDividend(database.Books).Run(new PostDividend.Request(null, Bakery.Run, "bea", DryRun: true));
        Assert.That(dry.Value.Posting.LastSequence, Is.EqualTo(16));
        Assert.That(database.Books.Read(db => (db.DividendPostings.Count(), db.LedgerEntries.Count())), Is.EqualTo((0, 8)));
    }

    [Test]
    public void ReversalRestoresEveryBalanceAndANewRunCanBePosted()
    {
        bakery.UpToApproval();
        var before = Balances();
        bakery.Post();
        var reversed = new ReverseDividend(database.Books).Run(new ReverseDividend.Request(null, Bakery.Run, "ann", "hours of May were missing"));
        Assert.That(reversed.Value.Reversal.LastSequence - reversed.Value.Reversal.FirstSequence, Is.EqualTo(7));
        Assert.That(Balances(), Is.EqualTo(before));
        Assert.That(Findings(), Is.Empty);
        var linked = database.Books.Read(db => db.LedgerEntries.Count(entry => entry.Reverses != null && db.LedgerEntries.Any(original => original.CoOpId == entry.CoOpId && original.Sequence == entry.Reverses)));
        Assert.That(linked, Is.EqualTo(8));

        var again = bakery.Calculate();
        Assert.That(again.Run.Name, Is.EqualTo("2025-2"));
        bakery.Approve("2025-2");
        Assert.That(bakery.Post("2025-2").AlreadyThere, Is.False);
        Assert.That(Findings(), Is.Empty);
        Assert.That(new ReverseDividend(database.Books).Run(new ReverseDividend.Request(null, Bakery.Run, "ann", "again")).Value.AlreadyThere, Is.True);
    }

    [TestCase("ann")]
    [TestCase(" Ann ")]
    public void OnePersonMayApproveWhereThePolicyWaivesTheSecondAndTheTrailSaysSo(string by)
    {
        bakery.Adopt(Bakery.Policy.Replace("\"pools\"", "\"onePersonMayApprove\": true, \"pools\"", StringComparison.Ordinal));
        bakery.Calculate();
        Assert.That(Code(new ApproveDividend(database.Books).Run(new(null, Bakery.Run, by, "2026/1"))), Is.Null);
        bakery.Post();
        const string Waived = "resolution 2026/1; approved by the one person who calculated it, as the policy allows";
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "dividends.approve").Detail), Is.EqualTo(Waived));
        Assert.That(new RunLifecycle(database.Books).Run(null, Bakery.Run).Value.Steps.Single(step => step.Stage == RunStage.Approved).Note, Is.EqualTo(Waived));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void ApprovalByAnotherPersonWaivesNothingThoughThePolicyAllowsIt()
    {
        bakery.Adopt(Bakery.Policy.Replace("\"pools\"", "\"onePersonMayApprove\": true, \"pools\"", StringComparison.Ordinal));
        bakery.Calculate();
        bakery.Approve();
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "dividends.approve").Detail), Is.EqualTo("resolution 2026/1"));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void EachRefusalSaysItsCode()
    {
        Assert.That(Code(new CalculateDividend(database.Books).Run(new(null, 2024, "ann"))), Is.EqualTo("year-not-closed"));
        Assert.That(Code(new CalculateDividend(database.Books).Run(new(null, 2025, "ann"))), Is.EqualTo("policy-missing"));
        Assert.That(Code(new AdoptPolicy(database.Books).Run(new(null, 2025, Bakery.Policy.Replace("\"20%\"", "\"19%\""), "board"))), Is.EqualTo("policy-not-lawful"));
        bakery.Adopt();
        Assert.That(Code(new AdoptPolicy(database.Books).Run(new(null, 2025, Bakery.Policy + " ", "board", Seen: 0))), Is.EqualTo("policy-changed-meanwhile"));
        Assert.That(new AdoptPolicy(database.Books).Run(new(null, 2025, Bakery.Policy, "board", Seen: 0)).Value, Has.Property("AlreadyThere").True.And.Property("Version").EqualTo(1), "who adopts the same overwrites nothing");
        bakery.Calculate();
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea"))), Is.EqualTo("run-not-approved"));
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, "2025-9", "bea"))), Is.EqualTo("run-unknown"));
        Assert.That(Code(new ApproveDividend(database.Books).Run(new(null, Bakery.Run, "Ann", "2026/1"))), Is.EqualTo("approval-by-same-person"));
        Assert.That(Code(new ApproveDividend(database.Books).Run(new(null, Bakery.Run, "bea", " "))), Is.EqualTo("resolution-missing"));
        Assert.That(Code(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "why"))), Is.EqualTo("run-not-posted"));
        Assert.That(Code(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", " "))), Is.EqualTo("reversal-reason-missing"));
        bakery.Approve();
        Assert.That(Code(new ApproveDividend(database.Books).Run(new(null, Bakery.Run, "carl", "2026/2"))), Is.EqualTo("already-approved"));
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea", new DateOnly(2025, 12, 31)))), Is.EqualTo("posting-before-year-end"));
        Assert.That(Code(new IssueStatements(database.Books).Run(new(null, Bakery.Run, "ann", "x"))), Is.EqualTo("statements-before-posting"));
        Assert.That(Code(new ExplainDividend(database.Books).Run(null, 2025, "0001")), Is.EqualTo("dividend-not-posted"));
        bakery.Post();
        Assert.That(Code(new AdoptPolicy(database.Books).Run(new(null, 2025, Bakery.Policy + " ", "board"))), Is.EqualTo("policy-of-posted-year"));
        Assert.That(Code(new CalculateDividend(database.Books).Run(new(null, 2025, "ann"))), Is.EqualTo("year-already-posted"));
        Assert.That(Code(new ExplainDividend(database.Books).Run(null, 2025, "9999")), Is.EqualTo("member-unknown"));
        new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong"));
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea"))), Is.EqualTo("run-already-reversed"));
        Assert.That(Code(new IssueStatements(database.Books).Run(new(null, Bakery.Run, "ann", "x"))), Is.EqualTo("statements-of-reversed-run"));
    }

    [Test]
    public void ApprovalIsRefusedWhenWhatWentInHasChanged()
    {
        bakery.Adopt();
        bakery.Calculate();
        var member = bakery.Members[0].Id;
        database.Books.Write<int>(false, db => db.PatronageTotals.Where(total => total.MemberId == member).ExecuteUpdate(set => set.SetProperty(total => total.Quantity, 1)));
        Assert.That(Code(new ApproveDividend(database.Books).Run(new(null, Bakery.Run, "bea", "2026/1"))), Is.EqualTo("inputs-changed"));
        Assert.That(Findings().Single(), Does.Contain("Hours of 2025"));
        Assert.That(bakery.Calculate().Run.Name, Is.EqualTo("2025-2"));
        Assert.That(Code(new ApproveDividend(database.Books).Run(new(null, Bakery.Run, "bea", "2026/1"))), Is.EqualTo("run-superseded"));
    }

    [Test]
    public void LossIsBorneByTheReserveThenByNoticesAndTheRestIsCarriedForward()
    {
        bakery = Bakery.In(database, Bakery.SevenWorkers, "loss", net: "-1000.00", otherHours: 0);
        bakery.UpToApproval();
        bakery.Post();
        var after = database.Books.Read(db => (
            Reserve: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.CollectiveReserve),
            Notices: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.QualifiedNotices),
            Carried: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.LossesCarriedForward),
            Income: MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.NetIncome)));
        Assert.That(after, Is.EqualTo((Money.Zero, Money.Zero, Money.Parse("650.00"), Money.Zero)), "seven notices of 50.00 are used up and no reserve was there");
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void LossThatNoLongerFitsMembersAccountsIsNotPosted()
    {
        bakery = Bakery.In(database, Bakery.SevenWorkers, "loss", net: "-100.00", otherHours: 0);
        bakery.UpToApproval(Bakery.Policy.Replace("\"reserve\", \"member-accounts\"", "\"member-accounts\"", StringComparison.Ordinal));
        database.Books.Write<int>(false, db =>
        {
            LedgerGuard.Append(db, bakery.CoOp, [new EntryDraft(EntryKind.EquityContribution, 99, 1, new DateOnly(2026, 1, 10), "Taken back", null,
                new EntryLine(AccountCodes.QualifiedNotices, bakery.Members[0].Id, 2024, 49_00), new EntryLine(AccountCodes.NetAssets, null, null, -49_00))], database.Books.Now);
            return 1;
        });
        Assert.That(Code(new PostDividend(database.Books).Run(new("loss", Bakery.Run, "bea"))), Is.EqualTo("accounts-moved"));
    }

    [Test]
    public void LossThatTheReserveNoLongerHoldsIsNotPosted()
    {
        bakery.UpToApproval();
        bakery.Post();
        var reserve = database.Books.Read(db => -MemberBalances.OfAccount(db, bakery.CoOp.Id, AccountCodes.CollectiveReserve));
        bakery.CloseYear($"-{reserve}", 2023);
        bakery.CloseYear($"-{reserve}", 2024);
        var policy = Bakery.Policy.Replace("\"memberRatio\": \"records\"", "\"memberRatio\": \"100%\"", StringComparison.Ordinal);
        foreach (var year in (int[])[2023, 2024])
        {
            bakery.Adopt(policy, year);
            bakery.Calculate(year);
            bakery.Approve($"{year}-1");
        }
        bakery.Post("2023-1");
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, "2024-1", "bea"))), Is.EqualTo("accounts-moved"), "both losses were set against the same reserve");
        Assert.That(Code(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong"))), Is.EqualTo("allocation-used"), "the loss of 2023 has used the reserve of 2025");
        new ReverseDividend(database.Books).Run(new(null, "2023-1", "ann", "wrong"));
        Assert.That(Code(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong"))), Is.Null);
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void YearWithoutAnyIncomeHasNothingToPost()
    {
        bakery = Bakery.In(database, Bakery.SevenWorkers, "even", net: "0.00");
        bakery.UpToApproval();
        Assert.That(Code(new PostDividend(database.Books).Run(new("even", Bakery.Run, "bea"))), Is.EqualTo("nothing-to-post"));
        Assert.That(Findings(), Is.Empty);
    }

    [Test]
    public void PostingDateStandsInAnOpenYear()
    {
        bakery.UpToApproval();
        database.Clock.Advance(TimeSpan.FromDays(400));
        bakery.CloseYear("1.00", 2026);
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea", new DateOnly(2026, 3, 1)))), Is.EqualTo("period-closed"));
        Assert.That(Code(new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea"))), Is.Null);
    }

    [Test]
    public void MemberWithoutUnitsHasNoPart()
    {
        bakery = Bakery.In(database, [100_00, 0], "small");
        bakery.UpToApproval();
        bakery.Post();
        Assert.That(Code(new ExplainDividend(database.Books).Run("small", 2025, "0002")), Is.EqualTo("member-without-dividend"));
    }

    [Test]
    public void ExplanationLeadsFromNetIncomeToTheCent()
    {
        bakery.UpToApproval();
        bakery.Post();
        var explained = new ExplainDividend(database.Books).Run(null, 2025, "0006").Value;
        Assert.That(explained.Dividend, Is.EqualTo(Money.Parse("5377.04")));
        var steps = explained.Steps.ToDictionary(step => step.Text, step => step.Figure);
        Assert.That(steps["My share of the pool before rounding"], Is.EqualTo("5377.03606725"));
        Assert.That(steps["My exact share"], Is.EqualTo("3111/40000"));
        Assert.That(steps["Members' part of the business"], Is.EqualTo("4/5"));
        Assert.That(explained.Steps.Single(step => step.Text == "My dividend").Source, Does.Contain("5377.03 plus 0.01"));
    }

    [Test]
    public void AllocationsFileIsTheSameHoweverOftenAndSumsToThePool()
    {
        bakery.UpToApproval();
        string Export()
        {
            using var bytes = new MemoryStream();
            Assert.That(new DividendWorksheet(database.Books).Export(null, Bakery.Run, DividendWorksheet.Layout.Allocations, bytes).Value, Is.EqualTo(7));
            return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
        }
        var worksheet = new DividendWorksheet(database.Books);
        Assert.That((worksheet.List(null, 2025).Value.Single().State, worksheet.List(null, 2024).Value.Count, worksheet.Show(null, Bakery.Run).Value.Pools.Single().AmountCents), Is.EqualTo(("approved", 0, 6913579L)));
        var file = Export();
        Assert.That(Export(), Is.EqualTo(file));
        Assert.That(file.Split("\r\n")[3], Is.EqualTo("0003,Worker 3,labour,hours,1950.50,10000.00,6913579,3901,20000,1348493,1,1348494,269699,1078795,qualified,0,269699"));
    }

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    private List<(string, int?, int?, long)> Balances() => database.Books.Read(db =>
        (from line in db.LedgerLines join account in db.Accounts on line.AccountId equals account.Id group line.AmountCents by new { account.Code, line.MemberId, line.Lot } into sum where sum.Sum() != 0 select new { sum.Key.Code, sum.Key.MemberId, sum.Key.Lot, Cents = sum.Sum() })
        .AsEnumerable().Select(sum => (sum.Code, sum.MemberId, sum.Lot, sum.Cents)).Order().ToList());
}
