using System.Runtime.InteropServices;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Sums every purchase and every hour again and compares with the totals that were kept at import.</summary>
/// <remarks>One scan into a table by member: a GROUP BY over unsorted rows would sort them all.</remarks>
internal sealed class PatronageCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    private readonly Dictionary<(int Year, Measure Measure, int Member, int Category, RowEligibility Eligibility), (long Quantity, long Rows)> sums = [];

    /// <returns>The number of rows read.</returns>
    public long Run()
    {
        long rows = 0;
        foreach (var row in db.Purchases.AsNoTracking().Where(row => row.CoOpId == coOp.Id).Select(row => new { row.MemberId, row.On, row.AmountCents, row.VolumeHundredths, row.CategoryId, row.Eligibility }))
        {
            rows++;
            var year = coOp.YearOf(row.On).Year;
            Add((year, Measure.Purchases, row.MemberId ?? 0, row.CategoryId, row.Eligibility), row.AmountCents);
            if (row.VolumeHundredths is { } volume) Add((year, Measure.Volume, row.MemberId ?? 0, row.CategoryId, row.Eligibility), volume);
        }
        foreach (var row in db.HoursWorked.AsNoTracking().Where(row => row.CoOpId == coOp.Id).Select(row => new { row.MemberId, row.On, row.HoursHundredths, row.WagesCents, row.CategoryId }))
        {
            rows++;
            var year = coOp.YearOf(row.On).Year;
            Add((year, Measure.Hours, row.MemberId ?? 0, row.CategoryId, RowEligibility.ByDepartment), row.HoursHundredths);
            if (row.WagesCents is { } wages) Add((year, Measure.Wages, row.MemberId ?? 0, row.CategoryId, RowEligibility.ByDepartment), wages);
        }
        foreach (var kept in db.PatronageTotals.AsNoTracking().Where(total => total.CoOpId == coOp.Id))
        {
            var key = (kept.FiscalYear, kept.Measure, kept.MemberId, kept.CategoryId, kept.Eligibility);
            sums.Remove(key, out var found);
            if (found != (kept.Quantity, kept.Rows))
                findings.Add($"{coOp.Code}: {kept.Measure} of {kept.FiscalYear}, member id {kept.MemberId}: {kept.Rows} rows with {new Money(kept.Quantity)} were kept, the rows are {found.Rows} with {new Money(found.Quantity)}.");
        }
        foreach (var (key, sum) in sums.Where(sum => sum.Value != default))
            findings.Add($"{coOp.Code}: {key.Measure} of {key.Year}, member id {key.Member}: {sum.Rows} rows with {new Money(sum.Quantity)} are in no total.");
        return rows;
    }

    private void Add((int, Measure, int, int, RowEligibility) key, long quantity)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _);
        sum = (sum.Quantity + quantity, sum.Rows + 1);
    }
}
