using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Tax;

/// <summary>The amounts of one Form 1099-PATR: of its boxes those that a co-op of workers or consumers fills.</summary>
/// <param name="Dividends">Box 1: patronage dividends paid in money, in qualified notices at their stated amount, and in other property. What was withheld is part of it.</param>
/// <param name="Withheld">Box 4: backup withholding.</param>
/// <param name="Redeemed">Box 5: nonqualified notices that were redeemed.</param>
/// <remarks>26 USC 6044(b)(1).</remarks>
public readonly record struct PatronageBoxes(Money Dividends, Money Withheld, Money Redeemed)
{
    /// <summary>What the least amount is measured by: the boxes together, without the tax that is taken from them.</summary>
    public Money Reportable => Dividends + Redeemed;

    public static PatronageBoxes operator +(PatronageBoxes a, PatronageBoxes b) => new(a.Dividends + b.Dividends, a.Withheld + b.Withheld, a.Redeemed + b.Redeemed);
}
