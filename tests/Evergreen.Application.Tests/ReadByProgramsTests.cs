using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests;

/// <summary>What programs read of a co-op: each list in the order of its key, page after page, alike on every database.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ReadByProgramsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [400_00, 300_00, 200_00]);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private Books Books => database.Books;

    [Test]
    public void RunsComeTheLatestFirstWithTheirPoolsAndWhatEachMemberGets()
    {
        bakery.UpToApproval();
        var on = bakery.Post().Posting.On;
        new ReverseDividend(Books).Run(new(null, Bakery.Run, "ann", "hours of May were missing"));
        bakery.Calculate();
        var runs = new RunsByYear(Books);
        var first = runs.Run(bakery.CoOp, 1);
        var rest = runs.Run(bakery.CoOp, 1, first.Next);
        Assert.That((first.Rows.Single().Run.Name, first.Rows[0].State, first.Rows[0].PostedOn), Is.EqualTo(("2025-2", "calculated", (DateOnly?)null)));
        Assert.That((rest.Rows.Single().Run.Name, rest.Rows[0].State, rest.Rows[0].PostedOn, rest.Next), Is.EqualTo((Bakery.Run, "reversed", (DateOnly?)on, (RunsByYear.RunKey?)null)));
        Assert.That(runs.One(bakery.CoOp, Bakery.Run).Value.Pools, Is.EqualTo(rest.Rows[0].Pools));
        Assert.That(runs.One(bakery.CoOp, "2025-9").Refusal?.Code, Is.EqualTo("run-unknown"));
        var two = runs.Allocations(bakery.CoOp, Bakery.Run, 2).Value;
        var third = runs.Allocations(bakery.CoOp, Bakery.Run, 2, two.Next).Value;
        Assert.That(two.Rows.Concat(third.Rows).Select(part => (part.Member, part.Pool)), Is.EqualTo(new[] { ("0001", "labour"), ("0002", "labour"), ("0003", "labour") }));
        Assert.That((two.Rows.Concat(third.Rows).Sum(part => part.Allocation.DividendCents), third.Next), Is.EqualTo((rest.Rows[0].Pools.Single().Amount.Cents, (RunsByYear.AllocationKey?)null)));
    }

    [Test]
    public void PolicyOfAYearIsTheOneAdoptedLast()
    {
        var policy = new PolicyInForce(Books);
        Assert.That(policy.Run(null, 2025).Refusal?.Code, Is.EqualTo("policy-missing"));
        bakery.Adopt();
        bakery.Adopt(Bakery.Policy.Replace("30%", "40%", StringComparison.Ordinal));
        Assert.That((policy.Run(null, 2025).Value.Version, policy.Run(null, 2025).Value.Json.Contains("40%", StringComparison.Ordinal)), Is.EqualTo((2, true)));
        Assert.That(policy.Run("attic", 2025).Refusal?.Code, Is.EqualTo("coop-unknown"));
    }

    [Test]
    public void RegisterIsReadByNumberWithHouseholdsAndMergedRecords()
    {
        Assert.That(new JoinHousehold(Books).Run(new(null, "0002", "0001", new DateOnly(2026, 1, 1), "ann")).Refusal, Is.Null);
        var list = new MembersByNumber(Books);
        var two = list.Run(new(bakery.CoOp, 2));
        var third = list.Run(new(bakery.CoOp, 2, two.Next));
        Assert.That(two.Rows.Concat(third.Rows).Select(row => (row.Number, row.HouseholdOf)), Is.EqualTo(new[] { ("0001", null), ("0002", "0001"), ("0003", (string?)null) }));
        Assert.That((two.Next, third.Next), Is.EqualTo(("0002", (string?)null)));
        var one = list.Run(new(bakery.CoOp, 2, Only: "0003")).Rows.Single();
        Assert.That((one.Name, one.Kind, one.Status, one.Classes.Single(), one.JoinedOn, one.MergedInto), Is.EqualTo(("Worker 3", MemberKind.Person, (MemberStatus?)MemberStatus.Active, "worker", (DateOnly?)new DateOnly(2020, 1, 1), (string?)null)));
        Assert.That(new MergeMembers(Books).Run(new(null, "0001", "0003", "one person", "ann")).Refusal, Is.Null);
        Assert.That(list.Run(new(bakery.CoOp, 9, Only: "0003")).Rows.Single().MergedInto, Is.EqualTo("0001"));
        Assert.That(new ListClasses(Books).Run("bakery").Value.Select(one => one.Code), Is.EqualTo(["worker"]));
    }

    [Test]
    public void AccountsAreReadByNumberWithWhatIsOwnedAndOwed()
    {
        bakery.UpToApproval();
        bakery.Post();
        var part = Books.Read(db => db.Allocations.Single(row => row.MemberId == bakery.Members[0].Id));
        var list = new EquityByMember(Books);
        var one = list.Run(new(bakery.CoOp, 2)).Rows[0];
        Assert.That(one.Lots.Where(lot => lot.Owned).Select(lot => (lot.AccountCode, lot.FiscalYear, lot.Balance)), Is.EqualTo(new[]
        {
            (AccountCodes.MembershipShares, (int?)null, Money.Parse("100.00")), (AccountCodes.QualifiedNotices, 2024, Money.Parse("50.00")), (AccountCodes.QualifiedNotices, 2025, new Money(part.QualifiedCents)),
        }));
        Assert.That((one.Capital, one.Owed), Is.EqualTo((new Money(150_00 + part.QualifiedCents), new Money(part.CashCents))));
        Assert.That(list.Run(new(bakery.CoOp, 2, list.Run(new(bakery.CoOp, 2)).Next)).Rows.Select(row => row.Member), Is.EqualTo(["0003"]));
        Assert.That(list.Run(new(bakery.CoOp, 2, Only: "0002")).Rows.Single().Member, Is.EqualTo("0002"));
    }

    [Test]
    public void CoOpsAreListedByCodeWithTheirMembersAndLastClosedYear()
    {
        new CreateCoOp(Books).Run(new("attic", "The Attic", "US", "USD", 12, TaxRegime.SubchapterT, "ann"));
        Assert.That(new ListCoOps(Books).Run().Select(row => (row.CoOp.Code, row.Members, row.LastYearClosed)), Is.EqualTo(new[] { ("attic", 0, (int?)null), ("bakery", 3, 2025) }));
    }
}
