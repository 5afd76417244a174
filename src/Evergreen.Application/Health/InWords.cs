using System.Globalization;

namespace Evergreen.Application.Health;

/// <summary>Sizes and times as people say them, rounded down.</summary>
internal static class InWords
{
    private const long Kilo = 1_000;

    /// <summary>Three digits or so: 812 MB, 1.4 GB.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        var unit = 0;
        var size = 1L;
        while (unit < units.Length - 1 && bytes / size >= Kilo)
        {
            size *= Kilo;
            unit++;
        }
        var whole = bytes / size;
        return whole >= 10 || unit == 0 ? Said(whole, units[unit]) : string.Create(CultureInfo.InvariantCulture, $"{whole}.{bytes / (size / 10) % 10} {units[unit]}");
    }

    public static string Time(TimeSpan time) => time.Ticks switch
    {
        < 2 * TimeSpan.TicksPerMinute => Many(time.Ticks / TimeSpan.TicksPerSecond, "second"),
        < 2 * TimeSpan.TicksPerHour => Many(time.Ticks / TimeSpan.TicksPerMinute, "minute"),
        < 2 * TimeSpan.TicksPerDay => Many(time.Ticks / TimeSpan.TicksPerHour, "hour"),
        _ => Many(time.Days, "day"),
    };

    public static string Moment(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Many(long count, string one, string? many = null) => Said(count, count == 1 ? one : many ?? one + "s");

    private static string Said(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}");
}
