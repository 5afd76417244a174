using Evergreen.Application.Access;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Every page in a real browser, light and dark, on a desk and on a phone: axe finds nothing, nothing sticks out, nothing is blocked by the policy.</summary>
/// <remarks>With EVERGREEN_PICTURES naming a folder, a picture of each is left there.</remarks>
public sealed class LookTests
{
    private const string Member = "ruth@demo.example";

    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [TestCase(1280, 900, ColorScheme.Light)]
    [TestCase(1280, 900, ColorScheme.Dark)]
    [TestCase(360, 740, ColorScheme.Light)]
    [TestCase(360, 740, ColorScheme.Dark)]
    public async Task EveryPageCanBeUsedByEveryone(int width, int height, ColorScheme scheme)
    {
        var faults = new List<string>();
        var looked = new HashSet<string>(StringComparer.Ordinal);
        // Each page once, by whoever comes first of those who may open it; the portal's by a member.
        foreach (var person in (string?[])[null, DemoSite.MailOf(Role.Accountant), DemoSite.MailOf(Role.Administrator), "ruth@demo.example"])
        {
            await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
            var page = await context.NewPageAsync();
            var blocked = new List<string>();
            page.Console += (_, message) => { if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) blocked.Add(message.Text); };
            if (person is not null) await SignIn(page, person);
            foreach (var route in site.Endpoints().Where(endpoint => endpoint.Method == "GET" && !Passing(endpoint.Route) && !looked.Contains(endpoint.Route) && IsPortal(endpoint.Route) == (person == Member)).Select(endpoint => endpoint.Route))
            {
                if (await Open(page, route) is not { } answer || answer.Status == 403 || new Uri(page.Url).AbsolutePath == "/sign-in" && route != "/sign-in") continue;
                looked.Add(route);
                var where = $"{route} as {person ?? "a stranger"}";
                if (answer.Status >= 500) faults.Add($"{where}: {answer.Status}");
                var result = await page.Judge();
                faults.AddRange(result.Violations.Select(violation => $"{where}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(2).Select(node => node.Html))}"));
                var sticksOut = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (sticksOut > 0) faults.Add($"{where}: sticks out by {sticksOut} px");
                faults.AddRange(blocked.Select(text => $"{where}: {text}"));
                blocked.Clear();
                if (Environment.GetEnvironmentVariable("EVERGREEN_PICTURES") is { Length: > 0 } pictures)
                    await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(pictures, $"{width}-{scheme}-{Places.Fill(route).Trim('/').Replace('/', '_')}.png") });
            }
        }
        TestContext.Out.WriteLine($"{looked.Count} pages looked at.");
        Assert.That(faults.Distinct(), Is.Empty);
        Assert.That(looked, Has.Count.GreaterThan(40));
    }

    /// <returns>Null for what is no page: a file to keep, a stream.</returns>
    private async Task<IResponse?> Open(IPage page, string route)
    {
        try
        {
            var answer = await page.GotoAsync(new Uri(site.Address, Places.Fill(route)).ToString());
            return answer is not null && (await answer.AllHeadersAsync()).GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal) ? answer : null;
        }
        catch (PlaywrightException download) when (download.Message.Contains("Download", StringComparison.Ordinal) || download.Message.Contains("ERR_ABORTED", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task SignIn(IPage page, string mail)
    {
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", mail);
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static bool Passing(string route) => route.StartsWith("/health", StringComparison.Ordinal) || route.StartsWith("/assets", StringComparison.Ordinal) || route.EndsWith("/events", StringComparison.Ordinal) || IsPart(route);

    private static bool IsPortal(string route) => route == "/my" || route.StartsWith("/my/", StringComparison.Ordinal);

    /// <summary>What a page's script fetches to put into itself.</summary>
    private static bool IsPart(string route) => route.EndsWith("/what-if/figures", StringComparison.Ordinal);
}
