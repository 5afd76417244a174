using System.Numerics;

namespace Evergreen.Domain.Arithmetic;

/// <summary>How the cents are treated that do not divide.</summary>
public enum RoundingPolicy
{
    /// <summary>Every share is floored and the leftover cents go one each to the largest remainders. The shares sum to the amount.</summary>
    LargestRemainder = 1,

    /// <summary>Every share to the nearest cent, halves up; what the shares fall short of the amount (or exceed it) goes to the reserve (or comes from it).</summary>
    RoundHalfUpResidualToReserve = 2,

    /// <summary>Every share is floored; the leftover cents go to the reserve.</summary>
    FloorResidualToReserve = 3,
}

/// <summary>An amount divided exactly: shares plus residue are the amount, always.</summary>
/// <param name="Amount">What was divided; negative for a loss.</param>
/// <param name="FloorCents">Per weight, the floor of |amount| × weight ÷ total.</param>
/// <param name="ExtraCents">Per weight 0 or 1: the cent that rounding added.</param>
/// <param name="LeftoverCents">How many cents the floors left over.</param>
/// <param name="Residue">What went to the reserve, with the amount's sign; negative against it where rounding up gave more than there was. Zero under the largest remainder.</param>
public sealed record Apportioned(Money Amount, long[] FloorCents, byte[] ExtraCents, long LeftoverCents, Money Residue)
{
    public int Count => FloorCents.Length;

    /// <summary>The share at the index, with the amount's sign.</summary>
    public Money this[int index]
    {
        get
        {
            var cents = FloorCents[index] + ExtraCents[index];
            return new Money(Amount.IsNegative ? -cents : cents);
        }
    }
}

/// <summary>Divides whole cents over whole weights, exactly.</summary>
public static class Apportionment
{
    /// <summary>Divides the amount over the weights, which stand in the order of member numbers: equal remainders go to the lowest.</summary>
    /// <param name="amount">Cents, of either sign; a loss is divided as its absolute value and then negated.</param>
    /// <param name="weights">Zero or more, of any size; a zero weight gets nothing under every policy.</param>
    /// <exception cref="ArgumentException">A weight is negative, or all are zero while there is an amount to divide.</exception>
    /// <remarks>Hamilton's method. Each share is within one cent of the exact share, and the result does not depend on anything but amount, weights and their order.</remarks>
    public static Apportioned Apportion(Money amount, ReadOnlySpan<BigInteger> weights, RoundingPolicy policy = RoundingPolicy.LargestRemainder)
    {
        BigInteger total = 0, largest = 0;
        foreach (var weight in weights)
        {
            if (weight.Sign < 0) throw new ArgumentException($"A weight of {weight} is negative; units below zero count as zero before they come here.", nameof(weights));
            total += weight;
            if (weight > largest) largest = weight;
        }
        if (total.IsZero && !amount.IsZero) throw new ArgumentException($"{amount} cannot be divided: all {weights.Length} weights are zero.", nameof(weights));
        if (total.IsZero) return new Apportioned(amount, new long[weights.Length], new byte[weights.Length], 0, Money.Zero);

        var magnitude = BigInteger.Abs(amount.Cents);
        // Twice the remainder must fit as well: it is compared with the total when rounding half up.
        if (BigInteger.Max(magnitude * largest, 2 * total).GetBitLength() > 127) return Divide(amount, magnitude, weights.ToArray(), total, policy);

        var narrow = new UInt128[weights.Length];
        for (var i = 0; i < narrow.Length; i++) narrow[i] = (UInt128)weights[i];
        return Divide(amount, (UInt128)magnitude, narrow, (UInt128)total, policy);
    }

    /// <inheritdoc cref="Apportion(Money, ReadOnlySpan{BigInteger}, RoundingPolicy)"/>
    public static Apportioned Apportion(Money amount, ReadOnlySpan<long> weights, RoundingPolicy policy = RoundingPolicy.LargestRemainder)
    {
        var wide = new BigInteger[weights.Length];
        for (var i = 0; i < wide.Length; i++) wide[i] = weights[i];
        return Apportion(amount, wide, policy);
    }

    /// <summary>Divides the amount over exact shares that sum to one, e.g. reserve 30 % and members 70 %.</summary>
    /// <exception cref="ArgumentException">A share is negative or they do not sum to one.</exception>
    public static Apportioned Split(Money amount, params ReadOnlySpan<Ratio> shares)
    {
        var common = BigInteger.One;
        var sum = Ratio.Zero;
        foreach (var share in shares)
        {
            common *= share.Denominator / BigInteger.GreatestCommonDivisor(common, share.Denominator);
            sum += share;
        }
        if (sum != Ratio.One) throw new ArgumentException($"The shares sum to {sum}, not to one.", nameof(shares));
        var weights = new BigInteger[shares.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = shares[i].Numerator * (common / shares[i].Denominator);
        return Apportion(amount, weights);
    }

    private static Apportioned Divide<T>(Money amount, T magnitude, T[] weights, T total, RoundingPolicy policy) where T : IBinaryInteger<T>
    {
        var floors = new long[weights.Length];
        var extras = new byte[weights.Length];
        var remainders = weights;
        var left = Math.Abs(amount.Cents);
        for (var i = 0; i < weights.Length; i++)
        {
            var product = magnitude * weights[i];
            var floor = product / total;
            remainders[i] = product - floor * total;
            floors[i] = long.CreateChecked(floor);
            left -= floors[i];
        }

        if (policy == RoundingPolicy.LargestRemainder)
        {
            foreach (var winner in LargestRemainders.Pick(remainders, checked((int)left))) extras[winner] = 1;
            return new Apportioned(amount, floors, extras, left, Money.Zero);
        }

        var residue = left;
        if (policy == RoundingPolicy.RoundHalfUpResidualToReserve)
        {
            var two = T.One + T.One;
            for (var i = 0; i < remainders.Length; i++)
            {
                if (remainders[i] * two < total) continue;
                extras[i] = 1;
                residue--;
            }
        }
        return new Apportioned(amount, floors, extras, left, new Money(amount.IsNegative ? -residue : residue));
    }
}
