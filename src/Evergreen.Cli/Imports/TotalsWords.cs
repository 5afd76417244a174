using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Imports;

/// <summary>Control totals: what each column of a file adds up to, beside the last import of its kind.</summary>
internal static class TotalsWords
{
    public static object Document(ControlTotals totals) => new
    {
        totals.Entries, Columns = totals.Columns.ToDictionary(column => column.Key, column => Document(column.Value)), Held = totals.HeldColumns.ToDictionary(column => column.Key, column => Document(column.Value)), totals.Dates,
    };

    public static object? Document(ImportBefore? last) => last is null ? null : new { last.Number, last.At, File = last.FileName, Totals = Document(last.Totals) };

    private static object Document(ColumnTotals column) => new { Values = column.Count, column.Sum, Smallest = new Money(column.MinHundredths), Largest = new Money(column.MaxHundredths), BelowZero = column.Negatives };

    public static void Show(Screen screen, ImportReport report)
    {
        var (now, last) = (report.Totals, report.Before?.Totals);
        var before = last ?? new ControlTotals();
        var which = report.Before is { } import ? $"in import {import.Number}" : "";
        var columns = now.Columns.Keys.Union(now.HeldColumns.Keys, StringComparer.Ordinal).Union(before.Columns.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (columns.Count > 0)
        {
            var sheet = new Sheet().Words("Control totals", "").Figures("Values", "Sum", "Smallest", "Largest", "Below zero");
            foreach (var column in columns)
            {
                Row(sheet, column, "accepted", now.Columns.GetValueOrDefault(column) ?? new ColumnTotals());
                if (now.HeldColumns.TryGetValue(column, out var held)) Row(sheet, "", "held", held);
                if (last is not null) Row(sheet, "", which, last.Columns.GetValueOrDefault(column) ?? new ColumnTotals());
            }
            screen.Table(sheet);
            if (report.Before is { } beside) screen.Line($"Beside import {beside.Number}, {beside.FileName}, of {Day(DateOnly.FromDateTime(beside.At))}.");
        }
        var dates = now.Dates.Keys.Union(before.Dates.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        screen.Facts([.. dates.Select(column => (column, (string?)$"{Range(now, column)}{(last is null ? "" : $", {which} {Range(last, column)}")}"))]);
    }

    private static void Row(Sheet sheet, string column, string which, ColumnTotals totals) => sheet.Row(column, which, ImportWords.Count(totals.Count), Screen.Of(totals.Sum), Figure(totals, totals.MinHundredths), Figure(totals, totals.MaxHundredths), ImportWords.Count(totals.Negatives));

    private static string Figure(ColumnTotals totals, long hundredths) => totals.Count == 0 ? "–" : Screen.Of(new Money(hundredths));

    private static string Range(ControlTotals totals, string column) => totals.Dates.TryGetValue(column, out var range) ? $"{Day(range.First)} to {Day(range.Last)}" : "none";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
