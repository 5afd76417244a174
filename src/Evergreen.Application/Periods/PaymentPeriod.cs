using System.Globalization;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Periods;

namespace Evergreen.Application.Periods;

/// <summary>Says in plain words that a step of a dividend comes after the payment period of its year. It is done all the same: what is paid late is income and is reported, only the deduction is lost.</summary>
internal static class PaymentPeriod
{
    /// <returns>Null where the day is in time, or where no law sets a period.</returns>
    public static string? Late(CoOp coOp, int fiscalYear, DateOnly on)
    {
        if (coOp.Regime != TaxRegime.SubchapterT) return null;
        var end = Deadlines.PaymentPeriodEnd(coOp.Year(fiscalYear));
        return on <= end ? null
            : $"The payment period of {fiscalYear} ended on {end.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. What members are paid or given notice of after it is still their income and is still reported, but the co-op can no longer deduct it for {fiscalYear} (26 USC 1382(d)).";
    }
}
