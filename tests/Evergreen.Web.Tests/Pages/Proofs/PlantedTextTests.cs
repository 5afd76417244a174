using AngleSharp.Html.Parser;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Text that would like to be a script, or a formula, written into every field that takes text: it is shown as text on every page, and as text in every file.</summary>
public sealed class PlantedTextTests
{
    private const string Mark = "planted-x";

    private static readonly string[] Openings = ["", "\"", "'", "\">", "'>", "</td>", "</a>", "</title>", "</textarea>", "</select>", "</option>", "</script>", "</style>", "<!--", "-->", "]]>", "${", "{{", "`", "\\"];

    private static readonly string[] Bodies =
    [
        $"<{Mark}>", $"<script>{Mark}()</script>", $"<img src=x onerror={Mark}()>", $"<svg/onload={Mark}()>", $" onfocus={Mark}() autofocus x=", $"<a href=\"javascript:{Mark}()\">x</a>", $"<iframe srcdoc=\"<script>{Mark}()</script>\">", $"<math><{Mark}>",
        $"<form action=//evil.example><{Mark}>", $"&lt;{Mark}&gt;",
    ];

    private static readonly string[] Payloads = [.. Openings.SelectMany(opening => Bodies.Select(body => opening + body))];

    private static readonly char[] FormulaSigns = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

    [Test]
    public async Task TextNeverBecomesAnElementAScriptOrAFormula()
    {
        Assert.That(Payloads, Has.Length.EqualTo(200));
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        var routes = Routes.Of(site);
        using var administrator = await site.Enter(Role.Administrator);
        using var accountant = await site.Enter(Role.Accountant);
        var next = 0;
        var taken = await Plant(site, routes, administrator, () => Payloads[next++ % Payloads.Length]);
        taken += await Plant(site, routes, accountant, () => Payloads[next++ % Payloads.Length]);
        using var member = await site.EnterAs("ruth@demo.example");
        taken += await Plant(site, routes, member, () => Payloads[next++ % Payloads.Length]);
        // The rest go into notes, of which a member may have any number.
        var note = (await Walk.Through(routes, administrator, ["/office/grocery/members/1002/note"], follow: false)).Forms.Single(form => form.Action.EndsWith("/note", StringComparison.Ordinal));
        foreach (var payload in Payloads)
            using (await administrator.SendFilled(note, 0, site.Password, ("Text", payload.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)))) { }
        var sign = 0;
        foreach (var path in (string[])["/office/grocery/members/1003/edit", "/office/grocery/members/1004/edit", "/office/grocery/members/1005/edit", "/office/grocery/members/1006/edit", "/office/grocery/members/1007/edit", "/office/grocery/members/1008/edit", "/office/grocery/members/1009/edit", "/office/grocery/members/1010/edit"])
            foreach (var form in (await Walk.Through(routes, administrator, [path], follow: false)).Forms.Where(form => form.Action == path))
                using (await administrator.SendFilled(form, 0, site.Password, ("Kind", "Person"), ("Name", $"{FormulaSigns[sign++ % FormulaSigns.Length]}cmd|'/c calc'!A0"), ("City", $"{FormulaSigns[sign++ % FormulaSigns.Length]}1+1"))) { }

        var faults = new List<string>();
        var shown = 0;
        foreach (var visitor in (HttpClient[])[administrator, accountant, member])
        {
            foreach (var page in (await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"), each: 4)).Pages)
            {
                if (page.Text.Contains(Mark, StringComparison.Ordinal)) shown++;
                if (page.Html is { } html)
                {
                    faults.AddRange(html.All.Where(element => element.LocalName == Mark || element.LocalName is "iframe" or "object" or "embed" or "math" || element.LocalName == "script" && !element.HasAttribute("src") || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == Mark))
                        .Select(element => $"{page.Address}: {element.OuterHtml[..Math.Min(200, element.OuterHtml.Length)]}"));
                    faults.AddRange(html.QuerySelectorAll("[href], [src], [action], [formaction]").SelectMany(element => new[] { "href", "src", "action", "formaction" }.Select(name => element.GetAttribute(name)))
                        .Where(link => link is not null && !link.StartsWith('/') && !link.StartsWith('#') && !link.StartsWith('?') && link.Length > 0 && !link.StartsWith("data:image/", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal) && !link.StartsWith("otpauth:", StringComparison.Ordinal) && !link.StartsWith("https://", StringComparison.Ordinal)).Select(link => $"{page.Address} leads to {link}"));
                }
                if (page.ContentType == "text/csv") faults.AddRange(Formulas(page.Text).Select(cell => $"{page.Address}: the cell {cell} would be worked out"));
            }
        }
        TestContext.Out.WriteLine($"proof: {taken} fields took planted text, {shown} pages and files show it");
        foreach (var fault in faults.Distinct()) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(taken, Is.GreaterThan(25));
        Assert.That(shown, Is.GreaterThan(15));
    }

    private static async Task<int> Plant(DemoSite site, Routes routes, HttpClient visitor, Func<string> next)
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
                    using var answer = await visitor.SendFilled(form, turn, site.Password, (field.Name, next().Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
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

    private static IEnumerable<string> Formulas(string csv)
    {
        foreach (var line in csv.Split("\r\n").Skip(1))
            foreach (var cell in line.Split(','))
            {
                var text = cell.Trim('"');
                if (text.Length > 1 && FormulaSigns.Contains(text[0]) && !decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out _)) yield return text;
            }
    }
}
