using System.Runtime.InteropServices;
using Evergreen.Application.Storage;
using Evergreen.Domain.Patronage;

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

    private void Add(Key key, long quantity, int sign)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _);
        sum = checked((sum.Quantity + sign * quantity, sum.Rows + sign));
        if (sums.Count >= MostKeys) Write();
    }
}
