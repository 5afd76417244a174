using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Equity;

/// <summary>What a member holds of one account and vintage. Lots are never merged, and a qualified lot never becomes nonqualified.</summary>
/// <param name="AccountCode">Membership shares, preferred shares, qualified or nonqualified notices, interest.</param>
/// <param name="FiscalYear">The vintage; null for shares and interest.</param>
/// <param name="Balance">What the member owns, zero or more.</param>
public readonly record struct CapitalLot(string AccountCode, int? FiscalYear, Money Balance)
{
    /// <summary>Whether the lot is a retained patronage dividend, which a loss may be debited to.</summary>
    public bool IsNotice => AccountCode is AccountCodes.QualifiedNotices or AccountCodes.NonqualifiedNotices;

    /// <summary>The kind it is called by where capital is paid back; none for an account that is not a member's capital.</summary>
    public CapitalKinds Kind => AccountCode switch
    {
        AccountCodes.QualifiedNotices => CapitalKinds.Qualified,
        AccountCodes.NonqualifiedNotices => CapitalKinds.Nonqualified,
        AccountCodes.PreferredShares => CapitalKinds.Preferred,
        AccountCodes.MembershipShares => CapitalKinds.Shares,
        AccountCodes.AccountInterest => CapitalKinds.Interest,
        _ => CapitalKinds.None,
    };

    /// <summary>Takes an amount out of the notices, oldest vintage first and qualified before nonqualified of the same year.</summary>
    /// <returns>What each lot gives; the parts sum to the amount and no lot falls below zero.</returns>
    /// <exception cref="InvalidOperationException">The notices do not hold so much.</exception>
    public static IReadOnlyList<CapitalLot> TakeOldestFirst(IEnumerable<CapitalLot> lots, Money amount) =>
        TakeInTurn(lots.Where(lot => lot.IsNotice).OrderBy(lot => lot.FiscalYear).ThenBy(lot => lot.AccountCode, StringComparer.Ordinal), amount);

    /// <summary>Takes an amount out of the lots, each emptied before the next one gives.</summary>
    /// <returns>What each lot gives; the parts sum to the amount and no lot falls below zero.</returns>
    /// <exception cref="InvalidOperationException">The lots do not hold so much.</exception>
    internal static List<CapitalLot> TakeInTurn(IEnumerable<CapitalLot> inTurn, Money amount)
    {
        var taken = new List<CapitalLot>();
        var left = amount;
        foreach (var lot in inTurn)
        {
            if (left.IsZero) break;
            var part = Money.Min(left, lot.Balance);
            if (!part.IsPositive) continue;
            taken.Add(lot with { Balance = part });
            left -= part;
        }
        return left.IsZero ? taken : throw new InvalidOperationException($"The lots are {left} short of the {amount} to be taken.");
    }
}
