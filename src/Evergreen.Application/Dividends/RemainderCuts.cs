using System.Collections.Concurrent;
using System.Numerics;
using Evergreen.Application.Storage;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Dividends;

/// <summary>Where the leftover cents of a pool stopped: everyone whose remainder is larger has one, and of those whose remainder is the same the lowest numbers.</summary>
/// <param name="Least">The smallest remainder that got a cent, in parts of the pool's total units.</param>
/// <param name="Largest">The largest that got none; below zero where everyone got one.</param>
/// <param name="Same">Members with the smallest remainder that got a cent, in the order of their numbers.</param>
/// <param name="CentsForSame">How many of them got one.</param>
public sealed record RemainderCut(BigInteger Least, BigInteger Largest, IReadOnlyList<int> Same, int CentsForSame);

/// <summary>The cuts of posted pools, found once by looking at every member's remainder. A run never changes, so they are kept while the program runs.</summary>
public sealed class RemainderCuts
{
    private const int MostKept = 200;
    private readonly ConcurrentDictionary<(DatabaseAddress Address, int Run, int Pool), RemainderCut?> kept = new();

    /// <returns>Null where no cents were left over.</returns>
    internal RemainderCut? Of(DatabaseAddress address, EvergreenDb db, RunPool pool)
    {
        if (pool.LeftoverCents == 0 || pool.AmountCents <= 0) return null;
        if (kept.TryGetValue((address, pool.RunId, pool.PoolNo), out var known)) return known;
        var cut = Read(db, pool);
        if (kept.Count >= MostKept) kept.Clear();
        kept[(address, pool.RunId, pool.PoolNo)] = cut;
        return cut;
    }

    /// <summary>What is left of |amount| × units ÷ total after the whole cents, in parts of the total.</summary>
    internal static BigInteger Remainder(long amountCents, BigInteger units, BigInteger total) => total.IsZero ? BigInteger.Zero : BigInteger.Abs(amountCents) * units % total;

    private static RemainderCut? Read(EvergreenDb db, RunPool pool)
    {
        var total = DividendWorksheet.Parse(pool.TotalUnits);
        BigInteger? least = null;
        BigInteger largest = -1;
        var rows = new List<(int Id, string Number, BigInteger Remainder, bool Got)>();
        foreach (var row in from allocation in db.Allocations
                            join member in db.Members on allocation.MemberId equals member.Id
                            where allocation.RunId == pool.RunId && allocation.PoolNo == pool.PoolNo
                            select new { member.Id, member.Number, allocation.Units, allocation.ExtraCent })
        {
            var (remainder, got) = (Remainder(pool.AmountCents, DividendWorksheet.Parse(row.Units), total), row.ExtraCent == 1);
            rows.Add((row.Id, row.Number, remainder, got));
            if (got && (least is null || remainder < least)) least = remainder;
            if (!got && remainder > largest) largest = remainder;
        }
        if (least is not { } cut) return null;
        var same = rows.Where(row => row.Remainder == cut).OrderBy(row => row.Number, MemberNumber.Order).ToList();
        return new RemainderCut(cut, largest, [.. same.Select(row => row.Id)], same.Count(row => row.Got));
    }
}
