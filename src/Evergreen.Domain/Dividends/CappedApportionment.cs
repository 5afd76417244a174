using System.Numerics;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>Divides a loss over members so that nobody bears more than a cap: what a capped member cannot bear is divided again over the others.</summary>
public static class CappedApportionment
{
    /// <param name="amount">Negative or zero; its absolute value is at most the sum of the caps of members with units.</param>
    /// <param name="units">Zero or more, in the order of member numbers.</param>
    /// <param name="capCents">Zero or more, one for each weight.</param>
    /// <exception cref="ArgumentException">The caps cannot bear the amount.</exception>
    public static Apportioned Apportion(Money amount, ReadOnlySpan<BigInteger> units, ReadOnlySpan<long> capCents)
    {
        var open = units.ToArray();
        var floors = new long[units.Length];
        var extras = new byte[units.Length];
        var left = amount;
        while (!left.IsZero)
        {
            var total = BigInteger.Zero;
            foreach (var weight in open) total += weight;
            if (total.IsZero) throw new ArgumentException($"The caps are {-left} short of the loss of {-amount}.", nameof(capCents));
            var round = Apportionment.Apportion(left, open);
            var capped = false;
            for (var i = 0; i < open.Length; i++)
            {
                if (open[i].IsZero || round.FloorCents[i] + round.ExtraCents[i] < capCents[i]) continue;
                floors[i] = capCents[i];
                left += new Money(capCents[i]);
                open[i] = 0;
                capped = true;
            }
            if (capped) continue;
            for (var i = 0; i < open.Length; i++)
            {
                if (open[i].IsZero) continue;
                floors[i] = round.FloorCents[i];
                extras[i] = round.ExtraCents[i];
            }
            return new Apportioned(amount, floors, extras, round.LeftoverCents, Money.Zero);
        }
        return new Apportioned(amount, floors, extras, 0, Money.Zero);
    }
}
