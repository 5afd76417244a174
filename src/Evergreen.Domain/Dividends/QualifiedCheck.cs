using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Dividends;

/// <summary>Where a qualified check and the notice that came with it stand on a day.</summary>
public enum QualifiedCheckState
{
    /// <summary>Not cashed, and there is still time. Reported as cash and as a qualified notice meanwhile (26 CFR 1.6044-3(b)(1)).</summary>
    Undetermined = 1,

    /// <summary>Cashed in time: the patron has consented.</summary>
    Consented = 2,

    /// <summary>The time ran out: check and notice are both nonqualified.</summary>
    Lapsed = 3,

    /// <summary>Cashed after it lapsed: a nonqualified notice redeemed on that day.</summary>
    Redeemed = 4,
}

/// <summary>A check whose cashing is the patron's consent to the notice beside it.</summary>
/// <param name="State">Where both stand.</param>
/// <param name="MoneyPaidOn">The day on which the check counts as money paid; null unless consented.</param>
/// <param name="RedeemedOn">The day on which a lapsed check was cashed after all; null otherwise.</param>
/// <remarks>26 USC 1388(c)(4); 26 CFR 1.1388-1(c)(3)(iii)(c).</remarks>
public sealed record QualifiedCheck(QualifiedCheckState State, DateOnly? MoneyPaidOn, DateOnly? RedeemedOn)
{
    /// <summary>What the notice is, and the check with it.</summary>
    public NoticeKind Notice => State is QualifiedCheckState.Lapsed or QualifiedCheckState.Redeemed ? NoticeKind.Nonqualified : NoticeKind.Qualified;

    /// <param name="year">The fiscal year whose patronage is paid.</param>
    /// <param name="issuedOn">Within the year's payment period.</param>
    /// <param name="cashedOn">Endorsed and cashed on; null while it is not.</param>
    /// <param name="asOf">The day of the question; a cashing after it is not known yet.</param>
    /// <returns>A refusal where the check was issued outside the payment period or cashed before it was issued.</returns>
    public static Outcome<QualifiedCheck> Standing(FiscalYear year, DateOnly issuedOn, DateOnly? cashedOn, DateOnly asOf)
    {
        var (from, to) = Deadlines.PaymentPeriod(year);
        if (issuedOn < from || issuedOn > to)
            return new Refusal("qualified-check-outside-period", $"A qualified check for {year} is issued from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}; this one bears {issuedOn:yyyy-MM-dd}.");
        if (cashedOn < issuedOn)
            return new Refusal("qualified-check-cashed-early", $"A check issued on {issuedOn:yyyy-MM-dd} cannot have been cashed on {cashedOn:yyyy-MM-dd}.");
        if (cashedOn > asOf) cashedOn = null;

        var deadline = Deadlines.QualifiedCheck(year);
        if (cashedOn is { } on) return on <= deadline ? new QualifiedCheck(QualifiedCheckState.Consented, issuedOn, null) : new QualifiedCheck(QualifiedCheckState.Redeemed, null, on);
        return new QualifiedCheck(asOf <= deadline ? QualifiedCheckState.Undetermined : QualifiedCheckState.Lapsed, null, null);
    }
}
