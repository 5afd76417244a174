using Evergreen.Application.Audit;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>Says that two records are one person. From then on the other is shown under the kept one. What was posted stays as it is: the other's balances go over by a new entry, and its patronage of years without a posted dividend counts for the kept one.</summary>
/// <remarks>Stands above the street because it touches the register, the ledger and patronage.</remarks>
public sealed class MergeMembers(Books books)
{
    /// <param name="Kept">Number of the record that goes on.</param>
    /// <param name="Other">Number of the record that ends.</param>
    public sealed record Request(string? CoOp, string Kept, string Other, string? Reason, string By, bool DryRun = false);

    /// <param name="Moved">What the other owned and was owed, and now the kept one does.</param>
    /// <param name="PatronageRows">Purchases and hours that now count for the kept one.</param>
    public sealed record Result(MemberMerge Merge, Money Moved, long PatronageRows);

    public Outcome<Result> Run(Request request) => books.Write(request.DryRun, db => Merge(db, request));

    private Outcome<Result> Merge(EvergreenDb db, Request request)
    {
        var kept = FindMember.Run(db, request.CoOp, request.Kept);
        if (kept.IsRefused) return kept.Refusal!;
        var other = FindMember.Run(db, request.CoOp, request.Other);
        if (other.IsRefused) return other.Refusal!;
        var ((coOp, to), from) = (kept.Value, other.Value.Member);
        if (Refused(db, coOp, to, from, request) is { } refusal) return refusal;
        var (today, now) = (books.Today(coOp), books.Now);
        var reason = request.Reason!.Trim();
        if (HasBalances(db, from) && db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.StartsOn <= today && closing.EndsOn >= today)) return Members.Refusals.MergeInClosedYear(today);
        var (posted, moved) = MoveBalances(db, coOp, from, to, today);
        if (posted is not null && ShareLimits.Against(db, coOp, today, posted) is { } aboveLimit) return aboveLimit;
        var rows = MovePatronage(db, coOp, from, to);
        EndOther(db, coOp, from, to, today, now, request.By);
        var merge = new MemberMerge { OtherId = from.Id, CoOpId = coOp.Id, KeptId = to.Id, At = now, By = request.By, Reason = reason, TransferSequence = posted?.FirstSequence };
        db.MemberMerges.Add(merge);
        AuditTrail.Add(db, coOp.Id, now, request.By, "members.merge", $"member {to.Number}", $"takes in member {from.Number}: {reason}");
        AuditTrail.Add(db, coOp.Id, now, request.By, "members.merge", $"member {from.Number}", $"goes into member {to.Number}: {reason}");
        return new Result(merge, moved, rows);
    }

    private Refusal? Refused(EvergreenDb db, CoOp coOp, Member to, Member from, Request request)
    {
        if (to.Id == from.Id) return Members.Refusals.MergeOfItself(to.Number);
        if (Particulars.Trim(request.Reason) is null) return Members.Refusals.MergeReasonMissing();
        foreach (var member in new[] { to, from })
        {
            var into = (from merge in db.MemberMerges join one in db.Members on merge.KeptId equals one.Id where merge.OtherId == member.Id select one.Number).SingleOrDefault();
            if (into is not null) return Members.Refusals.AlreadyMerged(member.Number, into);
            if (OpenRun(db, coOp, member) is { } run) return Members.Refusals.MergeDuringRun(member.Number, run);
        }
        return null;
    }

    /// <summary>The last run of a year that is not in the ledger yet and has a part for the member.</summary>
    private static string? OpenRun(EvergreenDb db, CoOp coOp, Member member)
    {
        var run = db.DividendRuns.Where(run => run.CoOpId == coOp.Id && db.Allocations.Any(part => part.RunId == run.Id && part.MemberId == member.Id)
                && !db.DividendRuns.Any(later => later.CoOpId == coOp.Id && later.FiscalYear == run.FiscalYear && later.Number > run.Number)
                && !db.DividendPostings.Any(posting => posting.RunId == run.Id)
                && !db.DividendPostings.Any(posting => posting.CoOpId == coOp.Id && posting.FiscalYear == run.FiscalYear && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId)))
            .OrderBy(run => run.FiscalYear).Select(run => new { run.FiscalYear, run.Number }).FirstOrDefault();
        return run is null ? null : $"{run.FiscalYear}-{run.Number}";
    }

    private static bool HasBalances(EvergreenDb db, Member member) =>
        db.LedgerLines.Where(line => line.CoOpId == member.CoOpId && line.MemberId == member.Id).GroupBy(line => new { line.AccountId, line.Lot }).Any(lot => lot.Sum(line => line.AmountCents) != 0);

    /// <summary>One entry that takes every balance from the one and gives it to the other, lot by lot.</summary>
    private (Posted? Posted, Money Moved) MoveBalances(EvergreenDb db, CoOp coOp, Member from, Member to, DateOnly today)
    {
        var codes = db.Accounts.Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Code);
        var accounts = codes.Keys.ToArray();
        var balances = db.LedgerLines.Where(line => accounts.Contains(line.AccountId) && line.MemberId == from.Id).GroupBy(line => new { line.AccountId, line.Lot })
            .Select(lot => new { lot.Key.AccountId, lot.Key.Lot, Cents = lot.Sum(line => line.AmountCents) }).Where(lot => lot.Cents != 0).ToList();
        if (balances.Count == 0) return (null, Money.Zero);
        var lines = balances.OrderBy(lot => codes[lot.AccountId], StringComparer.Ordinal).ThenBy(lot => lot.Lot)
            .SelectMany(lot => new[] { new EntryLine(codes[lot.AccountId], from.Id, lot.Lot, -lot.Cents), new EntryLine(codes[lot.AccountId], to.Id, lot.Lot, lot.Cents) }).ToArray();
        var posted = LedgerGuard.Append(db, coOp, [new EntryDraft(EntryKind.Transfer, from.Id, to.Id, today, $"Member {from.Number} is member {to.Number}", null, lines)], books.Now);
        return (posted, new Money(-balances.Sum(lot => lot.Cents)));
    }

    /// <summary>Rows of years whose dividend is posted stay with the record that it was posted for.</summary>
    private static long MovePatronage(EvergreenDb db, CoOp coOp, Member from, Member to)
    {
        var posted = db.DividendPostings.Where(posting => posting.CoOpId == coOp.Id && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId)).Select(posting => posting.FiscalYear).ToHashSet();
        long rows = 0;
        var totals = db.PatronageTotals.AsNoTracking().Where(total => total.CoOpId == coOp.Id && total.MemberId == from.Id).ToList().Where(total => !posted.Contains(total.FiscalYear)).ToList();
        foreach (var year in totals.Select(total => total.FiscalYear).Distinct().Select(coOp.Year))
        {
            var (starts, ends) = (year.StartsOn, year.EndsOn);
            rows += db.Purchases.Where(row => row.MemberId == from.Id && row.On >= starts && row.On <= ends).ExecuteUpdate(set => set.SetProperty(row => row.MemberId, to.Id));
            rows += db.HoursWorked.Where(row => row.MemberId == from.Id && row.On >= starts && row.On <= ends).ExecuteUpdate(set => set.SetProperty(row => row.MemberId, to.Id));
        }
        foreach (var total in totals)
        {
            var same = db.PatronageTotals.Where(one => one.CoOpId == coOp.Id && one.FiscalYear == total.FiscalYear && one.Measure == total.Measure && one.CategoryId == total.CategoryId && one.Eligibility == total.Eligibility);
            var added = same.Where(one => one.MemberId == to.Id).ExecuteUpdate(set => set.SetProperty(one => one.Quantity, one => one.Quantity + total.Quantity).SetProperty(one => one.Rows, one => one.Rows + total.Rows));
            if (added == 1) same.Where(one => one.MemberId == from.Id).ExecuteDelete();
            else same.Where(one => one.MemberId == from.Id).ExecuteUpdate(set => set.SetProperty(one => one.MemberId, to.Id));
        }
        return rows;
    }

    /// <summary>The other's membership ends with this day, and its household goes on under the kept one.</summary>
    private static void EndOther(EvergreenDb db, CoOp coOp, Member from, Member to, DateOnly today, DateTime now, string by)
    {
        var facts = db.StatusChanges.AsNoTracking().Where(fact => fact.MemberId == from.Id).ToList();
        if (MemberHistory.StatusAsOf(facts, today) is not (null or MemberStatus.Left or MemberStatus.Deceased))
            db.StatusChanges.Add(new StatusChange { CoOpId = coOp.Id, MemberId = from.Id, On = today, Status = MemberStatus.Left, Reason = $"Merged into member {to.Number}", RecordedAt = now });
        foreach (var member in db.Members.Where(member => member.HouseholdOfId == from.Id).OrderBy(member => member.Id).ToList())
        {
            var owner = member.Id == to.Id ? (int?)null : to.HouseholdOfId ?? to.Id;
            var ownerNumber = owner is null ? null : to.HouseholdOfId is null ? to.Number : db.Members.Where(one => one.Id == owner).Select(one => one.Number).Single();
            new MemberRevision(db, member, by, now).Note("household_of", from.Number, ownerNumber);
            member.HouseholdOfId = owner;
            db.HouseholdChanges.Add(new HouseholdChange { CoOpId = coOp.Id, MemberId = member.Id, On = today, OwnerId = owner, RecordedAt = now, By = by });
            AuditTrail.Add(db, coOp.Id, now, by, JoinHousehold.Verb, $"member {member.Number}", JoinHousehold.Say(ownerNumber, today));
        }
    }
}
