using Deque.AxeCore.Playwright;
using Evergreen.Application.Access;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Every page in a real browser, light and dark, on a desk and on a phone: axe finds nothing, nothing sticks out, nothing is blocked by the policy.</summary>
public sealed class LookTests
{
    private static readonly (int Width, int Height)[] Screens = [(1280, 900), (360, 740)];
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [TestCase(null)]
    [TestCase(Role.Administrator)]
    [TestCase(Role.Accountant)]
    public async Task EveryPageCanBeUsedByEveryone(Role? role)
    {
        var faults = new List<string>();
        var looked = 0;
        foreach (var (width, height) in Screens)
        {
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
                var page = await context.NewPageAsync();
                var blocked = new List<string>();
                page.Console += (_, message) => { if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) blocked.Add(message.Text); };
                if (role is { } known) await SignIn(page, known);
                foreach (var route in site.Endpoints().Where(endpoint => endpoint.Method == "GET" && !Passing(endpoint.Route)).Select(endpoint => endpoint.Route))
                {
                    var address = new Uri(site.Address, Places.Fill(route)).ToString();
                    IResponse? answer;
                    try
                    {
                        answer = await page.GotoAsync(address);
                    }
                    catch (PlaywrightException download) when (download.Message.Contains("Download", StringComparison.Ordinal) || download.Message.Contains("ERR_ABORTED", StringComparison.Ordinal))
                    {
                        continue;
                    }
                    if (answer is null || !(await answer.AllHeadersAsync()).GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal)) continue;
                    looked++;
                    var where = $"{route} ({width} px, {scheme})";
                    if (answer.Status >= 500) faults.Add($"{where}: {answer.Status}");
                    var result = await page.RunAxe(new Deque.AxeCore.Commons.AxeRunOptions { RunOnly = new Deque.AxeCore.Commons.RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
                    faults.AddRange(result.Violations.Select(violation => $"{where}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(2).Select(node => node.Html))}"));
                    var sticksOut = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    if (sticksOut > 0) faults.Add($"{where}: sticks out by {sticksOut} px");
                    faults.AddRange(blocked.Select(text => $"{where}: {text}"));
                    blocked.Clear();
                }
            }
        }
        TestContext.Out.WriteLine($"{looked} pages looked at.");
        Assert.That(faults.Distinct(), Is.Empty);
        Assert.That(looked, Is.GreaterThan(0));
    }

    private async Task SignIn(IPage page, Role role)
    {
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", DemoSite.MailOf(role));
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static bool Passing(string route) => route.StartsWith("/health", StringComparison.Ordinal) || route.StartsWith("/assets", StringComparison.Ordinal) || route.EndsWith("/events", StringComparison.Ordinal);
}
