using Evergreen.Application.Dividends;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Two hundred posts of one run at the same moment, from several programs and threads, post it once; all others are told that it is there.</summary>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class PostedByManyTests(TestDatabase databases)
{
    [Test]
    public void RunIsPostedOnceHoweverManyPostIt()
    {
        for (var round = 1; round <= Effort.Of(1, 1_000); round++)
        {
            using var database = databases.Create();
            var bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
            var said = databases.Kind == DatabaseKind.Sqlite ? ByTwoProgramsAndFourThreads(database) : ByFourPrograms(database);
            Assert.That(said, Has.Count.EqualTo(200));
            Assert.That(said.GroupBy(word => word, StringComparer.Ordinal).Select(group => (group.Key, group.Count())), Is.EquivalentTo(new[] { ("posted", 1), ("already", 199) }));
            var kept = database.Books.Read(db => (Postings: db.DividendPostings.Count(), Entries: db.LedgerEntries.Count(), Noted: db.AuditRecords.Count(record => record.Verb == "dividends.post")));
            Assert.That(kept, Is.EqualTo((1, bakery.Members.Count + 1 + bakery.Members.Count + 1, 1)));
            Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
        }
    }

    private static List<string> ByFourPrograms(OpenTestDatabase database) => ByPrograms(database, 4, 50, () => []);

    private static List<string> ByTwoProgramsAndFourThreads(OpenTestDatabase database) => ByPrograms(database, 2, 50, () =>
    {
        var said = new string[100];
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            for (var i = thread; i < said.Length; i += 4)
            {
                var outcome = new PostDividend(new Books(database.Address, database.Clock)).Run(new(null, Bakery.Run, "bea"));
                said[i] = outcome.IsRefused ? outcome.Refusal!.Code : outcome.Value.AlreadyThere ? "already" : "posted";
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return said;
    });

    private static List<string> ByPrograms(OpenTestDatabase database, int programs, int times, Func<string[]> meanwhile)
    {
        var workers = Enumerable.Range(0, programs).Select(_ => new WorkerProcess(database.Address, ["post-many", Bakery.Run, $"{times}"])).ToList();
        try
        {
            workers.ForEach(worker => worker.Ready());
            workers.ForEach(worker => worker.Go());
            var said = meanwhile().ToList();
            foreach (var worker in workers) said.AddRange((worker.End() ?? worker.Fault).Split('|'));
            return said;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }
}
