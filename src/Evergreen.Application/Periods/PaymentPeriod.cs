using System.Globalization;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Periods;

namespace Evergreen.Application.Periods;

/// <summary>Says in plain words that a step of a dividend comes after the payment period of its year, or soon would. It is done all the same: what is paid late is income and is reported, only the deduction is lost.</summary>
internal static class PaymentPeriod
{
    /// <summary>Days before its end from which on it is spoken of: time enough to fix a bank file and have it run.</summary>
    private const int Soon = 30;

    /// <returns>The last day of the period; null where no law sets one.</returns>
    public static DateOnly? EndOf(CoOp coOp, int fiscalYear) => coOp.Regime == TaxRegime.SubchapterT ? Deadlines.PaymentPeriodEnd(coOp.Year(fiscalYear)) : null;

    /// <returns>Null where the day is in time, or where no law sets a period.</returns>
    public static string? Late(CoOp coOp, int fiscalYear, DateOnly on)
    {
        return EndOf(coOp, fiscalYear) is not { } end || on <= end ? null
            : $"The payment period of {fiscalYear} ended on {Day(end)}. What members are paid or given notice of after it is still their income and is still reported, but the co-op can no longer deduct it for {fiscalYear} (26 USC 1382(d)).";
    }

    /// <returns>Null where the end is further away or past, or where no law sets a period.</returns>
    public static string? Near(CoOp coOp, int fiscalYear, DateOnly today)
    {
        if (EndOf(coOp, fiscalYear) is not { } end) return null;
        var days = end.DayNumber - today.DayNumber;
        return days is < 0 or > Soon ? null
            : $"The payment period of {fiscalYear} ends on {Day(end)}, {(days == 0 ? "today" : days == 1 ? "tomorrow" : $"in {days} days")}: what members are paid or given notice of after it, the co-op cannot deduct for {fiscalYear} (26 USC 1382(d)).";
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
