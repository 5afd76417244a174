namespace Evergreen.Benchmarks.Stage;

/// <summary>The clock stands at the morning of the board's meeting in the February after the year.</summary>
internal sealed class BoardMeeting : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 2, 14, 9, 0, 0, TimeSpan.Zero);
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
