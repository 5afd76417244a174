namespace Evergreen.Domain.Periods;

/// <summary>A fiscal year: twelve months that end on the last day of a month, named after the calendar year in which they end.</summary>
public readonly record struct FiscalYear : IComparable<FiscalYear>
{
    private FiscalYear(DateOnly endsOn) => EndsOn = endsOn;

    /// <summary>Last day of the year.</summary>
    public DateOnly EndsOn { get; }

    /// <summary>First day of the year.</summary>
    public DateOnly StartsOn => EndsOn.AddDays(1).AddYears(-1);

    /// <summary>The calendar year in which it ends: FY2026 ended 30 June 2026 is 2026.</summary>
    public int Year => EndsOn.Year;

    /// <exception cref="ArgumentOutOfRangeException">The day is not the last of its month.</exception>
    public static FiscalYear Ending(int year, int month, int day)
    {
        if (day != DateTime.DaysInMonth(year, month))
            throw new ArgumentOutOfRangeException(nameof(day), day, $"A fiscal year ends on the last day of a month; {year}-{month:00} has {DateTime.DaysInMonth(year, month)} days.");
        return new FiscalYear(new DateOnly(year, month, day));
    }

    /// <summary>The year named <paramref name="year"/> of a co-op whose years end with the given month (1 to 12).</summary>
    public static FiscalYear Named(int year, int endMonth) => Ending(year, endMonth, DateTime.DaysInMonth(year, endMonth));

    /// <summary>The year that contains the date, for years ending with the given month (1 to 12).</summary>
    public static FiscalYear Containing(DateOnly date, int endMonth) => Named(date.Month <= endMonth ? date.Year : date.Year + 1, endMonth);

    public bool Contains(DateOnly date) => date >= StartsOn && date <= EndsOn;
    public int CompareTo(FiscalYear other) => EndsOn.CompareTo(other.EndsOn);
    public override string ToString() => $"FY{Year} ({StartsOn:yyyy-MM-dd} to {EndsOn:yyyy-MM-dd})";
}
