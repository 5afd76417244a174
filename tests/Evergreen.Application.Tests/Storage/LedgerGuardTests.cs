using Evergreen.Application.Storage;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class LedgerGuardTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Laundry laundry = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        laundry = Laundry.In(database);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private Posted Append(params IEnumerable<EntryDraft> drafts) =>
        database.Books.Write<Posted>(dryRun: false, db => LedgerGuard.Append(db, laundry.CoOp, drafts, database.Books.Now)).Value;

    [Test]
    public void EntriesAreNumberedWithoutGapsAcrossAppends()
    {
        var first = Append(Enumerable.Range(1, 12).Select(i => laundry.Contribution(i)));
        var second = Append(laundry.Contribution(13), laundry.Contribution(14));
        Assert.That((first.FirstSequence, first.LastSequence, second.FirstSequence, second.LastSequence), Is.EqualTo((1, 12, 13, 14)));
        Assert.That(database.Books.Read(db => db.LedgerEntries.OrderBy(e => e.Sequence).Select(e => e.Sequence).ToList()), Is.EqualTo(Enumerable.Range(1, 14)));
        Assert.That(database.Books.Read(db => db.LedgerLines.Sum(l => l.AmountCents)), Is.Zero);
        Assert.That(database.Books.Read(db => db.LedgerLines.Where(l => l.AmountCents < 0).Sum(l => l.AmountCents)), Is.EqualTo(-14 * 10_000));
    }

    [Test]
    public void NoDraftsChangeNothing()
    {
        Append(laundry.Contribution(1));
        var none = Append();
        Assert.That((none.FirstSequence, none.LastSequence, none.Entries), Is.EqualTo((2, 1, 0)));
        Assert.That(database.Books.Read(db => db.LedgerHeads.Single().Sequence), Is.EqualTo(1));
    }
}
