using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Equity;

/// <summary>Which lots give first where a member is paid back a part of the capital.</summary>
public enum RedemptionOrder
{
    OldestFirst = 1,
    NewestFirst = 2,

    /// <summary>Every lot gives the same part of what it holds.</summary>
    Percentage = 3,
}

/// <summary>Which of a member's lots give how much where capital is paid back. No lot falls below zero, and the parts are the amount to the cent.</summary>
public static class Redemption
{
    /// <summary>All that the member holds of the kinds: notices by vintage, qualified before nonqualified of the same year, then interest, preferred shares, and last the shares on which membership rests.</summary>
    public static IReadOnlyList<CapitalLot> Everything(IEnumerable<CapitalLot> lots, CapitalKinds kinds) => [.. Taking(lots, kinds).OrderBy(lot => Turn(lot.Kind)).ThenBy(lot => lot.FiscalYear).ThenBy(lot => lot.AccountCode, StringComparer.Ordinal)];

    /// <summary>All notices of the kinds up to a year's: the end of a turn of the revolving fund. What has no vintage takes no part.</summary>
    /// <param name="fiscalYear">The last vintage that is paid back.</param>
    public static IReadOnlyList<CapitalLot> Through(IEnumerable<CapitalLot> lots, CapitalKinds kinds, int fiscalYear) => Everything(lots.Where(lot => lot.IsNotice && lot.FiscalYear <= fiscalYear), kinds);

    /// <summary>An amount out of what the member holds of the kinds.</summary>
    /// <param name="amount">More than zero.</param>
    /// <remarks>By percentage each lot gives amount × balance ÷ sum of balances, floored, and the cents left over go one each to the largest remainders, the lot that is older first; since the amount is no more than the sum, no lot gives more than it has.</remarks>
    public static Outcome<IReadOnlyList<CapitalLot>> OfAmount(IEnumerable<CapitalLot> lots, CapitalKinds kinds, Money amount, RedemptionOrder order)
    {
        if (!amount.IsPositive) return new Refusal("redemption-amount", $"An amount of more than zero is paid back, not {amount}.");
        var held = Everything(lots, kinds);
        var sum = held.Sum(lot => lot.Balance);
        if (amount > sum) return new Refusal("redemption-too-much", $"The member holds {sum} of the kinds that take part, so {amount} cannot be paid back.");
        return order switch
        {
            RedemptionOrder.OldestFirst => CapitalLot.TakeInTurn(held, amount),
            RedemptionOrder.NewestFirst => CapitalLot.TakeInTurn(held.OrderBy(lot => Turn(lot.Kind)).ThenByDescending(lot => lot.FiscalYear).ThenBy(lot => lot.AccountCode, StringComparer.Ordinal), amount),
            RedemptionOrder.Percentage => SamePart(held, amount),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "There are three orders."),
        };
    }

    /// <summary>One member's entry: each lot gives its part, and the money leaves the bank.</summary>
    /// <param name="number">Of the redemption, within the co-op.</param>
    /// <param name="taken">Not empty; every part above zero.</param>
    public static EntryDraft Entry(int number, string resolution, int member, IReadOnlyList<CapitalLot> taken, DateOnly on) =>
        new(EntryKind.EquityRedemption, number, member, on, $"Redemption {number}, resolution {resolution}", null,
            [.. taken.Select(lot => new EntryLine(lot.AccountCode, member, lot.FiscalYear, lot.Balance.Cents)), new EntryLine(AccountCodes.Bank, null, null, -taken.Sum(lot => lot.Balance).Cents)]);

    private static IEnumerable<CapitalLot> Taking(IEnumerable<CapitalLot> lots, CapitalKinds kinds) => lots.Where(lot => (lot.Kind & kinds) != CapitalKinds.None && lot.Balance.IsPositive);

    private static List<CapitalLot> SamePart(IReadOnlyList<CapitalLot> held, Money amount)
    {
        var parts = Apportionment.Apportion(amount, held.Select(lot => lot.Balance.Cents).ToArray());
        return [.. held.Select((lot, i) => lot with { Balance = parts[i] }).Where(lot => lot.Balance.IsPositive)];
    }

    private static int Turn(CapitalKinds kind) => kind switch { CapitalKinds.Interest => 1, CapitalKinds.Preferred => 2, CapitalKinds.Shares => 3, _ => 0 };
}
