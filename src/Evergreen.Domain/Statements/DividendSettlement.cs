using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Statements;

/// <summary>What becomes of one member's dividend: cash now, and what is kept in the member's account.</summary>
public sealed record DividendSettlement
{
    /// <summary>The whole dividend: the sum of the member's pools.</summary>
    public required Money Dividend { get; init; }

    /// <summary>The part in money, before any tax is withheld from it.</summary>
    public required Money Cash { get; init; }

    /// <summary>Tax withheld from the cash (26 USC 3406 in the United States).</summary>
    public Money Withheld { get; init; }

    /// <summary>Cash not sent because it lies below the co-op's smallest payment; <see cref="BelowMinimum"/> says what happens to it.</summary>
    public Money NotSent { get; init; }

    /// <summary>What the member is sent: cash less tax withheld less what is not sent.</summary>
    public required Money Payable { get; init; }

    /// <summary>How and when it is paid, as a sentence; empty when nothing is payable.</summary>
    public string HowPaid { get; init; } = "";

    /// <summary>What happens to a payment below the minimum, as a sentence; null when it does not arise.</summary>
    public string? BelowMinimum { get; init; }

    /// <summary>Kept under a qualified written notice of allocation, at its stated amount.</summary>
    public Money Qualified { get; init; }

    /// <summary>Kept under a nonqualified notice.</summary>
    public Money Nonqualified { get; init; }

    /// <summary>Added to the member's withdrawable shares (United Kingdom).</summary>
    public Money AddedToShares { get; init; }

    /// <summary>A loss charged to the member's retained dividends; the dividend is then negative and nothing is paid.</summary>
    public Money LossCharged { get; init; }

    public Money Retained => Qualified + Nonqualified + AddedToShares;

    /// <summary>The cash as a share of the dividend, for display: from whole cents to the nearest hundredth of a percent, halves up. Null where there is no dividend.</summary>
    public Ratio? CashShare => Dividend.IsPositive ? new Ratio(Cash.Cents, Dividend.Cents).RoundHalfUp(Decimals) : null;

    /// <summary>What is kept as a share of the dividend, for display: what the cash leaves of 100 %, so that the two add up.</summary>
    public Ratio? RetainedShare => CashShare is { } cash ? Ratio.One - cash : null;

    /// <summary>Of the share as a fraction of one: two of the percentage.</summary>
    internal const int Decimals = 4;
}
