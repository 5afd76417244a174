using Evergreen.Application.CoOps;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>One run on a page: its steps, the working from net income to the pools, and what stands in the way of the next step.</summary>
public sealed class RunPage(Books books)
{
    /// <param name="Scenario">Name of the scenario whose figures it has, where one led to it.</param>
    /// <param name="Blockers">What must be done before it can be approved, in sentences.</param>
    /// <param name="Warnings">What should be known of steps that come too late or soon will, and of what stands in their way, in sentences.</param>
    /// <param name="PayBy">Last day of the payment period; null outside Subchapter T.</param>
    /// <param name="Fifth">The 20 % test; null where no notice is qualified.</param>
    /// <param name="ReturnDue">The day on which the co-op's own return is due because of what goes to patrons; null where another day holds.</param>
    /// <param name="Appropriation">Sequence of the entry by which reserve and funds got their part; null while the run is not posted, and where they get none.</param>
    /// <param name="StatementsOn">The day its statements were issued; null while they are not.</param>
    public sealed record Result(CoOp CoOp, RunCourse Course, Working Working, IReadOnlyList<RunPool> Pools, PolicyVersion Policy, bool OnePersonMayApprove, string? Scenario, IReadOnlyList<string> Blockers, IReadOnlyList<string> Warnings, DateOnly? PayBy, FifthInMoney? Fifth, DateOnly? ReturnDue, DateOnly? StatementsOn, long? Appropriation)
    {
        public DividendRun Run => Course.Run;
    }

    public Outcome<Result> Run(string? coOpCode, string name) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, name);
        if (found.IsRefused) return found.Refusal!;
        var run = found.Value;
        var course = RunCourse.Of(db, run);
        var version = db.PolicyVersions.Single(policy => policy.Id == run.PolicyVersionId);
        var policy = PolicyDocument.Read(version.Json).Value;
        var scenario = SaveScenario.Standing(db, run.CoOpId, run.FiscalYear).Where(scenario => scenario.InputsSha256 == run.InputsSha256).Select(scenario => scenario.Name).FirstOrDefault();
        var statements = db.StatementIssues.Where(issue => issue.RunId == run.Id).Select(issue => (DateOnly?)issue.On).SingleOrDefault();
        var working = WorkingJson.Read(run.WorkingJson);
        DateOnly? due = coOp.Value.Regime == TaxRegime.SubchapterT ? Deadlines.CoOpReturn(coOp.Value.Year(run.FiscalYear), working.PatronageNet, new Money(run.AllocatedCents)) : null;
        return new Result(coOp.Value, course, working, CalculateDividend.Pools(db, run.Id), version, policy.OnePersonMayApprove, scenario,
            course.Next is null or >= RunStage.Posted ? [] : [.. Blockers(db, coOp.Value, run.FiscalYear)], [.. RunWarnings.Of(coOp.Value, course, statements, books.Today(coOp.Value)), .. RunWarnings.OfShares(db, coOp.Value, course.Standing, books.Today(coOp.Value)), .. RunWarnings.OfRest(db, coOp.Value, course)],
            PaymentPeriod.EndOf(coOp.Value, run.FiscalYear), FifthInMoney.Of(db, coOp.Value, run), due, statements,
            db.LedgerEntries.Where(entry => entry.CoOpId == run.CoOpId && entry.Kind == EntryKind.Appropriation && entry.Source == run.Id).Select(entry => (long?)entry.Sequence).SingleOrDefault());
    });

    internal static IEnumerable<string> Blockers(EvergreenDb db, CoOp coOp, int fiscalYear)
    {
        var year = coOp.Year(fiscalYear);
        var held = db.HeldRows.Count(row => row.CoOpId == coOp.Id && row.ResolvedAt == null && row.On >= year.StartsOn && row.On <= year.EndsOn);
        if (held > 0) yield return $"{held} imported rows of the year are held because their members are unknown.";
        foreach (var line in db.SurplusLines.Where(line => line.CoOpId == coOp.Id && line.FiscalYear == fiscalYear && !line.FromPatronage && (line.Reason == null || line.Reason == "")).OrderBy(line => line.No).Select(line => line.Line))
            yield return $"The line '{line}' does not come from business with patrons and has no reason yet.";
    }
}
