using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Periods;

public sealed class FiscalYearTests
{
    [TestCase(2026, 12, "2026-01-01", "2026-12-31")]
    [TestCase(2026, 6, "2025-07-01", "2026-06-30")]
    [TestCase(2024, 2, "2023-03-01", "2024-02-29")]
    [TestCase(2025, 2, "2024-03-01", "2025-02-28")]
    [TestCase(2026, 9, "2025-10-01", "2026-09-30")]
    public void AYearIsNamedAfterTheOneInWhichItEnds(int name, int endMonth, string starts, string ends)
    {
        var year = FiscalYear.Named(name, endMonth);
        Assert.That((year.StartsOn, year.EndsOn, year.Year), Is.EqualTo((DateOnly.Parse(starts), DateOnly.Parse(ends), name)));
        Assert.That(year.ToString(), Is.EqualTo($"FY{name} ({starts} to {ends})"));
    }

    [Test]
    public void YearsFollowOneAnotherWithoutAGapOrADayShared()
    {
        for (var month = 1; month <= 12; month++)
        {
            for (var name = 2019; name <= 2030; name++)
            {
                FiscalYear year = FiscalYear.Named(name, month), next = FiscalYear.Named(name + 1, month);
                Assert.That(next.StartsOn, Is.EqualTo(year.EndsOn.AddDays(1)));
                Assert.That(year.Contains(year.StartsOn) && year.Contains(year.EndsOn) && !year.Contains(next.StartsOn) && !next.Contains(year.EndsOn), Is.True);
                Assert.That((FiscalYear.Containing(year.StartsOn, month), FiscalYear.Containing(year.EndsOn, month)), Is.EqualTo((year, year)));
                Assert.That(year.CompareTo(next), Is.LessThan(0));
            }
        }
    }

    [TestCase(2026, 6, 29)]
    [TestCase(2024, 2, 28)]
    [TestCase(2025, 12, 1)]
    public void AYearEndsOnTheLastDayOfAMonth(int year, int month, int day) =>
        Assert.That(() => FiscalYear.Ending(year, month, day), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("last day of a month"));
}
