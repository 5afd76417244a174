using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;

namespace Evergreen.Application.Dividends;

/// <summary>What a member and their household bought and worked in a year, by kind, with what of it the member's consent does not cover.</summary>
internal sealed class PatronageOfMember
{
    private static readonly Measure[] Measures = [Measure.Purchases, Measure.Hours, Measure.Wages, Measure.Volume];
    private readonly Dictionary<(Measure, int, RowEligibility), long> outside = [];
    private readonly Dictionary<int, PatronageCategory> categories;

    public PatronageOfMember(EvergreenDb db, CoOp coOp, FiscalYear year, IReadOnlyList<int> household, ConsentCover consent)
    {
        categories = db.PatronageCategories.Where(category => category.CoOpId == coOp.Id).ToDictionary(category => category.Id);
        // Year and measure lead the key, so each is named: the whole table is never read.
        Totals = [.. db.PatronageTotals.Where(total => total.CoOpId == coOp.Id && total.FiscalYear == year.Year && Measures.Contains(total.Measure) && household.Contains(total.MemberId))
            .GroupBy(total => new { total.Measure, total.CategoryId, total.Eligibility })
            .Select(group => new { group.Key.Measure, group.Key.CategoryId, group.Key.Eligibility, Quantity = group.Sum(total => total.Quantity), Rows = group.Sum(total => total.Rows) }).AsEnumerable()
            .Select(total => new Total(total.Measure, total.CategoryId, total.Eligibility, total.Quantity, total.Rows))];
        if (consent.IsNone) return;
        foreach (var gap in consent.Gaps(year)) ReadOutside(db, gap, household);
    }

    public sealed record Total(Measure Measure, int Category, RowEligibility Eligibility, long Quantity, long Rows);

    public IReadOnlyList<Total> Totals { get; }

    /// <summary>The sums of the pool's measures, by measure and category; those that count first.</summary>
    public IReadOnlyList<CountedSum> For(PoolPolicy rule) =>
        [.. Totals.Where(total => rule.Unit.Any(part => part.Measure == total.Measure)).Select(total =>
        {
            var category = categories.GetValueOrDefault(total.Category);
            var parts = rule.Unit.Where(part => part.Measure == total.Measure && part.Counts(category?.Code, total.Eligibility)).ToList();
            return new CountedSum(total.Measure, category?.Code, category is null ? "" : category.Name.Length > 0 ? category.Name : category.Code, total.Eligibility, total.Quantity, total.Rows, parts.Count > 0,
                parts.Aggregate(Ratio.Zero, (sum, part) => sum + part.Weight), outside.GetValueOrDefault((total.Measure, total.Category, total.Eligibility)));
        }).OrderByDescending(sum => sum.Counts).ThenBy(sum => sum.Measure).ThenBy(sum => sum.Category, StringComparer.Ordinal).ThenBy(sum => sum.Eligibility)];

    private void ReadOutside(EvergreenDb db, DayRange gap, IReadOnlyList<int> household)
    {
        foreach (var row in db.Purchases.Where(row => row.MemberId != null && household.Contains(row.MemberId.Value) && row.On >= gap.From && row.On <= gap.To).GroupBy(row => new { row.CategoryId, row.Eligibility })
            .Select(group => new { group.Key.CategoryId, group.Key.Eligibility, Cents = group.Sum(row => row.AmountCents), Volume = group.Sum(row => row.VolumeHundredths ?? 0) }))
        {
            Add(Measure.Purchases, row.CategoryId, row.Eligibility, row.Cents);
            Add(Measure.Volume, row.CategoryId, row.Eligibility, row.Volume);
        }
        foreach (var row in db.HoursWorked.Where(row => row.MemberId != null && household.Contains(row.MemberId.Value) && row.On >= gap.From && row.On <= gap.To).GroupBy(row => row.CategoryId)
            .Select(group => new { CategoryId = group.Key, Hours = group.Sum(row => row.HoursHundredths), Wages = group.Sum(row => row.WagesCents ?? 0) }))
        {
            Add(Measure.Hours, row.CategoryId, RowEligibility.ByDepartment, row.Hours);
            Add(Measure.Wages, row.CategoryId, RowEligibility.ByDepartment, row.Wages);
        }

        void Add(Measure measure, int category, RowEligibility eligibility, long quantity) => outside[(measure, category, eligibility)] = outside.GetValueOrDefault((measure, category, eligibility)) + quantity;
    }
}
