using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>Finds a payment run by its number, and says where it stands.</summary>
public static class FindPaymentRun
{
    public static Outcome<PaymentStanding> Run(EvergreenDb db, string? coOpCode, int number)
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        return db.PaymentRuns.AsNoTracking().SingleOrDefault(run => run.CoOpId == coOp.Value.Id && run.Number == number) is { } run ? Standing(db, coOp.Value, run) : Refusals.RunUnknown(number);
    }

    internal static PaymentStanding Standing(EvergreenDb db, CoOp coOp, PaymentRun run) => new(
        coOp, run,
        db.DividendRuns.AsNoTracking().Single(dividend => dividend.Id == run.DividendRunId),
        db.PaymentApprovals.AsNoTracking().SingleOrDefault(approval => approval.PaymentRunId == run.Id),
        db.PaymentFiles.AsNoTracking().SingleOrDefault(file => file.PaymentRunId == run.Id),
        db.PaymentSettlements.AsNoTracking().SingleOrDefault(settlement => settlement.PaymentRunId == run.Id),
        db.PaymentVoids.Count(taken => taken.PaymentRunId == run.Id),
        db.PaymentRuns.Where(other => other.DividendRunId == run.DividendRunId && other.Number > run.Number).Min(other => (int?)other.Number));
}

/// <summary>A payment run and what happened to it.</summary>
/// <param name="Newer">The payment run of the same dividend that was prepared after it, if one was. It takes the place of one that was neither written nor settled.</param>
public sealed record PaymentStanding(CoOp CoOp, PaymentRun Run, DividendRun Dividend, PaymentApproval? Approval, PaymentFile? File, PaymentSettlement? Settlement, int Voids, int? Newer)
{
    public string State => Settlement is not null ? "settled" : File is not null ? "filed" : Newer is not null ? "superseded" : Approval is not null ? "approved" : "prepared";

    /// <summary>Why nothing more can be done with it where a newer one took its place; null where none did.</summary>
    internal Refusal? RefuseSuperseded() => Settlement is null && File is null && Newer is { } newer ? Refusals.Superseded(Run.Number, newer) : null;
}
