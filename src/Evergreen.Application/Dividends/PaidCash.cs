using Evergreen.Application.Storage;

namespace Evergreen.Application.Dividends;

/// <summary>Whom the cash of a paid run has not reached: a payment run may leave members out, and payments come back. Later payment runs pay those.</summary>
internal static class PaidCash
{
    /// <summary>What members are still owed of runs that are noted as paid, in cents by the run's id.</summary>
    public static Dictionary<int, long> StillOwed(EvergreenDb db, int coOpId)
    {
        var settled = from settlement in db.PaymentSettlements
                      join payments in db.PaymentRuns on settlement.PaymentRunId equals payments.Id
                      where payments.CoOpId == coOpId
                      select settlement;
        var owed = new Dictionary<int, long>();
        Add(1, from settlement in settled
               join leftOut in db.PaymentLeftOuts on settlement.PaymentRunId equals leftOut.PaymentRunId
               where settlement.Round == 1
               group leftOut.PatronageCents + leftOut.InterestCents by settlement.DividendRunId into run
               select new OfRun(run.Key, run.Sum()));
        Add(1, from settlement in settled
               join taken in db.PaymentVoids on settlement.PaymentRunId equals taken.PaymentRunId
               join payment in db.Payments on new { taken.PaymentRunId, taken.No } equals new { payment.PaymentRunId, payment.No }
               group payment.PatronageCents + payment.InterestCents by settlement.DividendRunId into run
               select new OfRun(run.Key, run.Sum()));
        Add(-1, from settlement in settled
                join payment in db.Payments on settlement.PaymentRunId equals payment.PaymentRunId
                where settlement.Round > 1
                group payment.PatronageCents + payment.InterestCents by settlement.DividendRunId into run
                select new OfRun(run.Key, run.Sum()));
        return owed.Where(run => run.Value > 0).ToDictionary();

        void Add(int sign, IQueryable<OfRun> sums)
        {
            foreach (var run in sums) owed[run.Id] = checked(owed.GetValueOrDefault(run.Id) + sign * run.Cents);
        }
    }

    /// <summary>Number of the payment run of this run whose file is out and not settled yet; null where there is none.</summary>
    public static int? OnTheWay(EvergreenDb db, int runId) =>
        (from file in db.PaymentFiles
         join payments in db.PaymentRuns on file.PaymentRunId equals payments.Id
         where file.DividendRunId == runId && !db.PaymentSettlements.Any(settlement => settlement.PaymentRunId == file.PaymentRunId)
         select (int?)payments.Number).FirstOrDefault();

    /// <summary>The runs whose first payment did not reach a person, by id, and the day of the later one that did; null where none did yet.</summary>
    /// <param name="members">All records of the person.</param>
    public static Dictionary<int, DateOnly?> PaidLater(EvergreenDb db, IReadOnlyList<int> members)
    {
        var days = new Dictionary<int, DateOnly?>();
        var leftOut = from settlement in db.PaymentSettlements
                      join one in db.PaymentLeftOuts on settlement.PaymentRunId equals one.PaymentRunId
                      where settlement.Round == 1 && members.Contains(one.MemberId) && one.PatronageCents + one.InterestCents > 0
                      select settlement.DividendRunId;
        foreach (var run in leftOut) days[run] = null;
        var payments = from settlement in db.PaymentSettlements
                       join payment in db.Payments on settlement.PaymentRunId equals payment.PaymentRunId
                       where members.Contains(payment.MemberId)
                       orderby settlement.Round
                       select new { settlement.DividendRunId, settlement.Round, settlement.On, IsVoid = db.PaymentVoids.Any(taken => taken.PaymentRunId == payment.PaymentRunId && taken.No == payment.No) };
        foreach (var payment in payments)
        {
            if (payment.IsVoid) days[payment.DividendRunId] = null;
            else if (payment.Round > 1) days[payment.DividendRunId] = payment.On;
        }
        return days;
    }

    private sealed record OfRun(int Id, long Cents);
}
