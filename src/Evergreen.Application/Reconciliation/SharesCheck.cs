using System.Globalization;
using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Reconciliation;

/// <summary>Works out anew, from the stored rows of a run alone, what must hold of every dividend: each share within a cent of units over total, its forms sum to it, and of a qualified notice at least a fifth in money.</summary>
internal sealed class SharesCheck(CoOp coOp, Findings findings)
{
    public void Check(DividendRun run, IReadOnlyList<RunPool> pools, IReadOnlyList<Allocation> allocations)
    {
        foreach (var pool in pools) CheckPool(run, pool, [.. allocations.Where(row => row.PoolNo == pool.PoolNo)]);
        foreach (var row in allocations.Where(row => row.DividendCents != row.CashCents + row.RetainedCents || row.WithheldCents < 0 || row.WithheldCents > row.CashCents && row.WithheldCents != 0))
            findings.Add($"{coOp.Code}: run {run.Name}, pool {row.PoolNo}, member id {row.MemberId}: cash {new Money(row.CashCents)}, of it {new Money(row.WithheldCents)} withheld, and {new Money(row.RetainedCents)} retained are not a dividend of {new Money(row.DividendCents)}.");
        if (coOp.Regime == TaxRegime.SubchapterT) CheckFifth(run, allocations);
    }

    private void CheckPool(DividendRun run, RunPool pool, List<Allocation> rows)
    {
        if (rows.Count == 0) return;
        var total = Parse(pool.TotalUnits);
        var units = rows.Aggregate(BigInteger.Zero, (sum, row) => sum + Parse(row.Units));
        if (units != total) findings.Add($"{coOp.Code}: run {run.Name}, pool {pool.Code}: its members' units sum to {units}, the pool was divided by {total}.");
        foreach (var row in rows)
        {
            var share = (pool.AmountCents < 0 ? -1 : 1) * (row.FloorCents + row.ExtraCent);
            if (share != row.DividendCents) findings.Add($"{coOp.Code}: run {run.Name}, pool {pool.Code}, member id {row.MemberId}: {new Money(row.DividendCents)} is not its floor and leftover cent, {new Money(share)}.");
            // Of a loss nobody bears more than his notices hold; the others then bear more than their units.
            if (pool.AmountCents >= 0 && BigInteger.Abs(row.DividendCents * total - pool.AmountCents * Parse(row.Units)) > total)
                findings.Add($"{coOp.Code}: run {run.Name}, pool {pool.Code}, member id {row.MemberId}: {new Money(row.DividendCents)} is not within a cent of {row.Units}/{total} of {new Money(pool.AmountCents)}.");
        }
    }

    /// <remarks>26 USC 1388(c)(1); see <see cref="CashTest"/>.</remarks>
    private void CheckFifth(DividendRun run, IReadOnlyList<Allocation> allocations)
    {
        foreach (var member in allocations.GroupBy(row => row.MemberId).Where(rows => rows.Any(row => row.QualifiedCents > 0)))
        {
            var (cash, dividend, nonqualified) = (member.Sum(row => row.CashCents), member.Sum(row => row.DividendCents), member.Sum(row => row.NonqualifiedCents));
            if (!CashTest.Passes(new Money(cash), new Money(dividend), new Money(nonqualified)))
                findings.Add($"{coOp.Code}: run {run.Name}, member id {member.Key}: {new Money(cash)} in money is less than 20 % of {new Money(dividend - nonqualified)}, the dividend without its nonqualified notices.");
        }
    }

    private static BigInteger Parse(string units) => BigInteger.Parse(units, CultureInfo.InvariantCulture);
}
