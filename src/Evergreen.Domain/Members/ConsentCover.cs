using System.Globalization;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Members;

/// <summary>Days without a gap, both ends included.</summary>
public readonly record struct DayRange(DateOnly From, DateOnly To);

/// <summary>The days of a fiscal year whose patronage a member's consent covers, in order and without touching one another.</summary>
public sealed class ConsentCover
{
    public static readonly ConsentCover None = new([]);

    private ConsentCover(IReadOnlyList<DayRange> ranges) => Ranges = ranges;

    public IReadOnlyList<DayRange> Ranges { get; }
    public bool IsNone => Ranges.Count == 0;

    public static ConsentCover Of(IReadOnlyList<DayRange> ranges) => ranges.Count == 0 ? None : new ConsentCover(ranges);

    /// <summary>From the day up to the year's end.</summary>
    public static ConsentCover Since(DateOnly from, FiscalYear year) => new([new DayRange(from, year.EndsOn)]);

    public bool Covers(DateOnly day) => RangeOn(day) is not null;

    public DayRange? RangeOn(DateOnly day)
    {
        foreach (var range in Ranges) if (range.From <= day && day <= range.To) return range;
        return null;
    }

    /// <summary>The days of the year that are not covered, in order.</summary>
    public IReadOnlyList<DayRange> Gaps(FiscalYear year)
    {
        var gaps = new List<DayRange>();
        var next = year.StartsOn;
        foreach (var range in Ranges)
        {
            if (range.From > next) gaps.Add(new DayRange(next, range.From.AddDays(-1)));
            next = range.To.AddDays(1);
        }
        if (next <= year.EndsOn) gaps.Add(new DayRange(next, year.EndsOn));
        return gaps;
    }

    /// <summary>The first day alone where the cover lasts to the year's end without a gap; otherwise every range. Empty where nothing is covered.</summary>
    public string Text(FiscalYear year) =>
        Ranges is [var only] && only.To == year.EndsOn ? Day(only.From) : string.Join(',', Ranges.Select(range => $"{Day(range.From)}..{Day(range.To)}"));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
