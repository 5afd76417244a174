using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>The year end as a list of what is done and what is next, in the order of the house.</summary>
internal sealed class YearTasks(EvergreenDb db, CoOp coOp, FiscalYear year, DateOnly today, DateOnly? payBy)
{
    public IReadOnlyList<YearTask> All()
    {
        var closing = db.YearClosings.AsNoTracking().SingleOrDefault(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year.Year);
        var held = db.HeldRows.Count(row => row.CoOpId == coOp.Id && row.ResolvedAt == null && row.On >= year.StartsOn && row.On <= year.EndsOn);
        var reasons = db.SurplusLines.Count(line => line.CoOpId == coOp.Id && line.FiscalYear == year.Year && !line.FromPatronage && (line.Reason == null || line.Reason == ""));
        var policy = AdoptPolicy.Latest(db, coOp.Id, year.Year);
        var latest = FindRun.Posted(db, coOp.Id, year.Year) ?? db.DividendRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Id && run.FiscalYear == year.Year && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)).OrderByDescending(run => run.Number).FirstOrDefault();
        var course = latest is null ? null : RunCourse.Of(db, latest);
        var statements = latest is null ? null : db.StatementIssues.AsNoTracking().SingleOrDefault(issue => issue.RunId == latest.Id);
        var over = today > year.EndsOn;

        var tasks = new List<YearTask>
        {
            new(YearTaskKind.CloseBooks, $"Close the books of {year.Year}", closing is not null, over && closing is null, closing is not null ? Did(closing.By, closing.At) : over ? "Type the year-end figures or upload them." : $"The year ends on {Day(year.EndsOn)}."),
        };
        if (held > 0) tasks.Add(new(YearTaskKind.MatchHeldRows, "Match held rows", false, true, $"{Count(held, "imported row")} of the year whose member is unknown."));
        if (reasons > 0) tasks.Add(new(YearTaskKind.GiveReasons, "Give reasons for non-patronage lines", false, true, $"{Count(reasons, "line")} of the figures without a reason."));
        tasks.Add(new(YearTaskKind.AdoptPolicy, "Adopt the dividend policy", policy is not null, policy is null, policy is null ? "No policy is adopted for the year." : $"Version {policy.Version}, {Did(policy.By, policy.At)}"));
        var ready = closing is not null && policy is not null;
        var stale = latest is not null && policy is not null && course!.Reached < RunStage.Approved && latest.PolicyVersionId != policy.Id;
        tasks.Add(new(YearTaskKind.Calculate, "Calculate the dividend", course is not null && !stale, ready && (course is null || stale),
            stale ? "The policy has changed since the last run." : course is null ? ready ? "Everything that it needs is there." : "Needs closed books and a policy." : $"Run {latest!.Name}, {Did(latest.CalculatedBy, latest.CalculatedAt)}"));
        Add(YearTaskKind.Review, RunStage.Reviewed, "Go through the rehearsal", "Compare with last year and sign off each finding.", null, null);
        var oneMay = policy is not null && PolicyDocument.Read(policy.Json) is { IsRefused: false } read && read.Value.OnePersonMayApprove;
        Add(YearTaskKind.Approve, RunStage.Approved, "Approve the dividend", oneMay ? "Under the board's resolution." : "A second person approves it, under the board's resolution.", null, oneMay ? null : latest?.CalculatedBy);
        Add(YearTaskKind.Post, RunStage.Posted, "Post it to the ledger", "In one step, for all members.", payBy, null);
        tasks.Add(new(YearTaskKind.IssueStatements, "Issue statements", statements is not null, course?.Reached >= RunStage.Posted && statements is null, statements is null ? "Each member is told of their dividend." : Did(statements.By, statements.At), payBy, null, latest?.Name));
        Add(YearTaskKind.Pay, RunStage.Paid, "Pay out the cash", "Once the bank has paid, note it, so that nothing is owed any more.", payBy, null);
        return tasks;

        void Add(YearTaskKind kind, RunStage stage, string title, string what, DateOnly? due, string? notBy)
        {
            var step = course?.Steps.Single(step => step.Stage == stage);
            var done = course is not null && !stale && course.Reached >= stage;
            tasks.Add(new(kind, title, done, !stale && course?.Next == stage, done && step is { By: { } by, At: { } at } ? $"{Did(by, at)}{(step.Note.Length > 0 ? $", {step.Note}" : "")}" : done ? "Not noted: approved directly." : what, done ? null : due, notBy, latest?.Name));
        }
    }

    private static string Did(string by, DateTime at) => $"by {by} on {Day(DateOnly.FromDateTime(at))}";

    /// <summary>As the pages write a day: 6 Apr 2026.</summary>
    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(int number, string one) => $"{number.ToString(CultureInfo.InvariantCulture)} {one}{(number == 1 ? "" : "s")}";
}
