using Evergreen.Application.Equity;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Dividends;

/// <summary>What should be known of a run's steps that come late, or soon will.</summary>
internal static class RunWarnings
{
    /// <param name="statements">The day its statements were issued; null while they are not.</param>
    public static IReadOnlyList<string> Of(CoOp coOp, RunCourse course, DateOnly? statements, DateOnly today)
    {
        if (course.IsReversed) return [];
        var year = course.Run.FiscalYear;
        var goesOn = course.Next is not null && (course.Reached < RunStage.Paid || statements is null);
        DateOnly?[] days = [course.Standing.Posting?.On, course.Standing.Payment?.On, statements, goesOn ? today : null];
        if (days.Max() is { } last && PaymentPeriod.Late(coOp, year, last) is { } late) return [late];
        return goesOn && PaymentPeriod.Near(coOp, year, today) is { } near
            ? [$"{near} Run {course.Run.Name} is {course.Standing.State}{(course.Reached < RunStage.Paid ? " and not paid yet" : "")}{(statements is null ? "; its statements are not issued" : "")}."] : [];
    }

    /// <summary>What stands in the way of a run that is not posted: members of a society who would hold more withdrawable shares than they may.</summary>
    public static IEnumerable<string> OfShares(EvergreenDb db, CoOp coOp, RunStanding standing, DateOnly today)
    {
        if (standing.Posting is not null || ShareLimits.AboveAfter(db, coOp, today, standing.Run) is not [var first, ..] above) return [];
        var others = above.Count - 1;
        return [$"Member {first.Number} would hold {new Money(first.Cents).ToGroupedString()} in withdrawable shares, and {WithdrawableShares.LimitOf(coOp, today)!.Value.ToGroupedString()} is the limit{(others > 0 ? $"; {others} more would be above it" : "")}. The run cannot be {(standing.Approval is null ? "approved" : "posted")} so: pay shares back first, or let the policy pay in money."];
    }

    /// <summary>What of a paid run has not reached its members.</summary>
    public static IEnumerable<string> OfRest(EvergreenDb db, CoOp coOp, RunCourse course) =>
        course is { Standing.Payment: not null, IsReversed: false } && PaidCash.StillOwed(db, coOp.Id).TryGetValue(course.Run.Id, out var rest) ? [Rest($"Run {course.Run.Name}", rest)] : [];

    private static string Rest(string run, long cents) => $"{run} is paid, but {new Money(cents)} of it is still owed to members who were left out or whose payments came back.";

    /// <summary>The posted runs of which members are still owed cash though the payment period ended or is about to.</summary>
    public static IReadOnlyList<string> OfUnpaid(EvergreenDb db, CoOp coOp, DateOnly today)
    {
        var payables = db.Accounts.Where(account => account.CoOpId == coOp.Id && PayDividend.Payables.Contains(account.Code)).Select(account => account.Id);
        var unpaid = from posting in db.DividendPostings
                     join run in db.DividendRuns on posting.RunId equals run.Id
                     where posting.CoOpId == coOp.Id && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id) && !db.DividendPayments.Any(payment => payment.RunId == run.Id)
                         && db.LedgerLines.Any(line => line.CoOpId == coOp.Id && line.Sequence >= posting.FirstSequence && line.Sequence <= posting.LastSequence && line.AmountCents < 0 && payables.Contains(line.AccountId))
                     orderby run.FiscalYear, run.Number
                     select new { run.FiscalYear, run.Number };
        var rest = PaidCash.StillOwed(db, coOp.Id);
        var ids = rest.Keys.ToArray();
        var others = db.DividendRuns.Where(run => ids.Contains(run.Id) && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)).OrderBy(run => run.FiscalYear).ThenBy(run => run.Number).Select(run => new { run.Id, run.FiscalYear, run.Number }).AsEnumerable()
            .Select(run => $"{coOp.Code}: {Rest($"run {run.FiscalYear}-{run.Number}", rest[run.Id])}");
        return [.. others, .. unpaid.AsEnumerable().Select(run => (run.FiscalYear, run.Number, Word: PaymentPeriod.Late(coOp, run.FiscalYear, today) ?? PaymentPeriod.Near(coOp, run.FiscalYear, today)))
            .Where(run => run.Word is not null).Select(run => $"{coOp.Code}: run {run.FiscalYear}-{run.Number} is posted, and its cash is not noted as paid. {run.Word}")];
    }
}
