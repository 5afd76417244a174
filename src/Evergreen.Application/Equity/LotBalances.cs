using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>What each member holds, lot by lot, as the ledger says and as rows change it.</summary>
internal sealed class LotBalances
{
    private static readonly string[] Codes = [AccountCodes.MembershipShares, AccountCodes.PreferredShares, AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices];
    private readonly Dictionary<(int Member, string Account, int? Lot), long> cents = [];

    public static LotBalances Of(EvergreenDb db, int coOpId)
    {
        var balances = new LotBalances();
        foreach (var account in Accounts(db, coOpId)) balances.Read(account, db.LedgerLines.Where(line => line.AccountId == account.Id && line.MemberId != null));
        return balances;
    }

    /// <summary>The lots of these members; those of others are taken for empty.</summary>
    public static LotBalances Of(EvergreenDb db, int coOpId, IEnumerable<int> members)
    {
        var balances = new LotBalances();
        var accounts = Accounts(db, coOpId);
        foreach (var ids in members.Distinct().Select(id => (int?)id).Chunk(500))
            foreach (var account in accounts) balances.Read(account, db.LedgerLines.Where(line => line.AccountId == account.Id && ids.Contains(line.MemberId)));
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

    private static List<Account> Accounts(EvergreenDb db, int coOpId) => db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOpId && Codes.Contains(account.Code)).OrderBy(account => account.Code).ToList();

    private void Read(Account account, IQueryable<LedgerLine> lines)
    {
        foreach (var lot in lines.GroupBy(line => new { Member = line.MemberId!.Value, line.Lot }).Select(group => new { group.Key.Member, group.Key.Lot, Cents = group.Sum(line => line.AmountCents) }))
            cents[(lot.Member, account.Code, lot.Lot)] = -lot.Cents;
    }
}
