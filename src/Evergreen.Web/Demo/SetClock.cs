namespace Evergreen.Web.Demo;

/// <summary>A clock that stands where it is set, so that three years pass in seconds and the same way every time.</summary>
internal sealed class SetClock : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override DateTimeOffset GetUtcNow() => now;
    public void Set(DateOnly day, int hour) => now = new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);
}
