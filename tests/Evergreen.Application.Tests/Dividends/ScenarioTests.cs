using Evergreen.Application.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>What a board tries out is what the run gives, to the cent and member by member.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ScenarioTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;
    private GatheredYears gathered = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers).WithPurchases(10_00, 0, 333_33, 1, 77_77, 1234_56, 9_99);
        gathered = new GatheredYears();
        bakery.Adopt();
    }

    [TearDown]
    public void Close() => database.Dispose();

    private Outcome<TryDividend.Result> Try(params (string Path, string Text)[] changes) =>
        new TryDividend(database.Books, gathered).Run(new(null, 2025, null, changes.ToDictionary(change => change.Path, change => change.Text)));

    private Scenario Save(string name, string json) => new SaveScenario(database.Books).Run(new(null, 2025, name, json, "ann")).Value;

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    [Test]
    public void ScenarioGivesTheRunsAmountsToTheCentMemberByMember()
    {
        var random = new Random(20261124);
        for (var round = 1; round <= 12; round++)
        {
            var tried = Try(("pools.labour.cash", One("20", "25.5", "33.3333", "100", "77/100")), ("collectiveReserve", One("0", "30", "1/3", "12.5")), ("minimumPayment.amount", One("0", "5.00", "3000.00")),
                ("minimumPayment.below", One("retain", "donate", "roll-forward", "store-credit", "pool")), ("rounding", One("largest-remainder", "half-up-residue-to-reserve", "floor-residue-to-reserve"))).Value;
            var scenario = Save($"round {round}", tried.Json);
            Assert.That(scenario.ResultSha256, Is.EqualTo(tried.Proposal.Sha256()), "kept as tried");
            new AdoptScenario(database.Books).Run(new(null, 2025, scenario.Id, "board"));
            var run = bakery.Calculate().Run;

            Assert.That((run.InputsSha256, run.ResultSha256), Is.EqualTo((scenario.InputsSha256, scenario.ResultSha256)));
            var stored = database.Books.Read(db => db.Allocations.Where(row => row.RunId == run.Id).OrderBy(row => row.PoolNo).ThenBy(row => row.MemberId).ToList());
            var shown = tried.Proposal.Pools.SelectMany(pool => pool.Rows).ToList();
            Assert.That(stored.Select(row => (row.MemberId, row.DividendCents, row.CashCents, row.QualifiedCents, row.NonqualifiedCents, row.CapitalCents, row.WithheldCents, row.Treatment)),
                Is.EqualTo(shown.Select(row => (row.Member.Id, row.Dividend.Cents, row.Cash.Cents, row.Qualified.Cents, row.Nonqualified.Cents, row.Capital.Cents, row.Withheld.Cents, row.Treatment))));
            var figures = DividendFigures.FromJson(scenario.FiguresJson);
            Assert.That((figures.Total.Cents, figures.Cash.Cents, figures.Members), Is.EqualTo((run.AllocatedCents, run.CashCents, run.MembersAllocated)));
        }

        string One(params string[] choices) => choices[random.Next(choices.Length)];
    }

    [Test]
    public void FiguresShowTotalsTheMiddleMemberAndWhoGotTheLeftoverCents()
    {
        var figures = Try().Value.Figures;
        Assert.That((figures.Total, figures.Least, figures.Median, figures.Most), Is.EqualTo((Money.Parse("69135.79"), Money.Parse("1738.77"), Money.Parse("12584.44"), Money.Parse("14380.24"))));
        Assert.That(figures.Cash + figures.Retained, Is.EqualTo(figures.Total));
        Assert.That(figures.Pools[0].ExtraCents, Is.EqualTo(figures.Pools[0].LeftoverCents));
        Assert.That(figures.Pools[0].ExtraCentTo, Does.Contain("0003").And.Contain("0006"));
        Assert.That(figures.Warnings, Has.Some.Contains("exactly the 20%"));
    }

    [Test]
    public void TryingChangesNothingAndStartsFromThePolicyInForce()
    {
        var before = database.Books.Read(db => (db.AuditRecords.Count(), db.DividendRuns.Count(), db.PolicyVersions.Count(), db.LedgerEntries.Count()));
        var tried = Try(("pools.labour.cash", "50")).Value;
        Assert.That(tried.Figures.Total, Is.EqualTo(tried.InForce!.Total));
        Assert.That(tried.Figures.Cash, Is.GreaterThan(tried.InForce.Cash));
        Assert.That(Try().Value.Json, Is.EqualTo(Bakery.Policy), "nothing changed: the document word for word");
        Assert.That(database.Books.Read(db => (db.AuditRecords.Count(), db.DividendRuns.Count(), db.PolicyVersions.Count(), db.LedgerEntries.Count())), Is.EqualTo(before));
    }

    [Test]
    public void WhatIsForbiddenIsSaidWithItsLaw()
    {
        Assert.That(Try(("pools.labour.cash", "19.99")).Refusal!.Sentence, Does.Contain("20%").And.Contain("1388"));
        Assert.That(Code(Try(("pools.labour.cash", "19.99"))), Is.EqualTo("policy-not-lawful"));
        Assert.That(Code(Try(("pools.labour.cash", "a lot"))), Is.EqualTo("policy-unreadable"));
        Assert.That(Code(Try(("pools.nowhere.cash", "30"))), Is.EqualTo("setting-unknown"));
    }

    [Test]
    public void WhatIsInMemoryIsGatheredAgainOnceItHasChanged()
    {
        var first = Try().Value.Proposal.Inputs.Sha256();
        var member = bakery.Members[0].Id;
        database.Books.Write<int>(false, db => db.PatronageTotals.Where(total => total.MemberId == member && total.Quantity > 100_00).ExecuteUpdate(set => set.SetProperty(total => total.Quantity, 1)));
        Assert.That(Try().Value.Proposal.Inputs.Sha256(), Is.Not.EqualTo(first).And.EqualTo(bakery.Calculate().Run.InputsSha256));
    }

    [Test]
    public void ScenariosStandSideBySideUntilTheyAreDropped()
    {
        var low = Save("Low", Try().Value.Json);
        var high = Save("High", Try(("pools.labour.cash", "40")).Value.Json);
        Assert.That(Save("Low", low.PolicyJson).Id, Is.EqualTo(low.Id), "the same again changes nothing");
        Assert.That(Code(new SaveScenario(database.Books).Run(new(null, 2025, "Low", high.PolicyJson, "ann"))), Is.EqualTo("scenario-name-taken"));
        Assert.That(Code(new SaveScenario(database.Books).Run(new(null, 2025, " ", high.PolicyJson, "ann"))), Is.EqualTo("scenario-name"));

        var listed = new ListScenarios(database.Books, gathered).Run(null, 2025).Value;
        Assert.That(listed.Rows.Select(row => (row.Scenario.Name, row.Current, row.Adopted)), Is.EqualTo(new[] { ("Low", true, true), ("High", true, false) }));
        Assert.That(listed.Differing, Is.EqualTo(["pools.labour.cash"]));
        Assert.That((listed.Version, listed.Posted), Is.EqualTo((1, (string?)null)));

        // Chosen from a page that was opened before somebody else adopted another policy.
        Outcome<AdoptPolicy.Result> Choose(Scenario scenario, int seen) => new AdoptScenario(database.Books).Run(new(null, 2025, scenario.Id, "ann", Seen: seen));
        Assert.That((Code(Choose(high, 0)), Choose(high, 1).Value.Version, Code(Choose(low, 1)), Choose(high, 1).Value.AlreadyThere, Choose(low, 2).Value.Version), Is.EqualTo(("policy-changed-meanwhile", 2, "policy-changed-meanwhile", true, 3)));

        new DropScenario(database.Books).Run(new(null, 2025, low.Id, "ann"));
        Assert.That(new ListScenarios(database.Books, gathered).Run(null, 2025).Value.Rows.Single().Scenario.Name, Is.EqualTo("High"));
        Assert.That(Code(new DropScenario(database.Books).Run(new(null, 2025, low.Id, "ann"))), Is.EqualTo("scenario-unknown"));
        Assert.That(Code(new AdoptScenario(database.Books).Run(new(null, 2025, low.Id, "ann"))), Is.EqualTo("scenario-unknown"));

        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        Assert.That((new ListScenarios(database.Books, gathered).Run(null, 2025).Value.Posted, Code(Choose(high, 3))), Is.EqualTo((Bakery.Run, "policy-of-posted-year")), "none is chosen while the dividend stands");
    }
}
