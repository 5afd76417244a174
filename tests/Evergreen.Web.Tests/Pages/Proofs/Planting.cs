using AngleSharp.Html.Parser;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Two hundred texts that would like to be a script, and signs that would like to begin a formula; and the way they get into every field that takes text.</summary>
internal static class Planting
{
    public const string Mark = "planted-x";

    private static readonly string[] Openings = ["", "\"", "'", "\">", "'>", "</td>", "</a>", "</title>", "</textarea>", "</select>", "</option>", "</script>", "</style>", "<!--", "-->", "]]>", "${", "{{", "`", "\\"];

    private static readonly string[] Bodies =
    [
        $"<{Mark}>", $"<script>{Mark}()</script>", $"<img src=x onerror={Mark}()>", $"<svg/onload={Mark}()>", $" onfocus={Mark}() autofocus x=", $"<a href=\"javascript:{Mark}()\">x</a>", $"<iframe srcdoc=\"<script>{Mark}()</script>\">", $"<math><{Mark}>",
        $"<form action=//evil.example><{Mark}>", $"&lt;{Mark}&gt;",
    ];

    public static readonly IReadOnlyList<string> Payloads = [.. Openings.SelectMany(opening => Bodies.Select(body => opening + body))];

    public static readonly char[] FormulaSigns = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    /// <summary>For a field whose answers are formats themselves.</summary>
    public static string Literally(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    /// <summary>What of a page is no text any more: elements, attributes and links that no page of ours has.</summary>
    public static IEnumerable<string> Faults(FoundPage page) => page.Html is not { } html ? [] :
    [
        .. html.All.Where(element => element.LocalName == Mark || element.LocalName is "iframe" or "object" or "embed" or "math" || element.LocalName == "script" && !element.HasAttribute("src") || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == Mark))
            .Select(element => $"{page.Address}: {element.OuterHtml[..Math.Min(200, element.OuterHtml.Length)]}"),
        .. html.QuerySelectorAll("[href], [src], [action], [formaction]").SelectMany(element => new[] { "href", "src", "action", "formaction" }.Select(name => element.GetAttribute(name)))
            .Where(link => link is not null && !link.StartsWith('/') && !link.StartsWith('#') && !link.StartsWith('?') && link.Length > 0 && !link.StartsWith("data:image/", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal) && !link.StartsWith("otpauth:", StringComparison.Ordinal) && !link.StartsWith("https://", StringComparison.Ordinal)).Select(link => $"{page.Address} leads to {link}"),
    ];

    /// <summary>Sends every form that the visitor finds, one field of text at a time with a text of its own.</summary>
    /// <returns>How many fields took it.</returns>
    public static async Task<int> Plant(DemoSite site, Routes routes, HttpClient visitor, Func<string> next)
    {
        var taken = 0;
        var turn = 40;
        using var log = ChangeLog.Of(site.Database);
        var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"), each: 1);
        foreach (var form in walk.Forms.DistinctBy(form => form.Pattern).Where(form => form.Pattern is not ("/theme" or "/sign-out") && !form.Pattern.StartsWith("/account", StringComparison.Ordinal)).OrderBy(form => Course.Place(form.Pattern)))
        {
            // One field at a time: what is refused in one must not keep the others out.
            foreach (var field in form.Fields.Where(field => field.Type is "text" or "textarea" or "search" or "tel").Take(12))
            {
                turn++;
                log.Take();
                try
                {
                    using var answer = await visitor.SendFilled(form, turn, site.Password, (field.Name, Literally(next())));
                    if ((int)answer.StatusCode >= 500) Assert.Fail($"{form.Pattern} {field.Name}: a fault");
                    // What is refused is shown again beside its field.
                    var html = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
                    Assert.That(html.All.Where(element => element.LocalName == Mark || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal))), Is.Empty, form.Pattern);
                    if (log.Take().Any(change => change.After.Values.Any(value => value.Contains(Mark, StringComparison.Ordinal)))) taken++;
                }
                catch (InvalidOperationException)
                {
                    break;
                }
            }
        }
        return taken;
    }
}
