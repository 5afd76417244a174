using System.Globalization;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>The rows behind a member's units: each purchase or stretch of hours of a year, with the file that it came in and its row there. A household's rows stand with those of its primary owner.</summary>
public sealed class MyRows(Books books)
{
    public const int MostRows = 50;

    /// <summary>In place of a category's code: rows that name none.</summary>
    public const string WithoutCategory = "-";

    /// <param name="Measure">Purchases and volume are read from purchases, hours and wages from hours.</param>
    /// <param name="Category">Code of the department or kind of hours; null for all.</param>
    /// <param name="After">As the page before said.</param>
    public sealed record Request(CoOp CoOp, int MemberId, int Year, Measure Measure, string? Category = null, RowEligibility? Eligibility = null, string? After = null, int Most = MostRows);

    /// <param name="Quantity">Cents or hundredths, as the measure says.</param>
    /// <param name="Reference">The till's or the payroll's own id of it.</param>
    /// <param name="Import">Number of the import and the name of its file; null where it came in without a file.</param>
    /// <param name="Member">Number under which it was recorded.</param>
    public sealed record Row(DateOnly On, DateOnly? From, DateOnly? To, string Category, RowEligibility Eligibility, long Quantity, string Reference, string? Store, int? Import, string? File, long FileRow, string Member);

    /// <param name="Count">Of all pages, with the sum of their quantities: from the totals that the dividend was worked out from.</param>
    /// <param name="Next">Asks for the next page; null on the last.</param>
    public sealed record Page(FiscalYear Year, Measure Measure, IReadOnlyList<Row> Rows, long Count, long Quantity, string? Next);

    private sealed record Read(int SourceId, string SourceRef, int MemberId, DateOnly On, DateOnly? From, DateOnly? To, int CategoryId, RowEligibility Eligibility, long Quantity, string? Store, int ImportId, long FileRow);

    private sealed record Place(DateOnly On, int SourceId, string SourceRef);

    public Outcome<Page> Run(Request request) => books.Read<Outcome<Page>>(db =>
    {
        var (coOp, year) = (request.CoOp, request.CoOp.Year(request.Year));
        var household = Households.Of(db, request.MemberId);
        var measure = request.Measure switch { Measure.Volume => Measure.Purchases, Measure.Wages => Measure.Hours, var one => one };
        var categories = db.PatronageCategories.Where(one => one.CoOpId == coOp.Id && one.Measure == measure).ToDictionary(one => one.Id);
        int? category = request.Category is null ? null : request.Category == WithoutCategory ? 0 : categories.Values.SingleOrDefault(one => one.Code == request.Category)?.Id ?? -1;
        var after = PlaceOf(request.After);
        var rows = (measure == Measure.Purchases ? Purchases(db, request, household, year, category, after) : HoursOf(db, request, household, year, category, after)).Take(request.Most + 1).ToList();
        var next = rows.Count > request.Most ? rows[request.Most - 1] : null;
        if (next is not null) rows.RemoveRange(request.Most, rows.Count - request.Most);

        var importIds = rows.Select(row => row.ImportId).Distinct().ToList();
        var imports = db.Imports.Where(import => importIds.Contains(import.Id)).Select(import => new { import.Id, import.Number, import.FileName }).ToDictionary(import => import.Id);
        var numbers = db.Members.Where(member => household.Contains(member.Id)).ToDictionary(member => member.Id, member => member.Number);
        var totals = db.PatronageTotals.Where(total => total.CoOpId == coOp.Id && total.FiscalYear == request.Year && total.Measure == request.Measure && household.Contains(total.MemberId))
            .Where(total => (category == null || total.CategoryId == category) && (request.Eligibility == null || total.Eligibility == request.Eligibility)).Select(total => new { total.Quantity, total.Rows }).ToList();
        return new Page(year, request.Measure, rows.ConvertAll(row => new Row(row.On, row.From, row.To, Name(row.CategoryId), row.Eligibility, row.Quantity, row.SourceRef, row.Store,
                imports.GetValueOrDefault(row.ImportId)?.Number, imports.GetValueOrDefault(row.ImportId)?.FileName, row.FileRow, numbers[row.MemberId])),
            totals.Sum(total => total.Rows), totals.Sum(total => total.Quantity), next is null ? null : string.Create(CultureInfo.InvariantCulture, $"{next.On:yyyy-MM-dd}.{next.SourceId}.{next.SourceRef}"));

        string Name(int id) => categories.TryGetValue(id, out var found) ? found.Name.Length > 0 ? found.Name : found.Code : "";
    });

    private static IQueryable<Read> Purchases(EvergreenDb db, Request request, IReadOnlyList<int> household, FiscalYear year, int? category, Place? after)
    {
        var volume = request.Measure == Measure.Volume;
        var rows = db.Purchases.Where(row => row.MemberId != null && household.Contains(row.MemberId.Value) && row.On >= year.StartsOn && row.On <= year.EndsOn);
        if (category is not null) rows = rows.Where(row => row.CategoryId == category);
        if (request.Eligibility is { } eligibility) rows = rows.Where(row => row.Eligibility == eligibility);
        if (after is not null) rows = rows.Where(row => row.On < after.On || (row.On == after.On && (row.SourceId > after.SourceId || (row.SourceId == after.SourceId && string.Compare(row.SourceRef, after.SourceRef) > 0))));
        return rows.OrderByDescending(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef)
            .Select(row => new Read(row.SourceId, row.SourceRef, row.MemberId!.Value, row.On, null, null, row.CategoryId, row.Eligibility, volume ? row.VolumeHundredths ?? 0 : row.AmountCents, row.Store, row.ImportId, row.Row));
    }

    private static IQueryable<Read> HoursOf(EvergreenDb db, Request request, IReadOnlyList<int> household, FiscalYear year, int? category, Place? after)
    {
        var wages = request.Measure == Measure.Wages;
        var rows = db.HoursWorked.Where(row => row.MemberId != null && household.Contains(row.MemberId.Value) && row.On >= year.StartsOn && row.On <= year.EndsOn);
        if (category is not null) rows = rows.Where(row => row.CategoryId == category);
        if (after is not null) rows = rows.Where(row => row.On < after.On || (row.On == after.On && (row.SourceId > after.SourceId || (row.SourceId == after.SourceId && string.Compare(row.SourceRef, after.SourceRef) > 0))));
        return rows.OrderByDescending(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef)
            .Select(row => new Read(row.SourceId, row.SourceRef, row.MemberId!.Value, row.On, row.PeriodStart, row.PeriodEnd, row.CategoryId, RowEligibility.ByDepartment, wages ? row.WagesCents ?? 0 : row.HoursHundredths, null, row.ImportId, row.Row));
    }

    /// <summary>A place that cannot be read is none: the list begins at its start.</summary>
    private static Place? PlaceOf(string? after)
    {
        var parts = after?.Split('.', 3);
        return parts is { Length: 3 } && DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var source)
            ? new Place(on, source, parts[2]) : null;
    }
}
