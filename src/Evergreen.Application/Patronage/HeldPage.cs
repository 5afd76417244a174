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

    /// <param name="After">Numbers after this one, by their text; null from the start.</param>
    /// <param name="Count">Numbers that wait, on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    public sealed record Result(IReadOnlyList<HeldNumber> Numbers, int Count, string? Next);

    /// <param name="Next">To ask for the next page with; null at the end.</param>
    public sealed record Rows(HeldNumber Number, IReadOnlyList<HeldLine> Lines, long? Next);

    public Outcome<Result> Run(string? coOp, string? after = null) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var page = Numbers(db, found.Value.Id, row => after == null || row.MemberNumber.CompareTo(after) > 0, PageSize + 1);
        var id = found.Value.Id;
        return new Result(page.Take(PageSize).ToList(), db.HeldRows.Where(row => row.CoOpId == id && row.ResolvedAt == null).Select(row => row.MemberNumber).Distinct().Count(), page.Count > PageSize ? page[PageSize - 1].MemberNumber : null);
    });

    public Outcome<Rows> Of(string? coOp, string number, long afterRow = 0) => books.Read<Outcome<Rows>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        var held = Numbers(db, id, row => row.MemberNumber == number, 1);
        if (held.Count == 0) return Refusals.NothingHeld(number);
        var lines = (from row in db.HeldRows
                     join import in db.Imports on row.ImportId equals import.Id
                     where row.CoOpId == id && row.MemberNumber == number && row.ResolvedAt == null && row.Id > afterRow
                     orderby row.Id
                     select new { row.Id, import.Number, row.Kind, row.Row, row.SourceRef, row.MemberNumber, row.On, row.Quantity }).Take(PageSize + 1).AsEnumerable()
            .Select(row => new HeldLine(row.Id, row.Number, row.Kind, row.Row, row.SourceRef, row.MemberNumber, row.On, new Money(row.Quantity))).ToList();
        return new Rows(held[0], lines.Take(PageSize).ToList(), lines.Count > PageSize ? lines[PageSize - 1].Id : null);
    });

    private static List<HeldNumber> Numbers(EvergreenDb db, int coOpId, System.Linq.Expressions.Expression<Func<HeldRow, bool>> which, int most) =>
        db.HeldRows.Where(row => row.CoOpId == coOpId && row.ResolvedAt == null).Where(which).GroupBy(row => row.MemberNumber)
            .Select(rows => new
            {
                Number = rows.Key,
                Rows = rows.LongCount(),
                Purchases = rows.Sum(row => row.Kind == ImportKind.Purchases ? row.Quantity : 0),
                Hours = rows.Sum(row => row.Kind == ImportKind.Hours ? row.Quantity : 0),
                First = rows.Min(row => row.On),
                Last = rows.Max(row => row.On),
            })
            .OrderBy(rows => rows.Number).Take(most).ToList()
            .ConvertAll(rows => new HeldNumber(rows.Number, rows.Rows, new Money(rows.Purchases), new Hours(rows.Hours), rows.First, rows.Last, Candidates(db, coOpId, rows.Number)));

    private static List<HeldCandidate> Candidates(EvergreenDb db, int coOpId, string number)
    {
        var bare = number.TrimStart('0');
        // As many zeros as registers put in front; each form is looked up by the index of numbers.
        string[] forms = [number, .. bare.Length == 0 ? [] : Enumerable.Range(bare.Length, 10).Select(width => bare.PadLeft(width, '0'))];
        return db.Members.Where(member => member.CoOpId == coOpId && forms.Contains(member.Number)).OrderBy(member => member.Number).Select(member => new HeldCandidate(member.Number, member.Name)).ToList();
    }
}
