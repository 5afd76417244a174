using Evergreen.Application.Audit;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Imports;
using Evergreen.Domain.Audit;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

/// <summary>Lists in the orders that people may choose: each page begins where the one before ended, whatever the order and whatever rows share.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ListOrderTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    [Test]
    public void EveryRowStandsOnOnePageInEachOrder()
    {
        var coOp = SampleCoOp.In(database).CoOp.Id;
        database.Books.Write<int>(dryRun: false, db =>
        {
            // Three people, two verbs, thirty things: rows share what they are sorted by across the ends of pages.
            for (var i = 0; i < 120; i++) AuditTrail.Add(db, coOp, database.Books.Now, "ann bo cy".Split(' ')[i % 3], i % 2 == 0 ? "members.note" : "members.edit", $"member {i % 30:000}");
            return 0;
        });
        var timeline = new AuditTimeline(database.Books);
        foreach (var (sort, of) in ((string, Func<AuditRecord, string>)[])[("when", record => $"{record.Id:000000}"), ("who", record => record.By), ("what", record => record.Verb), ("subject", record => record.Subject)])
        {
            foreach (var asked in (string[])[sort, $"-{sort}"])
            {
                var (all, next) = (new List<AuditRecord>(), (string?)null);
                do
                {
                    var page = timeline.Run(new(coOp) { Sort = asked, Before = next }).Value;
                    Assert.That(page.Sort, Is.EqualTo(asked));
                    next = page.Next;
                    all.AddRange(page.Records);
                }
                while (next is not null);
                Assert.That(all.ConvertAll(record => record.Id), Is.Unique.And.Count.EqualTo(121), asked);
                var values = all.Select(of).ToList();
                Assert.That(values, asked.StartsWith('-') ? Is.EqualTo(values.OrderDescending(StringComparer.Ordinal)) : Is.EqualTo(values.Order(StringComparer.Ordinal)), asked);
                var file = new List<long>();
                timeline.Export(new(coOp) { Sort = asked }, record => file.Add(record.Id));
                Assert.That(file, Is.EqualTo(all.Select(record => record.Id)), "the file is in the order of the page");
            }
        }
        Assert.That(timeline.Run(new(coOp) { Sort = "hash" }).Value.Sort, Is.EqualTo("-when"), "only what is on the list is sorted by");
        Assert.That(timeline.Run(new(coOp) { Sort = "who", Before = "no such place" }).Value.Records, Has.Count.EqualTo(50), "a place of another list is the beginning");
    }

    /// <summary>Each order of each list, from the start and from behind a row: what a database cannot sort by is found here.</summary>
    [Test]
    public void EveryOrderOfEveryListIsUnderstood()
    {
        var bakery = Bakery.In(database, Bakery.SevenWorkers);
        bakery.Adopt();
        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        var (books, coOp) = (database.Books, bakery.CoOp);
        (string Columns, Func<string, string?, string> Read)[] lists =
        [
            ("number file source by accepted rejected held", (sort, after) => new ImportsPage(books).Run(new(null, null, after, sort)).Value.Sort),
            ("number about by state", (sort, after) => new ListJobs(books, new JobKinds([])).Run(new(coOp.Id, after, Sort: sort)).Sort),
            ("number name received class", (sort, after) => new ListApplications(books).Run(null, false, after, sort).Value.Sort),
            ("number name received class", (sort, after) => new ListApplications(books).Run(null, true, after, sort).Value.Sort),
            ("number what member name", (sort, after) => new ListRequests(books).Run(null, false, null, after, sort).Value.Sort),
            ("number name", (sort, after) => new ListHouseholds(books).Run(null, after, sort).Value.Sort),
            ("number rows purchases hours first", (sort, after) => new HeldPage(books).Run(null, after, sort).Value.Sort),
            ("number name", (sort, after) => new StatementBatchPage(books).Run(new(null, Bakery.Run, After: after, Sort: sort)).Value.Sort),
            ("number name dividend cash retained withheld", (sort, after) => new RunMembers(books).Run(new(null, Bakery.Run, Sort: sort, After: after)).Value.Sort),
            ("number dividend cash retained withheld", (sort, after) => new TriedMembers(books, new GatheredYears()).Run(new(new(null, 2025), sort, after)).Value.Sort),
            ("place number before now change cash", (sort, after) => new FindingMembers(books).Run(new(null, Bakery.Run, "missing-bank", sort, after)).Value.Sort),
            ("entry date", (sort, after) => new AccountEntries(books).Run(new(null, "3000", sort, after)).Value.Sort),
        ];
        foreach (var (columns, read) in lists)
            foreach (var column in columns.Split(' '))
                foreach (var sort in (string[])[column, $"-{column}"])
                    foreach (var after in (string?[])[null, "1", "1\n1", "1\n2025-01-01"])
                        Assert.That(read(sort, after), Is.EqualTo(sort), columns);
    }

    [Test]
    public void MembersOfARunAreReadInEveryOrderWithoutGap()
    {
        var bakery = Bakery.In(database, [.. Enumerable.Repeat(100_00L, 9)]);
        bakery.Adopt();
        bakery.Calculate();
        foreach (var sort in (string[])["name", "-name", "dividend", "-dividend", "-cash", "retained", "-withheld"])
        {
            var (all, next) = (new List<string>(), (string?)null);
            do
            {
                var page = new RunMembers(database.Books).Run(new(null, Bakery.Run, Sort: sort, After: next, Size: 2)).Value;
                all.AddRange(page.Rows.Select(row => row.Number));
                next = page.Next;
            }
            while (next is not null);
            Assert.That(all, Is.EquivalentTo(Enumerable.Range(1, 9).Select(i => $"{i:0000}")), sort);
        }
    }
}
