using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Periods;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

/// <summary>A co-op's day begins at its own midnight, wherever its server stands.</summary>
public sealed class CoOpDayTests
{
    private static readonly string[] Zones =
    [
        "Etc/GMT+12", "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Halifax", "America/St_Johns", "Atlantic/Azores", "UTC",
        "Europe/London", "Europe/Berlin", "Europe/Athens", "Africa/Nairobi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati",
    ];

    private static DateOnly Today(string? zone, DateTime utc)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(utc, TimeSpan.Zero));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        var coOp = new CoOp { Code = "a", Name = "A", Country = "US", Currency = "USD", FiscalYearEndMonth = 12, Regime = TaxRegime.SubchapterT, CreatedAt = utc, TimeZone = zone };
        return new Books(DatabaseAddress.Sqlite("nowhere.db"), clock).Today(coOp);
    }

    /// <remarks>2027 and the leap year 2028, so that 28 and 29 February are among the ends of years.</remarks>
    [Test]
    public void TheLastDayOfEveryFiscalYearEndsAtMidnightInEveryZone([ValueSource(nameof(Zones))] string zone, [Values(2027, 2028)] int year)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (var month = 1; month <= 12; month++)
        {
            var last = FiscalYear.Named(year, month).EndsOn;
            var midnight = TimeZoneInfo.ConvertTimeToUtc(last.AddDays(1).ToDateTime(TimeOnly.MinValue), place);
            Assert.That((Today(zone, midnight.AddMilliseconds(-1)), Today(zone, midnight)), Is.EqualTo((last, last.AddDays(1))), $"{zone}, {last:yyyy-MM-dd}");
        }
    }

    [Test]
    public void WithoutAZoneTheDayIsThatOfTheMachine() => Assert.That(Today(null, new DateTime(2026, 12, 31, 15, 0, 0, DateTimeKind.Utc)), Is.EqualTo(new DateOnly(2027, 1, 1)));

    /// <remarks>Books that were carried to a machine without the zone's rules still open.</remarks>
    [Test]
    public void AZoneThatTheMachineDoesNotKnowCountsAsNone() => Assert.That(Today("Mars/Olympus", new DateTime(2026, 12, 31, 15, 0, 0, DateTimeKind.Utc)), Is.EqualTo(new DateOnly(2027, 1, 1)));
}
