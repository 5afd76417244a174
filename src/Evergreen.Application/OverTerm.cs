using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;

namespace Evergreen.Application;

/// <summary>Whose records the co-op has kept for as long as it says, and needs no more: people whose membership ended, and applicants who were declined.</summary>
/// <remarks>The years begin when the fiscal year ends in which the person left, or in which something was last posted or paid, whichever is later.</remarks>
internal static class OverTerm
{
    /// <summary>The end of the last fiscal year that is over its term on the day.</summary>
    public static DateOnly LastDay(CoOp coOp, DateOnly today)
    {
        var year = coOp.YearOf(today.AddYears(-coOp.RetentionYears));
        while (year.EndsOn.AddYears(coOp.RetentionYears) >= today) year = coOp.YearOf(year.StartsOn.AddDays(-1));
        return year.EndsOn;
    }

    /// <summary>The members, each with one record: those that were merged into it go with it, and keep it here where one of them is needed still.</summary>
    public static IQueryable<Member> Members(EvergreenDb db, CoOp coOp, DateOnly today)
    {
        var last = LastDay(coOp, today);
        var keptBy = db.MemberMerges.Where(merge => merge.CoOpId == coOp.Id).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        var merged = keptBy.Keys.ToArray();
        var idle = Idle(db, coOp.Id, last, db.Members.Where(member => merged.Contains(member.Id))).Select(member => member.Id).ToHashSet();
        var needed = merged.Where(id => !idle.Contains(id)).Select(Kept).Distinct().ToArray();
        // Who left is asked first: few have, and the rest costs far more to look up.
        return Idle(db, coOp.Id, last, db.Members.Where(member => member.CoOpId == coOp.Id
            && db.StatusChanges.Any(change => change.MemberId == member.Id && change.On <= last && (change.Status == MemberStatus.Left || change.Status == MemberStatus.Deceased)
                && (change.Status == MemberStatus.Deceased || !db.StatusChanges.Any(later => later.MemberId == member.Id && (later.Status == MemberStatus.Deceased || later.On > change.On || (later.On == change.On && later.Id > change.Id)))))
            && !db.MemberEdits.Any(edit => edit.MemberId == member.Id && edit.Field == Erasure.Mark)
            && !merged.Contains(member.Id) && !needed.Contains(member.Id)));

        int Kept(int id) => keptBy.TryGetValue(id, out var kept) ? Kept(kept) : id;
    }

    public static IQueryable<MembershipApplication> Applications(EvergreenDb db, CoOp coOp, DateOnly today)
    {
        var last = LastDay(coOp, today);
        return db.MembershipApplications.Where(application => application.CoOpId == coOp.Id && application.ErasedAt == null
            && db.ApplicationDecisions.Any(decision => decision.ApplicationId == application.Id && !decision.Approved && decision.On <= last));
    }

    public static int Count(Books books, EvergreenDb db, CoOp coOp)
    {
        var today = books.Today(coOp);
        return (int)books.Counts.Of(db, coOp.Id, ("over the term", LastDay(coOp, today)), () => Members(db, coOp, today).LongCount() + Applications(db, coOp, today).LongCount());
    }

    /// <summary>The last run of each year that is neither posted nor made needless by one that is.</summary>
    public static IQueryable<DividendRun> OpenRuns(EvergreenDb db, int coOpId) => db.DividendRuns.Where(run => run.CoOpId == coOpId
        && !db.DividendRuns.Any(later => later.CoOpId == coOpId && later.FiscalYear == run.FiscalYear && later.Number > run.Number)
        && !db.DividendPostings.Any(posting => posting.RunId == run.Id)
        && !db.DividendPostings.Any(posting => posting.CoOpId == coOpId && posting.FiscalYear == run.FiscalYear && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId)));

    /// <summary>Those of the records with which nothing goes on: no balance, no open request, no part in an open run, nobody in their household, and nothing posted after the day.</summary>
    private static IQueryable<Member> Idle(EvergreenDb db, int coOpId, DateOnly last, IQueryable<Member> records)
    {
        // By account: so the ledger's index is used, and not all of it read for each.
        var accounts = db.Accounts.Where(account => account.CoOpId == coOpId);
        var open = OpenRuns(db, coOpId);
        return records.Where(member => !db.Members.Any(within => within.HouseholdOfId == member.Id)
            && !db.MemberRequests.Any(request => request.MemberId == member.Id && !db.RequestClosings.Any(closing => closing.RequestId == request.Id))
            && !accounts.Any(account => db.LedgerLines.Any(line => line.AccountId == account.Id && line.MemberId == member.Id && db.LedgerEntries.Any(entry => entry.CoOpId == coOpId && entry.Sequence == line.Sequence && entry.On > last)))
            && !accounts.Any(account => db.LedgerLines.Where(line => line.AccountId == account.Id && line.MemberId == member.Id).GroupBy(line => line.Lot).Any(lot => lot.Sum(line => line.AmountCents) != 0))
            && !open.Any(run => db.Allocations.Any(part => part.RunId == run.Id && part.MemberId == member.Id))
            && !db.Allocations.Any(part => part.MemberId == member.Id && db.DividendPostings.Any(posting => posting.RunId == part.RunId && posting.On > last)));
    }
}
