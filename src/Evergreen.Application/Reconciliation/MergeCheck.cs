using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares each merge of two records with the entry by which the balances went from the one to the other.</summary>
internal sealed class MergeCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    public void Run()
    {
        var entries = db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Kind == EntryKind.Transfer).Select(entry => new { From = entry.Source, To = entry.Item, entry.Sequence }).ToHashSet();
        foreach (var merge in db.MemberMerges.AsNoTracking().Where(merge => merge.CoOpId == coOp.Id).OrderBy(merge => merge.OtherId))
            if (merge.TransferSequence is { } sequence && !entries.Remove(new { From = (long)merge.OtherId, To = (long)merge.KeptId, Sequence = sequence }))
                findings.Add($"{coOp.Code}: member id {merge.OtherId} was merged into member id {merge.KeptId} with entry {sequence}, which is not that transfer.");
        foreach (var entry in entries.OrderBy(entry => entry.Sequence)) findings.Add($"{coOp.Code}: entry {entry.Sequence} takes the balances of member id {entry.From} to member id {entry.To}, which no merge says.");
    }
}
