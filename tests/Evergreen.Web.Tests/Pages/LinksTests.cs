using System.Net;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Whoever follows what a page offers arrives: from page to page as each role does it, no link leads to nothing or to what the role may not open.</summary>
public sealed partial class LinksTests
{
    /// <summary>Addresses that differ only in their numbers are the same page of other things; of each so many are opened.</summary>
    private const int OfAKind = 2;
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [TestCase(Role.Clerk)]
    [TestCase(Role.Accountant)]
    [TestCase(Role.Administrator)]
    [TestCase(Role.Auditor)]
    public async Task EveryLinkLeadsSomewhere(Role role)
    {
        using var visitor = await site.Enter(role);
        var (seen, kinds, dead) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        var ahead = new Queue<(string To, string From)>([("/office/grocery", "the start"), ("/office/grocery/search?q=2025", "the search box"), ("/office/grocery/search?q=settings", "the search box"), ("/office/laundry", "the start"), ("/help", "the start")]);
        while (ahead.TryDequeue(out var link))
        {
            var kind = Numbers().Replace(link.To, "0");
            if (!seen.Add(link.To) || (kinds[kind] = kinds.GetValueOrDefault(kind) + 1) > OfAKind) continue;
            using var answer = await visitor.GetAsync(new Uri(link.To, UriKind.Relative));
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Redirect)) dead.Add($"{link.To} on {link.From}: {(int)answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
            foreach (var href in page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!.Split('#')[0]))
            {
                if (href.StartsWith("/assets/", StringComparison.Ordinal) || !href.StartsWith('/')) continue;
                ahead.Enqueue((href, link.To));
            }
        }
        Assert.That(dead, Is.Empty);
        Assert.That(kinds, Has.Count.GreaterThan(role == Role.Clerk ? 40 : 60));
    }

    [System.Text.RegularExpressions.GeneratedRegex("[0-9]+|(?<=[?&]after=)[^&]*", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, 1_000)]
    private static partial System.Text.RegularExpressions.Regex Numbers();
}
