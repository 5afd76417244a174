using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What a list of members may show beside number and name.</summary>
public enum MemberColumn
{
    Status = 1,
    Classes = 2,
    Joined = 3,
    Email = 4,
    Town = 5,
    TaxNumber = 6,
}

/// <summary>The list of members: filtered, sorted, a page at a time; and the same as a file.</summary>
public sealed class MemberList(Books books)
{
    public const int PageSize = 50;

    /// <summary>What the list shows where nobody chose.</summary>
    public static IReadOnlyList<MemberColumn> UsualColumns { get; } = [MemberColumn.Status, MemberColumn.Classes, MemberColumn.Joined, MemberColumn.Email, MemberColumn.TaxNumber];

    /// <param name="Sort"><c>number</c>, <c>name</c> or <c>joined</c>; with a minus sign in front the other way round.</param>
    /// <param name="After">What the page before gave as its next.</param>
    public sealed record Request(string? CoOp, MemberFilter Filter, string Sort = "number", string? After = null)
    {
        /// <summary>What a file of the list holds beside number and name, in the order of <see cref="MemberColumn"/>.</summary>
        public IReadOnlyList<MemberColumn> Columns { get; init; } = UsualColumns;
    }

    /// <param name="JoinedOn">First day on which the member was active; null where none is known.</param>
    public sealed record Row(string Number, string Name, MemberStatus? Status, IReadOnlyList<string> Classes, DateOnly? JoinedOn, string? Email, string? City, bool HasTaxId);

    /// <param name="Count">All members that the filter lets through.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, long Count, string? Next);

    /// <summary>What a row is made of before its facts are read.</summary>
    /// <remarks>Made by its properties, so that the database can sort by them.</remarks>
    private sealed record Plain
    {
        public required int Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }

        /// <summary><see cref="Member.Unjoined"/> where no joining is known.</summary>
        public required DateOnly Joined { get; init; }
        public required string? Email { get; init; }
        public required string? City { get; init; }
        public required bool HasTaxId { get; init; }
    }

    public Outcome<Page> Run(Request request) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        if (request.Sort is not ("number" or "-number" or "name" or "-name" or "joined" or "-joined")) return Refusals.SortUnknown(request.Sort);
        var shown = request.Filter.In(db, found.Value);
        if (shown.IsRefused) return shown.Refusal!;
        var count = books.Counts.Of(db, found.Value.Id, request.Filter, () => shown.Value.Query.LongCount());
        if (count == 0) return new Page([], 0, null);
        var page = Sorted(Plainly(shown.Value.Query), request.Sort, request.After).Take(PageSize + 1).ToList();
        var next = page.Count > PageSize ? Cursor(page[PageSize - 1], request.Sort) : null;
        return new Page(Rows(db, found.Value, page.Take(PageSize).ToList(), request.Filter.AsOf), count, next);
    });

    /// <summary>Exactly what the list shows, all its pages, for as long as the books are held open.</summary>
    public Outcome<long> Export(Request request, Stream to, bool asWorkbook) => books.Read<Outcome<long>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        if (request.Sort is not ("number" or "-number" or "name" or "-name" or "joined" or "-joined")) return Refusals.SortUnknown(request.Sort);
        var shown = request.Filter.In(db, found.Value);
        if (shown.IsRefused) return shown.Refusal!;
        long rows = 0;
        var columns = Enum.GetValues<MemberColumn>().Where(request.Columns.Contains).ToList();
        var table = new HandedOutTable("Members", ["Number", "Name", .. columns.Select(Title)], Sorted(Plainly(shown.Value.Query), request.Sort, after: null).ToList().Chunk(500).SelectMany(some => Rows(db, found.Value, some, request.Filter.AsOf)).Select(row =>
        {
            rows++;
            return (IReadOnlyList<Cell>)[row.Number, row.Name, .. columns.Select(column => CellOf(row, column))];
        }));
        if (asWorkbook) table.WriteXlsx(to);
        else table.WriteCsv(to);
        return rows;
    });

    public static string Title(MemberColumn column) => column switch
    {
        MemberColumn.Email => "E-mail",
        MemberColumn.TaxNumber => "Tax number",
        _ => column.ToString(),
    };

    private static Cell CellOf(Row row, MemberColumn column) => column switch
    {
        MemberColumn.Status => StatusWord(row.Status),
        MemberColumn.Classes => string.Join("; ", row.Classes),
        MemberColumn.Joined => row.JoinedOn,
        MemberColumn.Email => row.Email,
        MemberColumn.Town => row.City,
        _ => row.HasTaxId ? "on file" : "missing",
    };

    public static string StatusWord(MemberStatus? status) => status switch
    {
        MemberStatus.Active => "Active",
        MemberStatus.OnLeave => "On leave",
        MemberStatus.Suspended => "Suspended",
        MemberStatus.Left => "Left",
        MemberStatus.Deceased => "Deceased",
        _ => "Not yet a member",
    };

    private static IQueryable<Plain> Plainly(IQueryable<Member> members) => members.Select(member => new Plain
    {
        Id = member.Id,
        Number = member.Number,
        Name = member.Name,
        Joined = member.JoinedOn,
        Email = member.Email,
        City = member.City,
        HasTaxId = member.TaxIdSealed != null,
    });

    /// <summary>Sorted, from behind the cursor on. Members of one name or day follow by number.</summary>
    /// <remarks>The bound on the first column alone is what lets a database begin in the middle of its index.</remarks>
    private static IQueryable<Plain> Sorted(IQueryable<Plain> rows, string sort, string? after)
    {
        var cut = after?.IndexOf('\n', StringComparison.Ordinal) ?? -1;
        var (number, key) = cut < 0 ? (null, "") : (after![..cut], after[(cut + 1)..]);
        var day = DateOnly.TryParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : Member.Unjoined;
        return sort switch
        {
            "name" => (number is null ? rows : rows.Where(row => string.Compare(row.Name, key) >= 0 && (string.Compare(row.Name, key) > 0 || string.Compare(row.Number, number) > 0))).OrderBy(row => row.Name).ThenBy(row => row.Number),
            "-name" => (number is null ? rows : rows.Where(row => string.Compare(row.Name, key) <= 0 && (string.Compare(row.Name, key) < 0 || string.Compare(row.Number, number) > 0))).OrderByDescending(row => row.Name).ThenBy(row => row.Number),
            "joined" => (number is null ? rows : rows.Where(row => row.Joined >= day && (row.Joined > day || string.Compare(row.Number, number) > 0))).OrderBy(row => row.Joined).ThenBy(row => row.Number),
            "-joined" => (number is null ? rows : rows.Where(row => row.Joined <= day && (row.Joined < day || string.Compare(row.Number, number) > 0))).OrderByDescending(row => row.Joined).ThenBy(row => row.Number),
            "-number" => (number is null ? rows : rows.Where(row => string.Compare(row.Number, number) < 0)).OrderByDescending(row => row.Number),
            _ => (number is null ? rows : rows.Where(row => string.Compare(row.Number, number) > 0)).OrderBy(row => row.Number),
        };
    }

    private static string Cursor(Plain last, string sort) => $"{last.Number}\n{sort.TrimStart('-') switch { "name" => last.Name, "joined" => last.Joined.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => "" }}";

    private static IReadOnlyList<Row> Rows(EvergreenDb db, CoOp coOp, IReadOnlyList<Plain> page, DateOnly asOf)
    {
        var ids = page.Select(row => row.Id).ToArray();
        var statuses = db.StatusChanges.Where(fact => ids.Contains(fact.MemberId) && fact.On <= asOf).ToLookup(fact => fact.MemberId);
        var classes = db.ClassChanges.Where(fact => ids.Contains(fact.MemberId) && fact.On <= asOf).ToLookup(fact => fact.MemberId);
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        return [.. page.Select(row => new Row(row.Number, row.Name, MemberHistory.StatusAsOf(statuses[row.Id], asOf),
            [.. MemberHistory.ClassesAsOf(classes[row.Id], asOf).Select(id => codes[id]).Order(StringComparer.Ordinal)], row.Joined == Member.Unjoined ? null : row.Joined, row.Email, row.City, row.HasTaxId))];
    }
}
