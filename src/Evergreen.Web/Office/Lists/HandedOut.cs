using System.Globalization;
using Evergreen.Application.Imports;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Lists;

/// <summary>A list as a file: what its page shows under the same filter, with all its pages.</summary>
public static class HandedOut
{
    /// <summary>How the route of such a file ends.</summary>
    public const string Ending = ".{format:regex(^(csv|xlsx)$)}";

    public const string Csv = "text/csv; charset=utf-8", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="name">Of the file, before its ending.</param>
    /// <param name="title">Of the workbook's sheet.</param>
    /// <param name="keys">Of each column its name in the address, by which it may have been left out of the list; null for a column that always stays, and where none can be chosen.</param>
    public static FileContentResult HandOut(this Controller controller, string format, string name, string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<Cell>> rows, IReadOnlyList<string?>? keys = null)
    {
        var file = new MemoryStream();
        var choice = ColumnChoice.Of(controller.Request);
        var shown = Enumerable.Range(0, columns.Count).Where(i => keys?[i] is not { } key || choice.Shows(key)).ToList();
        var table = shown.Count == columns.Count ? new HandedOutTable(title, columns, rows) : new HandedOutTable(title, shown.ConvertAll(i => columns[i]), rows.Select(row => (IReadOnlyList<Cell>)shown.ConvertAll(i => row[i])));
        if (format == "xlsx") table.WriteXlsx(file);
        else table.WriteCsv(file);
        return controller.File(file.ToArray(), format == "xlsx" ? Xlsx : Csv, $"{name}.{format}");
    }

    /// <summary>One page after another.</summary>
    /// <param name="page">Given what the page before named as its next; null for the first.</param>
    public static IEnumerable<TRow> All<TRow>(Func<string?, (IReadOnlyList<TRow> Rows, string? Next)> page)
    {
        string? next = null;
        do
        {
            (var rows, next) = page(next);
            foreach (var row in rows) yield return row;
        }
        while (next is not null);
    }

    /// <summary>A moment as files say it.</summary>
    public static string? Moment(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
