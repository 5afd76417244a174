using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>The fiscal years whose books are closed. Rows come in runs of one date, so the last answer is kept.</summary>
internal sealed class ClosedYears(EvergreenDb db, int coOpId)
{
    private readonly List<(DateOnly StartsOn, DateOnly EndsOn, int Year)> years =
        [.. db.YearClosings.AsNoTracking().Where(closing => closing.CoOpId == coOpId).OrderBy(closing => closing.StartsOn).AsEnumerable().Select(closing => (closing.StartsOn, closing.EndsOn, closing.FiscalYear))];
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
