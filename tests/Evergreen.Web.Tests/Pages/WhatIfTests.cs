using Evergreen.Application.Access;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>What if, as the office tries it in a real browser: the figures follow the slider under the strict policy, and what is kept is what is shown.</summary>
public sealed class WhatIfTests
{
    private const string Page = "/office/grocery/dividends/2025/what-if";

    [Test]
    public async Task FiguresFollowTheSliderAndWhatIsKeptIsWhatIsShown()
    {
        await using var site = await DemoSite.Start();
        await using var context = await Browser.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var said = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") said.Add(message.Text);
        };
        page.PageError += (_, fault) => said.Add(fault);
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", DemoSite.MailOf(Role.Accountant));
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await page.GotoAsync(new Uri(site.Address, Page).ToString());
        await page.EvaluateAsync("window.stayed = true");
        var number = page.Locator("input[data-slide]").First;
        var (name, shown) = ((await number.GetAttributeAsync("name"))!, await page.InnerTextAsync("#figures"));
        // One at a time by the arrows, five by the page keys, on the slider and in the number field alike.
        var slider = page.Locator("input[type=range]").First;
        var began = decimal.Parse(await number.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
        foreach (var field in (ILocator[])[slider, number])
        {
            await field.FocusAsync();
            var stands = began;
            foreach (var (key, step) in ((string, int)[])[("ArrowUp", 1), ("ArrowDown", -1), ("PageUp", 5), ("PageDown", -5)])
            {
                await page.Keyboard.PressAsync(key);
                stands += step;
                Assert.That((decimal.Parse(await number.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(await slider.InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo((stands, stands)), key);
            }
        }
        await page.WaitForFunctionAsync("shown => { const figures = document.getElementById('figures'); return figures.innerText === shown && !figures.hasAttribute('aria-busy'); }", shown);
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("PageUp");
        await page.WaitForFunctionAsync("shown => { const figures = document.getElementById('figures'); return figures.innerText !== shown && !figures.hasAttribute('aria-busy'); }", shown);
        var value = await number.InputValueAsync();
        var figures = await page.InnerTextAsync("#figures");
        Assert.That((await page.EvaluateAsync<bool>("window.stayed === true"), new Uri(page.Url).Query.Contains($"{Uri.EscapeDataString(name)}={value}", StringComparison.Ordinal)), Is.EqualTo((true, true)), page.Url);
        Assert.That(await page.Locator($"form[data-keep] input[data-of='{name}']").InputValueAsync(), Is.EqualTo(value));

        // What cannot be is said in the same place; and the page of this address shows the same without script.
        await page.FillAsync($"input[name='{name}']", "400");
        await page.WaitForSelectorAsync("#figures .notice.error");
        await page.FillAsync($"input[name='{name}']", value);
        await page.WaitForFunctionAsync("figures => document.getElementById('figures').innerText === figures", figures);
        await page.ReloadAsync();
        Assert.That(await page.InnerTextAsync("#figures"), Is.EqualTo(figures));
        Assert.That(said, Is.Empty);
        Assert.That(site.Site.Faults, Is.Empty);
    }
}
