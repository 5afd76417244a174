using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Tests.Reliability;

/// <param name="Member">Zero for the co-op's own.</param>
/// <param name="Lot">Zero for none.</param>
internal readonly record struct ModelAccount(string Code, int Member, int Lot);

/// <summary>A ledger on a sheet of paper: what every account holds, debits positive, written without a look at the program's own entries.</summary>
internal sealed class ModelLedger
{
    private static readonly string[] NeverOverdrawn =
        [AccountCodes.MembershipShares, AccountCodes.PreferredShares, AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices, AccountCodes.PatronageRolledForward, AccountCodes.CollectiveReserve];

    /// <summary>What a member can take back, by its name in a file.</summary>
    public static readonly Dictionary<string, string> Redeemable = new(StringComparer.Ordinal)
    {
        [AccountCodes.MembershipShares] = "membership_share", [AccountCodes.PreferredShares] = "preferred",
        [AccountCodes.QualifiedNotices] = "qualified_notice", [AccountCodes.NonqualifiedNotices] = "nonqualified_notice",
    };

    private readonly Dictionary<ModelAccount, long> balances = [];

    public IEnumerable<(ModelAccount Account, long Cents)> Balances => balances.Where(balance => balance.Value != 0).Select(balance => (balance.Key, balance.Value));

    /// <summary>No member's lot and no reserve below zero, and no more losses made up than were carried forward.</summary>
    public bool IsSound => balances.All(balance => balance.Key.Code == AccountCodes.LossesCarriedForward ? balance.Value >= 0 : balance.Value <= 0 || !NeverOverdrawn.Contains(balance.Key.Code));

    public bool HoldsTheSameAs(ModelLedger other) => Balances.ToHashSet().SetEquals(other.Balances);

    public ModelLedger Copy()
    {
        var copy = new ModelLedger();
        foreach (var (account, cents) in balances) copy.balances[account] = cents;
        return copy;
    }

    public void Add(string code, int member, int lot, long cents)
    {
        var account = new ModelAccount(code, member, lot);
        balances[account] = balances.GetValueOrDefault(account) + cents;
    }

    public long Of(string code, int member, int lot) => balances.GetValueOrDefault(new ModelAccount(code, member, lot));

    /// <summary>Everything of one member goes to another, lot by lot.</summary>
    public void Move(int from, int to)
    {
        foreach (var (account, cents) in balances.Where(balance => balance.Key.Member == from).ToList())
        {
            balances.Remove(account);
            Add(account.Code, to, account.Lot, cents);
        }
    }

    public void Contribute(string code, int member, int lot, long cents)
    {
        Add(AccountCodes.Bank, 0, 0, cents);
        Add(code, member, lot, -cents);
    }

    /// <summary>Shares are paid out of the bank; what was kept of dividends goes back to the net assets of which it was kept.</summary>
    public void Redeem(string code, int member, int lot, long cents)
    {
        Add(code is AccountCodes.QualifiedNotices or AccountCodes.NonqualifiedNotices ? AccountCodes.NetAssets : AccountCodes.Bank, 0, 0, -cents);
        Add(code, member, lot, cents);
    }

    /// <summary>The board pays money for it, out of the bank; less than nothing where it is taken back.</summary>
    public void PayBack(ModelAccount lot, long cents)
    {
        Add(AccountCodes.Bank, 0, 0, -cents);
        Add(lot.Code, lot.Member, lot.Lot, cents);
    }

    public void CloseYear(int year, long netCents)
    {
        Add(AccountCodes.NetAssets, 0, 0, netCents);
        Add(AccountCodes.NetIncome, 0, year, -netCents);
    }

    /// <summary>Gives out a year's income: to the reserve, to members in cash and notices; or takes a loss from the reserve, from members' oldest notices, and carries the rest forward.</summary>
    /// <returns>False where members' notices do not hold what is to be taken; then the sheet is of no more use.</returns>
    public bool Distribute(int year, Working working, IEnumerable<Allocation> allocations)
    {
        Add(AccountCodes.NetIncome, 0, year, working.NetIncome.Cents);
        Add(AccountCodes.CollectiveReserve, 0, 0, -working.ToReserve.Cents);
        Add(AccountCodes.LossesCarriedForward, 0, 0, (working.LossesCarriedForward - working.LossesRecovered).Cents);
        foreach (var share in allocations)
        {
            if (share.DividendCents < 0)
            {
                if (!Take(AccountCodes.QualifiedNotices, share.MemberId, -share.QualifiedCents) || !Take(AccountCodes.NonqualifiedNotices, share.MemberId, -share.NonqualifiedCents)) return false;
                continue;
            }
            Add(AccountCodes.PatronagePayable, share.MemberId, 0, -(share.CashCents - share.WithheldCents));
            Add(AccountCodes.BackupWithholdingPayable, share.MemberId, 0, -share.WithheldCents);
            Add(AccountCodes.QualifiedNotices, share.MemberId, year, -share.QualifiedCents);
            Add(AccountCodes.NonqualifiedNotices, share.MemberId, year, -share.NonqualifiedCents);
            Add(AccountCodes.MembershipShares, share.MemberId, 0, -share.CapitalCents);
        }
        return true;
    }

    private bool Take(string code, int member, long cents)
    {
        foreach (var lot in balances.Keys.Where(account => account.Member == member && account.Code == code).OrderBy(account => account.Lot).ToList())
        {
            var part = Math.Min(cents, Math.Max(0, -balances[lot]));
            balances[lot] += part;
            cents -= part;
        }
        return cents == 0;
    }
}
