using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>No person holds more of a society's withdrawable shares than the law and its rules allow. An organisation that does is told of and is no finding: it may be a society itself.</summary>
internal sealed class ShareLimitCheck(EvergreenDb db, CoOp coOp)
{
    private const int Most = 20;

    public void Run(Findings findings)
    {
        foreach (var (number, held, limit) in Above(bound: true)) findings.Add($"{coOp.Code}: member {number} holds {held} in withdrawable shares, and {limit} is the limit.");
    }

    public IEnumerable<string> Reminders() =>
        Above(bound: false).Select(one => $"{coOp.Code}: member {one.Number}, an organisation, holds {one.Held} in withdrawable shares. That is above the limit of {one.Limit} and lawful for a registered society only.");

    /// <summary>Held to the limit of the day on which the ledger was last written to.</summary>
    private List<(string Number, Money Held, Money Limit)> Above(bool bound)
    {
        if (db.LedgerHeads.AsNoTracking().SingleOrDefault(head => head.CoOpId == coOp.Id) is not { } last || WithdrawableShares.LimitOf(coOp, DateOnly.FromDateTime(last.RecordedAt)) is not { } limit) return [];
        return [.. ShareLimits.Above(db, coOp, limit).AsEnumerable().Where(holder => WithdrawableShares.Bound.Contains(holder.Kind) == bound).Take(Most).Select(holder => (holder.Number, new Money(holder.Cents), limit))];
    }
}
