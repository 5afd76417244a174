using System.Globalization;
using Evergreen.Application.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Twenty pages as pictures, light and dark, on a desk and on a phone, and some of them as they print, against those that lie in the folder beside this file: whatever moves, changes its colour or is lost shows.</summary>
/// <remarks>
/// With EVERGREEN_WRITE_PICTURES=1 they are made anew, to be looked at before they are kept. Letters are drawn in a typeface that the test brings along, and days and moments all read the same, so that only what we draw counts.
/// </remarks>
public sealed class PicturesTests
{
    private const string Ruth = "ruth@demo.example", Jose = "jose@demo.example";
    private static readonly string Accountant = DemoSite.MailOf(Role.Accountant), Administrator = DemoSite.MailOf(Role.Administrator);

    private static readonly (string Name, string Address, string? Mail)[] Pages =
    [
        ("sign-in", "/sign-in", null),
        ("help", "/help/member", null),
        ("stake", "/my/grocery", Ruth),
        ("account", "/my/grocery/account", Ruth),
        ("explain", "/my/grocery/dividends/2025", Ruth),
        ("statements", "/my/grocery/statements", Ruth),
        ("what-if", "/my/grocery/what-if", Ruth),
        ("me", "/my/grocery/me", Ruth),
        ("delivery", "/my/grocery/me/delivery", Ruth),
        ("stake-es", "/my/laundry", Jose),
        ("overview", "/office/grocery", Accountant),
        ("members", "/office/grocery/members?status=Active&sort=name", Accountant),
        ("member", "/office/grocery/members/1001", Accountant),
        ("member-account", "/office/grocery/members/1001/account", Accountant),
        ("import", "/office/grocery/imports/new", Accountant),
        ("dividends", "/office/grocery/dividends", Accountant),
        ("run", "/office/grocery/dividends/runs/2025-1", Accountant),
        ("year-what-if", "/office/grocery/dividends/2025/what-if", Accountant),
        ("settings", "/office/grocery/settings", Administrator),
        ("not-there", "/office/grocery/no-such-page", Administrator),
    ];

    private static readonly string[] Printed = ["explain", "account", "member-account", "run"];

    /// <summary>Days, moments and what else is never twice the same.</summary>
    private const string Steady = """
        () => {
          const months = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre";
          const day = new RegExp(`\\b(?:[0-3]?[0-9] (?:de )?(?:${months})(?: de)?|(?:${months}) [0-3]?[0-9],) 20[0-9]{2}\\b|\\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\\b`, "g");
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) walk.currentNode.data = walk.currentNode.data.replace(day, "1 May 2026").replace(/\b[0-2]?[0-9]:[0-5][0-9]( ?[AP]M)?\b/g, "12:00").replace(/\b[0-9a-f]{16,64}\b/g, "abcdef");
          document.querySelectorAll("input[type=date]").forEach(field => { field.value = "2026-05-01"; });
        }
        """;

    private static string Folder => Path.Combine(Cli.Office.Checkout, "tests", "Evergreen.Web.Tests", "Pages", "Proofs", "Look", "Pictures");

    private static string Letters
    {
        get
        {
            string Of(string name) => Convert.ToBase64String(File.ReadAllBytes(Path.Combine(Cli.Office.Checkout, "src", "Evergreen.Documents", "Fonts", "node_modules", "source-sans", "TTF", $"SourceSans3-{name}.ttf")));
            string Face(string name, int weight) => string.Create(CultureInfo.InvariantCulture, $"@font-face {{ font-family: Proof; font-weight: {weight}; src: url(data:font/ttf;base64,{Of(name)}); }} ");
            return Face("Regular", 400) + Face("Semibold", 600) + "* { font-family: Proof !important; }";
        }
    }

    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start(also: services => services.AddSingleton<TimeProvider>(new StoppedClock()));

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task PagesLookAsTheyDid()
    {
        Assert.That(Pages, Has.Length.EqualTo(20));
        var (faults, write, pictures) = (new List<string>(), Environment.GetEnvironmentVariable("EVERGREEN_WRITE_PICTURES") == "1", 0);
        var letters = Letters;
        foreach (var people in Pages.GroupBy(page => page.Mail))
        {
            using var visitor = await site.EnterAs(people.Key);
            await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, BypassCSP = true, Locale = "en-US", TimezoneId = "UTC", DeviceScaleFactor = 1 });
            await context.AddCookiesAsync(visitor.Cookies().Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(cookie => cookie.Split('=', 2)).Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = site.Address.ToString() }));
            var page = await context.NewPageAsync();
            foreach (var (name, address, _) in people)
            {
                await page.GotoAsync(new Uri(site.Address, address).ToString());
                await page.AddStyleTagAsync(new() { Content = letters });
                await page.EvaluateAsync(Steady);
                await page.EvaluateAsync("() => document.fonts.ready");
                foreach (var (width, height) in ((int, int)[])[(1280, 900), (360, 740)])
                {
                    await page.SetViewportSizeAsync(width, height);
                    foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                    {
                        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                        Keep(string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}"), await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide }));
                    }
                }
                await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
                await page.SetViewportSizeAsync(1280, 900);
                if (Printed.Contains(name)) Keep($"{name}-printed", Paper.FirstSheet(await page.PdfAsync(new() { Format = "A4", PrintBackground = true, PreferCSSPageSize = true })));
            }
        }
        TestContext.Out.WriteLine($"proof: {pictures} pictures");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(pictures, Is.EqualTo(Pages.Length * 4 + Printed.Length));

        void Keep(string name, byte[] picture)
        {
            pictures++;
            var file = Path.Combine(Folder, $"{name}.webp");
            if (write) File.WriteAllBytes(file, Picture.Packed(picture));
            else if (Picture.Difference(File.ReadAllBytes(file), picture) is var apart && apart > Picture.Most) faults.Add($"{name}: {apart:P2} of its points differ");
        }
    }

    [Test]
    public void WhatMovedIsSeenAndAShadeIsNot()
    {
        var plain = Drawn((_, _) => { });
        Assert.That(Picture.Difference(plain, Picture.Packed(plain)), Is.Zero);
        Assert.That(Picture.Difference(plain, Drawn((canvas, paint) => canvas.DrawRect(10, 10, 12, 6, paint))), Is.GreaterThan(Picture.Most), "a mark of twelve points by six");
        Assert.That(Picture.Difference(plain, Drawn((canvas, _) => canvas.Clear(new SKColor(235, 235, 235)))), Is.Zero);
    }

    private static byte[] Drawn(Action<SKCanvas, SKPaint> draw)
    {
        using var bitmap = new SKBitmap(200, 200);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.Black };
        canvas.Clear(SKColors.White);
        draw(canvas, paint);
        canvas.Flush();
        using var packed = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return packed.ToArray();
    }
}
