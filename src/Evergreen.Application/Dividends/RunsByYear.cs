using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>Dividend runs, the latest first, and what one allocates to each member.</summary>
public sealed class RunsByYear(Books books)
{
    public sealed record RunKey(int FiscalYear, int Number);

    public sealed record Pool(int No, string Code, string Name, string Unit, Money Amount);

    /// <param name="State"><c>calculated</c>, <c>approved</c>, <c>posted</c>, <c>paid</c> or <c>reversed</c>.</param>
    public sealed record Row(DividendRun Run, string State, DateOnly? PostedOn, IReadOnlyList<Pool> Pools);

    public sealed record AllocationKey(int MemberId, int PoolNo);

    public sealed record Part(AllocationKey Key, string Member, string Pool, Allocation Allocation);

    public Slice<Row, RunKey> Run(CoOp coOp, int limit, RunKey? after = null) => books.Read(db =>
    {
        var (year, number) = (after?.FiscalYear ?? int.MaxValue, after?.Number ?? int.MaxValue);
        var runs = db.DividendRuns.Where(run => run.CoOpId == coOp.Id && (run.FiscalYear < year || (run.FiscalYear == year && run.Number < number)))
            .OrderByDescending(run => run.FiscalYear).ThenByDescending(run => run.Number).Take(limit + 1).ToList();
        return Slice<Row, RunKey>.Of(Rows(db, runs), limit, row => new RunKey(row.Run.FiscalYear, row.Run.Number));
    });

    public Outcome<Row> One(CoOp coOp, string name) => books.Read<Outcome<Row>>(db =>
    {
        var run = FindRun.Run(db, coOp, name);
        return run.IsRefused ? run.Refusal! : Rows(db, [run.Value])[0];
    });

    public Outcome<Slice<Part, AllocationKey>> Allocations(CoOp coOp, string name, int limit, AllocationKey? after = null) => books.Read<Outcome<Slice<Part, AllocationKey>>>(db =>
    {
        var run = FindRun.Run(db, coOp, name);
        if (run.IsRefused) return run.Refusal!;
        var (member, pool) = (after?.MemberId ?? 0, after?.PoolNo ?? 0);
        var page = (from row in db.Allocations
                    join one in db.Members on row.MemberId equals one.Id
                    join of in db.RunPools on new { row.RunId, row.PoolNo } equals new { of.RunId, of.PoolNo }
                    where row.RunId == run.Value.Id && (row.MemberId > member || (row.MemberId == member && row.PoolNo > pool))
                    orderby row.MemberId, row.PoolNo
                    select new { row, one.Number, of.Code }).Take(limit + 1).ToList().ConvertAll(found => new Part(new(found.row.MemberId, found.row.PoolNo), found.Number, found.Code, found.row));
        return Slice<Part, AllocationKey>.Of(page, limit, row => row.Key);
    });

    private static List<Row> Rows(EvergreenDb db, List<DividendRun> runs)
    {
        var ids = runs.ConvertAll(run => run.Id).ToArray();
        var pools = db.RunPools.Where(pool => ids.Contains(pool.RunId)).OrderBy(pool => pool.PoolNo).ToList().ToLookup(pool => pool.RunId);
        var approved = db.DividendApprovals.Where(one => ids.Contains(one.RunId)).ToDictionary(one => one.RunId);
        var posted = db.DividendPostings.Where(one => ids.Contains(one.RunId)).ToDictionary(one => one.RunId);
        var paid = db.DividendPayments.Where(one => ids.Contains(one.RunId)).ToDictionary(one => one.RunId);
        var reversed = db.DividendReversals.Where(one => ids.Contains(one.RunId)).ToDictionary(one => one.RunId);
        return runs.ConvertAll(run => new Row(run,
            new RunStanding(run, approved.GetValueOrDefault(run.Id), posted.GetValueOrDefault(run.Id), paid.GetValueOrDefault(run.Id), reversed.GetValueOrDefault(run.Id)).State, posted.GetValueOrDefault(run.Id)?.On,
            [.. pools[run.Id].Select(pool => new Pool(pool.PoolNo, pool.Code, pool.Name, pool.Unit, new Money(pool.AmountCents)))]));
    }
}
