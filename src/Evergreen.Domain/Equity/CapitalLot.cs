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

    /// <summary>Takes an amount out of the notices, oldest vintage first and qualified before nonqualified of the same year.</summary>
    /// <returns>What each lot gives; the parts sum to the amount and no lot falls below zero.</returns>
    /// <exception cref="InvalidOperationException">The notices do not hold so much.</exception>
    public static IReadOnlyList<CapitalLot> TakeOldestFirst(IEnumerable<CapitalLot> lots, Money amount)
    {
        var taken = new List<CapitalLot>();
        var left = amount;
        foreach (var lot in lots.Where(lot => lot.IsNotice).OrderBy(lot => lot.FiscalYear).ThenBy(lot => lot.AccountCode, StringComparer.Ordinal))
        {
            if (left.IsZero) break;
            var part = Money.Min(left, lot.Balance);
            if (!part.IsPositive) continue;
            taken.Add(lot with { Balance = part });
            left -= part;
        }
        return left.IsZero ? taken : throw new InvalidOperationException($"The notices are {left} short of the {amount} to be taken.");
    }
}
