using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>One year of a co-op: its figures, its policy with all versions, its runs and what is to be done.</summary>
public sealed class YearPage(Books books)
{
    /// <param name="Over">Its last day has passed, so that it may be closed.</param>
    /// <param name="Policies">Newest first; the first is in force.</param>
    /// <param name="Runs">Newest first.</param>
    public sealed record Result(CoOp CoOp, FiscalYear Year, bool Over, YearClosing? Closing, IReadOnlyList<SurplusLine> Lines, IReadOnlyList<PolicyVersion> Policies, IReadOnlyList<RunCourse> Runs, int Scenarios, IReadOnlyList<YearTask> Tasks)
    {
        public RunCourse? Posted => Runs.FirstOrDefault(run => run.MayReverse);
    }

    public Outcome<Result> Run(string? coOpCode, int fiscalYear) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (fiscalYear is < 1900 or > 2200) return Refusals.YearUnknown(fiscalYear);
        var year = coOp.Year(fiscalYear);
        var today = books.Today(coOp);
        DateOnly? payBy = coOp.Regime == TaxRegime.SubchapterT ? Deadlines.PaymentPeriodEnd(year) : null;
        return new Result(coOp, year, today > year.EndsOn,
            db.YearClosings.SingleOrDefault(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == fiscalYear),
            db.SurplusLines.Where(line => line.CoOpId == coOp.Id && line.FiscalYear == fiscalYear).OrderBy(line => line.No).ToList(),
            db.PolicyVersions.Where(policy => policy.CoOpId == coOp.Id && policy.FiscalYear == fiscalYear).OrderByDescending(policy => policy.Version).ToList(),
            db.DividendRuns.Where(run => run.CoOpId == coOp.Id && run.FiscalYear == fiscalYear).OrderByDescending(run => run.Number).Take(50).ToList().ConvertAll(run => RunCourse.Of(db, run)),
            SaveScenario.Standing(db, coOp.Id, fiscalYear).Count(), new YearTasks(db, coOp, year, today, payBy).All());
    });
}
