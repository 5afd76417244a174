using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>The payment runs of a co-op, newest first.</summary>
public sealed class ListPayments(Books books)
{
    private const int Most = 200;

    public Outcome<IReadOnlyList<PaymentStanding>> Run(string? coOp) => books.Read<Outcome<IReadOnlyList<PaymentStanding>>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var runs = db.PaymentRuns.AsNoTracking().Where(run => run.CoOpId == found.Value.Id).OrderByDescending(run => run.Number).Take(Most).ToList();
        var (ids, dividends) = (runs.ConvertAll(run => run.Id), runs.Select(run => run.DividendRunId).Distinct().ToList());
        var ofDividend = db.DividendRuns.AsNoTracking().Where(run => dividends.Contains(run.Id)).ToDictionary(run => run.Id);
        var approvals = db.PaymentApprovals.AsNoTracking().Where(one => ids.Contains(one.PaymentRunId)).ToDictionary(one => one.PaymentRunId);
        var files = db.PaymentFiles.AsNoTracking().Where(one => ids.Contains(one.PaymentRunId)).ToDictionary(one => one.PaymentRunId);
        var settlements = db.PaymentSettlements.AsNoTracking().Where(one => ids.Contains(one.PaymentRunId)).ToDictionary(one => one.PaymentRunId);
        var voids = db.PaymentVoids.Where(one => ids.Contains(one.PaymentRunId)).GroupBy(one => one.PaymentRunId).Select(run => new { run.Key, Count = run.Count() }).ToDictionary(run => run.Key, run => run.Count);
        return runs.ConvertAll(run => new PaymentStanding(found.Value, run, ofDividend[run.DividendRunId], approvals.GetValueOrDefault(run.Id), files.GetValueOrDefault(run.Id), settlements.GetValueOrDefault(run.Id), voids.GetValueOrDefault(run.Id),
            runs.Where(other => other.DividendRunId == run.DividendRunId && other.Number > run.Number).Min(other => (int?)other.Number)));
    });
}
