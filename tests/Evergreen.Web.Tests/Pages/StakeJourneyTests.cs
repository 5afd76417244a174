using Evergreen.Web.Tests.Pages.Keyboard;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A member's way in a real browser, from signing in to the file in hand: with the keyboard alone, at a desk and on a phone.</summary>
public sealed class StakeJourneyTests
{
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
        var person = new KeyboardPerson(page, site.Address);
        await person.Open("/my/grocery");
        await person.SignIn("ruth@demo.example", site.Password);
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/my/grocery"));

        await person.Follow("main a[href='/my/grocery/dividends/2025']", "/my/grocery/dividends/2025");
        // A word is opened and closed where it stands.
        await person.Reach(".receipt details.term > summary");
        await page.Keyboard.PressAsync("Enter");
        Assert.That(await page.Locator(".receipt details.term[open]").CountAsync(), Is.EqualTo(1));
        // On paper nothing can be pressed: what the buttons say stands below.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.That(await page.EvaluateAsync<int>("document.querySelectorAll('.receipt details.term').length"), Is.GreaterThan(3));
        Assert.That(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.receipt details.term')].filter(one => one.getClientRects().length > 0 || ![...document.querySelectorAll('.terms dd')].some(dd => dd.getClientRects().length > 0 && dd.textContent === one.querySelector('p').textContent)).map(one => one.textContent)"), Is.Empty);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await person.Follow(".receipt a.way[href*='/rows?measure=purchases']", "/my/grocery/dividends/2025/rows");
        Assert.That(await page.Locator("table.ledger tbody tr").CountAsync(), Is.GreaterThan(2));
        await person.Follow("main .breadcrumb a[href='/my/grocery/dividends/2025']", "/my/grocery/dividends/2025");
        var file = await person.Download("main a[href$='/2025.csv']");
        Assert.That(file.SuggestedFilename, Is.EqualTo("grocery-dividend-2025.csv"));
        Assert.That(new RecomputedDividend(await File.ReadAllTextAsync((await file.PathAsync())!)).Faults, Is.Empty);
        await person.Follow(".rail a[href='/my/grocery/statements']", "/my/grocery/statements");
        var statement = await person.Download("main a[href='/my/grocery/statements/2025-1.pdf']");
        Assert.That((await File.ReadAllBytesAsync((await statement.PathAsync())!)).AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
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

    /// <summary>On a phone the head of the chart's table, which says what each colour is, has no room; and the five places keep apart in either language.</summary>
    [TestCase("ruth@demo.example", "grocery")]
    [TestCase("jose@demo.example", "laundry")]
    public async Task ChartSaysWhichColourIsWhatAndPlacesKeepApartOnAPhone(string mail, string coOp)
    {
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        await SignIn(page, mail);
        await page.GotoAsync(new Uri(site.Address, $"/my/{coOp}").ToString());
        Assert.That((await page.Locator("figure .keys").IsVisibleAsync(), await page.Locator("figure .keys .key").CountAsync()), Is.EqualTo((true, 2)));
        foreach (var place in (string[])["", "/dividends", "/statements", "/activity"])
        {
            await page.GotoAsync(new Uri(site.Address, $"/my/{coOp}{place}").ToString());
            var gaps = await page.EvaluateAsync<double[]>("(() => { const boxes = [...document.querySelectorAll('.rail a')].map(a => { const range = document.createRange(); range.selectNodeContents(a); return range.getBoundingClientRect(); }); return boxes.slice(1).map((box, at) => box.left - boxes[at].right); })()");
            Assert.That(gaps, Has.Length.EqualTo(4).And.All.GreaterThan(4), place);
            Assert.That(await page.EvaluateAsync<double[]>("[...document.querySelectorAll('.rail a')].map(a => a.getBoundingClientRect().width)"), Has.All.GreaterThanOrEqualTo(44), place);
        }
        await page.SetViewportSizeAsync(1280, 900);
        await page.GotoAsync(new Uri(site.Address, $"/my/{coOp}").ToString());
        Assert.That((await page.Locator("figure .keys").IsVisibleAsync(), await page.Locator("figure thead .key").CountAsync()), Is.EqualTo((false, 2)));
    }

    private async Task SignIn(IPage page, string mail)
    {
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", mail);
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }
}
