using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Statements;

/// <summary>What a member's stake is made of.</summary>
public enum StakeKind { MembershipShare, PreferredShare, QualifiedNotice, NonqualifiedNotice, Interest }

/// <summary>One line of the roll-forward: a kind of capital, and for notices the year of the allocation, from opening to closing.</summary>
/// <param name="FiscalYear">The year in which the allocation's fiscal year ended; null where capital has no vintage.</param>
/// <param name="LossesDebited">Zero or positive: what losses took away.</param>
/// <param name="Redeemed">Zero or positive: what was paid back.</param>
public sealed record AccountLot(
    StakeKind Kind, int? FiscalYear, Money Opening, Money Credited, Money LossesDebited, Money Redeemed, Money Closing)
{
    public bool AddsUp => Opening + Credited - LossesDebited - Redeemed == Closing;

    /// <summary>The sum of many lots, column by column.</summary>
    public static (Money Opening, Money Credited, Money LossesDebited, Money Redeemed, Money Closing) Totals(IEnumerable<AccountLot> lots)
    {
        var sum = (Opening: Money.Zero, Credited: Money.Zero, LossesDebited: Money.Zero, Redeemed: Money.Zero, Closing: Money.Zero);
        foreach (var lot in lots)
            sum = (sum.Opening + lot.Opening, sum.Credited + lot.Credited, sum.LossesDebited + lot.LossesDebited, sum.Redeemed + lot.Redeemed, sum.Closing + lot.Closing);
        return sum;
    }
}

/// <summary>A member's stake at the end of one fiscal year, for the chart.</summary>
/// <param name="PaidIn">Membership and other shares.</param>
/// <param name="Retained">Dividends kept in the account, with interest.</param>
public sealed record StakeAtYearEnd(int FiscalYear, Money PaidIn, Money Retained)
{
    public Money Total => PaidIn + Retained;
}
