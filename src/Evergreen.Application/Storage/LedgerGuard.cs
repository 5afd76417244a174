using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Storage;

/// <summary>Where a batch of entries came to stand: first and last sequence, both included. Nothing was written where Last is below First.</summary>
public sealed record Posted(long FirstSequence, long LastSequence)
{
    public long Entries => LastSequence - FirstSequence + 1;
}

/// <summary>The only way into the ledger: gapless sequence, time that never runs back, each entry hashed onto the one before. Memory stays flat however many drafts come.</summary>
public static class LedgerGuard
{
    private const int Batch = 5_000;

    /// <param name="now">UTC. What is recorded is never earlier than the entry before, whatever the clock says.</param>
    /// <exception cref="InvalidOperationException">No transaction is open, or a line names an account that is not in the co-op's chart.</exception>
    /// <exception cref="System.Data.Common.DbException">The database refused an entry; its message holds the code, e.g. <c>evergreen:closed-year</c>.</exception>
    public static Posted Append(EvergreenDb db, CoOp coOp, IEnumerable<EntryDraft> drafts, DateTime now)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("The ledger is written inside a transaction: use Books.Write.");
        var head = TakeHead(db, coOp.Id);
        var first = head.Sequence + 1;
        var chain = new Chain(coOp, head, Later(now, head.RecordedAt), db.Accounts.AsNoTracking().Where(a => a.CoOpId == coOp.Id).ToDictionary(a => a.Code, a => a.Id, StringComparer.Ordinal));
        if (db.Kind == DatabaseKind.Sqlite) WriteOneByOne(db, chain, drafts);
        else WriteInBatches(db, chain, drafts);
        if (head.Sequence >= first)
            db.LedgerHeads.Where(h => h.CoOpId == coOp.Id).ExecuteUpdate(s => s
                .SetProperty(h => h.Sequence, head.Sequence).SetProperty(h => h.RecordedAt, head.RecordedAt).SetProperty(h => h.Hash, head.Hash));
        return new(first, head.Sequence);
    }

    /// <summary>The head, locked until the transaction ends. On SQLite the transaction holds the only writing lock already.</summary>
    private static LedgerHead TakeHead(EvergreenDb db, int coOpId)
    {
        var heads = db.LedgerHeads.Where(h => h.CoOpId == coOpId);
        if (db.Kind != DatabaseKind.Sqlite) heads.ExecuteUpdate(s => s.SetProperty(h => h.Sequence, h => h.Sequence));
        var head = heads.AsNoTracking().SingleOrDefault();
        if (head is not null) return head;
        head = new LedgerHead { CoOpId = coOpId, Sequence = 0, RecordedAt = DateTime.UnixEpoch, Hash = LedgerChain.Genesis };
        BulkWriter.Insert(db, [head]);
        return head;
    }

    /// <summary>Lines before their header, whose trigger then sees the whole entry.</summary>
    private static void WriteOneByOne(EvergreenDb db, Chain chain, IEnumerable<EntryDraft> drafts)
    {
        using var lines = SqliteRows<LedgerLine>.Insert(db, BulkTable<LedgerLine>.Of(db));
        using var entries = SqliteRows<LedgerEntry>.Insert(db, BulkTable<LedgerEntry>.Of(db));
        foreach (var draft in drafts)
        {
            var entry = chain.Add(draft);
            foreach (var line in chain.Lines(entry, draft)) lines.Write(line);
            entries.Write(entry);
        }
    }

    /// <summary>Headers before their lines, whose statement-level trigger then finds each header.</summary>
    private static void WriteInBatches(EvergreenDb db, Chain chain, IEnumerable<EntryDraft> drafts)
    {
        foreach (var batch in drafts.Chunk(Batch))
        {
            var entries = batch.Select(chain.Add).ToList();
            BulkWriter.Insert(db, entries);
            BulkWriter.Insert(db, entries.Zip(batch).SelectMany(pair => chain.Lines(pair.First, pair.Second)));
        }
    }

    private static DateTime Later(DateTime now, DateTime last)
    {
        var whole = DateTime.SpecifyKind(new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        return whole > last ? whole : last;
    }

    /// <summary>Gives each draft its place behind the head.</summary>
    private sealed class Chain(CoOp coOp, LedgerHead head, DateTime recordedAt, Dictionary<string, int> accounts)
    {
        public LedgerEntry Add(EntryDraft draft)
        {
            var hash = new byte[32];
            var lines = draft.Lines as EntryLine[] ?? [.. draft.Lines];
            head.Sequence++;
            LedgerChain.Link(head.Hash, coOp.Code, coOp.Currency, head.Sequence, recordedAt, draft.Kind, draft.Source, draft.Item, draft.On, draft.Reverses, draft.Narration, lines, hash);
            (head.Hash, head.RecordedAt) = (hash, recordedAt);
            return new LedgerEntry
            {
                CoOpId = coOp.Id,
                Sequence = head.Sequence,
                Kind = draft.Kind,
                Source = draft.Source,
                Item = draft.Item,
                On = draft.On,
                RecordedAt = recordedAt,
                Narration = draft.Narration,
                Reverses = draft.Reverses,
                LineCount = lines.Length,
                Hash = hash,
            };
        }

        public IEnumerable<LedgerLine> Lines(LedgerEntry entry, EntryDraft draft)
        {
            for (var i = 0; i < draft.Lines.Count; i++)
            {
                var line = draft.Lines[i];
                yield return new LedgerLine
                {
                    CoOpId = entry.CoOpId,
                    Sequence = entry.Sequence,
                    LineNo = i + 1,
                    AccountId = accounts.TryGetValue(line.AccountCode, out var id) ? id : throw new InvalidOperationException($"Account {line.AccountCode} is not in the chart of {coOp.Code}."),
                    MemberId = line.MemberId,
                    Lot = line.Lot,
                    AmountCents = line.AmountCents,
                };
            }
        }
    }
}
