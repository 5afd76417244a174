using System.Globalization;
using System.Numerics;

namespace Evergreen.Application.Imports;

/// <summary>Sets an import's control totals beside those of the last import of that kind. A warning here must be overridden by a person before the import is committed.</summary>
public static class Plausibility
{
    /// <summary>Below so many values shares and averages say little: a day's few new rows are not measured against a year.</summary>
    private const int FewestForShares = 20;

    /// <param name="previous">Null for the first import of a kind, which is looked at alone.</param>
    public static IReadOnlyList<Problem> Compare(ControlTotals now, ControlTotals? previous)
    {
        var warnings = new List<Problem>();
        if (now.Rejected > now.Accepted + now.Held + now.Skipped)
            warnings.Add(Warning("mostly-rejected", null, $"{Text(now.Rejected)} of {Text(now.RowsInFile)} rows", "most rows to be readable",
                "Look at the first problems: a column has probably moved, or the file belongs to another source."));
        foreach (var (column, totals) in now.Columns)
            warnings.AddRange(Column(column, totals, previous?.Columns.GetValueOrDefault(column)));
        if (previous is not null && now.Accepted > 0)
            foreach (var column in previous.Columns.Keys.Where(c => !now.Columns.ContainsKey(c)))
                warnings.Add(Warning("column-emptied", column, null, "values, as in the last import", "No row has a value here now. See whether the column was renamed or left out."));
        return warnings;
    }

    private static IEnumerable<Problem> Column(string column, ColumnTotals now, ColumnTotals? before)
    {
        if (before is null || before.Count == 0)
        {
            if (now.Negatives * 2 > now.Count)
                yield return Warning("sign-mostly-negative", column, $"{Text(now.Negatives)} of {Text(now.Count)} negative", "mostly positive values",
                    "If this source writes sales or hours with a minus, say so for the source.");
            yield break;
        }
        if (SignFlipped(now, before))
        {
            yield return Warning("sign-flipped", column, $"{Text(now.Negatives)} of {Text(now.Count)} negative", $"about as many negatives as in the last import ({Text(before.Negatives)} of {Text(before.Count)})",
                "The sign of this column seems turned. Correct the export, or say that the source's sign is reversed.");
        }
        if (Scale(now, before) is { } scale) yield return scale with { Column = column };
        else if (Above(Largest(now), Largest(before)))
        {
            yield return Warning("extreme-value", column, $"from {Amount(now.MinHundredths)} to {Amount(now.MaxHundredths)}", $"values as in the last import (from {Amount(before.MinHundredths)} to {Amount(before.MaxHundredths)})",
                "Look at the largest and smallest rows: a decimal point may be missing.");
        }
        if (LostCents(now, before))
        {
            yield return Warning("cents-lost", column, $"{Text(now.WholeUnits)} of {Text(now.Count)} without cents", $"cents, as in the last import ({Text(before.WholeUnits)} of {Text(before.Count)} without)",
                "The column may hold another figure (a number, a quantity), or cents as whole units.");
        }
    }

    /// <summary>From seldom to mostly, the other way round, or five times the share and more than a tenth of the rows.</summary>
    private static bool SignFlipped(ColumnTotals now, ColumnTotals before)
    {
        Int128 share = (Int128)now.Negatives * before.Count, shareBefore = (Int128)before.Negatives * now.Count, all = (Int128)now.Count * before.Count;
        return (2 * share > all && 2 * shareBefore <= all) || (2 * share <= all && 2 * shareBefore > all) || (now.Count >= FewestForShares && share > 5 * shareBefore && 10 * share > all);
    }

    /// <summary>The average size (sign apart) more than five times the last one, or less than a fifth; around one hundred times it is named as such.</summary>
    private static Problem? Scale(ColumnTotals now, ColumnTotals before)
    {
        if (now.Count < FewestForShares) return null;
        var size = (BigInteger)now.AbsoluteHundredths * before.Count;
        var sizeBefore = (BigInteger)before.AbsoluteHundredths * now.Count;
        if (size <= 5 * sizeBefore && sizeBefore <= 5 * size) return null;
        var (code, words) = size >= 50 * sizeBefore && size <= 200 * sizeBefore ? ("scaled-up", "about one hundred times the last import's")
            : sizeBefore >= 50 * size && sizeBefore <= 200 * size ? ("scaled-down", "about one hundredth of the last import's")
            : ("average-changed", "more than five times, or less than a fifth of, the last import's");
        return Warning(code, null, $"average size {Average(now)}", $"an average near the last import's ({Average(before)})",
            $"The average is {words}. See whether the decimal point, the unit or the column is right.");
    }

    private static bool LostCents(ColumnTotals now, ColumnTotals before) =>
        now.Count >= 20 && now.WholeUnits * 20 > now.Count * 19 && before.WholeUnits * 2 < before.Count;

    /// <summary>The largest size, sign apart: the first return after a year without any is nothing odd.</summary>
    private static long Largest(ColumnTotals totals) => Math.Max(Math.Abs(totals.MinHundredths), Math.Abs(totals.MaxHundredths));

    private static bool Above(long now, long before) => (Int128)now > 20 * (Int128)Math.Max(before, 100);

    private static Problem Warning(string code, string? column, string? value, string expected, string remedy) =>
        new(Severity.Warning, code, null, 0, column, value, expected, remedy);

    private static string Average(ColumnTotals totals) => totals.Count == 0 ? "0.00" : Amount((long)(totals.AbsoluteHundredths / totals.Count));
    private static string Amount(long hundredths) => new Domain.Arithmetic.Money(hundredths).ToString();
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
