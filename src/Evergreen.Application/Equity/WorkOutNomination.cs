using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Equity;

/// <summary>What becomes of a member's property in a registered society at death: how much the nominees get, each of them, and how much the estate. It reads only.</summary>
/// <remarks>The ledger is read as of the day, so that a dividend posted later is not in it; the register knows no marriages, which revoke nominations made before them (section 38).</remarks>
public sealed class WorkOutNomination(Books books)
{
    /// <summary>What a member owns and is owed in the society. A share by labour is not among them, payroll pays it; nor is what was given away.</summary>
    private static readonly string[] Property =
        [.. Overdrafts.OwnedByMembers, AccountCodes.PatronagePayable, AccountCodes.PatronageRolledForward, AccountCodes.StoreCreditPayable, AccountCodes.ShareInterestPayable];

    /// <param name="On">The day of the death; where it is null the day that the register knows, or today for a member who lives.</param>
    public sealed record Request(string? CoOp, string Member, DateOnly? On = null);

    public sealed record Holding(string AccountCode, string AccountName, Money Amount);

    /// <param name="HasDied">Whether the register knows of the death.</param>
    /// <param name="Holdings">In the order of the chart; they sum to the property that is divided.</param>
    public sealed record Result(string Member, string Name, DateOnly On, bool HasDied, IReadOnlyList<Holding> Holdings, NominationShares Shares);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (coOp.Regime != TaxRegime.UkRegisteredSociety) return CoOps.Refusals.NotASociety(coOp.Name);
        if ((from merge in db.MemberMerges join kept in db.Members on merge.KeptId equals kept.Id where merge.OtherId == member.Id select kept.Number).SingleOrDefault() is { } into) return Members.Refusals.AlreadyMerged(member.Number, into);
        if (db.MemberEdits.Any(edit => edit.MemberId == member.Id && edit.Field == MemberRevision.Erased)) return Refusals.NominationsErased(member.Number);
        var ids = MemberIdentities.Of(db, member.Id).ToArray();
        var died = db.StatusChanges.Where(change => ids.Contains(change.MemberId) && change.Status == MemberStatus.Deceased).Min(change => (DateOnly?)change.On);
        if (died is { } death && request.On > death) return Refusals.NominationAfterDeath(member.Number, death);
        var on = request.On ?? died ?? books.Today(coOp);
        if (Nomination.LimitCents(on) is null) return Refusals.NominationBeforeAct(on);
        var holdings = Holdings(db, coOp, ids, on);
        var named = db.Beneficiaries.Where(one => ids.Contains(one.MemberId)).ToList();
        return new Result(member.Number, member.Name, on, died is not null, holdings, Nomination.Divide(holdings.Sum(holding => holding.Amount), named, on));
    });

    private static List<Holding> Holdings(EvergreenDb db, CoOp coOp, int[] ids, DateOnly day)
    {
        var accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id && Property.Contains(account.Code)).ToDictionary(account => account.Id);
        var accountIds = accounts.Keys.ToArray();
        var sums = (from line in db.LedgerLines
                    join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                    where accountIds.Contains(line.AccountId) && line.MemberId != null && ids.Contains(line.MemberId.Value) && entry.On <= day
                    group line.AmountCents by line.AccountId into account
                    select new { Account = account.Key, Cents = account.Sum() }).Where(sum => sum.Cents != 0).ToList();
        return [.. sums.Select(sum => new Holding(accounts[sum.Account].Code, accounts[sum.Account].Name, new Money(-sum.Cents))).OrderBy(holding => holding.AccountCode, StringComparer.Ordinal)];
    }
}
