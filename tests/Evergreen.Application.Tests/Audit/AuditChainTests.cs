using Evergreen.Application.Audit;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Reliability;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Audit;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class AuditChainTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [800_00, 400_00]);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private IReadOnlyList<string> Findings => new CheckBooks(database.Books).Run(new()).Value.Findings;

    private void Act(int? coOp, int lines = 1) => database.Books.Write<int>(dryRun: false, db =>
    {
        for (var i = 1; i <= lines; i++) AuditTrail.Add(db, coOp, database.Books.Now, "ann", "test.act", $"thing {i}", "a|b\\c");
        return lines;
    });

    private void Behind(params string[] edits)
    {
        using var db = database.Books.Open();
        using var intruder = new Intruder(db, new Random(1));
        foreach (var edit in edits) intruder.Do(edit);
        intruder.Keep();
    }

    [Test]
    public void NumbersRunWithoutGapInEachChainAndEachRecordHangsOnTheOneBefore()
    {
        Act(null);
        Act(bakery.CoOp.Id, lines: 40);
        database.Books.Write<int>(dryRun: false, db =>
        {
            AuditTrail.Add(db, bakery.CoOp.Id, database.Books.Now, "ann", "test.act", "one of the co-op");
            AuditTrail.Add(db, null, database.Books.Now, "ann", "test.act", "one of the site");
            return 0;
        });
        database.Books.Write<int>(dryRun: true, db =>
        {
            AuditTrail.Add(db, bakery.CoOp.Id, database.Books.Now, "ann", "test.act", "tried only");
            return 0;
        });
        var chains = database.Books.Read(db => db.AuditRecords.ToList()).GroupBy(record => AuditSeal.ChainOf(record.CoOpId)).ToDictionary(chain => chain.Key, chain => chain.OrderBy(record => record.Number).ToList());
        Assert.That(chains.Keys, Is.EquivalentTo([0, bakery.CoOp.Id]));
        foreach (var chain in chains.Values)
        {
            Assert.That(chain.Select(record => record.Number), Is.EqualTo(Enumerable.Range(1, chain.Count)));
            var hash = AuditChain.Genesis;
            foreach (var record in chain) Assert.That(hash = AuditChain.Link(hash, record.Number!.Value, record), Is.EqualTo(record.Hash));
        }
        var check = new CheckBooks(database.Books).Run(new()).Value;
        Assert.That(check.Findings, Is.Empty);
        Assert.That(check.AuditHeads["bakery"], Is.EqualTo($"{chains[bakery.CoOp.Id].Count}:{Convert.ToHexStringLower(chains[bakery.CoOp.Id][^1].Hash!)}"));
    }

    /// <summary>Nobody is told to come again, and an act that takes long does not fail because others were quicker.</summary>
    [Test]
    public void ManyWhoActAtOnceMakeOneChain()
    {
        var began = 0;
        using var others = new CountdownEvent(1);
        var slow = database.Kind == DatabaseKind.Sqlite ? Task.CompletedTask : Task.Run(() => database.Books.Write<int>(dryRun: false, db =>
        {
            Interlocked.Increment(ref began);
            _ = db.CoOps.Count();
            others.Wait(TimeSpan.FromSeconds(30));
            AuditTrail.Add(db, bakery.CoOp.Id, database.Books.Now, "ann", "test.act", "took long");
            return 0;
        }));
        SpinWait.SpinUntil(() => database.Kind == DatabaseKind.Sqlite || Volatile.Read(ref began) == 1, TimeSpan.FromSeconds(30));
        var before = database.Books.Read(db => db.AuditRecords.Count());
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            for (var i = 0; i < 10; i++) Act(bakery.CoOp.Id);
        });
        others.Signal();
        slow.GetAwaiter().GetResult();
        Assert.That(database.Books.Read(db => db.AuditRecords.Count()) - before, Is.EqualTo(database.Kind == DatabaseKind.Sqlite ? 80 : 81));
        Assert.That(database.Kind == DatabaseKind.Sqlite ? 1 : began, Is.EqualTo(1), "the long act was done once");
        Assert.That(Findings, Is.Empty);
    }

    [TestCase("UPDATE \"AuditRecords\" SET \"Subject\" = 'thing 9' WHERE \"Subject\" = 'thing 2'", "of the audit trail is not what was written")]
    [TestCase("UPDATE \"AuditRecords\" SET \"Number\" = NULL WHERE \"Subject\" = 'thing 2'", "of the audit trail is missing")]
    [TestCase("DELETE FROM \"AuditRecords\" WHERE \"Subject\" = 'thing 2'", "of the audit trail is missing")]
    [TestCase("DELETE FROM \"AuditRecords\" WHERE \"Subject\" = 'thing 3'", "was sealed as the last")]
    [TestCase("DELETE FROM \"AuditRecords\" WHERE \"CoOpId\" IS NULL", "The site: the audit trail went to record")]
    [TestCase("DELETE FROM \"AuditSeals\" WHERE \"Chain\" = 0", "The site: the audit trail ends with record")]
    [TestCase("UPDATE \"AuditRecords\" SET \"CoOpId\" = NULL WHERE \"Subject\" = 'thing 3'", "was sealed as the last")]
    [TestCase("INSERT INTO \"AuditRecords\" (\"At\", \"By\", \"Verb\", \"Subject\") SELECT \"At\", \"By\", \"Verb\", \"Subject\" FROM \"AuditRecords\" WHERE \"Subject\" = 'thing 2'", "records without a number, which no seal covers")]
    [TestCase("UPDATE \"AuditAddresses\" SET \"Address\" = '192.0.2.8'", "the network address beside record")]
    public void EditOfTheTrailIsFound(string edit, string finding)
    {
        Whence.Begin("192.0.2.7");
        Act(null);
        Act(bakery.CoOp.Id, lines: 3);
        Assert.That(Findings, Is.Empty);
        Behind(edit);
        Assert.That(Findings, Has.Some.Contains(finding));
    }

    /// <summary>A database that was written before there was a chain.</summary>
    [Test]
    public void RecordsFromBeforeTheChainAreCoveredByItsFirstSeal()
    {
        Act(null, lines: 2);
        Behind("UPDATE \"AuditRecords\" SET \"Number\" = NULL, \"Hash\" = NULL", "DELETE FROM \"AuditSeals\"");
        Assert.That(Findings, Has.Some.Contains("which no seal covers"));
        using (var db = database.Books.Open()) AuditGuard.SealOlder(db);
        Assert.That(Findings, Is.Empty);
        Act(bakery.CoOp.Id);
        Assert.That(Findings, Is.Empty);
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Subject == "thing 1" && record.CoOpId != null).Number), Is.EqualTo(1));
        Behind("UPDATE \"AuditRecords\" SET \"By\" = 'bob' WHERE \"Subject\" = 'thing 2'");
        Assert.That(Findings, Has.Some.Contains("The site: the 2 records of the audit trail from before its chain are not what they were"));
    }
}
