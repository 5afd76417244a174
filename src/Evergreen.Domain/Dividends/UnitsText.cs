using System.Globalization;
using System.Numerics;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>Units, shares and unrounded amounts written out for people, exactly or visibly cut off.</summary>
public static class UnitsText
{
    /// <summary>Units as a decimal where they have an end, otherwise as a fraction: 2080.00, 1386.666… as 4160/3.</summary>
    /// <param name="units">In 1/scale of a hundredth.</param>
    public static string Of(BigInteger units, BigInteger scale) => Exact(new Ratio(units, scale * 100), atLeast: 2);

    /// <summary>The member's exact share of the amount before rounding, to the last digit; a fraction without an end is cut off after twelve decimals and marked.</summary>
    public static string Unrounded(Money amount, BigInteger units, BigInteger totalUnits) => Decimal(new Ratio(amount.Cents * units, totalUnits * 100), atLeast: 2, cutAfter: 12);

    private static string Exact(Ratio value, int atLeast)
    {
        var text = Decimal(value, atLeast, cutAfter: 30);
        return text.EndsWith('…') ? value.ToString() : text;
    }

    private static string Decimal(Ratio value, int atLeast, int cutAfter)
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(value.Numerator), value.Denominator, out var rest);
        var decimals = new System.Text.StringBuilder();
        while (!rest.IsZero && decimals.Length < cutAfter)
        {
            decimals.Append((char)('0' + (int)BigInteger.DivRem(rest * 10, value.Denominator, out rest)));
        }
        while (decimals.Length < atLeast) decimals.Append('0');
        return $"{(value.Sign < 0 ? "-" : "")}{whole.ToString(CultureInfo.InvariantCulture)}.{decimals}{(rest.IsZero ? "" : "…")}";
    }
}
