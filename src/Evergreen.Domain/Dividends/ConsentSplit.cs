using System.Numerics;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>Divides a dividend between the patronage that the member's consent covers and the rest: in proportion to the units, by largest remainder.</summary>
public static class ConsentSplit
{
    /// <param name="outside">Of the units, those that no consent covers.</param>
    public static (Money Covered, Money Uncovered) Of(Money dividend, BigInteger units, BigInteger outside)
    {
        if (outside.IsZero) return (dividend, Money.Zero);
        var parts = Apportionment.Apportion(dividend, [units - outside, outside]);
        return (parts[0], parts[1]);
    }
}
