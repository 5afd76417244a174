using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>The members of a run with their amounts over all pools: found by number or name, filtered, sorted, a page at a time.</summary>
public sealed class RunMembers(Books books)
{
    public const int PageSize = 50;

    public enum Sort
    {
        Number = 1,
        Largest = 2,
        Smallest = 3,
    }

    public enum Filter
    {
        All = 1,

        /// <summary>Not paid out as it is: below the minimum.</summary>
        BelowMinimum = 2,
        Withheld = 3,

        /// <summary>Given a leftover cent.</summary>
        ExtraCent = 4,
        BelowZero = 5,
    }

    /// <param name="Find">Part of a number or name; null or empty for all.</param>
    /// <param name="After">The cursor of the page before.</param>
    public sealed record Request(string? CoOp, string Run, string? Find = null, Filter Show = Filter.All, Sort Order = Sort.Number, string? After = null, int Size = PageSize);

    public sealed record Row(int Id, string Number, string Name, Money Dividend, Money Cash, Money Retained, Money Withheld, bool ExtraCent, bool BelowMinimum);

    /// <param name="Next">Cursor of the next page; null on the last.</param>
    /// <param name="Total">Members that fit, on all pages.</param>
    public sealed record Result(DividendRun Run, IReadOnlyList<Row> Rows, int Total, string? Next);

    private sealed class Summed
    {
        public int Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public long Dividend { get; init; }
        public long Cash { get; init; }
        public long Withheld { get; init; }
        public int Extra { get; init; }
        public int Below { get; init; }
    }

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        var fitting = Filtered(Members(db, found.Value.Id), request);
        var size = Math.Clamp(request.Size, 1, 200);
        var page = After(fitting, request).Take(size + 1).ToList();
        var rows = page.Take(size).Select(RowOf).ToList();
        var next = page.Count <= size ? null : request.Order == Sort.Number ? rows[^1].Number : string.Create(CultureInfo.InvariantCulture, $"{rows[^1].Dividend.Cents}~{rows[^1].Id}");
        return new Result(found.Value, rows, fitting.Count(), next);
    });

    /// <summary>All that fit, in the order asked for: for a file.</summary>
    public Outcome<IReadOnlyList<Row>> All(Request request) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        return After(Filtered(Members(db, found.Value.Id), request), request with { After = null }).AsEnumerable().Select(RowOf).ToList();
    });

    private static Row RowOf(Summed row) => new(row.Id, row.Number, row.Name, new Money(row.Dividend), new Money(row.Cash), new Money(row.Dividend - row.Cash), new Money(row.Withheld), row.Extra > 0, row.Below > 0);

    private static IQueryable<Summed> Members(EvergreenDb db, int run)
    {
        var sums = db.Allocations.Where(row => row.RunId == run).GroupBy(row => row.MemberId).Select(member => new
        {
            Id = member.Key, Dividend = member.Sum(row => row.DividendCents), Cash = member.Sum(row => row.CashCents), Withheld = member.Sum(row => row.WithheldCents),
            Extra = member.Sum(row => row.ExtraCent), Below = member.Sum(row => row.Treatment != CashTreatment.Paid && row.Treatment != CashTreatment.Payroll ? 1 : 0),
        });
        return from sum in sums
               join member in db.Members on sum.Id equals member.Id
               select new Summed { Id = sum.Id, Number = member.Number, Name = member.Name, Dividend = sum.Dividend, Cash = sum.Cash, Withheld = sum.Withheld, Extra = sum.Extra, Below = sum.Below };
    }

    private static IQueryable<Summed> Filtered(IQueryable<Summed> rows, Request request)
    {
        if (request.Find?.Trim() is { Length: > 0 } find)
        {
            var lower = find.ToLowerInvariant();
            rows = rows.Where(row => row.Number.Contains(find) || row.Name.ToLower().Contains(lower));
        }
        return request.Show switch
        {
            Filter.BelowMinimum => rows.Where(row => row.Below > 0),
            Filter.Withheld => rows.Where(row => row.Withheld > 0),
            Filter.ExtraCent => rows.Where(row => row.Extra > 0),
            Filter.BelowZero => rows.Where(row => row.Dividend < 0),
            _ => rows,
        };
    }

    private static IQueryable<Summed> After(IQueryable<Summed> rows, Request request)
    {
        if (request.Order == Sort.Number)
            return (request.After is { } number ? rows.Where(row => string.Compare(row.Number, number) > 0) : rows).OrderBy(row => row.Number);
        var largest = request.Order == Sort.Largest;
        if (request.After?.Split('~') is [var amount, var member] && long.TryParse(amount, CultureInfo.InvariantCulture, out var cents) && int.TryParse(member, CultureInfo.InvariantCulture, out var id))
            rows = largest ? rows.Where(row => row.Dividend < cents || (row.Dividend == cents && row.Id > id)) : rows.Where(row => row.Dividend > cents || (row.Dividend == cents && row.Id > id));
        return (largest ? rows.OrderByDescending(row => row.Dividend) : rows.OrderBy(row => row.Dividend)).ThenBy(row => row.Id);
    }
}
