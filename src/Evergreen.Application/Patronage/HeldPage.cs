using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Rows held under one number that is not in the register.</summary>
/// <param name="Candidates">Members whose number is the same but for zeros in front, or who have come into the register under this very number since.</param>
public sealed record HeldNumber(string MemberNumber, long Rows, Money Purchases, Hours Hours, DateOnly First, DateOnly Last, IReadOnlyList<HeldCandidate> Candidates);

public sealed record HeldCandidate(string Number, string Name);

/// <summary>What waits for a person because its member is unknown: number by number, a page at a time; and the rows of one number.</summary>
public sealed class HeldPage(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Summed> Order = ListOrder<Summed>.Keyed("number", held => held.Number).By("rows", held => held.Rows).By("purchases", held => held.Purchases).By("hours", held => held.Hours).By("first", held => held.First);

    /// <param name="Count">Numbers that wait, on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Result(IReadOnlyList<HeldNumber> Numbers, int Count, string? Next, string Sort);

    /// <param name="Next">To ask for the next page with; null at the end.</param>
    public sealed record Rows(HeldNumber Number, IReadOnlyList<HeldLine> Lines, long? Next);

    private sealed record Summed
    {
        public required string Number { get; init; }
        public required long Rows { get; init; }
        public required long Purchases { get; init; }
        public required long Hours { get; init; }
        public required DateOnly First { get; init; }
        public required DateOnly Last { get; init; }
    }

    /// <param name="after">What the page before gave as its next.</param>
    /// <param name="sort">One of <c>number</c>, <c>rows</c>, <c>purchases</c>, <c>hours</c> and <c>first</c>; with a minus sign in front the other way round.</param>
    public Outcome<Result> Run(string? coOp, string? after = null, string? sort = null) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        var waiting = db.HeldRows.Where(row => row.CoOpId == id && row.ResolvedAt == null);
        var page = Order.Page(Sum(waiting), sort, after, PageSize);
        return new Result([.. page.Rows.Select(held => Of(db, id, held))], waiting.Select(row => row.MemberNumber).Distinct().Count(), page.Next, page.Sort);
    });

    public Outcome<Rows> Of(string? coOp, string number, long afterRow = 0) => books.Read<Outcome<Rows>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        if (Sum(db.HeldRows.Where(row => row.CoOpId == id && row.ResolvedAt == null && row.MemberNumber == number)).SingleOrDefault() is not { } held) return Refusals.NothingHeld(number);
        var lines = (from row in db.HeldRows
                     join import in db.Imports on row.ImportId equals import.Id
                     where row.CoOpId == id && row.MemberNumber == number && row.ResolvedAt == null && row.Id > afterRow
                     orderby row.Id
                     select new { row.Id, import.Number, row.Kind, row.Row, row.SourceRef, row.MemberNumber, row.On, row.Quantity }).Take(PageSize + 1).AsEnumerable()
            .Select(row => new HeldLine(row.Id, row.Number, row.Kind, row.Row, row.SourceRef, row.MemberNumber, row.On, new Money(row.Quantity))).ToList();
        return new Rows(Of(db, id, held), lines.Take(PageSize).ToList(), lines.Count > PageSize ? lines[PageSize - 1].Id : null);
    });

    private static IQueryable<Summed> Sum(IQueryable<HeldRow> held) => held.GroupBy(row => row.MemberNumber).Select(rows => new Summed
    {
        Number = rows.Key,
        Rows = rows.LongCount(),
        Purchases = rows.Sum(row => row.Kind == ImportKind.Purchases ? row.Quantity : 0),
        Hours = rows.Sum(row => row.Kind == ImportKind.Hours ? row.Quantity : 0),
        First = rows.Min(row => row.On),
        Last = rows.Max(row => row.On),
    });

    private static HeldNumber Of(EvergreenDb db, int coOpId, Summed held) => new(held.Number, held.Rows, new Money(held.Purchases), new Hours(held.Hours), held.First, held.Last, Candidates(db, coOpId, held.Number));

    private static List<HeldCandidate> Candidates(EvergreenDb db, int coOpId, string number)
    {
        var bare = number.TrimStart('0');
        // As many zeros as registers put in front; each form is looked up by the index of numbers.
        string[] forms = [number, .. bare.Length == 0 ? [] : Enumerable.Range(bare.Length, 10).Select(width => bare.PadLeft(width, '0'))];
        return db.Members.Where(member => member.CoOpId == coOpId && forms.Contains(member.Number)).OrderBy(member => member.Number).Select(member => new HeldCandidate(member.Number, member.Name)).ToList();
    }
}
