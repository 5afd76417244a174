using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A member's way in a real browser, from signing in to the file in hand: with the keyboard alone, and on a phone; and nothing sticks out, however narrow or large it is shown.</summary>
public sealed class StakeJourneyTests
{
    private const string Pages = "/my/grocery,/my/grocery/account,/my/grocery/what-if,/my/grocery/dividends,/my/grocery/dividends/2025,/my/grocery/dividends/2025/rows?measure=purchases,/my/grocery/statements,/my/grocery/glossary";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [TestCase(1280, 900)]
    [TestCase(360, 740)]
    public async Task FromSignInToTheFileWithTheKeyboardAlone(int width, int height)
    {
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, AcceptDownloads = true });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, "/my/grocery").ToString());
        await Reach(page, "[name=Mail]");
        await page.Keyboard.TypeAsync("ruth@demo.example");
        await Reach(page, "[name=Password]");
        await page.Keyboard.TypeAsync(site.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/my/grocery");

        await Follow(page, "main a[href='/my/grocery/dividends/2025']", "/my/grocery/dividends/2025");
        // A word is opened and closed where it stands.
        await Reach(page, ".receipt details.term > summary");
        await page.Keyboard.PressAsync("Enter");
        Assert.That(await page.Locator(".receipt details.term[open]").CountAsync(), Is.EqualTo(1));
        // On paper nothing can be pressed: what the buttons say stands below.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.receipt details.term').length"), Is.GreaterThan(3));
        Assert.That(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.receipt details.term')].filter(one => one.getClientRects().length > 0 || ![...document.querySelectorAll('.terms dd')].some(dd => dd.getClientRects().length > 0 && dd.textContent === one.querySelector('p').textContent)).map(one => one.textContent)"), Is.Empty);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await Follow(page, ".receipt a.way[href*='/rows?measure=purchases']", "/my/grocery/dividends/2025/rows");
        Assert.That(await page.Locator("table.ledger tbody tr").CountAsync(), Is.GreaterThan(2));
        await page.GoBackAsync();
        await Reach(page, "main a[href$='/2025.csv']");
        var waiting = page.WaitForDownloadAsync();
        await page.Keyboard.PressAsync("Enter");
        var file = await waiting;
        Assert.That(file.SuggestedFilename, Is.EqualTo("grocery-dividend-2025.csv"));
        Assert.That(new RecomputedDividend(await File.ReadAllTextAsync((await file.PathAsync())!)).Faults, Is.Empty);
    }

    /// <remarks>At 200 % a window of 1280 points has room for 640; at 400 % for 320 (WCAG 1.4.4, 1.4.10). Wider spaces between letters, words and lines are those of 1.4.12.</remarks>
    [Test]
    public async Task NothingSticksOutOnANarrowScreenOrEnlarged()
    {
        var faults = new List<string>();
        foreach (var (width, mail) in new[] { (320, "ruth@demo.example"), (640, "ruth@demo.example"), (320, "jose@demo.example") })
        {
            await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 700 }, ReducedMotion = ReducedMotion.Reduce });
            var page = await context.NewPageAsync();
            await SignIn(page, mail);
            foreach (var path in Pages.Split(',').Select(path => mail.StartsWith("jose", StringComparison.Ordinal) ? path.Replace("grocery", "laundry", StringComparison.Ordinal).Replace("2025", "2026", StringComparison.Ordinal).Replace("purchases", "hours", StringComparison.Ordinal) : path))
            {
                await page.GotoAsync(new Uri(site.Address, path).ToString());
                await page.EvaluateAsync("document.querySelectorAll('main details').forEach(one => one.open = true)");
                if (await Sticks(page) is > 0 and var out1) faults.Add($"{path} at {width}: {out1} px");
                await page.EvaluateAsync("for (const one of document.querySelectorAll('main *')) { one.style.letterSpacing = '.12em'; one.style.wordSpacing = '.16em'; one.style.lineHeight = '1.5'; }");
                if (await Sticks(page) is > 0 and var out2) faults.Add($"{path} at {width}, spaced out: {out2} px");
                if (Environment.GetEnvironmentVariable("EVERGREEN_PICTURES") is { Length: > 0 } pictures && width == 320)
                    await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(pictures, $"spaced-{path.Split('?')[0].Trim('/').Replace('/', '_')}.png") });
            }
        }
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task ASliderRedrawsTheFiguresAndKeepsTheirAddress()
    {
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        await SignIn(page, "ruth@demo.example");
        await page.GotoAsync(new Uri(site.Address, "/my/grocery/what-if").ToString());
        var before = await page.Locator(".tried .good .money").TextContentAsync();
        await page.Locator("input[type=range]").FocusAsync();
        await page.Keyboard.PressAsync("PageUp");
        await page.WaitForFunctionAsync("before => document.querySelector('.tried .good .money').textContent !== before", before);
        Assert.That(await page.InputValueAsync("#purchases"), Is.EqualTo("350"));
        Assert.That(page.Url, Does.Contain("purchases=350"));
    }

    private static Task<int> Sticks(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private async Task SignIn(IPage page, string mail)
    {
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", mail);
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Goes on with the tabulator until the focus stands on what is looked for, and can be seen there.</summary>
    private static async Task Reach(IPage page, string selector)
    {
        for (var steps = 0; steps < 150; steps++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                Assert.That(await page.EvaluateAsync<bool>("() => { const box = document.activeElement.getBoundingClientRect(); const bottom = document.querySelector('.rail') && getComputedStyle(document.querySelector('.rail')).position === 'fixed' ? document.querySelector('.rail').getBoundingClientRect().top : innerHeight; return box.bottom > 0 && box.top < bottom && getComputedStyle(document.activeElement).outlineStyle !== 'none' }"), Is.True, $"{selector} has the focus and cannot be seen");
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{selector} cannot be reached with the keyboard on {page.Url}.");
    }

    private static async Task Follow(IPage page, string selector, string path)
    {
        await Reach(page, selector);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
    }
}
