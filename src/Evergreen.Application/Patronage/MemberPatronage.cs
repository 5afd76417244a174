using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

/// <summary>What a member bought or worked, year by year, and what each posted run gave for it. Records merged into the member's count with it.</summary>
public sealed class MemberPatronage(Books books)
{
    /// <param name="Quantity">Cents or hundredths, as the measure says.</param>
    /// <param name="Category">Department or kind of hours; null where the rows name none.</param>
    public sealed record Total(int FiscalYear, Measure Measure, string? Category, RowEligibility Eligibility, long Quantity, long Rows, string Record);

    public sealed record Dividend(string Run, int FiscalYear, string Pool, Money Amount, Money Cash, Money Retained, bool Reversed, string Record);

    public sealed record Content(CoOp CoOp, string Number, string Name, IReadOnlyList<Total> Totals, IReadOnlyList<Dividend> Dividends);

    public Outcome<Content> Run(string? coOpCode, string number) => books.Read<Outcome<Content>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id);
        var records = MemberIdentities.Numbers(db, ids);
        var categories = db.PatronageCategories.Where(category => category.CoOpId == coOp.Id).ToDictionary(category => category.Id, category => category.Code);
        // Year and measure lead the key, so each is looked up by itself: the whole table is never read.
        var ofCoOp = db.PatronageTotals.Where(total => total.CoOpId == coOp.Id);
        var first = ofCoOp.Min(total => (int?)total.FiscalYear) ?? 0;
        var years = Enumerable.Range(first, (ofCoOp.Max(total => (int?)total.FiscalYear) ?? 0) - first + 1).ToArray();
        Measure[] measures = [Measure.Purchases, Measure.Hours, Measure.Wages, Measure.Volume];
        var totals = db.PatronageTotals.Where(total => total.CoOpId == coOp.Id && years.Contains(total.FiscalYear) && measures.Contains(total.Measure) && ids.Contains(total.MemberId)).ToList();
        var dividends = (from allocation in db.Allocations
                         join run in db.DividendRuns on allocation.RunId equals run.Id
                         join posting in db.DividendPostings on run.Id equals posting.RunId
                         join pool in db.RunPools on new { allocation.RunId, allocation.PoolNo } equals new { pool.RunId, pool.PoolNo }
                         where run.CoOpId == coOp.Id && ids.Contains(allocation.MemberId)
                         orderby run.FiscalYear descending, run.Number descending, allocation.PoolNo, allocation.MemberId
                         select new { run, allocation, pool.Name, Reversed = db.DividendReversals.Any(reversal => reversal.RunId == run.Id) }).ToList();
        return new Content(coOp, member.Number, member.Name,
            [.. totals.OrderByDescending(total => total.FiscalYear).ThenBy(total => total.Measure).ThenBy(total => categories.GetValueOrDefault(total.CategoryId), StringComparer.Ordinal)
                .Select(total => new Total(total.FiscalYear, total.Measure, categories.GetValueOrDefault(total.CategoryId), total.Eligibility, total.Quantity, total.Rows, records[total.MemberId]))],
            [.. dividends.Select(row => new Dividend(row.run.Name, row.run.FiscalYear, row.Name, new Money(row.allocation.DividendCents), new Money(row.allocation.CashCents), new Money(row.allocation.RetainedCents), row.Reversed, records[row.allocation.MemberId]))]);
    });
}
