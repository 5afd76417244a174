using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>A field of a form as a page holds it.</summary>
/// <param name="Value">What would be sent if nobody touched it; null where nothing is.</param>
/// <param name="Choices">The values that the page offers, of a list or of radio buttons.</param>
internal sealed record FoundField(string Name, string Type, string? Value, IReadOnlyList<string> Choices);

/// <summary>A form that changes something, where it was found.</summary>
/// <param name="Buttons">Name and value of each button that sends it.</param>
internal sealed record FoundForm(string Page, string Action, string Pattern, IReadOnlyList<FoundField> Fields, IReadOnlyList<(string Name, string Value)> Buttons, bool WithFiles);

/// <param name="Pattern">The route that answered.</param>
internal sealed record FoundPage(string Address, string Pattern, HttpStatusCode Status, string ContentType, string Text, IHtmlDocument? Html);

/// <summary>
/// A walk through the site as someone who follows every link: which pages there are, with which numbers, and which forms stand on them.
/// Pages that are added later are found through the links that lead to them; nothing here names them.
/// </summary>
internal sealed class Walk
{
    private readonly Routes routes;
    private readonly HttpClient visitor;
    private readonly int each;
    private readonly Queue<string> open = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> visits = new(StringComparer.Ordinal);
    private readonly List<FoundPage> pages = [];
    private readonly List<FoundForm> forms = [];

    private Walk(Routes routes, HttpClient visitor, int each) => (this.routes, this.visitor, this.each) = (routes, visitor, each);

    public IReadOnlyList<FoundPage> Pages => pages;

    public IReadOnlyList<FoundForm> Forms => forms;

    /// <summary>The addresses that links and forms named, by method and route; also those that were not gone to.</summary>
    public SortedDictionary<string, SortedSet<string>> Named { get; } = new(StringComparer.Ordinal);

    /// <param name="follow">Whether links are followed; otherwise only the pages named are opened.</param>
    /// <param name="each">How many addresses of one route are gone to; of a list of members one need not see all.</param>
    public static async Task<Walk> Through(Routes routes, HttpClient visitor, IEnumerable<string> starts, int each = 2, bool follow = true)
    {
        var walk = new Walk(routes, visitor, each);
        foreach (var start in starts) walk.Note(start);
        var first = walk.open.Count;
        for (var gone = 0; walk.open.TryDequeue(out var address) && (follow || gone < first); gone++) await walk.Go(address);
        return walk;
    }

    /// <summary>Where a walk begins: at every route that takes nothing but the code of a co-op.</summary>
    public static IEnumerable<string> Starts(Routes routes, params string[] coOps) => routes.All.Where(route => route.Method is "GET" or "*")
        .SelectMany(route => coOps.Select(coOp => route.Pattern.Replace("{coop}", coOp, StringComparison.Ordinal))).Where(address => !address.Contains('{', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    private void Note(string address)
    {
        address = address.Split('#')[0];
        if (!address.StartsWith('/') || address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith("/assets/", StringComparison.Ordinal) || routes.Find("GET", address) is not { } found) return;
        Name("GET", found.Route.Pattern, address);
        // A list that is filtered may show what the whole list does not.
        var kind = found.Route.Pattern + (address.Contains('?', StringComparison.Ordinal) ? "?" : "");
        if (!seen.Add(address) || visits.GetValueOrDefault(kind) >= each) return;
        visits[kind] = visits.GetValueOrDefault(kind) + 1;
        open.Enqueue(address);
    }

    private void Name(string method, string pattern, string address)
    {
        var key = $"{method} {pattern}";
        if (!Named.TryGetValue(key, out var addresses)) Named[key] = addresses = new SortedSet<string>(StringComparer.Ordinal);
        addresses.Add(address.Split('?')[0]);
    }

    private async Task Go(string address)
    {
        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var pattern = routes.Find("GET", address)!.Value.Route.Pattern;
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        var text = type == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
        var html = type == "text/html" ? new HtmlParser().ParseDocument(text) : null;
        pages.Add(new FoundPage(address, pattern, answer.StatusCode, type, text, html));
        if (answer.Headers.Location is { } next) Note(next.IsAbsoluteUri ? next.PathAndQuery : next.OriginalString);
        if (html is null) return;
        foreach (var link in html.QuerySelectorAll("a[href]")) Note(link.GetAttribute("href")!);
        // What a page asks for by itself, while someone looks at it.
        foreach (var asked in html.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name is "hx-get" or "hx-sse:connect")) Note(asked.Value);
        foreach (var form in html.QuerySelectorAll("form").OfType<IHtmlFormElement>()) Keep(address, form);
    }

    private void Keep(string address, IHtmlFormElement form)
    {
        var action = form.GetAttribute("action") is { Length: > 0 } named ? named : address;
        if (!string.Equals(form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase))
        {
            Note(action);
            if (form.QuerySelector("input[type=search], input[type=text], input:not([type])")?.GetAttribute("name") is { } asked) Note($"{action.Split('?')[0]}?{asked}=a");
            return;
        }
        if (routes.Find("POST", action) is not { } found) throw new InvalidOperationException($"The form on {address} leads nowhere: {action}");
        Name("POST", found.Route.Pattern, action);
        forms.Add(Read(address, action, found.Route.Pattern, form));
    }

    public static FoundForm Read(string page, string action, string pattern, IHtmlFormElement form)
    {
        var fields = new List<FoundField>();
        foreach (var group in form.QuerySelectorAll("input[name], select[name], textarea[name]").GroupBy(field => field.GetAttribute("name")!, StringComparer.Ordinal))
        {
            var first = group.First();
            var type = first is IHtmlInputElement input ? input.GetAttribute("type") ?? "text" : first.LocalName;
            fields.Add(first switch
            {
                IHtmlSelectElement select => new(group.Key, type, select.QuerySelector("option[selected]")?.GetAttribute("value"), [.. select.QuerySelectorAll("option").Select(option => option.GetAttribute("value") ?? option.TextContent)]),
                IHtmlTextAreaElement area => new(group.Key, type, area.TextContent, []),
                _ when type is "radio" => new(group.Key, type, group.FirstOrDefault(radio => radio.HasAttribute("checked"))?.GetAttribute("value"), [.. group.Select(radio => radio.GetAttribute("value") ?? "")]),
                _ when type is "checkbox" => new(group.Key, type, first.HasAttribute("checked") ? first.GetAttribute("value") ?? "on" : null, [first.GetAttribute("value") ?? "on"]),
                _ => new(group.Key, type, first.GetAttribute("value") ?? "", []),
            });
        }
        var buttons = form.QuerySelectorAll("button").Where(button => button.GetAttribute("type") is null or "submit").Select(button => (button.GetAttribute("name") ?? "", button.GetAttribute("value") ?? "")).ToList();
        return new FoundForm(page, action, pattern, fields, buttons, form.GetAttribute("enctype") == "multipart/form-data");
    }
}
