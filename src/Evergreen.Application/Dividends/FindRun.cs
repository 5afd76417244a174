using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Finds a run by what people call it, <c>2025-1</c>, and says where it stands.</summary>
public static class FindRun
{
    public static Outcome<DividendRun> Run(EvergreenDb db, CoOp coOp, string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1 || !int.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || !int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Refusals.RunUnknown(name);
        return db.DividendRuns.AsNoTracking().SingleOrDefault(run => run.CoOpId == coOp.Id && run.FiscalYear == year && run.Number == number) is { } run ? run : Refusals.RunUnknown(name);
    }

    /// <summary>The run of the year that is in the ledger and was not reversed.</summary>
    public static DividendRun? Posted(EvergreenDb db, int coOpId, int year) =>
        (from posting in db.DividendPostings
         join run in db.DividendRuns on posting.RunId equals run.Id
         where posting.CoOpId == coOpId && posting.FiscalYear == year && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)
         select run).AsNoTracking().SingleOrDefault();

    public static RunStanding Standing(EvergreenDb db, DividendRun run) => new(
        run,
        db.DividendApprovals.AsNoTracking().SingleOrDefault(approval => approval.RunId == run.Id),
        db.DividendPostings.AsNoTracking().SingleOrDefault(posting => posting.RunId == run.Id),
        db.DividendPayments.AsNoTracking().SingleOrDefault(payment => payment.RunId == run.Id),
        db.DividendReversals.AsNoTracking().SingleOrDefault(reversal => reversal.RunId == run.Id));
}

/// <summary>A run and what happened to it.</summary>
public sealed record RunStanding(DividendRun Run, DividendApproval? Approval, DividendPosting? Posting, DividendPayment? Payment, DividendReversal? Reversal)
{
    public string State => Reversal is not null ? "reversed" : Payment is not null ? "paid" : Posting is not null ? "posted" : Approval is not null ? "approved" : "calculated";
}
