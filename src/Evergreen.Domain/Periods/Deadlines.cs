using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Periods;

/// <summary>The dates that follow from a fiscal year's end: under Subchapter T, and for a society's annual return.</summary>
public static class Deadlines
{
    /// <summary>First day of the year up to the 15th day of the ninth month after its end; weekends do not move it.</summary>
    /// <remarks>26 USC 1382(d). Calendar 2026 closes on 15 September 2027; a year ended 30 June 2026 on 15 March 2027.</remarks>
    public static (DateOnly From, DateOnly To) PaymentPeriod(FiscalYear year) => (year.StartsOn, PaymentPeriodEnd(year));

    /// <inheritdoc cref="PaymentPeriod"/>
    public static DateOnly PaymentPeriodEnd(FiscalYear year) => new DateOnly(year.EndsOn.Year, year.EndsOn.Month, 1).AddMonths(9).AddDays(14);

    /// <summary>Last day on which a qualified check is cashed in time: the 90th day after the payment period closes.</summary>
    /// <remarks>26 CFR 1.1388-1(c)(3)(iii)(c): 15 September 1964 + 90 days = 14 December 1964.</remarks>
    public static DateOnly QualifiedCheck(FiscalYear year) => PaymentPeriodEnd(year).AddDays(90);

    /// <summary>The day on which the co-op's own income tax return is due, where at least half of what it earned with patrons is dividends to them; null where less is.</summary>
    /// <remarks>26 USC 6072(d): the 15th day of the ninth month after the year end.</remarks>
    public static DateOnly? CoOpReturn(FiscalYear year, Money patronageNet, Money dividends) =>
        patronageNet.IsPositive && dividends >= new Ratio(1, 2).DivideUp(patronageNet) ? PaymentPeriodEnd(year) : null;

    /// <summary>Last day for the notice that losses of one pool were offset against another's earnings.</summary>
    /// <remarks>26 USC 1388(j): the 15th day of the ninth month after the year end.</remarks>
    public static DateOnly LossOffsetNotice(FiscalYear year) => PaymentPeriodEnd(year);

    /// <summary>Last day for the annual return of a registered society: seven months after the year end, to the last day of that month.</summary>
    /// <remarks>United Kingdom, FCA form AR30. Calendar 2026 is due on 31 July 2027; a year ended 28 February 2026 on 30 September 2026.</remarks>
    public static DateOnly AnnualReturn(FiscalYear year) => new DateOnly(year.EndsOn.Year, year.EndsOn.Month, 1).AddMonths(8).AddDays(-1);
}
