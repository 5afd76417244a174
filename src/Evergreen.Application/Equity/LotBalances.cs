using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>What each member holds, lot by lot, as the ledger says and as rows change it.</summary>
internal sealed class LotBalances
{
    private readonly Dictionary<(int Member, string Account, int? Lot), long> cents = [];

    public static LotBalances Of(EvergreenDb db, int coOpId)
    {
        var balances = new LotBalances();
        string[] codes = [AccountCodes.MembershipShares, AccountCodes.PreferredShares, AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices];
        foreach (var account in db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOpId && codes.Contains(account.Code)).OrderBy(account => account.Code).ToList())
            foreach (var lot in db.LedgerLines.Where(line => line.AccountId == account.Id && line.MemberId != null).GroupBy(line => new { Member = line.MemberId!.Value, line.Lot })
                .Select(group => new { group.Key.Member, group.Key.Lot, Cents = group.Sum(line => line.AmountCents) }))
                balances.cents[(lot.Member, account.Code, lot.Lot)] = -lot.Cents;
        return balances;
    }

    /// <param name="held">What the lot held before.</param>
    /// <returns>False, and nothing changed, where the lot would fall below zero.</returns>
    public bool TryAdd(int member, string account, int? lot, long amountCents, out Money held)
    {
        var key = (member, account, lot);
        var before = cents.GetValueOrDefault(key);
        held = new Money(before);
        var after = checked(before + amountCents);
        if (after < 0 && amountCents < 0) return false;
        cents[key] = after;
        return true;
    }
}
