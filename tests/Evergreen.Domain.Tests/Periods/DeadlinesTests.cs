using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Periods;

public sealed class DeadlinesTests
{
    // End of the payment period, and the 90th day after it, counted on a calendar by hand.
    [TestCase("2026-01-31", "2026-10-15", "2027-01-13")]
    [TestCase("2026-02-28", "2026-11-15", "2027-02-13")]
    [TestCase("2026-03-31", "2026-12-15", "2027-03-15")]
    [TestCase("2026-04-30", "2027-01-15", "2027-04-15")]
    [TestCase("2026-05-31", "2027-02-15", "2027-05-16")]
    [TestCase("2026-06-30", "2027-03-15", "2027-06-13")]
    [TestCase("2026-07-31", "2027-04-15", "2027-07-14")]
    [TestCase("2026-08-31", "2027-05-15", "2027-08-13")]
    [TestCase("2026-09-30", "2027-06-15", "2027-09-13")]
    [TestCase("2026-10-31", "2027-07-15", "2027-10-13")]
    [TestCase("2026-11-30", "2027-08-15", "2027-11-13")]
    [TestCase("2026-12-31", "2027-09-15", "2027-12-14")]
    [TestCase("2027-02-28", "2027-11-15", "2028-02-13", TestName = "TheNinetyDaysEndBeforeALeapDay")]
    [TestCase("2027-03-31", "2027-12-15", "2028-03-14", TestName = "ALeapDayCountsAmongTheNinety")]
    [TestCase("2028-02-29", "2028-11-15", "2029-02-13", TestName = "AYearMayEndOnALeapDay")]
    [TestCase("1963-12-31", "1964-09-15", "1964-12-14", TestName = "TheRegulationsOwnExample")]
    public void TheDatesFollowFromTheYearsEnd(string endsOn, string periodEndsOn, string checkBy)
    {
        var end = DateOnly.Parse(endsOn);
        var year = FiscalYear.Ending(end.Year, end.Month, end.Day);
        Assert.That(Deadlines.PaymentPeriod(year), Is.EqualTo((year.StartsOn, DateOnly.Parse(periodEndsOn))));
        Assert.That(Deadlines.PaymentPeriodEnd(year), Is.EqualTo(DateOnly.Parse(periodEndsOn)));
        Assert.That(Deadlines.QualifiedCheck(year), Is.EqualTo(DateOnly.Parse(checkBy)));
        Assert.That(Deadlines.LossOffsetNotice(year), Is.EqualTo(DateOnly.Parse(periodEndsOn)));
    }

    [TestCase("2026-12-31", "2027-07-31")]
    [TestCase("2026-06-30", "2027-01-31")]
    [TestCase("2026-04-30", "2026-11-30")]
    [TestCase("2026-02-28", "2026-09-30")]
    [TestCase("2024-02-29", "2024-09-30")]
    [TestCase("2026-07-31", "2027-02-28")]
    [TestCase("2027-07-31", "2028-02-29")]
    public void TheAnnualReturnOfASocietyIsDueAfterSevenMonths(string endsOn, string dueOn)
    {
        var end = DateOnly.Parse(endsOn);
        Assert.That(Deadlines.AnnualReturn(FiscalYear.Ending(end.Year, end.Month, end.Day)), Is.EqualTo(DateOnly.Parse(dueOn)));
    }

    [TestCase("100.00", "50.00", true)]
    [TestCase("100.00", "49.99", false)]
    [TestCase("100.01", "50.00", false)]
    [TestCase("0.00", "0.00", false)]
    [TestCase("-10.00", "0.00", false)]
    public void TheCoOpsReturnWaitsWhereHalfGoesToPatrons(string earned, string dividends, bool waits)
    {
        for (var month = 1; month <= 12; month++)
        {
            var year = FiscalYear.Named(2026, month);
            Assert.That(Deadlines.CoOpReturn(year, Money.Parse(earned), Money.Parse(dividends)), Is.EqualTo(waits ? Deadlines.PaymentPeriodEnd(year) : (DateOnly?)null));
        }
    }

    [Test]
    public void EveryYearEndOfACenturyClosesOnTheFifteenthOfTheNinthMonth()
    {
        for (var year = 1990; year <= 2090; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                var ends = Deadlines.PaymentPeriodEnd(FiscalYear.Named(year, month));
                Assert.That((ends.Day, ends.Year * 12 + ends.Month), Is.EqualTo((15, year * 12 + month + 9)));
                Assert.That(Deadlines.QualifiedCheck(FiscalYear.Named(year, month)).DayNumber - ends.DayNumber, Is.EqualTo(90));
            }
        }
    }
}
