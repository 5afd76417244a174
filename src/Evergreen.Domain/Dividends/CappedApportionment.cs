using System.Numerics;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>Divides a loss over members so that nobody bears more than a cap: what a capped member cannot bear is divided over the others, by their units.</summary>
public static class CappedApportionment
{
    /// <param name="amount">Negative or zero; its absolute value is at most the sum of the caps of members with units.</param>
    /// <param name="units">Zero or more, in the order of member numbers.</param>
    /// <param name="capCents">Zero or more, one for each weight.</param>
    /// <returns>Shares that sum to the amount. Capped members bear their cap exactly; the rest is rounded once, by largest remainder.</returns>
    /// <remarks>
    /// The first to be capped is whoever has least cap for each unit, so members are looked at in that order and each once: n log n, however the caps lie.
    /// </remarks>
    /// <exception cref="ArgumentException">The caps cannot bear the amount.</exception>
    public static Apportioned Apportion(Money amount, ReadOnlySpan<BigInteger> units, ReadOnlySpan<long> capCents)
    {
        var floors = new long[units.Length];
        if (amount.IsZero) return new Apportioned(amount, floors, new byte[units.Length], 0, Money.Zero);

        var open = units.ToArray();
        var caps = capCents.ToArray();
        var total = BigInteger.Zero;
        var tightestFirst = new List<int>();
        for (var i = 0; i < open.Length; i++)
        {
            if (open[i].IsZero) continue;
            tightestFirst.Add(i);
            total += open[i];
        }
        tightestFirst.Sort((a, b) =>
        {
            var order = (caps[a] * open[b]).CompareTo(caps[b] * open[a]);
            return order == 0 ? a.CompareTo(b) : order;
        });

        var left = amount;
        foreach (var i in tightestFirst)
        {
            if (caps[i] * total > -left.Cents * open[i]) break;
            floors[i] = caps[i];
            left += new Money(caps[i]);
            total -= open[i];
            open[i] = BigInteger.Zero;
        }
        if (left.IsNegative && total.IsZero) throw new ArgumentException($"The caps are {-left} short of the loss of {-amount}.", nameof(capCents));

        var rest = Apportionment.Apportion(left, open);
        for (var i = 0; i < open.Length; i++) if (!open[i].IsZero) floors[i] = rest.FloorCents[i];
        return new Apportioned(amount, floors, rest.ExtraCents, rest.LeftoverCents, Money.Zero);
    }
}
