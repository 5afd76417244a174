using System.Text.RegularExpressions;
using Evergreen.Application.Dividends;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Whoever changes posted rows with the database's own tools, past its guards, is found out by the check of the books.</summary>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class LedgerTamperingTests(TestDatabase databases)
{
    private const int Seed = 20260114;
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [.. Enumerable.Range(0, 10).Select(i => 800_00L + i * 111)]);
    }

    [TearDown]
    public void Close() => database.Dispose();

    /// <summary>One co-op with a run posted, reversed and posted anew, one with an approved run, one with a calculated run.</summary>
    private void ThreeCoOps()
    {
        bakery.UpToApproval();
        bakery.Post();
        new ReverseDividend(database.Books).Run(new(bakery.CoOp.Code, Bakery.Run, "ann", "hours of May were missing"));
        bakery.Adopt(Bakery.Policy.Replace("30%", "25%", StringComparison.Ordinal));
        bakery.Calculate();
        bakery.Approve("2025-2");
        bakery.Post("2025-2");
        Bakery.In(database, [100_00, 50_00, 25_00], "corner").UpToApproval();
        var depot = Bakery.In(database, [100_00, 50_00], "depot", net: "-300.00", otherHours: 0);
        depot.Adopt();
        depot.Calculate();
    }

    [Test]
    public void EveryEditIsFoundAndTheFirstBrokenEntryNamed()
    {
        ThreeCoOps();
        using var db = new Books(WithoutFlushing.Address(database.Address), database.Clock).Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        using var intruder = new Intruder(db, new Random(Seed));
        Assert.That(CheckBooks.Of(db).Value.Findings, Is.Empty, "before anything was changed");
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var edits = Effort.Of(1_000, databases.Kind == DatabaseKind.Sqlite ? 100_000 : 20_000);
        for (var edit = 1; edit <= edits; edit++)
        {
            var done = intruder.Edit();
            var findings = CheckBooks.Of(db).Value.Findings;
            Assert.That(findings, Is.Not.Empty, $"seed {Seed}, edit {edit} was not found: {done.What}");
            if (done.FirstSequence is { } sequence)
                Assert.That(findings, Has.Some.Matches<string>(finding => finding!.StartsWith(done.CoOp + ":", StringComparison.Ordinal) && Regex.IsMatch(finding, $@"\bentry {sequence}\b", RegexOptions.None, TimeSpan.FromSeconds(1))),
                    $"seed {Seed}, edit {edit}: {done.What} broke entry {sequence} of {done.CoOp}");
            kinds[done.Kind] = kinds.GetValueOrDefault(done.Kind) + 1;
            intruder.Undo();
        }
        Assert.That(CheckBooks.Of(db).Value.Findings, Is.Empty, "after everything was undone");
        TestContext.Out.WriteLine($"Seed {Seed}: {edits} edits, all found: {string.Join(", ", kinds.Select(kind => $"{kind.Value} × {kind.Key}"))}.");
    }

    /// <summary>An intruder who knows the form of the chain makes every hash anew: the books hold together, and only what was written down elsewhere tells.</summary>
    [Test]
    public void LedgerWrittenAnewIsFoundByTheManifestOfTheStatements()
    {
        bakery.UpToApproval();
        bakery.Post();
        var folder = Directory.CreateTempSubdirectory("evergreen-manifest");
        try
        {
            var manifest = new IssueStatements(database.Books).Run(new(null, Bakery.Run, "ann", folder.FullName)).Value.ManifestPath!;
            using (var db = database.Books.Open())
            {
                using var intruder = new Intruder(db, new Random(Seed));
                // Ten dollars of the first member's share become the second's.
                intruder.Move(bakery.CoOp, from: 1, to: 2, cents: 10_00);
                intruder.ChainAnew(bakery.CoOp);
                intruder.Keep();
            }
            Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty, "the books hold together");
            Assert.That(new CheckBooks(database.Books).Run(new(null, manifest)).Value.Findings.Single(), Does.Contain("the ledger was rewritten"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An entry that takes another back, but not to the cent, in a chain that holds together.</summary>
    [Test]
    public void ReversalThatIsNotTheOppositeIsFoundThoughTheChainHolds()
    {
        bakery.UpToApproval();
        bakery.Post();
        var reversal = new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "wrong")).Value.Reversal;
        using (var db = database.Books.Open())
        {
            using var intruder = new Intruder(db, new Random(Seed));
            intruder.Move(bakery.CoOp, from: reversal.FirstSequence + 1, to: reversal.FirstSequence + 2, cents: 1);
            intruder.ChainAnew(bakery.CoOp);
            intruder.Keep();
        }
        var findings = new CheckBooks(database.Books).Run(new()).Value.Findings;
        Assert.That(findings, Has.Some.EqualTo($"bakery: entry {reversal.FirstSequence + 1} is not the opposite of the entry that it reverses."));
    }

    [TestCase("UPDATE \"Accounts\" SET \"Code\" = '39' WHERE \"Code\" = '3950'", "account 3950 is missing")]
    [TestCase("UPDATE \"Accounts\" SET \"Kind\" = 1 WHERE \"Code\" = '3950'", "account 3950 is missing from the chart, or is of another kind")]
    [TestCase("UPDATE \"SurplusLines\" SET \"AmountCents\" = \"AmountCents\" + 1", "its figures sum to 123456.79")]
    [TestCase("UPDATE \"Members\" SET \"JoinedOn\" = '1999-12-31' WHERE \"Id\" = (SELECT MIN(\"Id\") FROM \"Members\")", "is listed as joined on 1999-12-31, the facts say")]
    [TestCase("DELETE FROM \"LedgerHeads\"", "but none was noted as the last")]
    public void WhatNoGuardHoldsIsFoundByTheCheck(string sql, string finding)
    {
        Assert.That(database.Sql(sql), Is.Null);
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Has.Some.Contains(finding));
    }
}
