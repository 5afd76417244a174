namespace Evergreen.Worker;

/// <summary>Always the same moment, so that the same work leaves the same rows.</summary>
public sealed class StoppedClock(DateTimeOffset now) : TimeProvider
{
    public static readonly StoppedClock February2026 = new(new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero));

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override DateTimeOffset GetUtcNow() => now;
}
