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

    private static readonly ListOrder<Summed> Order = ListOrder<Summed>.Keyed("number", row => row.Number).By("name", row => row.Name).By("dividend", row => row.Dividend).By("cash", row => row.Cash).By("retained", row => row.Retained).By("withheld", row => row.Withheld);

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
    /// <param name="Sort">One of <c>number</c>, <c>name</c>, <c>dividend</c>, <c>cash</c>, <c>retained</c> and <c>withheld</c>; with a minus sign in front the other way round.</param>
    /// <param name="After">The cursor of the page before.</param>
    /// <param name="Pool">Number of the pool whose amounts alone are shown; null for all together.</param>
    public sealed record Request(string? CoOp, string Run, string? Find = null, Filter Show = Filter.All, string? Sort = null, string? After = null, int Size = PageSize, int? Pool = null);

    public sealed record Row(int Id, string Number, string Name, Money Dividend, Money Cash, Money Retained, Money Withheld, bool ExtraCent, bool BelowMinimum);

    /// <param name="Next">Cursor of the next page; null on the last.</param>
    /// <param name="Total">Members that fit, on all pages.</param>
    /// <param name="Sort">The order they are in.</param>
    /// <param name="Sums">Of all that fit.</param>
    /// <param name="Pools">The pools of the run, by number.</param>
    public sealed record Result(DividendRun Run, IReadOnlyList<Row> Rows, int Total, string? Next, string Sort, Amounts Sums, IReadOnlyList<(int No, string Name)> Pools);

    public sealed record Amounts(Money Dividend, Money Cash, Money Retained, Money Withheld);

    private sealed class Summed
    {
        public int Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public long Dividend { get; init; }
        public long Cash { get; init; }
        public long Retained { get; init; }
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
        var fitting = Filtered(Members(db, found.Value.Id, request.Pool), request);
        var page = Order.Page(fitting, Named(request.Sort), request.After, Math.Clamp(request.Size, 1, 200));
        // An amount of all of them is the sum of what the list shows, on all its pages.
        var sums = fitting.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Dividend = all.Sum(row => row.Dividend), Cash = all.Sum(row => row.Cash), Withheld = all.Sum(row => row.Withheld) }).SingleOrDefault();
        return new Result(found.Value, [.. page.Rows.Select(RowOf)], sums?.Count ?? 0, page.Next, page.Sort,
            new(new Money(sums?.Dividend ?? 0), new Money(sums?.Cash ?? 0), new Money((sums?.Dividend ?? 0) - (sums?.Cash ?? 0)), new Money(sums?.Withheld ?? 0)),
            db.RunPools.Where(pool => pool.RunId == found.Value.Id).OrderBy(pool => pool.PoolNo).Select(pool => new { pool.PoolNo, pool.Name }).AsEnumerable().Select(pool => (pool.PoolNo, pool.Name)).ToList());
    });

    /// <summary>All that fit, in the order asked for: for a file.</summary>
    public Outcome<IReadOnlyList<Row>> All(Request request) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        return Order.All(Filtered(Members(db, found.Value.Id, request.Pool), request), Named(request.Sort)).AsEnumerable().Select(RowOf).ToList();
    });

    /// <summary>Two orders had names of their own, which stand in filters that people kept.</summary>
    private static string? Named(string? sort) => sort switch
    {
        "Largest" => "-dividend",
        "Smallest" => "dividend",
        _ => sort,
    };

    private static Row RowOf(Summed row) => new(row.Id, row.Number, row.Name, new Money(row.Dividend), new Money(row.Cash), new Money(row.Retained), new Money(row.Withheld), row.Extra > 0, row.Below > 0);

    private static IQueryable<Summed> Members(EvergreenDb db, int run, int? pool)
    {
        var sums = db.Allocations.Where(row => row.RunId == run && (pool == null || row.PoolNo == pool)).GroupBy(row => row.MemberId).Select(member => new
        {
            Id = member.Key, Dividend = member.Sum(row => row.DividendCents), Cash = member.Sum(row => row.CashCents), Withheld = member.Sum(row => row.WithheldCents),
            Extra = member.Sum(row => row.ExtraCent), Below = member.Sum(row => row.Treatment != CashTreatment.Paid && row.Treatment != CashTreatment.Payroll ? 1 : 0),
        });
        return from sum in sums
               join member in db.Members on sum.Id equals member.Id
               select new Summed { Id = sum.Id, Number = member.Number, Name = member.Name, Dividend = sum.Dividend, Cash = sum.Cash, Retained = sum.Dividend - sum.Cash, Withheld = sum.Withheld, Extra = sum.Extra, Below = sum.Below };
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
}
