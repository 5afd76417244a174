using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>
/// What if I had worked or bought more: the last posted year calculated again, by the code of the run and on its inputs, with the member's own rows changed and everyone else's as they were. Nothing is kept.
/// </summary>
public sealed class TryMyYear(Books books, GatheredYears gathered)
{
    /// <summary>Weeks that a year is counted with.</summary>
    public const int Weeks = 52;

    /// <param name="Year">The last posted year where it is null.</param>
    /// <param name="MoreHours">In the whole year; negative for fewer.</param>
    /// <param name="MorePurchases">In the whole year; negative for less.</param>
    public sealed record Request(CoOp CoOp, int MemberId, int? Year = null, Hours MoreHours = default, Money MorePurchases = default);

    /// <summary>The member's part, over all pools.</summary>
    public sealed record Part(Money Dividend, Money Cash, Money Retained);

    /// <param name="CountsHours">Whether any pool counts hours, so that more of them matter.</param>
    /// <param name="Before">By today's records without a change.</param>
    /// <param name="Posted">As it is in the ledger; differs from <paramref name="Before"/> where records were corrected since.</param>
    public sealed record Result(FiscalYear Year, bool CountsHours, bool CountsPurchases, Part Before, Part After, Money Posted);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = request.CoOp;
        var last = request.Year ?? (from posting in db.DividendPostings
                                    where posting.CoOpId == coOp.Id && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId)
                                    select (int?)posting.FiscalYear).Max();
        if (last is not { } year || FindRun.Posted(db, coOp.Id, year) is not { } run) return Refusals.NoYearToTry();
        var version = db.PolicyVersions.AsNoTracking().Single(one => one.Id == run.PolicyVersionId);
        var policy = PolicyDocument.Read(version.Json).Value;
        var inputs = AsTheRunSawThem(db, coOp, run, gathered.Of(books.Address, db, coOp, year, policy, version.Sha256));
        var patronage = policy.Pools.Where(pool => pool.Kind == PoolKind.Patronage).SelectMany(pool => pool.Unit).ToList();
        var before = Calculate(inputs, request.MemberId);
        var more = More(inputs, patronage, request);
        var after = more.Count == 0 ? before : Calculate(inputs with { Patronage = [.. inputs.Patronage, .. more] }, request.MemberId);
        if (before.IsRefused) return before.Refusal!;
        if (after.IsRefused) return after.Refusal!;
        var posted = db.Allocations.Where(row => row.RunId == run.Id && row.MemberId == request.MemberId).Sum(row => row.DividendCents);
        return new Result(coOp.Year(year), patronage.Exists(part => part.Measure == Measure.Hours), patronage.Exists(part => part.Measure == Measure.Purchases), before.Value, after.Value, new Money(posted));
    });

    /// <summary>What the reserve and earlier losses stood at before the run's own entries.</summary>
    private static CalculationInputs AsTheRunSawThem(EvergreenDb db, CoOp coOp, DividendRun run, CalculationInputs inputs)
    {
        var first = db.DividendPostings.Where(posting => posting.RunId == run.Id).Select(posting => posting.FirstSequence).Single();
        return inputs with { CollectiveReserve = -Before(AccountCodes.CollectiveReserve), LossesCarriedForward = Before(AccountCodes.LossesCarriedForward) };

        Money Before(string code) => new((from account in db.Accounts
                                          join line in db.LedgerLines on account.Id equals line.AccountId
                                          where account.CoOpId == coOp.Id && account.Code == code && line.MemberId == null && line.Sequence < first
                                          select line.AmountCents).Sum());
    }

    private static List<PatronageSum> More(CalculationInputs inputs, List<UnitPart> parts, Request request)
    {
        var more = new List<PatronageSum>();
        Add(Measure.Hours, request.MoreHours.Hundredths);
        Add(Measure.Purchases, request.MorePurchases.Cents);
        return more;

        void Add(Measure measure, long quantity)
        {
            var counting = parts.Where(part => part.Measure == measure).ToList();
            if (quantity == 0 || counting.Count == 0) return;
            // As most of the member's rows that count, or else as most of everyone's.
            var usual = inputs.Patronage.Where(sum => sum.Measure == measure && sum.Eligibility == RowEligibility.ByDepartment && counting.Exists(part => part.Counts(sum.Category, sum.Eligibility)))
                .GroupBy(sum => sum.Category).Select(group => (Category: group.Key, Mine: group.Where(sum => sum.MemberId == request.MemberId).Sum(sum => sum.Quantity), All: group.Sum(sum => sum.Quantity)))
                .OrderByDescending(group => group.Mine).ThenByDescending(group => group.All).ThenBy(group => group.Category, StringComparer.Ordinal).ToList();
            more.Add(usual.Count > 0 ? new PatronageSum(request.MemberId, measure, usual[0].Category, RowEligibility.ByDepartment, quantity) : new PatronageSum(request.MemberId, measure, null, RowEligibility.Eligible, quantity));
        }
    }

    private static Outcome<Part> Calculate(CalculationInputs inputs, int memberId)
    {
        var proposal = DividendCalculation.Run(inputs);
        if (proposal.IsRefused) return proposal.Refusal!;
        var (dividend, cash) = (Money.Zero, Money.Zero);
        foreach (var row in proposal.Value.Pools.SelectMany(pool => pool.Rows))
        {
            if (row.Member.Id != memberId) continue;
            dividend += row.Dividend;
            cash += row.Cash;
        }
        return new Part(dividend, cash, dividend - cash);
    }
}
