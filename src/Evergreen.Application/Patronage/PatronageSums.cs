using System.Runtime.InteropServices;
using Evergreen.Application.Storage;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>What rows add to the totals of their members, gathered and then added in the same transaction. Written whenever there are many, so that memory stays flat.</summary>
internal sealed class PatronageSums(EvergreenDb db, int coOpId)
{
    private const int MostKeys = 200_000;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Key(int Year, Measure Measure, int Member, int Category, RowEligibility Eligibility);
    private readonly Dictionary<Key, (long Quantity, long Rows)> sums = [];

    /// <param name="sign">1 for a row that comes, −1 for one that goes.</param>
    public void Add(Purchase row, int year, int sign)
    {
        Add(new Key(year, Measure.Purchases, row.MemberId ?? 0, row.CategoryId, row.Eligibility), row.AmountCents, sign);
        if (row.VolumeHundredths is { } volume) Add(new Key(year, Measure.Volume, row.MemberId ?? 0, row.CategoryId, row.Eligibility), volume, sign);
    }

    /// <inheritdoc cref="Add(Purchase, int, int)"/>
    public void Add(HoursWorked row, int year, int sign)
    {
        Add(new Key(year, Measure.Hours, row.MemberId ?? 0, row.CategoryId, RowEligibility.ByDepartment), row.HoursHundredths, sign);
        if (row.WagesCents is { } wages) Add(new Key(year, Measure.Wages, row.MemberId ?? 0, row.CategoryId, RowEligibility.ByDepartment), wages, sign);
    }

    public void Write()
    {
        BulkWriter.InsertOrAdd(db, sums.Select(sum => new PatronageTotal
        {
            CoOpId = coOpId,
            FiscalYear = sum.Key.Year,
            MemberId = sum.Key.Member,
            Measure = sum.Key.Measure,
            CategoryId = sum.Key.Category,
            Eligibility = sum.Key.Eligibility,
            Quantity = sum.Value.Quantity,
            Rows = sum.Value.Rows,
        }), nameof(PatronageTotal.Quantity), nameof(PatronageTotal.Rows));
        sums.Clear();
    }

    /// <summary>Takes away from totals that are there. A row of the table never counts below zero, so nothing can be inserted here.</summary>
    /// <exception cref="InvalidOperationException">A total is not there: the kept totals do not follow from the rows.</exception>
    public void WriteTaken()
    {
        foreach (var (key, (quantity, rows)) in sums)
        {
            var kept = db.PatronageTotals.Where(total => total.CoOpId == coOpId && total.FiscalYear == key.Year && total.Measure == key.Measure && total.MemberId == key.Member && total.CategoryId == key.Category && total.Eligibility == key.Eligibility);
            if (kept.ExecuteUpdate(set => set.SetProperty(total => total.Quantity, total => total.Quantity + quantity).SetProperty(total => total.Rows, total => total.Rows + rows)) != 1)
                throw new InvalidOperationException($"No {key.Measure} of {key.Year} are kept for member id {key.Member}, category {key.Category}.");
        }
        db.PatronageTotals.Where(total => total.CoOpId == coOpId && total.Rows == 0).ExecuteDelete();
        sums.Clear();
    }

    private void Add(Key key, long quantity, int sign)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _);
        sum = checked((sum.Quantity + sign * quantity, sum.Rows + sign));
        if (sums.Count < MostKeys) return;
        if (sign > 0) Write();
        else WriteTaken();
    }
}
