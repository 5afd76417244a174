using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>A first look at a whole file that finds the order of its dates, where the source leaves it open. The values prove it, or the operator chooses.</summary>
public static class DateSurvey
{
    /// <returns>The one order in which every date of these columns can stand; refused where two remain or none does.</returns>
    public static Outcome<DateOrder> Of(RowSource rows, IReadOnlyList<int> columns)
    {
        string? undecided = null, monthFirst = null, dayFirst = null;
        var column = 0;
        while (rows.Read())
        {
            if (rows.Fault is not null) continue;
            foreach (var index in columns)
            {
                var text = FormulaSafe.Read(Blanks.Trim(rows.Field(index)));
                if (text.IndexOfAny((byte)' ', (byte)'T') is var gap and > 0) text = text[..gap];
                if (!DateField.Split(text, out var a, out var b, out _, out var lengths) || lengths.A == 4) continue;
                if (a > 12 && b <= 12 && dayFirst is null) (dayFirst, column) = (Encoding.ASCII.GetString(text), index);
                else if (b > 12 && a <= 12 && monthFirst is null) (monthFirst, column) = (Encoding.ASCII.GetString(text), index);
                else if (a <= 12 && b <= 12 && undecided is null) (undecided, column) = (Encoding.ASCII.GetString(text), index);
            }
            if (monthFirst is not null && dayFirst is not null) return Refusals.DatesMixed(rows.Header[column], monthFirst, dayFirst);
        }
        if (rows.Refusal is { } refusal) return refusal;
        if (monthFirst is not null) return DateOrder.MonthFirst;
        if (dayFirst is not null) return DateOrder.DayFirst;
        return undecided is null ? DateOrder.YearFirst : Refusals.DatesAmbiguous(rows.Header[column], undecided);
    }
}
