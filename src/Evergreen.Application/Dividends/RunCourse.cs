using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>The stages of a run, in order. It is closed when the years are closed in which it was posted and paid.</summary>
public enum RunStage
{
    Draft = 1,
    Calculated = 2,
    Reviewed = 3,
    Approved = 4,
    Posted = 5,
    Paid = 6,
    Closed = 7,
}

/// <param name="At">Null while the stage is not reached.</param>
/// <param name="Note">A resolution, an accounting date; may be empty.</param>
public sealed record RunStep(RunStage Stage, string? By, DateTime? At, string Note);

/// <summary>How far a run has come: who did what when, and what may come next.</summary>
/// <param name="Closing">The later of the closings of the years in which the run was posted and paid, once both are closed.</param>
/// <param name="Newer">The run that was calculated after it, if one was.</param>
public sealed record RunCourse(RunStanding Standing, DividendReview? Review, YearClosing? Closing, IReadOnlyList<RunStep> Steps, string? Newer)
{
    public DividendRun Run => Standing.Run;
    public bool IsReversed => Standing.Reversal is not null;
    public RunStage Reached => Closing is not null ? RunStage.Closed : Standing.Payment is not null ? RunStage.Paid : Standing.Posting is not null ? RunStage.Posted : Standing.Approval is not null ? RunStage.Approved : Review is not null ? RunStage.Reviewed : RunStage.Calculated;

    /// <summary>The one stage that may come next, or null where none does: closed, reversed, or overtaken by a newer run.</summary>
    public RunStage? Next => IsReversed || Reached == RunStage.Closed || (Newer is not null && Reached < RunStage.Posted) ? null : Reached + 1;
    public bool MayReverse => Standing.Posting is not null && !IsReversed;

    /// <summary>Why the run cannot come to the stage now; null where it is the next one.</summary>
    public Refusal? Refuse(RunStage stage) => Next == stage ? null : Refusals.StepNotNext(Run.Name, stage.ToString().ToLowerInvariant(), InWords);

    /// <summary>Why the run cannot be reversed; null where it can.</summary>
    public Refusal? RefuseReversal() => MayReverse ? null : Refusals.StepNotNext(Run.Name, "reversed", InWords);

    private string InWords => IsReversed ? "is reversed" : Newer is not null && Reached < RunStage.Posted ? $"is overtaken by run {Newer}" : Reached switch
    {
        RunStage.Calculated => "is calculated and not reviewed yet",
        RunStage.Reviewed => "is reviewed and not approved yet",
        RunStage.Approved => "is approved and not posted yet",
        RunStage.Posted => "is posted and not paid yet",
        RunStage.Paid => "is paid already",
        _ => "is closed",
    };

    internal static RunCourse Of(EvergreenDb db, DividendRun run)
    {
        var standing = FindRun.Standing(db, run);
        var review = db.DividendReviews.AsNoTracking().SingleOrDefault(review => review.RunId == run.Id);
        var newer = db.DividendRuns.Where(other => other.CoOpId == run.CoOpId && other.FiscalYear == run.FiscalYear && other.Number > run.Number).Max(other => (int?)other.Number);
        var closing = ClosingOf(db, run, standing);
        var policy = db.PolicyVersions.AsNoTracking().Single(version => version.Id == run.PolicyVersionId);
        return new RunCourse(standing, review, closing,
        [
            new(RunStage.Draft, policy.By, policy.At, $"policy of {policy.FiscalYear}, version {policy.Version}"),
            new(RunStage.Calculated, run.CalculatedBy, run.CalculatedAt, ""),
            new(RunStage.Reviewed, review?.By, review?.At, ""),
            new(RunStage.Approved, standing.Approval?.By, standing.Approval?.At, standing.Approval is null ? "" : ApproveDividend.Note(run, standing.Approval)),
            new(RunStage.Posted, standing.Posting?.By, standing.Posting?.At, standing.Posting is null ? "" : $"dated {Day(standing.Posting.On)}, entries {standing.Posting.FirstSequence} to {standing.Posting.LastSequence}"),
            new(RunStage.Paid, standing.Payment?.By, standing.Payment?.At, standing.Payment is null ? "" : $"dated {Day(standing.Payment.On)}, {standing.Payment.Reference}"),
            new(RunStage.Closed, closing?.By, closing?.At, closing is null ? "" : $"with the books of {closing.FiscalYear}"),
        ], newer is null ? null : $"{run.FiscalYear}-{newer}");
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static YearClosing? ClosingOf(EvergreenDb db, DividendRun run, RunStanding standing)
    {
        if (standing is not { Posting: { } posting, Payment: { } payment }) return null;
        DateOnly[] days = [posting.On, payment.On];
        var closings = days.Select(day => db.YearClosings.AsNoTracking().SingleOrDefault(closing => closing.CoOpId == run.CoOpId && closing.StartsOn <= day && day <= closing.EndsOn)).ToList();
        return closings.Contains(null) ? null : closings.MaxBy(closing => closing!.At);
    }
}
