using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Goes through a run before it is approved: compared with the last posted year, with everything that somebody should look at.</summary>
public sealed class Rehearsal(Books books)
{
    /// <summary>A line of the comparison; <paramref name="Before"/> is null where no earlier run is posted.</summary>
    public sealed record Comparison(string Label, Money? Before, Money Now)
    {
        public Money? Change => Before is { } before ? Now - before : null;
    }

    /// <summary>One member's amounts.</summary>
    public sealed record Line(string Number, string Name, Money Before, Money Now, Money Cash)
    {
        public Money Change => Now - Before;
    }

    /// <summary>Something to look at, with the first of the members it concerns.</summary>
    /// <param name="Count">Members concerned; zero where there is nothing to look at.</param>
    public sealed record Finding(string Key, string Title, string Why, int Count, IReadOnlyList<Line> Members, FindingSignOff? SignOff)
    {
        public bool NeedsSignOff => Count > 0 && SignOff is null;

        /// <summary>It cannot be signed off without saying why: the law asks for that reason.</summary>
        public bool NeedsNote { get; init; }
    }

    /// <param name="ComparedWith">The posted run of an earlier year; null where there is none.</param>
    public sealed record Result(RunCourse Course, DividendRun? ComparedWith, IReadOnlyList<Comparison> Comparisons, int MembersBefore, int MembersNow, IReadOnlyList<Finding> Findings)
    {
        public int Unsigned => Findings.Count(finding => finding.NeedsSignOff);
    }

    public Outcome<Result> Run(string? coOpCode, string run) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, run);
        return found.IsRefused ? found.Refusal! : Of(db, coOp.Value, found.Value, books.Today(coOp.Value));
    });

    /// <param name="listed">So many of the members whom a finding concerns are named.</param>
    internal static Result Of(EvergreenDb db, CoOp coOp, DividendRun run, DateOnly today, int listed = RehearsalFindings.Listed)
    {
        var before = PostedBefore(db, run);
        var signOffs = db.FindingSignOffs.AsNoTracking().Where(signOff => signOff.RunId == run.Id).ToDictionary(signOff => signOff.Finding, StringComparer.Ordinal);
        var policy = PolicyDocument.Read(db.PolicyVersions.AsNoTracking().Single(version => version.Id == run.PolicyVersionId).Json).Value;
        var members = RehearsedMembers.Read(db, coOp, run, before);
        var course = RunCourse.Of(db, run);
        // Once it is posted, its shares are among what is held.
        var aboveLimit = course.Standing.Posting is null ? ShareLimits.AboveAfter(db, coOp, today, run).Select(holder => holder.Number).ToHashSet(StringComparer.Ordinal) : [];
        var findings = new RehearsalFindings(members, coOp, policy, before is not null, aboveLimit, signOffs).All(listed);
        return new Result(course, before, [.. Comparisons(run, before)], before?.MembersAllocated ?? 0, run.MembersAllocated, findings);
    }

    private static IEnumerable<Comparison> Comparisons(DividendRun run, DividendRun? before)
    {
        var now = WorkingJson.Read(run.WorkingJson);
        var then = before is null ? null : WorkingJson.Read(before.WorkingJson);
        yield return new("Net income", then?.NetIncome, now.NetIncome);
        yield return new("From business with patrons", then?.PatronageNet, now.PatronageNet);
        yield return new("To the collective reserve", then?.ToReserve, now.ToReserve);
        yield return new("To members", Cents(before?.AllocatedCents), new Money(run.AllocatedCents));
        yield return new("of it in cash", Cents(before?.CashCents), new Money(run.CashCents));
        yield return new("of it retained", Cents(before?.AllocatedCents - before?.CashCents), new Money(run.AllocatedCents - run.CashCents));

        static Money? Cents(long? cents) => cents is { } amount ? new Money(amount) : null;
    }

    /// <summary>The posted run of the latest year before this one.</summary>
    private static DividendRun? PostedBefore(EvergreenDb db, DividendRun run) =>
        (from posting in db.DividendPostings
         join posted in db.DividendRuns on posting.RunId equals posted.Id
         where posting.CoOpId == run.CoOpId && posting.FiscalYear < run.FiscalYear && !db.DividendReversals.Any(reversal => reversal.RunId == posted.Id)
         orderby posting.FiscalYear descending
         select posted).AsNoTracking().FirstOrDefault();
}
