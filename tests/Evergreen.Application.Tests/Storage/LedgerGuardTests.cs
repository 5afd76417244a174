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

    [Test]
    public void EachEntryIsHashedOntoTheOneBefore()
    {
        Append(Enumerable.Range(1, 7).Select(i => laundry.Contribution(i)));
        database.Clock.Advance(TimeSpan.FromMilliseconds(1234.567));
        Append(laundry.Contribution(8));
        var (entries, lines, codes, head) = database.Books.Read(db => (db.LedgerEntries.OrderBy(e => e.Sequence).ToList(), db.LedgerLines.OrderBy(l => l.Sequence).ThenBy(l => l.LineNo).ToList(),
            db.Accounts.ToDictionary(a => a.Id, a => a.Code), db.LedgerHeads.Single()));
        var hash = LedgerChain.Genesis;
        foreach (var e in entries)
        {
            var next = new byte[32];
            EntryLine[] own = [.. lines.Where(l => l.Sequence == e.Sequence).Select(l => new EntryLine(codes[l.AccountId], l.MemberId, l.Lot, l.AmountCents))];
            LedgerChain.Link(hash, "laundry", "USD", e.Sequence, e.RecordedAt, e.Kind, e.Source, e.Item, e.On, e.Reverses, e.Narration, own, next);
            Assert.That(e.Hash, Is.EqualTo(next), $"entry {e.Sequence}");
            hash = next;
        }
        Assert.That((head.Sequence, head.RecordedAt), Is.EqualTo((8L, entries[^1].RecordedAt)));
        Assert.That(head.Hash, Is.EqualTo(hash));
    }

    [Test]
    public void RecordedTimeNeverRunsBackWhateverTheClockSays()
    {
        Append(laundry.Contribution(1));
        database.Books.Write<Posted>(dryRun: false, db => LedgerGuard.Append(db, laundry.CoOp, [laundry.Contribution(2)], database.Books.Now.AddDays(-3)));
        var times = database.Books.Read(db => db.LedgerEntries.OrderBy(e => e.Sequence).Select(e => e.RecordedAt).ToList());
        Assert.That(times[1], Is.EqualTo(times[0]));
    }

    [Test]
    public void EntryIsReversedOnceAndLinked()
    {
        Append(laundry.Contribution(1));
        EntryDraft Reversal(long item) => new(EntryKind.Reversal, 1, item, new DateOnly(2026, 1, 15), "Slip", 1,
            new EntryLine(AccountCodes.NetAssets, null, null, -10_000), new EntryLine(AccountCodes.MembershipShares, laundry.Members[1].Id, 2026, 10_000));
        Assert.That(Append(Reversal(0)).LastSequence, Is.EqualTo(2));
        Assert.That(() => Append(Reversal(1)), Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That(database.Books.Read(db => (db.LedgerHeads.Single().Sequence, db.LedgerEntries.Max(e => e.Sequence))), Is.EqualTo((2L, 2L)));
    }

    [Test]
    public void AccountOutsideTheChartIsABrokenPromise() =>
        Assert.That(() => Append(new EntryDraft(EntryKind.EquityContribution, 1, 1, new DateOnly(2026, 1, 1), "", null, new EntryLine("9999", null, null, 1), new EntryLine("1000", null, null, -1))),
            Throws.InvalidOperationException.With.Message.Contains("9999"));

    [Test]
    public void BooksOfTwoCoOpsAreSeparateChains()
    {
        Append(laundry.Contribution(1), laundry.Contribution(2));
        var other = database.Books.Write<Domain.CoOps.CoOp>(dryRun: false, db =>
        {
            var coOp = new Domain.CoOps.CoOp { Code = "bakery", Name = "Bakery", Country = "GB", Currency = "GBP", FiscalYearEndMonth = 6, Regime = Domain.CoOps.TaxRegime.UkRegisteredSociety, CreatedAt = database.Books.Now };
            db.Add(coOp);
            db.SaveChanges();
            foreach (var code in new[] { AccountCodes.NetAssets, AccountCodes.CollectiveReserve }) db.Add(new Account { CoOpId = coOp.Id, Code = code, Name = code, Kind = AccountKind.Equity, Currency = "GBP" });
            return coOp;
        }).Value;
        var posted = database.Books.Write<Posted>(dryRun: false, db => LedgerGuard.Append(db, other,
            [new EntryDraft(EntryKind.EquityContribution, 1, 1, new DateOnly(2026, 1, 1), "Opening", null, new EntryLine(AccountCodes.NetAssets, null, null, 5), new EntryLine(AccountCodes.CollectiveReserve, null, null, -5))], database.Books.Now)).Value;
        Assert.That(posted.FirstSequence, Is.EqualTo(1));
    }
}
