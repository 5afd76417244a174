using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

/// <summary>A member's purchases or hours, row by row and newest first, a page at a time, with the sums of each month. Records merged into the member's count with it.</summary>
public sealed class MemberActivity(Books books)
{
    public const int PageSize = 50;

    /// <param name="About">Null takes purchases, or hours where the member has those only.</param>
    public sealed record Request(string? CoOp, string Member, PatronageKind? About = null)
    {
        public DateOnly? From { get; init; }
        public DateOnly? To { get; init; }

        /// <summary>Code of the department or kind of hours; null takes all.</summary>
        public string? Category { get; init; }

        /// <summary>Where the page before ended.</summary>
        public string? After { get; init; }
    }

    /// <param name="Quantity">Cents or hundredths of an hour.</param>
    /// <param name="Import">Number of the import that brought it.</param>
    public sealed record Row(int SourceId, string SourceRef, DateOnly On, DateOnly? PeriodStart, DateOnly? PeriodEnd, long Quantity, string? Category, string? Store, RowEligibility Eligibility, int Import);

    public sealed record Month(DateOnly First, long Quantity, long Rows);

    public sealed record Year(FiscalYearName Name, long Quantity, long Rows, IReadOnlyList<Month> Months);

    /// <summary>A fiscal year with its days.</summary>
    public sealed record FiscalYearName(int Number, DateOnly StartsOn, DateOnly EndsOn);

    /// <param name="Kinds">Of which there are any.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    public sealed record Page(CoOp CoOp, PatronageKind About, IReadOnlyList<PatronageKind> Kinds, IReadOnlyList<PatronageCategory> Categories, long Quantity, long Count, IReadOnlyList<Year> Years, IReadOnlyList<Row> Rows, string? Next);

    private sealed record Line
    {
        public required int SourceId { get; init; }
        public required string SourceRef { get; init; }
        public required DateOnly On { get; init; }
        public DateOnly? PeriodStart { get; init; }
        public DateOnly? PeriodEnd { get; init; }
        public required long Quantity { get; init; }
        public required int CategoryId { get; init; }
        public string? Store { get; init; }
        public RowEligibility Eligibility { get; init; }
        public required int ImportId { get; init; }
    }

    /// <param name="Categories">Of this measure, by id.</param>
    private sealed record Place(CoOp CoOp, int[] Members, PatronageKind About, IQueryable<Line> Lines, Dictionary<int, PatronageCategory> Categories);

    public Outcome<Page> Run(Request request) => books.Read<Outcome<Page>>(db =>
    {
        var found = Find(db, request);
        if (found.IsRefused) return found.Refusal!;
        var place = found.Value;
        var months = place.Lines.GroupBy(row => new { row.On.Year, row.On.Month }).Select(month => new { month.Key.Year, month.Key.Month, Quantity = month.Sum(row => row.Quantity), Rows = month.LongCount() })
            .OrderByDescending(month => month.Year).ThenByDescending(month => month.Month).ToList().ConvertAll(month => new Month(new DateOnly(month.Year, month.Month, 1), month.Quantity, month.Rows));
        var years = months.GroupBy(month => place.CoOp.YearOf(month.First)).Select(year => new Year(new FiscalYearName(year.Key.Year, year.Key.StartsOn, year.Key.EndsOn), year.Sum(month => month.Quantity), year.Sum(month => month.Rows), [.. year])).ToList();
        var lines = Sorted(Behind(place.Lines, request.After)).Take(PageSize + 1).ToList();
        var shown = Rows(db, place, lines.Take(PageSize)).ToList();
        return new Page(place.CoOp, place.About, Kinds(db, place.Members), [.. place.Categories.Values.OrderBy(one => one.Code, StringComparer.Ordinal)],
            years.Sum(year => year.Quantity), years.Sum(year => year.Rows), years, shown, lines.Count > PageSize ? Key(lines[PageSize - 1]) : null);
    });

    /// <summary>All that the request asks for as a file, the newest first. The page asked for does not count.</summary>
    public Outcome<long> Export(Request request, Stream to, IReadOnlyList<string> columns) => books.Read<Outcome<long>>(db =>
    {
        var found = Find(db, request);
        if (found.IsRefused) return found.Refusal!;
        long count = 0;
        using var writer = new StreamWriter(to, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var file = new CsvWriter(writer);
        file.Header(columns);
        foreach (var row in Rows(db, found.Value, Sorted(found.Value.Lines).ToList()))
        {
            file.Date(row.On).Date(row.PeriodStart).Date(row.PeriodEnd);
            if (found.Value.About == PatronageKind.Purchases) file.Amount(new Money(row.Quantity));
            else file.Hours(new Hours(row.Quantity));
            file.Text(row.Category).Text(row.Store).Text(row.SourceRef).Integer(row.Import).EndRow();
            count++;
        }
        return count;
    });

    /// <summary>One row of the member; any other is none.</summary>
    public Outcome<(PatronageKind About, Row Row)> One(string? coOpCode, string member, PatronageKind about, int source, string sourceRef) => books.Read<Outcome<(PatronageKind About, Row Row)>>(db =>
    {
        var found = Find(db, new Request(coOpCode, member, about));
        if (found.IsRefused) return found.Refusal!;
        return found.Value.Lines.SingleOrDefault(row => row.SourceId == source && row.SourceRef == sourceRef) is { } line ? (about, Rows(db, found.Value, [line]).Single()) : Refusals.RowUnknown();
    });

    private static Outcome<Place> Find(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id).ToArray();
        var about = request.About ?? (Kinds(db, ids) is [PatronageKind.Hours] ? PatronageKind.Hours : PatronageKind.Purchases);
        var measure = about == PatronageKind.Purchases ? Measure.Purchases : Measure.Hours;
        var categories = db.PatronageCategories.Where(one => one.CoOpId == coOp.Id && one.Measure == measure).ToDictionary(one => one.Id);
        var lines = about == PatronageKind.Purchases
            ? db.Purchases.Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value))
                .Select(row => new Line { SourceId = row.SourceId, SourceRef = row.SourceRef, On = row.On, Quantity = row.AmountCents, CategoryId = row.CategoryId, Store = row.Store, Eligibility = row.Eligibility, ImportId = row.ImportId })
            : db.HoursWorked.Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value))
                .Select(row => new Line { SourceId = row.SourceId, SourceRef = row.SourceRef, On = row.On, PeriodStart = row.PeriodStart, PeriodEnd = row.PeriodEnd, Quantity = row.HoursHundredths, CategoryId = row.CategoryId, ImportId = row.ImportId });
        if (request.From is { } from) lines = lines.Where(row => row.On >= from);
        if (request.To is { } to) lines = lines.Where(row => row.On <= to);
        if (request.Category is { Length: > 0 } code)
        {
            var id = categories.Values.FirstOrDefault(one => one.Code == code)?.Id ?? -1;
            lines = lines.Where(row => row.CategoryId == id);
        }
        return new Place(coOp, ids, about, lines, categories);
    }

    private static IOrderedQueryable<Line> Sorted(IQueryable<Line> lines) => lines.OrderByDescending(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef);

    private static IEnumerable<Row> Rows(EvergreenDb db, Place place, IEnumerable<Line> lines)
    {
        var imports = db.Imports.Where(import => import.CoOpId == place.CoOp.Id).Select(import => new { import.Id, import.Number }).ToDictionary(import => import.Id, import => import.Number);
        return lines.Select(line => new Row(line.SourceId, line.SourceRef, line.On, line.PeriodStart, line.PeriodEnd, line.Quantity,
            place.Categories.TryGetValue(line.CategoryId, out var category) ? category.Name.Length > 0 ? category.Name : category.Code : null, line.Store, line.Eligibility, imports.GetValueOrDefault(line.ImportId)));
    }

    private static List<PatronageKind> Kinds(EvergreenDb db, int[] ids)
    {
        var kinds = new List<PatronageKind>();
        if (db.Purchases.Any(row => row.MemberId != null && ids.Contains(row.MemberId.Value))) kinds.Add(PatronageKind.Purchases);
        if (db.HoursWorked.Any(row => row.MemberId != null && ids.Contains(row.MemberId.Value))) kinds.Add(PatronageKind.Hours);
        return kinds;
    }

    private static string Key(Line row) => string.Create(CultureInfo.InvariantCulture, $"{row.On:yyyyMMdd}.{row.SourceId}.{row.SourceRef}");

    /// <summary>The rows behind a key; all of them where the key says nothing.</summary>
    private static IQueryable<Line> Behind(IQueryable<Line> rows, string? key)
    {
        if (key?.Split('.', 3) is not [var day, var number, var reference] || !DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var source)) return rows;
        return rows.Where(row => row.On < on || (row.On == on && (row.SourceId > source || (row.SourceId == source && row.SourceRef.CompareTo(reference) > 0))));
    }
}
