using System.Text.RegularExpressions;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
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
        const string Second = "2025-2";
        foreach (var finding in new Rehearsal(database.Books).Run(bakery.CoOp.Code, Second).Value.Findings.Where(finding => finding.NeedsSignOff))
            Assert.That(new SignOffFinding(database.Books).Run(new(bakery.CoOp.Code, Second, finding.Key, "ann", "seen")).IsRefused, Is.False);
        Assert.That(new ReviewDividend(database.Books).Run(new(bakery.CoOp.Code, Second, "ann")).IsRefused, Is.False);
        bakery.Approve(Second);
        bakery.Post(Second);
        Assert.That(new PayDividend(database.Books).Run(new(bakery.CoOp.Code, Second, "ann", "batch 7")).IsRefused, Is.False);
        Issue(Second);
        Assert.That(new JoinHousehold(database.Books).Run(new(bakery.CoOp.Code, "0002", "0001", database.Books.Today(bakery.CoOp), "ann")).IsRefused, Is.False);
        Assert.That(new JoinHousehold(database.Books).Run(new(bakery.CoOp.Code, "0005", "0004", database.Books.Today(bakery.CoOp), "ann")).IsRefused, Is.False);
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(new MergeMembers(database.Books).Run(new(bakery.CoOp.Code, "0003", "0004", "the same person", "ann")).IsRefused, Is.False);
        Bakery.In(database, [100_00, 50_00, 25_00], "corner").UpToApproval();
        var depot = Bakery.In(database, [100_00, 50_00], "depot", net: "-300.00", otherHours: 0);
        depot.Adopt();
        depot.Calculate();
    }

    private void Issue(string run)
    {
        var zip = Path.Combine(Path.GetTempPath(), $"evergreen-{Guid.NewGuid():N}.zip");
        try
        {
            Assert.That(new IssueStatements(database.Books).Run(new(bakery.CoOp.Code, run, "ann", null, zip)).Value.Written, Is.EqualTo(10));
        }
        finally
        {
            File.Delete(zip);
        }
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

    /// <summary>An intruder who makes the hash of a run's allocations anew: what must hold of every dividend is worked out from the rows themselves.</summary>
    [TestCase("\"CashCents\" = \"CashCents\" - 1, \"QualifiedCents\" = \"QualifiedCents\" + 1", "in money is less than 20 % of")]
    [TestCase("\"CashCents\" = \"CashCents\" - 1", "retained are not a dividend of")]
    [TestCase("\"FloorCents\" = \"FloorCents\" + 2, \"DividendCents\" = \"DividendCents\" + 2, \"CashCents\" = \"CashCents\" + 2", "is not within a cent of")]
    [TestCase("\"ExtraCent\" = 1 - \"ExtraCent\"", "is not its floor and leftover cent")]
    [TestCase("\"Units\" = '80001'", "the pool was divided by")]
    [TestCase("\"Treatment\" = 3", "account 2300 holds")]
    [TestCase("\"WithheldCents\" = 1", "account 2100 holds 0.00 of it, the allocation says -0.01")]
    public void RunThatBreaksWhatMustHoldIsFoundThoughItsHashFits(string change, string finding)
    {
        bakery.UpToApproval();
        bakery.Post();
        var run = database.Books.Read(db => db.DividendRuns.Single().Id);
        using (var db = database.Books.Open())
        {
            using var intruder = new Intruder(db, new Random(Seed));
            intruder.Do(database.Kind == DatabaseKind.Sqlite ? "PRAGMA ignore_check_constraints = ON" : "ALTER TABLE \"Allocations\" DROP CONSTRAINT \"CK_Allocations_Parts\"");
            intruder.Do($"UPDATE \"Allocations\" SET {change} WHERE \"MemberId\" = {bakery.Members[0].Id}");
            if (database.Kind == DatabaseKind.Sqlite) intruder.Do("PRAGMA ignore_check_constraints = OFF");
            intruder.SealAnew(run);
            intruder.Keep();
        }
        var findings = new CheckBooks(database.Books).Run(new()).Value.Findings;
        Assert.That(findings, Has.Some.Contains(finding));
        Assert.That(findings, Has.None.Contains("its allocations are not those that were calculated"));
    }
}
