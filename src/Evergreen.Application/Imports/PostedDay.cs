using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>What a program posts row by row in one day, as one import: it is listed, explained and withdrawn like a file.</summary>
/// <remarks>The day is the one on which the rows came. A withdrawn day is closed; what comes after it begins another import.</remarks>
internal sealed class PostedDay
{
    /// <summary>In place of a file's form.</summary>
    public const string Profile = "posted";

    private readonly EvergreenDb db;
    private readonly SortedDictionary<int, (long Rows, long Hundredths)> years = [];
    private readonly SortedSet<string> created = new(StringComparer.Ordinal);
    private readonly string column;
    private KeptReport kept = null!;

    private PostedDay(EvergreenDb db, string column) => (this.db, this.column) = (db, column);

    public ImportBatch Import { get; private set; } = null!;

    /// <summary>Nothing had come on that day before.</summary>
    public bool IsNew { get; private set; }

    /// <param name="column">The column whose sum is the day's total.</param>
    public static PostedDay Open(EvergreenDb db, CoOp coOp, ImportSource source, DateTime at, string by, string column)
    {
        var today = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var digest = Digest(coOp, source, today);
        var day = new PostedDay(db, column);
        if (db.Imports.SingleOrDefault(import => import.CoOpId == coOp.Id && import.Kind == source.Kind && import.Sha256 == digest && import.WithdrawnAt == null) is { } open) day.Import = open;
        else
        {
            day.IsNew = true;
            day.Import = new ImportBatch
            {
                CoOpId = coOp.Id, Kind = source.Kind, Number = 1 + (db.Imports.Where(i => i.CoOpId == coOp.Id).Max(i => (int?)i.Number) ?? 0), SourceId = source.Id, FileName = $"{OneLine.Of(by)} {today}", Sha256 = digest,
                Profile = Profile, At = at, By = OneLine.Of(by), Accepted = 0, Rejected = 0, Held = 0, Skipped = 0, Blank = 0,
                TotalsJson = KeptReport.Of(new KeptReport(new ControlTotals(), 0, 0, [], 0, 0, [], [], [], [], null)),
            };
            db.Imports.Add(day.Import);
            db.SaveChanges();
            AuditTrail.Add(db, coOp.Id, at, by, $"import.{source.Kind.ToString().ToLowerInvariant()}", $"import {day.Import.Number}", $"opened for what {source.Name} posts on {today}");
        }
        day.kept = KeptReport.Read(day.Import.TotalsJson);
        return day;
    }

    /// <summary>The number of the next row.</summary>
    public long NextRow => Import.Accepted + 1;

    public void Accept(int year, long hundredths)
    {
        var (rows, sum) = years.GetValueOrDefault(year);
        years[year] = (rows + 1, checked(sum + hundredths));
        if (!kept.Totals.Columns.TryGetValue(column, out var totals)) kept.Totals.Columns[column] = totals = new ColumnTotals();
        totals.Add(hundredths);
        kept.Totals.RowsInFile++;
        kept.Totals.Accepted++;
        kept.Totals.Entries++;
        Import.Accepted++;
    }

    public void Created(string what) => created.Add(what);

    /// <summary>Writes the day's report anew, in the transaction that is open.</summary>
    public void Close()
    {
        foreach (var before in kept.Years) years[before.FiscalYear] = years.TryGetValue(before.FiscalYear, out var now) ? (now.Rows + before.Rows, checked(now.Hundredths + before.TotalCents)) : (before.Rows, before.TotalCents);
        created.UnionWith(kept.Created);
        Import.TotalsJson = KeptReport.Of(kept with
        {
            TotalCents = (long)kept.Totals.Columns[column].SumHundredths,
            Created = [.. created],
            Years = [.. years.Select(year => new KeptReport.Year(year.Key, year.Value.Rows, year.Value.Hundredths))],
        });
        db.SaveChanges();
    }

    /// <summary>In place of a file's digest: the day has one name, so a second import cannot be opened for it.</summary>
    private static string Digest(CoOp coOp, ImportSource source, string today) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"evergreen-posted-day-1\n{coOp.Code}\n{source.Kind}\n{source.Name}\n{today}")));
}
