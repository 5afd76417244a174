using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>A member's own dividend of a year, from the co-op's total to the cent, or why there is none. Only what is in the ledger is shown, never a proposal.</summary>
public sealed class MyDividend(Books books, RemainderCuts cuts)
{
    /// <param name="Record">Number of one of the member's records, where several have a part in the year.</param>
    public sealed record Request(CoOp CoOp, int MemberId, int Year, string? Record = null);

    public Outcome<MemberDividend> Run(Request request) => books.Read<Outcome<MemberDividend>>(db =>
    {
        var (coOp, memberId, year) = (request.CoOp, request.MemberId, request.Year);
        var closed = db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year);
        var last = coOp.YearOf(DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime)).Year;
        if (!closed && (year > last || year < (db.YearClosings.Where(closing => closing.CoOpId == coOp.Id).Min(closing => (int?)closing.FiscalYear) ?? last - 1))) return Refusals.YearUnknown(year);

        var records = MemberIdentities.Numbers(db, MemberIdentities.Of(db, memberId));
        var mine = (from allocation in db.Allocations
                    join run in db.DividendRuns on allocation.RunId equals run.Id
                    join posting in db.DividendPostings on run.Id equals posting.RunId
                    where run.CoOpId == coOp.Id && run.FiscalYear == year && records.Keys.Contains(allocation.MemberId)
                    orderby run.Number, allocation.PoolNo
                    select allocation).AsNoTracking().ToList();
        var posted = FindRun.Posted(db, coOp.Id, year);
        var withPart = mine.Where(row => row.RunId == posted?.Id).Select(row => row.MemberId).Distinct().ToList();
        var record = request.Record is { } number && records.ContainsValue(number) ? records.First(one => one.Value == number).Key : withPart.Contains(memberId) || withPart.Count == 0 ? memberId : withPart[0];
        var member = db.Members.AsNoTracking().Single(one => one.Id == record);
        return new MemberDividend
        {
            CoOp = coOp,
            Year = coOp.Year(year),
            Number = member.Number,
            Name = member.Name,
            Stage = posted is not null ? DividendStage.Posted : closed ? DividendStage.BeingWorkedOut : DividendStage.BooksOpen,
            Figures = posted is null ? [] : db.SurplusLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && line.FiscalYear == year).OrderBy(line => line.No).ToList(),
            TakenBack = TakenBackOf(db, mine),
            OtherRecords = [.. withPart.Where(id => id != record).Select(id => records[id]).Order(MemberNumber.Order)],
            Posted = posted is null ? null : Read(db, coOp, posted, member, [.. mine.Where(row => row.RunId == posted.Id && row.MemberId == record)]),
        };
    });

    private PostedDividend Read(EvergreenDb db, CoOp coOp, DividendRun run, Member member, List<Allocation> rows)
    {
        var standing = FindRun.Standing(db, run);
        var working = WorkingJson.Read(run.WorkingJson);
        var policy = PolicyDocument.Read(db.PolicyVersions.AsNoTracking().Single(version => version.Id == run.PolicyVersionId).Json).Value;
        var pools = CalculateDividend.Pools(db, run.Id);
        var facts = FactsOfMember.Read(db, coOp, member, coOp.Year(run.FiscalYear));
        var sums = new PatronageOfMember(db, coOp, coOp.Year(run.FiscalYear), Households.Of(db, member.Id), facts.Consent);
        var hours = sums.Totals.Where(total => total.Measure == Measure.Hours).Sum(total => total.Quantity);
        var entry = db.LedgerEntries.Where(one => one.CoOpId == coOp.Id && one.Kind == EntryKind.DividendAllocation && one.Source == run.Id && one.Item == member.Id).Select(one => (long?)one.Sequence).SingleOrDefault();
        return new PostedDividend
        {
            Run = run,
            Posting = standing.Posting!,
            Resolution = standing.Approval?.Resolution ?? "",
            Payment = standing.Payment,
            Policy = policy,
            Working = working,
            Entry = entry,
            Paid = PaidTo(db, coOp, run, member.Id),
            Consent = facts.Consent,
            Pools = [.. pools.Select((pool, i) =>
            {
                var rule = policy.Pools.Single(one => one.Code == pool.Code);
                var counted = rule.Kind == PoolKind.ShareInterest ? [] : sums.For(rule);
                var row = rows.Find(one => one.PoolNo == pool.PoolNo);
                return new MemberPool
                {
                    Rule = rule,
                    Working = working.Pools[i],
                    Pool = pool,
                    Sums = counted,
                    Row = row,
                    ClassWeight = rule.WeightOf(facts.Classes),
                    Gap = row is null ? GapOf(rule, facts, hours, coOp.Year(run.FiscalYear), counted) : null,
                    Cut = policy.Rounding == RoundingPolicy.LargestRemainder || rule.Kind == PoolKind.ShareInterest ? cuts.Of(books.Address, db, pool) : null,
                };
            })],
        };
    }

    private static EligibilityGap GapOf(PoolPolicy rule, MemberFacts facts, long hours, FiscalYear year, IReadOnlyList<CountedSum> sums)
    {
        if (rule.Kind == PoolKind.ShareInterest) return EligibilityGap.NothingCounts;
        // Whoever has nothing that counts is told so first: no other rule would have changed it.
        var units = sums.Where(sum => sum.Counts).Aggregate(Ratio.Zero, (all, sum) => all + sum.Weight * new Ratio(sum.Quantity, 1));
        if (facts.OwnerId is null && units.Sign <= 0) return units.Sign < 0 ? EligibilityGap.BelowZero : EligibilityGap.NothingCounts;
        return rule.Eligibility.GapOf(facts, hours, year) ?? (rule.WeightOf(facts.Classes).Sign == 0 ? EligibilityGap.ClassWithoutWeight : EligibilityGap.NothingCounts);
    }

    private static (long, DateOnly, Money)? PaidTo(EvergreenDb db, CoOp coOp, DividendRun run, int memberId)
    {
        // What came back was not paid; a later payment run may have paid it since.
        var payments = db.PaymentRuns.Where(one => one.DividendRunId == run.Id && one.Round > 1).Select(one => (long)one.Id).ToList();
        var entry = db.LedgerEntries.Where(one => one.CoOpId == coOp.Id && one.Item == memberId && ((one.Kind == EntryKind.DividendPayment && one.Source == run.Id) || (one.Kind == EntryKind.LaterPayment && payments.Contains(one.Source)))
                && !db.LedgerEntries.Any(back => back.CoOpId == coOp.Id && back.Reverses == one.Sequence))
            .OrderByDescending(one => one.Sequence).Select(one => new { one.Sequence, one.On }).FirstOrDefault();
        if (entry is null) return null;
        var cents = db.LedgerLines.Where(line => line.CoOpId == coOp.Id && line.Sequence == entry.Sequence && line.MemberId != null).Sum(line => line.AmountCents);
        return (entry.Sequence, entry.On, new Money(cents));
    }

    private static List<TakenBack> TakenBackOf(EvergreenDb db, List<Allocation> mine)
    {
        var runs = mine.Select(row => row.RunId).Distinct().ToList();
        return [.. (from reversal in db.DividendReversals
                    join run in db.DividendRuns on reversal.RunId equals run.Id
                    where runs.Contains(reversal.RunId)
                    orderby run.Number
                    select new { reversal.RunId, run.FiscalYear, run.Number, reversal.On, reversal.Reason }).AsEnumerable()
            .Select(one => new TakenBack($"{one.FiscalYear}-{one.Number}", one.On, one.Reason, new Money(mine.Where(row => row.RunId == one.RunId).Sum(row => row.DividendCents))))];
    }
}
