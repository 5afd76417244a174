using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>What members own, derived from the ledger's lines and never stored apart from them. Sums are made by the database.</summary>
public static class MemberBalances
{
    public static int AccountId(EvergreenDb db, int coOpId, string code) =>
        db.Accounts.Where(account => account.CoOpId == coOpId && account.Code == code).Select(account => account.Id).Single();

    /// <summary>Debits less credits of an account.</summary>
    public static Money OfAccount(EvergreenDb db, int coOpId, string code)
    {
        var account = AccountId(db, coOpId, code);
        return new Money(db.LedgerLines.Where(line => line.AccountId == account).Sum(line => line.AmountCents));
    }

    /// <summary>What each member owns of an account, as positive amounts; members with nothing are left out.</summary>
    public static Dictionary<int, Money> ByMember(EvergreenDb db, int coOpId, string code)
    {
        var account = AccountId(db, coOpId, code);
        return db.LedgerLines.Where(line => line.AccountId == account && line.MemberId != null).GroupBy(line => line.MemberId!.Value)
            .Select(group => new { Member = group.Key, Cents = group.Sum(line => line.AmountCents) }).Where(sum => sum.Cents != 0).ToDictionary(sum => sum.Member, sum => new Money(-sum.Cents));
    }

    /// <summary>What each member holds in retained notices, lot by lot.</summary>
    public static Dictionary<int, List<CapitalLot>> Notices(EvergreenDb db, int coOpId)
    {
        var lots = new Dictionary<int, List<CapitalLot>>();
        foreach (var code in (string[])[AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices])
        {
            var account = AccountId(db, coOpId, code);
            var balances = db.LedgerLines.Where(line => line.AccountId == account && line.MemberId != null).GroupBy(line => new { Member = line.MemberId!.Value, line.Lot })
                .Select(group => new { group.Key.Member, group.Key.Lot, Cents = group.Sum(line => line.AmountCents) }).Where(sum => sum.Cents != 0);
            foreach (var lot in balances)
            {
                if (!lots.TryGetValue(lot.Member, out var held)) lots[lot.Member] = held = [];
                held.Add(new CapitalLot(code, lot.Lot, new Money(-lot.Cents)));
            }
        }
        return lots;
    }
}
