using System.Net;

namespace Evergreen.Web.Tests.Pages;

/// <summary>What stands in the sample books for each part of an address.</summary>
internal static class Places
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["coop"] = "grocery", ["number"] = "1001", ["member"] = "1001", ["run"] = "2025-1", ["year"] = "2025", ["id"] = "1", ["status"] = "404", ["hash"] = "0", ["name"] = "site.css", ["kind"] = "purchases",
        ["guide"] = "accountant", ["letter"] = "welcome", ["secret"] = "tax-id", ["format"] = "csv", ["finding"] = "missing-bank", ["text"] = "letter.welcome", ["language"] = "en",
    };

    public static string Fill(string route)
    {
        route = route.Replace("/documents/{id}", "/documents/" + new string('0', 32), StringComparison.Ordinal);
        foreach (var (name, value) in Values) route = route.Replace("{" + name + "}", value, StringComparison.OrdinalIgnoreCase);
        var open = route.IndexOf('{', StringComparison.Ordinal);
        while (open >= 0)
        {
            route = route[..open] + "1" + route[(route.IndexOf('}', open) + 1)..];
            open = route.IndexOf('{', StringComparison.Ordinal);
        }
        return route;
    }

    /// <summary>The cookies that a visitor holds, for another one.</summary>
    public static string Cookies(this HttpClient visitor) => RunningSite.CookiesOf(visitor);
}
