using Evergreen.Domain.Tax;

namespace Evergreen.Domain.Tests.Tax;

public sealed class PatronageReportTests
{
    /// <remarks>26 USC 6044(a): $10 or more, all boxes together; any amount where tax was withheld, whoever the recipient.</remarks>
    [TestCase(999, 0, 0, false, FormStanding.BelowThreshold)]
    [TestCase(1000, 0, 0, false, FormStanding.Form)]
    [TestCase(600, 0, 400, false, FormStanding.Form)]
    [TestCase(600, 0, 399, false, FormStanding.BelowThreshold)]
    [TestCase(0, 0, 0, false, FormStanding.BelowThreshold)]
    [TestCase(500000, 0, 0, true, FormStanding.Exempt)]
    [TestCase(5, 1, 0, false, FormStanding.Form)]
    [TestCase(5, 1, 0, true, FormStanding.Form)]
    public void AFormIsDueFromTenDollarsOrWithAnyTaxWithheld(long dividends, long withheld, long redeemed, bool exempt, FormStanding standing) =>
        Assert.That(PatronageReport.StandingOf(new(new(dividends), new(withheld), new(redeemed)), 2026, exempt), Is.EqualTo(standing));

    [Test]
    public void TheLeastAmountBelongsToAYear()
    {
        Assert.That((PatronageReport.ThresholdOf(1963), PatronageReport.ThresholdOf(2026)), Is.EqualTo((Money.Parse("10.00"), Money.Parse("10.00"))));
        Assert.That(() => PatronageReport.ThresholdOf(1962), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    /// <remarks>31 January 2026 is a Saturday, 31 January 2027 a Sunday, 31 January 2028 a Monday.</remarks>
    [TestCase(2025, "2026-02-02")]
    [TestCase(2026, "2027-02-01")]
    [TestCase(2027, "2028-01-31")]
    public void CopiesAreDueOnTheLastOfJanuaryOrTheMondayAfter(int year, string day) => Assert.That(PatronageReport.FurnishBy(year), Is.EqualTo(DateOnly.ParseExact(day, "yyyy-MM-dd", null)));

    [TestCase("SSN", "1234", "XXX-XX-1234")]
    [TestCase("ITIN", "1234", "XXX-XX-1234")]
    [TestCase(null, "1234", "XXX-XX-1234")]
    [TestCase("EIN", "1234", "XX-XXX1234")]
    [TestCase("SSN", null, null)]
    public void OnlyTheLastFourDigitsOfARecipientAreShown(string? type, string? lastFour, string? shown) => Assert.That(TaxpayerNumber.Truncated(type, lastFour), Is.EqualTo(shown));

    [TestCase("123456789", "12-3456789")]
    [TestCase("12-3456789", "12-3456789")]
    [TestCase(" 12 3456789 ", "12-3456789")]
    [TestCase("12-345678", null)]
    [TestCase("12-345678O", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void ThePayersNumberHasNineDigits(string? typed, string? written) => Assert.That(TaxpayerNumber.Employer(typed), Is.EqualTo(written));
}
