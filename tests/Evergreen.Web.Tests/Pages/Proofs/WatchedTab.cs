using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>A tab in which every sign of a planted script is noted: that it ran, that it opened a dialog, that the policy stopped it.</summary>
internal sealed class WatchedTab : IAsyncDisposable
{
    // What is planted would call planted-x(): a look at the one, and a call of the other.
    private const string Hooks = """
        Object.defineProperty(window, 'planted', { get() { console.log('PLANTED ran'); return 0; } });
        window.x = () => 0;
        document.addEventListener('securitypolicyviolation', report => console.log(`PLANTED policy: ${report.violatedDirective} ${report.sample || report.blockedURI}`));
        """;

    private readonly IBrowserContext context;
    private readonly IPage page;
    private readonly Uri site;
    private readonly ConcurrentQueue<string> seen = new();

    private WatchedTab(IBrowserContext context, IPage page, Uri site)
    {
        (this.context, this.page, this.site) = (context, page, site);
        page.Console += (_, said) =>
        {
            if (said.Text.StartsWith("PLANTED ", StringComparison.Ordinal)) seen.Enqueue(said.Text[8..]);
            else if (said.Text.Contains("Content Security Policy", StringComparison.Ordinal)) seen.Enqueue($"policy: {said.Text}");
        };
        page.PageError += (_, fault) => seen.Enqueue($"fault: {fault}");
        page.Dialog += async (_, dialog) =>
        {
            seen.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    /// <param name="lawless">Without the content security policy, so that whatever is a script runs.</param>
    public static async Task<WatchedTab> Open(Uri site, string cookies, bool lawless)
    {
        var tabs = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { BypassCSP = lawless });
        await tabs.AddCookiesAsync(cookies.Split("; ").Select(cookie => cookie.Split('=', 2)).Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = site.ToString() }));
        await tabs.AddInitScriptAsync(Hooks);
        return new WatchedTab(tabs, await tabs.NewPageAsync(), site);
    }

    /// <returns>What was seen on the page.</returns>
    public async Task<IReadOnlyList<string>> Visit(string address)
    {
        seen.Clear();
        await page.GotoAsync(new Uri(site, address).ToString());
        // A turn of the page's own clock: what a focus or a picture that is missing sets off has happened by then.
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))");
        return [.. seen];
    }

    /// <summary>The same page as if the site had let something through.</summary>
    public async Task<IReadOnlyList<string>> VisitWith(string address, string html)
    {
        await page.RouteAsync(new Uri(site, address).ToString(), async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = (await answer.TextAsync()).Replace("</main>", html + "</main>", StringComparison.Ordinal) });
        });
        return await Visit(address);
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
