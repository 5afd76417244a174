using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>The opposites of a run of posted entries, one for each, in their order.</summary>
internal static class OppositeEntries
{
    public static IEnumerable<EntryDraft> Of(EvergreenDb db, CoOp coOp, long first, long last, DateOnly on, string reason)
    {
        var codes = db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Code);
        var entries = db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Sequence >= first && entry.Sequence <= last).OrderBy(entry => entry.Sequence).ToList();
        using var lines = db.LedgerLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && line.Sequence >= first && line.Sequence <= last)
            .OrderBy(line => line.Sequence).ThenBy(line => line.LineNo).AsEnumerable().GetEnumerator();
        var more = lines.MoveNext();
        foreach (var entry in entries)
        {
            var ofEntry = new List<EntryLine>(entry.LineCount);
            for (; more && lines.Current.Sequence == entry.Sequence; more = lines.MoveNext())
                ofEntry.Add(new EntryLine(codes[lines.Current.AccountId], lines.Current.MemberId, lines.Current.Lot, lines.Current.AmountCents));
            yield return DividendEntries.Reversal(entry, ofEntry, on, reason);
        }
    }
}
