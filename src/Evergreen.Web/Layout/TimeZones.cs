using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Evergreen.Web.Layout;

/// <summary>The time zones to choose from: the places of the world by their names, with how far they are from UTC in winter.</summary>
public static class TimeZones
{
    private static readonly string[] Regions = ["America/", "Europe/", "Africa/", "Asia/", "Australia/", "Pacific/", "Atlantic/", "Indian/"];

    /// <param name="none">How having none is said; null where one must be chosen.</param>
    public static IReadOnlyList<SelectListItem> All(string? none = null)
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Where(zone => Regions.Any(region => zone.Id.StartsWith(region, StringComparison.Ordinal))).OrderBy(zone => zone.Id, StringComparer.Ordinal)
            .Select(zone => new SelectListItem($"{zone.Id.Replace('_', ' ')} ({Offset(zone.BaseUtcOffset)})", zone.Id));
        return [.. none is null ? [] : new[] { new SelectListItem(none, "") }, .. zones, new SelectListItem("UTC", "UTC")];
    }

    private static string Offset(TimeSpan offset) => offset == TimeSpan.Zero ? "UTC" : $"UTC{(offset < TimeSpan.Zero ? "\u2212" : "+")}{offset.ToString(@"h\:mm", CultureInfo.InvariantCulture)}";
}
