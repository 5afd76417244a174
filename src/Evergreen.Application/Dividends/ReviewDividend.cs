using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>Notes that a run's rehearsal was gone through. Refused while a finding is not signed off.</summary>
public sealed class ReviewDividend(Books books)
{
    public sealed record Request(string? CoOp, string Run, string By, bool DryRun = false);

    public Outcome<DividendReview> Run(Request request) => books.Write<DividendReview>(request.DryRun, db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        var run = found.Value;
        var course = RunCourse.Of(db, run);
        if (course.Review is { } before && before.By == request.By) return before;
        if (course.Refuse(RunStage.Reviewed) is { } refusal) return refusal;
        var unsigned = Rehearsal.Of(db, coOp.Value, run, books.Today(coOp.Value)).Findings.Where(finding => finding.NeedsSignOff).Select(finding => finding.Title).ToList();
        if (unsigned.Count > 0) return Refusals.FindingsUnsigned(run.Name, unsigned);
        var review = new DividendReview { RunId = run.Id, By = request.By, At = books.Now };
        db.DividendReviews.Add(review);
        AuditTrail.Add(db, coOp.Value.Id, review.At, request.By, "dividends.review", $"run {run.Name}");
        return review;
    });
}
