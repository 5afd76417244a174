using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>What a run knows of one member at a year end, read for that member alone.</summary>
internal static class FactsOfMember
{
    public static MemberFacts Read(EvergreenDb db, CoOp coOp, Member member, FiscalYear year)
    {
        var statuses = db.StatusChanges.AsNoTracking().Where(change => change.MemberId == member.Id && change.On <= year.EndsOn).ToList();
        var classes = MemberHistory.ClassesAsOf(db.ClassChanges.AsNoTracking().Where(change => change.MemberId == member.Id && change.On <= year.EndsOn).ToList(), year.EndsOn);
        var codes = classes.Count == 0 ? [] : db.MemberClasses.AsNoTracking().Where(one => one.CoOpId == coOp.Id && classes.Contains(one.Id)).Select(one => one.Code).ToList();
        var consents = db.ConsentFacts.AsNoTracking().Where(fact => fact.MemberId == member.Id && fact.On <= year.EndsOn).ToList();
        return new MemberFacts(member.Id, member.Number)
        {
            Status = MemberHistory.StatusAsOf(statuses, year.EndsOn),
            JoinedOn = statuses.Where(change => change.Status == MemberStatus.Active).Min(change => (DateOnly?)change.On),
            Classes = codes,
            Consent = MemberHistory.ConsentIn(year, consents, statuses),
            HasTaxId = member.TaxIdSealed is not null,
            OwnerId = member.HouseholdOfId,
            MembershipShare = ShareAt(db, coOp, member.Id, year),
        };
    }

    private static Money ShareAt(EvergreenDb db, CoOp coOp, int memberId, FiscalYear year)
    {
        var account = MemberBalances.AccountId(db, coOp.Id, AccountCodes.MembershipShares);
        return new Money(-(from line in db.LedgerLines
                           join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                           where line.AccountId == account && line.MemberId == memberId && entry.On <= year.EndsOn
                           select line.AmountCents).Sum());
    }
}
