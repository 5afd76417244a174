using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Looks at a page that is open: on a desk and on a phone, light and dark, narrow, enlarged, spaced out, in the system's own colours. It is loaded once and shown in each form.</summary>
internal static class Eyes
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript() + "\n" + File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Pages", "Proofs", "Look", "eyes.js"));

    /// <summary>A window of somebody's, with their cookies; it keeps still, as they asked for.</summary>
    public static async Task<IBrowserContext> Window(Uri site, string cookies)
    {
        var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = Desk, ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await context.AddInitScriptAsync(Script);
        await context.AddCookiesAsync(cookies.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(cookie => cookie.Split('=', 2)).Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = site.ToString() }));
        return context;
    }

    /// <summary>Everything that is wrong with the page, each with the form in which it shows.</summary>
    /// <param name="menus">Whether its menus are opened, which lie over the rest.</param>
    public static async Task<List<string>> InEveryForm(this IPage page, bool menus = false)
    {
        var faults = new List<string>();
        await page.EvaluateAsync($"eyes.unfold({(menus ? "true" : "false")})");
        await See("1280 light", "violations", "clipped", "moving");
        await Ask("1280 light", "unmarked", "true");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Ask("1280 dark", "violations", "true");
        await Ask("1280 dark", "unmarked", "true");
        await page.SetViewportSizeAsync(360, 740);
        await Ask("360 dark", "violations", "true");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await See("360 light", "violations", "clipped", "small");
        // A window of 1280 points has room for 640 at 200 % and for 320 at 400 % (WCAG 1.4.4, 1.4.10).
        await page.SetViewportSizeAsync(640, 450);
        await See("640", "clipped");
        await page.SetViewportSizeAsync(320, 640);
        await See("320", "clipped");
        await page.EvaluateAsync("eyes.space(true)");
        await See("320, spaced out", "clipped");
        await page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await See("1280, spaced out", "clipped");
        await page.EvaluateAsync("eyes.space(false); eyes.enlarge(true)");
        await See("1280, letters twice as large", "clipped");
        await page.EvaluateAsync("eyes.enlarge(false)");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await See("colours of the system", "lost", "unmarked");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        return faults;

        async Task See(string form, params string[] checks)
        {
            foreach (var check in checks) await Ask(form, check, "");
        }

        async Task Ask(string form, string check, string given) => faults.AddRange((await page.EvaluateAsync<string[]>($"eyes.{check}({given})")).Select(fault => $"{form}: {fault}"));
    }

    private static ViewportSize Desk => new() { Width = 1280, Height = 900 };
}
