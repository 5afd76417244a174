using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Tax;

/// <summary>What becomes of a member's amounts of a calendar year.</summary>
public enum FormStanding
{
    /// <summary>The member and the IRS are told.</summary>
    Form = 1,

    /// <summary>Less than the least amount.</summary>
    BelowThreshold = 2,

    /// <summary>A corporation or another recipient of whom nothing is reported.</summary>
    Exempt = 3,
}

/// <summary>Form 1099-PATR: who is given one for a calendar year, and by when.</summary>
public static class PatronageReport
{
    /// <summary>The first calendar year of such reports.</summary>
    public const int FirstYear = 1963;

    /// <summary>The least amount by the calendar year from which on it holds.</summary>
    /// <remarks>26 USC 6044(a)(1). Public Law 119-21 raised the least amount of other forms for payments of 2026, not this one: to be verified each year.</remarks>
    private static readonly (int FromYear, Money Least)[] Thresholds = [(FirstYear, new(10_00))];

    /// <summary>How many forms the IRIS Taxpayer Portal takes in one file, by the calendar year from which on it holds.</summary>
    /// <remarks>IRS Publication 5717: to be verified each year.</remarks>
    private static readonly (int FromYear, int Most)[] FileSizes = [(FirstYear, 100)];

    public static int FormsAFile(int calendarYear) => FileSizes.Last(one => one.FromYear <= calendarYear).Most;

    /// <returns>A form is due from this amount on, all boxes of the year together.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The year is before <see cref="FirstYear"/>.</exception>
    public static Money ThresholdOf(int calendarYear) =>
        calendarYear < FirstYear ? throw new ArgumentOutOfRangeException(nameof(calendarYear), calendarYear, $"Reports begin with {FirstYear}.") : Thresholds.Last(one => one.FromYear <= calendarYear).Least;

    /// <remarks>Where tax was withheld a form is due whatever the amount and whoever the recipient: 26 USC 6044(a)(2). Recipients who are exempt: 26 CFR 1.6044-3(c).</remarks>
    public static FormStanding StandingOf(PatronageBoxes boxes, int calendarYear, bool isExempt)
    {
        if (boxes.Withheld.IsPositive) return FormStanding.Form;
        if (isExempt) return FormStanding.Exempt;
        return boxes.Reportable >= ThresholdOf(calendarYear) ? FormStanding.Form : FormStanding.BelowThreshold;
    }

    /// <summary>The last day for the recipients' copies: 31 January, or the Monday after where it falls on a weekend.</summary>
    /// <remarks>26 USC 6044(e); 26 USC 7503.</remarks>
    public static DateOnly FurnishBy(int calendarYear) => OrMonday(new DateOnly(calendarYear + 1, 1, 31));

    /// <summary>The last day for what is filed electronically: 31 March, or the Monday after where it falls on a weekend.</summary>
    /// <remarks>26 USC 6071(b); 26 USC 7503.</remarks>
    public static DateOnly FileBy(int calendarYear) => OrMonday(new DateOnly(calendarYear + 1, 3, 31));

    private static DateOnly OrMonday(DateOnly last) => last.DayOfWeek switch { DayOfWeek.Saturday => last.AddDays(2), DayOfWeek.Sunday => last.AddDays(1), _ => last };
}
