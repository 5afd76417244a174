using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Surplus, dividend and members' capital of each year of a co-op.</summary>
internal static class YearHistory
{
    /// <summary>Oldest first, from the first closed year or the first entry to the latest; the last one's capital is that of now.</summary>
    public static List<YearOverview.YearFigures> Read(EvergreenDb db, CoOp coOp)
    {
        var closed = db.YearClosings.Where(closing => closing.CoOpId == coOp.Id).ToDictionary(closing => closing.FiscalYear, closing => closing.NetIncomeCents);
        var posted = (from posting in db.DividendPostings
                      join run in db.DividendRuns on posting.RunId equals run.Id
                      where posting.CoOpId == coOp.Id && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)
                      select new { run.FiscalYear, run.Number, run.AllocatedCents, run.CashCents }).ToDictionary(run => run.FiscalYear);
        var accounts = Overdrafts.OwnedByMembers.Select(code => MemberBalances.AccountId(db, coOp.Id, code)).ToList();
        var moved = (from line in db.LedgerLines
                     join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                     where line.CoOpId == coOp.Id && accounts.Contains(line.AccountId)
                     group line.AmountCents by entry.On into day
                     select new { On = day.Key, Cents = day.Sum() }).AsEnumerable()
            .GroupBy(day => coOp.YearOf(day.On).Year).ToDictionary(year => year.Key, year => -year.Sum(day => day.Cents));

        var years = closed.Keys.Concat(moved.Keys).ToList();
        var history = new List<YearOverview.YearFigures>();
        if (years.Count == 0) return history;
        var capital = 0L;
        for (var year = years.Min(); year <= years.Max(); year++)
        {
            capital += moved.GetValueOrDefault(year);
            var run = posted.GetValueOrDefault(year);
            history.Add(new(year, closed.TryGetValue(year, out var net) ? new Money(net) : null, run is null ? null : new Money(run.AllocatedCents), run is null ? null : new Money(run.CashCents), new Money(capital), run is null ? null : $"{run.FiscalYear}-{run.Number}"));
        }
        return history;
    }
}
