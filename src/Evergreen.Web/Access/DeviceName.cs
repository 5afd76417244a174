namespace Evergreen.Web.Access;

/// <summary>A browser as people call it, out of the line by which it names itself: so that whoever looks through the places where they are signed in knows their own.</summary>
public static class DeviceName
{
    /// <summary>What tells one from another, the more particular first: most browsers also say that they are like some other.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <returns>Browser and system; null where either is not known.</returns>
    public static (string Browser, string System)? Of(string agent) => Find(Browsers, agent) is { } browser && Find(Systems, agent) is { } system ? (browser, system) : null;

    private static string? Find((string Sign, string Name)[] known, string agent) => known.FirstOrDefault(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
