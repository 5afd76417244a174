using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Evergreen.Application.Access;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>What a page costs whoever opens it over a slow line: everything that comes over it on the first visit, as it is delivered.</summary>
public sealed class WeightTests
{
    private const int Kilobyte = 1024;

    /// <summary>Of a page's own text, not packed: what is secret on it must not be guessed from its length. Styles, scripts and icons come packed, once for all pages.</summary>
    private static readonly (string Below, int Kilobytes, string Why)[] Budgets =
    [
        ("/my", 110, "on a phone, in the shop"),
        ("/sign-in", 70, "the first that anybody sees"),
        ("/help/api/reference", 500, "every operation of the API with its examples, for a programmer at a desk"),
        ("/office/{coop}/dividends/{year}/policy", 220, "every setting of the policy with its help"),
        ("/office", 180, "a list of fifty rows at a desk"),
        ("/", 120, "everything else"),
    ];

    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start(PreparedBooks.Path);

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task MembersHomeIsLightOnTheFirstVisit()
    {
        using var ruth = await site.EnterAs("ruth@demo.example");
        await using var context = await Eyes.Window(site.Address, ruth.Cookies());
        var page = await context.NewPageAsync();
        var asked = new ConcurrentQueue<IRequest>();
        page.RequestFinished += (_, request) => asked.Enqueue(request);
        await page.GotoAsync(new Uri(site.Address, "/my/grocery").ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var (all, script) = (0, 0);
        foreach (var request in asked.Where(request => !request.Url.StartsWith("data:", StringComparison.Ordinal)))
        {
            Assert.That(request.Url, Does.StartWith(site.Address.ToString()), "another host is asked");
            var sizes = await request.SizesAsync();
            all += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
            if (request.ResourceType == "script") script += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
            TestContext.Out.WriteLine($"{request.ResourceType} {request.Url}: {sizes.ResponseBodySize}");
        }
        Assert.Multiple(() =>
        {
            Assert.That(all, Is.InRange(10 * Kilobyte, 120 * Kilobyte));
            Assert.That(script, Is.InRange(1, 45 * Kilobyte));
        });
    }

    /// <summary>
    /// What a member sees first stands within 2.5 s on a slow telephone line (slow 4G as browsers emulate it: 562 ms to each answer, 180 kB a second), on the first visit with nothing kept.
    /// Nearly all of it is the line's time, which the browser makes up; the better of two visits counts, because other tests run beside this one.
    /// </summary>
    [Test]
    public async Task MembersHomeStandsInTimeOverASlowLine()
    {
        using var ruth = await site.EnterAs("ruth@demo.example");
        var best = double.MaxValue;
        for (var visit = 0; visit < 2; visit++)
        {
            await using var context = await Eyes.Window(site.Address, ruth.Cookies());
            var page = await context.NewPageAsync();
            var line = await context.NewCDPSessionAsync(page);
            await line.SendAsync("Network.enable");
            await line.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = 562.5, ["downloadThroughput"] = 180_000, ["uploadThroughput"] = 84_375 });
            await page.GotoAsync(new Uri(site.Address, "/my/grocery").ToString(), new() { WaitUntil = WaitUntilState.Load });
            var stands = await page.EvaluateAsync<double>("new Promise(tell => new PerformanceObserver(list => tell(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))");
            TestContext.Out.WriteLine($"proof: stands after {stands:0} ms");
            best = Math.Min(best, stands);
        }
        // Less than one answer's time would mean that the line was not slow.
        Assert.That(best, Is.InRange(562, 2_500));
    }

    [Test]
    public async Task EveryPageKeepsToItsBudget()
    {
        var weights = new SortedDictionary<string, (int Bytes, int Script, string Address)>(StringComparer.Ordinal);
        var (routes, assets, faults) = (Routes.Of(site), new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var mail in (string?[])[null, "ruth@demo.example", DemoSite.MailOf(Role.Administrator), DemoSite.MailOf(Role.Accountant)])
        {
            using var visitor = await site.EnterAs(mail);
            foreach (var page in (await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"))).Pages.Where(page => page is { Status: HttpStatusCode.OK, Html: not null }))
            {
                var (bytes, script) = (Encoding.UTF8.GetByteCount(page.Text), 0);
                foreach (var (address, isScript) in page.Html!.QuerySelectorAll("link[rel=stylesheet]").Select(link => (link.GetAttribute("href")!, false)).Concat(page.Html!.QuerySelectorAll("script[src]").Select(link => (link.GetAttribute("src")!, true)))
                    .Concat(page.Html!.QuerySelectorAll("use").Select(use => (use.GetAttribute("href")!.Split('#')[0], false))).Concat(page.Html!.QuerySelectorAll("img[src^='/']").Select(image => (image.GetAttribute("src")!, false))).Distinct())
                {
                    if (!address.StartsWith("/assets/", StringComparison.Ordinal)) { faults.Add($"{page.Address} loads {address}"); continue; }
                    if (!assets.TryGetValue(address, out var weight)) assets[address] = weight = await Packed(visitor, address);
                    bytes += weight;
                    if (isScript) script += weight;
                }
                if (!weights.TryGetValue(page.Pattern, out var before) || before.Bytes < bytes) weights[page.Pattern] = (bytes, script, page.Address);
            }
        }
        foreach (var (pattern, (bytes, script, address)) in weights)
        {
            var budget = Budgets.First(budget => pattern.StartsWith(budget.Below, StringComparison.Ordinal));
            if (bytes > budget.Kilobytes * Kilobyte) faults.Add($"{address}: {bytes / Kilobyte} KB, of {budget.Kilobytes} ({budget.Why})");
            if (script > 45 * Kilobyte) faults.Add($"{address}: {script / Kilobyte} KB of script");
        }
        TestContext.Out.WriteLine(string.Join('\n', weights.OrderByDescending(one => one.Value.Bytes).Take(25).Select(one => $"{one.Value.Bytes / Kilobyte,4} KB {one.Key}")));
        Assert.That(faults, Is.Empty);
        Assert.That(weights, Has.Count.GreaterThan(100));
    }

    /// <summary>How much comes over the line, and that it comes packed and may be kept.</summary>
    private static async Task<int> Packed(HttpClient visitor, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await visitor.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentEncoding.SingleOrDefault(), answer.Headers.CacheControl?.MaxAge), Is.EqualTo((HttpStatusCode.OK, "gzip", (TimeSpan?)TimeSpan.FromDays(365))), address);
        using var unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        Assert.That(unpacked.ReadByte(), Is.GreaterThanOrEqualTo(0), address);
        return bytes.Length;
    }
}
