using CsCheck;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>No person holds more of a society's withdrawable shares than the law or its own rules allow, by whatever way shares come to them.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ShareLimitTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    private CheckBooks.Result Check() => new CheckBooks(database.Books).Run(new()).Value;

    private Outcome<SetShareLimit.Result> SetLimit(string? limit, bool dryRun = false) => new SetShareLimit(database.Books).Run(new("society", limit is null ? null : Money.Parse(limit), "ann", dryRun));

    [Test]
    public void ARowAboveTheLimitIsShownWithWhatMayStillBeAdded()
    {
        var society = new Society(database);
        society.Enrol("1");
        society.Enrol("2");
        society.Enrol("C", kind: MemberKind.Organisation);
        Assert.That(society.Import("1,membership_share,,2025-01-02,60000.00", "1,preferred,,2025-01-02,40000.00", "C,membership_share,,2025-01-02,250000.00").Committed, Is.True, "to the limit, and an organisation beyond it");
        var report = society.Import("2,membership_share,,2025-01-02,99999.99", "1,preferred,,2025-02-02,0.01", "2,preferred,,2025-02-03,0.02", "2,preferred,,2025-02-04,0.01", "1,qualified_notice,2024,2025-02-05,500.00");
        Assert.That((report.Committed, report.Totals.Rejected), Is.EqualTo((false, 2L)));
        Assert.That(report.Problems.Select(problem => (problem.Code, problem.Line, problem.Column, problem.Value)), Is.EqualTo(new[] { ("share-limit", 3L, (string?)"amount", (string?)"0.01"), ("share-limit", 4L, "amount", "0.02") }));
        Assert.That(report.Problems.Select(problem => problem.Expected), Is.EqualTo(new[]
        {
            "no more than a member may still add to withdrawable shares: 0.00, for 100000.00 of 100000.00 are held", "no more than a member may still add to withdrawable shares: 0.01, for 99999.99 of 100000.00 are held",
        }));
        Assert.That(report.Problems[0].Remedy, Is.EqualTo("Correct the amount or the member; what goes beyond the limit cannot be taken as shares."));
        Assert.That(society.Import("1,preferred,,2025-02-02,-0.01", "1,membership_share,,2025-02-03,0.01").Committed, Is.True, "what was paid back makes room");
        Assert.That(Check().Findings, Is.Empty);
        Assert.That(Check().Reminders, Is.EqualTo(new[] { "society: member C, an organisation, holds 250000.00 in withdrawable shares. That is above the limit of 100000.00 and lawful for a registered society only." }));
    }

    [Test]
    public void OutsideTheUnitedKingdomThereIsNoLimit()
    {
        var shop = SampleCoOp.In(database);
        shop.Enrol("1");
        var report = new ImportEquity(database.Books).Run(SampleCoOp.Request(SampleCoOp.File("equity.csv", "source_id,member_number,account,fiscal_year,posted_on,amount", "E1,1,membership_share,,2025-01-02,900000.00"))).Value;
        Assert.That((report.Committed, Check().Findings.Count, Check().Reminders.Count), Is.EqualTo((true, 0, 0)));
        Assert.That(Code(new SetShareLimit(database.Books).Run(new("shop", Money.Parse("5.00"), "ann"))), Is.EqualTo("coop-no-society"));
        Assert.That(Code(new CreateCoOp(database.Books).Run(new("other", "Other", "US", "USD", 12, TaxRegime.SubchapterT, "ann") { ShareLimit = Money.Parse("5.00") })), Is.EqualTo("coop-no-society"));
    }

    [Test]
    public void TheSocietysOwnRulesMayAllowLessAndNeverMore()
    {
        var society = new Society(database, shareLimit: "20000.00");
        society.Enrol("1");
        Assert.That(society.Import("1,membership_share,,2025-01-02,20000.01").Problems.Single().Code, Is.EqualTo("share-limit"));
        Assert.That(society.Import("1,membership_share,,2025-01-02,15000.00").Committed, Is.True);
        Assert.That((Code(SetLimit("0.00")), Code(SetLimit("100000.01")), Code(SetLimit("14999.99"))), Is.EqualTo(("share-limit-range", "share-limit-range", "share-limit-below-holding")));
        Assert.That(Code(new CreateCoOp(database.Books).Run(new("other", "Other", "GB", "GBP", 12, TaxRegime.UkRegisteredSociety, "ann") { ShareLimit = Money.Parse("100000.01") })), Is.EqualTo("share-limit-range"));
        Assert.That(SetLimit("15000.00", dryRun: true).Value.InForce, Is.EqualTo(Money.Parse("15000.00")));
        Assert.That(society.Import("1,membership_share,,2025-01-03,5000.00").Committed, Is.True, "a dry run changed nothing");
        Assert.That(SetLimit(null).Value, Is.EqualTo(new SetShareLimit.Result(null, Money.Parse("100000.00"))));
        Assert.That(society.Import("1,membership_share,,2025-01-04,80000.00").Committed, Is.True);
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "co-op.share-limit").Select(record => record.Detail).ToList()), Is.EqualTo(new[] { "20000.00 → that of the law" }));
    }

    [Test]
    public void MergingTwoRecordsMakesNobodyHoldTooMuch()
    {
        var society = new Society(database);
        foreach (var number in (string[])["1", "2", "3"]) society.Enrol(number);
        society.Import("1,membership_share,,2025-01-02,60000.00", "2,preferred,,2025-01-02,40000.01", "3,preferred,,2025-01-02,40000.00");
        Assert.That(society.Merge("1", "2").Refusal, Is.EqualTo(new Refusal("share-limit", "Member 1 would hold 100,000.01 in withdrawable shares, and 100,000.00 is the limit. Pay in money what goes beyond it, or pay shares back first.")));
        Assert.That(society.Shares()["2"], Is.EqualTo(Money.Parse("40000.01")), "nothing was moved");
        Assert.That(society.Merge("1", "3").Value.Moved, Is.EqualTo(Money.Parse("40000.00")));
    }

    [Test]
    public void UndoingAnImportGivesNoSharesBackAboveTheLimit()
    {
        var society = new Society(database);
        society.Enrol("1");
        society.Import("1,membership_share,,2025-01-02,100000.00");
        society.Import("1,membership_share,,2025-01-03,-500.00");
        society.Import("1,membership_share,,2025-01-04,0.01");
        Outcome<ImportWithdrawal> Undo(int number) => new WithdrawImport(database.Books).Run(new("society", number, "ann", "wrong"));
        Assert.That(new PreviewWithdrawal(database.Books).Run("society", 2).Value.Obstacles, Is.EqualTo(new[] { new WithdrawalObstacle("member 1, shares that were taken out", "with them the member would hold 100,000.01, above the limit of 100,000.00") }));
        Assert.That(Code(Undo(2)), Is.EqualTo("share-limit"));
        Assert.That(Code(Undo(3)), Is.Null);
        Assert.That(new PreviewWithdrawal(database.Books).Run("society", 2).Value.Would!.EntriesReversed, Is.EqualTo(1));
        Assert.That(Code(Undo(2)), Is.Null);
        Assert.That((society.Shares()["1"], Check().Findings.Count), Is.EqualTo((Money.Parse("100000.00"), 0)));
    }

    /// <summary>Half of a divi goes to shares, or share interest that stays below the least payment.</summary>
    [TestCase("divi", "patronage", "1000.00", "0.00")]
    [TestCase("interest", "share-interest", "1.00", "5000.00")]
    public void ADividendThatWouldBeAddedAboveTheLimitIsToldEarlyAndNeitherApprovedNorPosted(string pool, string kind, string net, string leastPayment)
    {
        var bakery = Bakery.In(database, [100_00, 100_00], net: net, otherHours: 0, regime: TaxRegime.UkRegisteredSociety).WithPurchases(10_00, 20_00);
        var first = bakery.Members[0].Number;
        Outcome<ImportReport> Import(string id, string amount) => new ImportEquity(database.Books).Run(SampleCoOp.Request(SampleCoOp.File($"{id}.csv", "source_id,member_number,account,fiscal_year,posted_on,amount", $"{id},{first},preferred,,2026-01-03,{amount}")) with { CoOp = null, DespiteTotals = true });
        Assert.That(Import("A", "99900.00").Value.Committed, Is.True, "with 100.00 of membership shares that is the limit");
        bakery.Adopt($$"""
            { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%", "minimumPayment": { "amount": "{{leastPayment}}", "below": "retain" },
              "pools": [
                { "code": "interest", "name": "Share interest", "kind": "share-interest", "rate": "{{(pool == "interest" ? "0.5%" : "0.0001%")}}", "cash": "100%", "notice": "none" },
                { "code": "divi", "name": "Divi", "net": "100%", "unit": [ { "measure": "purchases" } ], "cash": "50%", "notice": "none" } ] }
            """);
        var calculated = bakery.Calculate();
        Assert.That(database.Books.Read(db => db.Allocations.Where(row => row.MemberId == bakery.Members[0].Id && db.RunPools.Any(one => one.RunId == row.RunId && one.PoolNo == row.PoolNo && one.Code == pool && (kind == "patronage" || one.Unit == kind))).Sum(row => row.CapitalCents)), Is.GreaterThan(0), "something would be added");
        IReadOnlyList<string> Shown() => new DividendWorksheet(database.Books).Show(null, Bakery.Run).Value.Warnings;
        IEnumerable<string> Rehearsed() => new Rehearsal(database.Books).Run(null, Bakery.Run).Value.Findings.Single(finding => finding.Key == "share-limit").Members.Select(member => member.Number);
        Outcome<DividendApproval> Approve() => new ApproveDividend(database.Books).Run(new(null, Bakery.Run, "bea", "2026/1"));
        Outcome<PostDividend.Result> Post() => new PostDividend(database.Books).Run(new(null, Bakery.Run, "bea"));
        foreach (var told in (IReadOnlyList<string>[])[calculated.Findings, bakery.Calculate().Findings, Shown(), new RunPage(database.Books).Run(null, Bakery.Run).Value.Warnings])
            Assert.That(told, Has.One.Match($"^Member {first} would hold 100,[0-9.,]+ in withdrawable shares, and 100,000.00 is the limit. The run cannot be approved so"));
        Assert.That(Rehearsed(), Is.EqualTo(new[] { first }));
        Assert.That(Approve().Refusal!.Sentence, Does.StartWith($"Member {first} would hold 100,"));
        Assert.That(Import("B", "-99900.00").Value.Committed, Is.True, "paid back");
        Assert.That((Shown().Any(told => told.Contains("limit", StringComparison.Ordinal)), Rehearsed().Any()), Is.EqualTo((false, false)));
        Assert.That(Approve().Refusal, Is.Null);
        Assert.That(Import("C", "99900.00").Value.Committed, Is.True, "and bought again");
        Assert.That(Shown(), Has.One.Contains("The run cannot be posted so"));
        var refused = Post().Refusal!;
        Assert.That(refused.Code, Is.EqualTo("share-limit"));
        Assert.That(refused.Sentence, Does.StartWith($"Member {first} would hold 100,"));
        Assert.That(Import("D", "-99900.00").Value.Committed, Is.True);
        Assert.That((Post().Refusal, Check().Findings.Count), Is.EqualTo(((Refusal?)null, 0)));
        var room = Money.Parse("100000.00") - database.Books.Read(db => MemberBalances.ByMember(db, bakery.CoOp.Id, AccountCodes.MembershipShares))[bakery.Members[0].Id];
        Assert.That(Import("E", room.ToString()).Value.Committed, Is.True, "up to the limit");
        Assert.That((Shown().Any(told => told.Contains("limit", StringComparison.Ordinal)), Rehearsed().Any()), Is.EqualTo((false, false)), "what was posted is not counted twice");
    }

    [Test]
    public void HoldingsThatCameAboutBeforeAreFoundByTheCheckAndLetBe()
    {
        var society = new Society(database);
        var (one, two) = (society.Enrol("1"), society.Enrol("2"));
        database.Books.Write<int>(false, db =>
        {
            Application.Storage.LedgerGuard.Append(db, society.CoOp, [new EntryDraft(EntryKind.EquityContribution, 900, 1, new DateOnly(2025, 1, 2), "As it was", null, new EntryLine(AccountCodes.Bank, null, null, 120_000_00), new EntryLine(AccountCodes.MembershipShares, one.Id, null, -120_000_00))], database.Books.Now);
            return two.Id;
        });
        Assert.That(Check().Findings, Has.One.EqualTo("society: member 1 holds 120000.00 in withdrawable shares, and 100000.00 is the limit."));
        Assert.That(society.Import("1,membership_share,,2025-02-02,0.01").Problems.Single().Expected, Does.Contain("0.00, for 120000.00 of 100000.00 are held"));
        Assert.That(society.Import("1,membership_share,,2025-02-02,-10000.00", "2,membership_share,,2025-02-02,5.00").Committed, Is.True, "paid back, though still too much; and others go on");
    }

    [Test]
    public void ARedemptionIsNotTakenBackAboveTheLimit()
    {
        var society = new Society(database);
        society.Enrol("1");
        Assert.That(society.Import("1,membership_share,,2025-01-02,100000.00").Committed, Is.True);
        var redemption = new RedeemEquity(database.Books).Run(new("society", "ann", "R1") { Member = "1", Amount = Money.Parse("500.00"), Kinds = CapitalKinds.Shares }).Value.Redemption;
        Assert.That(society.Import("1,preferred,,2025-02-02,400.00").Committed, Is.True, "what was paid back makes room");
        Assert.That(Code(new ReverseRedemption(database.Books).Run(new("society", redemption.Number, "ann", "it came back"))), Is.EqualTo("share-limit"));
        Assert.That(society.Import("1,preferred,,2025-02-03,-400.00").Committed, Is.True);
        Assert.That(Code(new ReverseRedemption(database.Books).Run(new("society", redemption.Number, "ann", "it came back"))), Is.Null);
    }

    /// <summary>Law J8: whatever the office does, no person's withdrawable shares go above the limit, and nothing is turned away that would have stayed below it.</summary>
    [Test]
    public void NothingTheOfficeDoesLeadsAboveTheLimit()
    {
        const int Limit = 1_000_00;
        var society = new Society(database, shareLimit: "1000.00");
        var drawn = 0;
        Gen.Int[0, int.MaxValue - 1].Sample(seed =>
        {
            var random = new Random(seed);
            var name = $"g{drawn++}-";
            var holds = new Dictionary<string, long>();
            foreach (var i in Enumerable.Range(1, 4)) holds[society.Enrol($"{name}{i}", kind: i == 4 ? MemberKind.Organisation : MemberKind.Person).Number] = 0;
            var merged = new HashSet<string>();
            for (var step = 0; step < 6; step++)
            {
                if (step == 3)
                {
                    var (kept, other) = ($"{name}1", $"{name}2");
                    var fits = holds[other] <= 0 || holds[kept] + holds[other] <= Limit;
                    var outcome = society.Merge(kept, other);
                    Assert.That(Code(outcome), Is.EqualTo(fits ? null : "share-limit"));
                    if (!fits) continue;
                    holds[kept] += holds[other];
                    holds[other] = 0;
                    merged.Add(other);
                    continue;
                }
                // Taken back is at most what the lot holds, so the limit alone turns rows away.
                var rows = Enumerable.Range(0, 6).Select(_ => (Member: $"{name}{random.Next(1, 5)}", Cents: random.NextInt64(1, 70_000))).Where(row => !merged.Contains(row.Member)).ToList();
                var report = society.Import(takeGood: true, [.. rows.Select(row => $"{row.Member},{(random.Next(2) == 0 ? "membership_share" : "preferred")},,2025-03-0{step + 1},{new Money(row.Cents)}")]);
                var turnedAway = new List<long>();
                foreach (var (row, line) in rows.Select((row, i) => (row, i + 2L)))
                {
                    if (row.Member == $"{name}4" || holds[row.Member] + row.Cents <= Limit) holds[row.Member] += row.Cents;
                    else turnedAway.Add(line);
                }
                Assert.That(report.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => (problem.Code, problem.Line)), Is.EqualTo(turnedAway.Select(line => ("share-limit", line))));
            }
            var shares = society.Shares();
            foreach (var (number, cents) in holds) Assert.That(shares.GetValueOrDefault(number), Is.EqualTo(new Money(cents)));
            Assert.That(shares.Where(one => !one.Key.EndsWith("-4", StringComparison.Ordinal)).All(one => one.Value <= new Money(Limit)), Is.True);
        }, seed: "0000Evergreen", iter: 5, threads: 1);
        Assert.That(Check().Findings, Is.Empty);
    }
}
