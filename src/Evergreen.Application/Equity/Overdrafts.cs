using Evergreen.Application.Storage;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <param name="Cents">How far below zero; more than zero.</param>
internal sealed record Overdraft(int MemberId, int? Lot, long Cents);

/// <summary>What stands below zero and never may: a member's lot, or what the co-op holds in reserve or carries forward.</summary>
internal static class Overdrafts
{
    public static readonly IReadOnlyList<string> OwnedByMembers =
        [AccountCodes.MembershipShares, AccountCodes.PreferredShares, AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices, AccountCodes.AccountInterest];

    /// <summary>The members' lots of an account that are below zero, in the order of members.</summary>
    public static IQueryable<Overdraft> OfMembers(EvergreenDb db, int accountId) =>
        from line in db.LedgerLines
        where line.AccountId == accountId && line.MemberId != null
        group line.AmountCents by new { line.MemberId, line.Lot } into lot
        where lot.Sum() > 0
        orderby lot.Key.MemberId
        select new Overdraft(lot.Key.MemberId!.Value, lot.Key.Lot, lot.Sum());

    /// <summary>Whether any member's lot is below zero, or is owed less than nothing of what was rolled forward.</summary>
    public static bool AnyOfMembers(EvergreenDb db, int coOpId) =>
        OwnedByMembers.Append(AccountCodes.PatronageRolledForward).Any(code => OfMembers(db, MemberBalances.AccountId(db, coOpId, code)).Any());

    public static bool OfReserve(EvergreenDb db, int coOpId) => MemberBalances.OfAccount(db, coOpId, AccountCodes.CollectiveReserve).IsPositive;

    /// <summary>Whether more losses were made up than had been carried forward.</summary>
    public static bool OfLossesCarriedForward(EvergreenDb db, int coOpId) => MemberBalances.OfAccount(db, coOpId, AccountCodes.LossesCarriedForward).IsNegative;
}
