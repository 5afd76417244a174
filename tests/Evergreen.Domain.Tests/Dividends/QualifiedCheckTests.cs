using Evergreen.Domain.Dividends;
using Evergreen.Domain.Periods;
using Evergreen.Domain.Tests.Books;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class QualifiedCheckTests
{
    private static readonly System.Text.Json.JsonElement Case = Sheet.Of("qualified-check-deadline");
    private static readonly FiscalYear Year = FiscalYear.Named(Case.Date("given.yearEndsOn").Year, 12);
    private static readonly DateOnly Issued = Case.Date("given.issuedOn");
    private static readonly DateOnly Deadline = Case.Date("expected.deadline");

    private static QualifiedCheck Standing(DateOnly? cashedOn, DateOnly asOf) => QualifiedCheck.Standing(Year, Issued, cashedOn, asOf).Value;

    /// <remarks>26 CFR 1.1388-1(c)(3)(iii)(c).</remarks>
    [Test]
    public void TheRegulationsDatesHold() =>
        Assert.That((Deadlines.PaymentPeriodEnd(Year), Deadlines.QualifiedCheck(Year)), Is.EqualTo((Case.Date("expected.paymentPeriodEndsOn"), Deadline)));

    [Test]
    public void CashedOnTheLastDayItIsMoneyPaidWhenIssued()
    {
        var check = Standing(Deadline, Deadline.AddYears(1));
        Assert.That((check.State, check.MoneyPaidOn, check.RedeemedOn, check.Notice), Is.EqualTo((QualifiedCheckState.Consented, (DateOnly?)Case.Date("expected.moneyPaidOn"), (DateOnly?)null, NoticeKind.Qualified)));
    }

    [Test]
    public void UncashedADayLaterCheckAndNoticeAreNonqualified()
    {
        Assert.That(Standing(null, Deadline), Is.EqualTo(new QualifiedCheck(QualifiedCheckState.Undetermined, null, null)));
        Assert.That(Standing(null, Deadline).Notice, Is.EqualTo(NoticeKind.Qualified));
        var lapsed = Standing(null, Deadline.AddDays(1));
        Assert.That((lapsed.State, lapsed.MoneyPaidOn, lapsed.Notice), Is.EqualTo((QualifiedCheckState.Lapsed, (DateOnly?)null, NoticeKind.Nonqualified)));
    }

    [Test]
    public void CashedLateItIsANoticeRedeemedThatDay()
    {
        var late = Case.Date("expected.cashedLateOn");
        var check = Standing(late, late);
        Assert.That((check.State, check.RedeemedOn, check.Notice), Is.EqualTo((QualifiedCheckState.Redeemed, (DateOnly?)late, NoticeKind.Nonqualified)));
        Assert.That(Standing(late, late.AddDays(-1)).State, Is.EqualTo(QualifiedCheckState.Lapsed));
    }

    [Test]
    public void ACheckOfAnotherPeriodIsNone()
    {
        Assert.That(QualifiedCheck.Standing(Year, new DateOnly(1964, 9, 16), null, Deadline).Refusal!.Code, Is.EqualTo("qualified-check-outside-period"));
        Assert.That(QualifiedCheck.Standing(Year, Issued, Issued.AddDays(-1), Deadline).Refusal!.Code, Is.EqualTo("qualified-check-cashed-early"));
    }
}
