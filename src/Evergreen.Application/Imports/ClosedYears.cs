using Evergreen.Application.Storage;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>The fiscal years whose books are closed. Rows come in runs of one date, so the last answer is kept.</summary>
internal sealed class ClosedYears(EvergreenDb db, int coOpId)
{
    private static readonly PreparedQuery<Func<EvergreenDb, int, IEnumerable<YearClosing>>> Closings = new(() => EF.CompileQuery((EvergreenDb db, int coOp) =>
        db.YearClosings.AsNoTracking().Where(closing => closing.CoOpId == coOp)));

    private readonly List<(DateOnly StartsOn, DateOnly EndsOn, int Year)> years = [.. Closings.For(db)(db, coOpId).OrderBy(closing => closing.StartsOn).Select(closing => (closing.StartsOn, closing.EndsOn, closing.FiscalYear))];
    private DateOnly asked = DateOnly.MinValue;
    private int? answer;

    /// <returns>The closed year that contains the date; null where its books are open.</returns>
    public int? Containing(DateOnly date)
    {
        if (date == asked) return answer;
        (asked, answer) = (date, null);
        foreach (var (startsOn, endsOn, year) in years)
            if (date >= startsOn && date <= endsOn) answer = year;
        return answer;
    }
}
