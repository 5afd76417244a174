using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;

namespace Evergreen.Application.Statements;

/// <summary>The figures that the annual return of a registered society asks for, as far as these books know them: members, share capital, the highest rate of interest on shares, the surplus. It reads only.</summary>
/// <remarks>
/// FCA form AR30. Counted from the dated facts of the register, so a fact recorded later of a day in the year changes the count; a return that was filed stays what was filed. Records that were merged are one person. Whoever was erased is still
/// counted: the facts of the membership stay.
/// </remarks>
public sealed class CountForAnnualReturn(Books books)
{
    public sealed record Request(string? CoOp, int Year);

    /// <param name="ShareCapital">Membership and preferred shares at the end of the year.</param>
    /// <param name="Run">The run of the year that is in the ledger, from which the interest is known; null where there is none.</param>
    /// <param name="HighestInterest">The highest yearly rate at which the year's run gave interest on shares; zero where it gave none, null where there is no such run.</param>
    /// <param name="Surplus">Net surplus, or below zero the deficit, as the year was closed; null while it is open.</param>
    /// <param name="DueOn">The last day on which the return is in time.</param>
    public sealed record Result(CoOp CoOp, FiscalYear Year, MemberMovement Members, Money ShareCapital, string? Run, Ratio? HighestInterest, Money? Surplus, DateOnly DueOn);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (coOp.Regime != TaxRegime.UkRegisteredSociety) return CoOps.Refusals.NotASociety(coOp.Name);
        var year = coOp.Year(request.Year);
        if (year.EndsOn >= books.Today(coOp)) return Refusals.ReturnYearNotOver(year.Year, year.EndsOn);
        var run = FindRun.Posted(db, coOp.Id, year.Year);
        var surplus = db.YearClosings.Where(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year.Year).Select(closing => (long?)closing.NetIncomeCents).SingleOrDefault();
        return new Result(coOp, year, OfSingleRecords(db, coOp, year) + OfMergedRecords(db, coOp, year), ShareCapital(db, coOp, year), run?.Name, run is null ? null : HighestInterest(db, run), surplus is { } cents ? new Money(cents) : null,
            Deadlines.AnnualReturn(year));
    });

    /// <summary>Everybody who has one record: counted by the database. The rule is that of <see cref="MemberMovement"/>.</summary>
    private static MemberMovement OfSingleRecords(EvergreenDb db, CoOp coOp, FiscalYear year)
    {
        var (starts, ends) = (year.StartsOn, year.EndsOn);
        var facts = db.StatusChanges.Where(fact => fact.CoOpId == coOp.Id && !db.MemberMerges.Any(merge => merge.OtherId == fact.MemberId || merge.KeptId == fact.MemberId));
        // The last fact of each day that changed something, with the status that it found.
        var days = facts.Where(fact => fact.On >= starts && fact.On <= ends && !db.StatusChanges.Any(later => later.MemberId == fact.MemberId && later.On == fact.On && later.Id > fact.Id)).Select(fact => new
        {
            fact.Status,
            Before = db.StatusChanges.Where(earlier => earlier.MemberId == fact.MemberId && earlier.On < fact.On).OrderByDescending(earlier => earlier.On).ThenByDescending(earlier => earlier.Id).Select(earlier => (MemberStatus?)earlier.Status).FirstOrDefault(),
            HadDied = db.StatusChanges.Any(death => death.MemberId == fact.MemberId && death.Status == MemberStatus.Deceased && death.On < fact.On),
            Died = db.StatusChanges.Any(death => death.MemberId == fact.MemberId && death.Status == MemberStatus.Deceased && death.On == fact.On),
        });
        var admitted = days.LongCount(day => !day.HadDied && !day.Died && (day.Before == null || day.Before == MemberStatus.Left || day.Before == MemberStatus.Deceased)
            && day.Status != MemberStatus.Left && day.Status != MemberStatus.Deceased);
        var ceased = days.LongCount(day => !day.HadDied && day.Before != null && day.Before != MemberStatus.Left && day.Before != MemberStatus.Deceased
            && (day.Died || day.Status == MemberStatus.Left || day.Status == MemberStatus.Deceased));
        return new(MembersOn(db, facts, starts.AddDays(-1)), admitted, ceased, MembersOn(db, facts, ends));
    }

    private static long MembersOn(EvergreenDb db, IQueryable<StatusChange> facts, DateOnly day) =>
        facts.LongCount(fact => fact.On <= day && fact.Status != MemberStatus.Left && fact.Status != MemberStatus.Deceased
            && !db.StatusChanges.Any(later => later.MemberId == fact.MemberId && later.On <= day && (later.On > fact.On || (later.On == fact.On && later.Id > fact.Id)))
            && !db.StatusChanges.Any(death => death.MemberId == fact.MemberId && death.Status == MemberStatus.Deceased && death.On <= day));

    /// <summary>People who had several records, which are few: each is one member from the first day on.</summary>
    private static MemberMovement OfMergedRecords(EvergreenDb db, CoOp coOp, FiscalYear year)
    {
        var into = db.MemberMerges.Where(merge => merge.CoOpId == coOp.Id).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        var facts = db.StatusChanges.Where(fact => fact.CoOpId == coOp.Id && db.MemberMerges.Any(merge => merge.OtherId == fact.MemberId || merge.KeptId == fact.MemberId)).ToList();
        return facts.GroupBy(fact => PersonOf(fact.MemberId)).Aggregate(default(MemberMovement), (sum, person) => sum + MemberMovement.OfPerson(person, year));

        int PersonOf(int record)
        {
            while (into.TryGetValue(record, out var kept)) record = kept;
            return record;
        }
    }

    private static Money ShareCapital(EvergreenDb db, CoOp coOp, FiscalYear year)
    {
        var ends = year.EndsOn;
        var shares = WithdrawableShares.Accounts.ToArray();
        return new Money(-(from account in db.Accounts
                           join line in db.LedgerLines on account.Id equals line.AccountId
                           join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                           where account.CoOpId == coOp.Id && shares.Contains(account.Code) && entry.On <= ends
                           select line.AmountCents).Sum());
    }

    private static Ratio HighestInterest(EvergreenDb db, DividendRun run)
    {
        var paid = db.RunPools.Where(pool => pool.RunId == run.Id && pool.Unit == "share-interest" && pool.AmountCents > 0).Select(pool => pool.Code).ToList();
        var policy = PolicyDocument.Read(db.PolicyVersions.Where(version => version.Id == run.PolicyVersionId).Select(version => version.Json).Single()).Value;
        return policy.Pools.Where(pool => pool.Kind == PoolKind.ShareInterest && paid.Contains(pool.Code)).Select(pool => pool.Rate!.Value).Append(Ratio.Zero).Max();
    }
}
