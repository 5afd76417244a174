using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Dividends;

/// <summary>Something that a patron was given for their business with the co-op: an advance, a retain, a pool's final payment, a refund.</summary>
/// <param name="On">Day of payment or issue.</param>
/// <param name="Amount">Money, or the stated amount of a certificate or stock; zero for a paper without a face value.</param>
/// <param name="ByNetEarnings">Whether it was fixed with reference to net earnings, rather than to a market price or a rule per unit.</param>
public sealed record PatronDistribution(DateOnly On, Money Amount, bool ByNetEarnings)
{
    /// <summary>Only what follows from net earnings, in money or at a stated amount, is a patronage dividend.</summary>
    /// <remarks>26 USC 1388(a); 26 CFR 1.1388-1(a)(2)(iii)-(iv).</remarks>
    public bool IsPatronageDividend => ByNetEarnings && Amount.IsPositive;

    /// <summary>The patronage dividends among the distributions that were paid in a calendar year.</summary>
    public static Money DividendPaidIn(int year, IEnumerable<PatronDistribution> distributions) =>
        distributions.Where(given => given.IsPatronageDividend && given.On.Year == year).Sum(given => given.Amount);

    /// <summary>Everything given that is no patronage dividend.</summary>
    public static Money OtherThanDividends(IEnumerable<PatronDistribution> distributions) =>
        distributions.Where(given => !given.IsPatronageDividend).Sum(given => given.Amount);

    /// <summary>The year in which a marketing pool's patronage is deemed to occur: the one in which the pool closes.</summary>
    /// <param name="poolClosedOn">The day on which the pool was closed.</param>
    /// <param name="endMonth">Month with which the co-op's fiscal years end, 1 to 12.</param>
    /// <remarks>26 CFR 1.1388-1(a)(3), Examples 1 and 2.</remarks>
    public static FiscalYear PatronageYear(DateOnly poolClosedOn, int endMonth) => FiscalYear.Containing(poolClosedOn, endMonth);
}
