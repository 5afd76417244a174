using Evergreen.Web.Layout;

namespace Evergreen.Web.Portal;

/// <summary>The five places of the portal: at the top of a wide window, at the bottom of a phone, where the thumb is.</summary>
public static class PortalNavigation
{
    /// <param name="Key">Of its name among the portal's words.</param>
    public sealed record Item(string Key, string Icon, string Url, bool IsHome = false, params string[] Others)
    {
        public bool IsHere(string path) => IsHome ? string.Equals(path.TrimEnd('/'), Url, StringComparison.Ordinal) || Others.Any(other => Below(path, other)) : Below(path, Url);

        private static bool Below(string path, string url) => path == url || path.StartsWith(url + "/", StringComparison.Ordinal);
    }

    public static IReadOnlyList<Item> Of(MemberDesk desk) =>
    [
        new("nav.stake", "wallet", desk.Home, IsHome: true, $"{desk.Home}/what-if"),
        new("nav.dividends", "chart-pie", $"{desk.Home}/dividends"),
        new("nav.statements", "file-text", $"{desk.Home}/statements"),
        new("nav.activity", "receipt", $"{desk.Home}/activity"),
        new("nav.me", "user", $"{desk.Home}/me"),
    ];
}
