using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <summary>Says what one person may hold of a society's withdrawable shares by its own rules, where that is less than the law allows; or that the law's limit is all there is.</summary>
public sealed class SetShareLimit(Books books)
{
    /// <param name="Limit">Null for that of the law.</param>
    public sealed record Request(string? CoOp, Money? Limit, string By, bool DryRun = false);

    /// <param name="Own">That of the society's rules; null where they say nothing.</param>
    /// <param name="InForce">What a person may hold now.</param>
    public sealed record Result(Money? Own, Money InForce);

    public Outcome<Result> Run(Request request) => books.Write<Result>(request.DryRun, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = db.CoOps.Single(c => c.Id == found.Value.Id);
        var today = books.Today(coOp);
        if (CreateCoOp.ShareLimitFault(coOp, request.Limit ?? WithdrawableShares.StatutoryLimit(today) ?? Money.Zero, today) is { } fault) return fault;
        var before = coOp.WithdrawableLimitCents;
        coOp.WithdrawableLimitCents = request.Limit?.Cents;
        var inForce = WithdrawableShares.LimitOf(coOp, today)!.Value;
        if (ShareLimits.Above(db, coOp, inForce).AsEnumerable().FirstOrDefault(holder => WithdrawableShares.Bound.Contains(holder.Kind)) is { } holder) return Refusals.ShareLimitBelowHolding(holder.Number, new Money(holder.Cents));
        if (before != request.Limit?.Cents) AuditTrail.Add(db, coOp.Id, books.Now, request.By, "co-op.share-limit", $"co-op {coOp.Code}", $"{Show(before)} → {Show(request.Limit?.Cents)}");
        return new Result(request.Limit, inForce);
    });

    private static string Show(long? cents) => cents is { } own ? new Money(own).ToString() : "that of the law";
}
