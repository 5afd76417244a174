using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>A page to be looked at.</summary>
/// <param name="Address">Where it is, below the site.</param>
/// <param name="Mail">Who opens it; a stranger for null.</param>
internal sealed record Exhibit(string Address, string? Mail)
{
    /// <summary>What the site answered to a form that was sent there, to be shown in place of what a visit would bring.</summary>
    public (int Status, string Html)? Answer { get; init; }

    /// <summary>Which errors are expected; any below 500 without it.</summary>
    public int? Status { get; init; }

    public bool Menus { get; init; }
    public string Note { get; init; } = "";

    public override string ToString() => $"{Address}{(Note.Length > 0 ? $" ({Note})" : "")} as {Mail ?? "a stranger"}";
}

/// <summary>Looks at many pages, two at a time. Whatever the policy blocks, whatever is asked of another host and every fault of a script is noted too.</summary>
/// <remarks>With EVERGREEN_PICTURES naming a folder, a picture of each is left there.</remarks>
internal sealed class Gallery(DemoSite site)
{
    private const int Visitors = 2;
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("EVERGREEN_PICTURES") is { Length: > 0 } folder ? folder : null;
    private readonly ConcurrentDictionary<string, Task<string>> cookies = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<(string What, string Html)> served = new();
    private int seen;

    public int Seen => seen;

    public IReadOnlyList<string> Faults => [.. faults.Distinct()];

    /// <summary>The pages as they came over the line, before any script had its way with them.</summary>
    public IReadOnlyCollection<(string What, string Html)> Served => served;

    public async Task Show(IEnumerable<Exhibit> exhibits)
    {
        var hall = new ConcurrentQueue<Exhibit>(exhibits);
        await Task.WhenAll(Enumerable.Range(0, Visitors).Select(_ => Visit(hall)));
    }

    private async Task Visit(ConcurrentQueue<Exhibit> hall)
    {
        var windows = new Dictionary<string, IPage>(StringComparer.Ordinal);
        try
        {
            while (hall.TryDequeue(out var exhibit))
            {
                var who = exhibit.Mail ?? "";
                if (!windows.TryGetValue(who, out var page)) windows[who] = page = await (await Eyes.Window(site.Address, await cookies.GetOrAdd(who, _ => Enter(exhibit.Mail)))).NewPageAsync();
                await Look(page, exhibit);
            }
        }
        finally
        {
            foreach (var page in windows.Values) await page.Context.DisposeAsync();
        }
    }

    private async Task<string> Enter(string? mail)
    {
        using var visitor = await site.EnterAs(mail);
        return visitor.Cookies();
    }

    private async Task Look(IPage page, Exhibit exhibit)
    {
        var address = new Uri(site.Address, exhibit.Address).ToString();
        void Listen(object? _, IConsoleMessage message)
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) faults.Enqueue($"{exhibit}: {message.Text}");
        }
        void Count(object? _, IRequest request)
        {
            if (!request.Url.StartsWith(site.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) faults.Enqueue($"{exhibit}: asks another host: {request.Url}");
        }
        void Break(object? _, string fault) => faults.Enqueue($"{exhibit}: a script broke: {fault}");
        page.Console += Listen;
        page.Request += Count;
        page.PageError += Break;
        try
        {
            if (exhibit.Answer is { } given)
                await page.RouteAsync(address, route => route.FulfillAsync(new() { Status = given.Status, ContentType = "text/html; charset=utf-8", Body = given.Html, Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = Evergreen.Web.Layout.SecurityHeaders.Policy, ["Content-Type"] = "text/html; charset=utf-8" } }));
            var answer = await page.GotoAsync(address);
            if (answer is null || (exhibit.Status is { } wanted ? answer.Status != wanted : answer.Status >= 500)) faults.Enqueue($"{exhibit}: {answer?.Status}");
            if (answer is not null) served.Enqueue((exhibit.ToString(), exhibit.Answer?.Html ?? await answer.TextAsync()));
            if (exhibit.Answer is not null) foreach (var fault in await page.EvaluateAsync<string[]>("eyes.unexplained()")) faults.Enqueue($"{exhibit}: {fault}");
            foreach (var fault in await page.InEveryForm(exhibit.Menus)) faults.Enqueue($"{exhibit}: {fault}");
            if (Pictures is not null) await Picture(page, exhibit);
            Interlocked.Increment(ref seen);
        }
        finally
        {
            page.Console -= Listen;
            page.Request -= Count;
            page.PageError -= Break;
            if (exhibit.Answer is not null) await page.UnrouteAsync(address);
        }
    }

    private static async Task Picture(IPage page, Exhibit exhibit)
    {
        var name = $"{exhibit.Address.Trim('/').Replace('/', '_').Replace('?', '_')}{(exhibit.Answer is null ? "" : "-refused")}";
        foreach (var (width, scheme) in ((int, ColorScheme)[])[(1280, ColorScheme.Light), (1280, ColorScheme.Dark), (360, ColorScheme.Light)])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(Pictures!, $"{name}-{width}-{scheme}.png") });
        }
        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
