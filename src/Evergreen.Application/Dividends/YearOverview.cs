using Evergreen.Application.CoOps;
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

/// <summary>What a task of the year is about.</summary>
public enum YearTaskKind
{
    CloseBooks = 1,
    MatchHeldRows = 2,
    GiveReasons = 3,
    AdoptPolicy = 4,
    Calculate = 5,
    Review = 6,
    Approve = 7,
    Post = 8,
    IssueStatements = 9,
    Pay = 10,
}

/// <summary>One thing of the year end that has to be done, or was.</summary>
/// <param name="Open">It can be done now; false where something before it is missing.</param>
/// <param name="Detail">Who did it when, or what is missing.</param>
/// <param name="DueOn">The last day the law or the calendar leaves; null where there is none.</param>
/// <param name="NotBy">Whoever may not do it, because a second person has to.</param>
/// <param name="Run">The run it is about.</param>
public sealed record YearTask(YearTaskKind Kind, string Title, bool Done, bool Open, string Detail, DateOnly? DueOn = null, string? NotBy = null, string? Run = null);

/// <summary>The co-op's year at a glance: what is due and what is missing, the key figures, and how they came about over the years.</summary>
public sealed class YearOverview(Books books)
{
    /// <param name="Run">Name of the run whose dividend it is.</param>
    public sealed record YearFigures(int Year, Money? Surplus, Money? Dividend, Money? Cash, Money Capital, string? Run);

    public sealed record ClassCount(string Code, string Name, int Members);

    /// <param name="Year">The latest year that is over.</param>
    /// <param name="Members">Active and on leave, today.</param>
    /// <param name="Capital">What members own: shares, notices, interest.</param>
    /// <param name="PayBy">Last day on which a dividend of the year is paid in time; null outside Subchapter T.</param>
    public sealed record Result(CoOp CoOp, FiscalYear Year, IReadOnlyList<YearTask> Tasks, int Members, Money Capital, Money Reserve, DateOnly? PayBy, IReadOnlyList<YearFigures> Years, IReadOnlyList<ClassCount> Classes);

    /// <param name="fiscalYear">The year; null for the latest that is over.</param>
    public Outcome<Result> Run(string? coOpCode, int? fiscalYear = null) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var today = books.Today(coOp);
        var year = fiscalYear is { } named ? coOp.Year(named) : coOp.Year(coOp.YearOf(today).Year - 1);
        DateOnly? payBy = coOp.Regime == TaxRegime.SubchapterT ? Deadlines.PaymentPeriodEnd(year) : null;
        var history = YearHistory.Read(db, coOp);
        var standing = StandingMembers(db, coOp.Id, today);
        return new Result(coOp, year, new YearTasks(db, coOp, year, today, payBy).All(), standing.Count(), history.Count == 0 ? Money.Zero : history[^1].Capital,
            -MemberBalances.OfAccount(db, coOp.Id, AccountCodes.CollectiveReserve), payBy, [.. history.Where(one => one.Surplus is not null)], Classes(db, coOp.Id, today, standing));
    });

    private static IQueryable<int> StandingMembers(EvergreenDb db, int coOpId, DateOnly today) =>
        db.Members.Where(member => member.CoOpId == coOpId).Select(member => new
        {
            member.Id,
            Status = db.StatusChanges.Where(change => change.MemberId == member.Id && change.On <= today).OrderByDescending(change => change.On).ThenByDescending(change => change.Id).Select(change => (MemberStatus?)change.Status).FirstOrDefault(),
        }).Where(member => member.Status == MemberStatus.Active || member.Status == MemberStatus.OnLeave)
            .Where(member => !db.StatusChanges.Any(death => death.MemberId == member.Id && death.On <= today && death.Status == MemberStatus.Deceased)).Select(member => member.Id);

    private static List<ClassCount> Classes(EvergreenDb db, int coOpId, DateOnly today, IQueryable<int> standing)
    {
        var entered = from change in db.ClassChanges
                      where change.CoOpId == coOpId && change.On <= today && change.Entered && standing.Contains(change.MemberId)
                          && !db.ClassChanges.Any(later => later.MemberId == change.MemberId && later.ClassId == change.ClassId && later.On <= today && (later.On > change.On || (later.On == change.On && later.Id > change.Id)))
                      group change by change.ClassId into members
                      select new { Class = members.Key, Count = members.Count() };
        var counts = entered.ToDictionary(one => one.Class, one => one.Count);
        return [.. db.MemberClasses.Where(one => one.CoOpId == coOpId).OrderBy(one => one.Code).ToList().Select(one => new ClassCount(one.Code, one.Name, counts.GetValueOrDefault(one.Id)))];
    }
}
