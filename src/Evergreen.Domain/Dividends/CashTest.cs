using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>The 20 % test of a qualified written notice, decided in exact arithmetic.</summary>
/// <remarks>
/// 26 USC 1388(c)(1): 20 % or more of the dividend in money or by qualified check; 26 CFR 1.1388-1(c)(1): what is paid in nonqualified notices is
/// disregarded, and money is neither a set-off against what the patron owes nor credit that only the co-op redeems.
/// </remarks>
public static class CashTest
{
    /// <param name="money">Cash and qualified checks, before backup withholding.</param>
    /// <param name="dividend">The whole patronage dividend.</param>
    /// <param name="nonqualified">The part of it in nonqualified notices.</param>
    /// <returns>True at exactly 20 % as well.</returns>
    public static bool Passes(Money money, Money dividend, Money nonqualified) => (Int128)money.Cents * 5 >= (Int128)(dividend - nonqualified).Cents;
}
