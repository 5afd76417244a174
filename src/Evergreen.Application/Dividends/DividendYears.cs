using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>The years of a co-op, newest first: whether closed, under which policy, with which runs.</summary>
public sealed class DividendYears(Books books)
{
    /// <param name="Over">Its last day has passed.</param>
    /// <param name="PolicyVersion">The version in force; null where none is adopted.</param>
    /// <param name="Run">The run that is posted, or else the newest that stands.</param>
    public sealed record Year(int Name, DateOnly StartsOn, DateOnly EndsOn, bool Over, YearClosing? Closing, int? PolicyVersion, RunCourse? Run, int Runs, int Scenarios);
    public sealed record Result(CoOp CoOp, IReadOnlyList<Year> Years);

    public Outcome<Result> Run(string? coOpCode) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var today = books.Today(coOp);
        var current = coOp.YearOf(today).Year;
        var closings = db.YearClosings.Where(closing => closing.CoOpId == coOp.Id).ToDictionary(closing => closing.FiscalYear);
        var policies = db.PolicyVersions.Where(policy => policy.CoOpId == coOp.Id).GroupBy(policy => policy.FiscalYear).Select(year => new { Year = year.Key, Latest = year.Max(policy => policy.Version) }).ToDictionary(year => year.Year, year => year.Latest);
        var runs = db.DividendRuns.Where(run => run.CoOpId == coOp.Id).OrderByDescending(run => run.Number).ToList().ToLookup(run => run.FiscalYear);
        var scenarios = db.Scenarios.Where(scenario => scenario.CoOpId == coOp.Id && !db.ScenarioDrops.Any(drop => drop.ScenarioId == scenario.Id)).GroupBy(scenario => scenario.FiscalYear)
            .Select(year => new { Year = year.Key, Count = year.Count() }).ToDictionary(year => year.Year, year => year.Count);
        var first = Math.Min(current - 1, closings.Keys.Concat(policies.Keys).DefaultIfEmpty(current).Min());
        var years = new List<Year>();
        for (var year = Math.Max(current, closings.Keys.Concat(policies.Keys).DefaultIfEmpty(current).Max()); year >= first; year--)
        {
            var period = coOp.Year(year);
            var ofYear = runs[year].Select(run => RunCourse.Of(db, run)).ToList();
            years.Add(new Year(year, period.StartsOn, period.EndsOn, today > period.EndsOn, closings.GetValueOrDefault(year), policies.TryGetValue(year, out var version) ? version : null,
                ofYear.Find(run => run.MayReverse) ?? ofYear.Find(run => !run.IsReversed) ?? ofYear.FirstOrDefault(), ofYear.Count, scenarios.GetValueOrDefault(year)));
        }
        return new Result(coOp, years);
    });
}
