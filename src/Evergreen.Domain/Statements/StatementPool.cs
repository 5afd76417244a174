using System.Globalization;
using System.Numerics;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Statements;

/// <summary>A member's part in one pool: units, exact fraction, unrounded share and the whole cents it became.</summary>
/// <param name="Name">As the bylaws or the policy call the pool.</param>
/// <param name="Amount">What the pool shares among all its members. Negative for a loss.</param>
/// <param name="UnitWord">What is counted, in the plural: <c>hours</c>, <c>dollars of purchases</c>.</param>
/// <param name="MemberUnits">The member's units, written as they are to be printed.</param>
/// <param name="TotalUnits">All members' units, written as they are to be printed.</param>
/// <param name="Fraction">The member's units over all units, exactly; 0 to 1.</param>
/// <param name="RoundingStep">How the unrounded share became whole cents, as a sentence.</param>
/// <param name="Dividend">The member's dividend from this pool, less than one cent away from the unrounded share.</param>
public sealed record StatementPool(
    string Name, Money Amount, string UnitWord, string MemberUnits, string TotalUnits, Ratio Fraction, string RoundingStep, Money Dividend)
{
    /// <summary>The share before rounding, in the currency's main unit.</summary>
    /// <param name="decimals">How many decimals to show, 6 or more tell the rounding apart.</param>
    /// <returns>Digits cut off, not rounded, with an ellipsis when more follow; commas group the thousands.</returns>
    public string UnroundedShare(int decimals)
    {
        var scale = BigInteger.Pow(10, decimals);
        var scaled = BigInteger.DivRem(BigInteger.Abs(Amount.Cents * Fraction.Numerator) * scale, Fraction.Denominator * 100, out var rest);
        var whole = (scaled / scale).ToString("N0", CultureInfo.InvariantCulture);
        var digits = (scaled % scale).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0');
        return $"{(Amount.IsNegative && !Fraction.Numerator.IsZero ? "\u2212" : "")}{whole}.{digits}{(rest.IsZero ? "" : "\u2026")}";
    }

    /// <summary>True when the whole cents are within one cent of the exact share, as every rounding rule of the house promises.</summary>
    public bool DividendIsWithinOneCent =>
        BigInteger.Abs(Amount.Cents * Fraction.Numerator - Dividend.Cents * Fraction.Denominator) < Fraction.Denominator;
}
