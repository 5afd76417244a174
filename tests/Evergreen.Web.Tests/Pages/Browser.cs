using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A real browser without a screen: Chromium, started once for all tests. Its headless shell draws the same pages in half the time.</summary>
[SetUpFixture]
public sealed class Browser
{
    private static readonly string[] Homes = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    public static IBrowser Chromium => browser ?? throw new InvalidOperationException("The browser was not started.");

    [OneTimeSetUp]
    public async Task Start()
    {
        var program = Environment.GetEnvironmentVariable("EVERGREEN_TEST_BROWSER") ?? Homes.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Chromium is missing: apt-get install chromium, or name a browser in EVERGREEN_TEST_BROWSER.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none", "--disable-lcd-text"] });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
    }
}
