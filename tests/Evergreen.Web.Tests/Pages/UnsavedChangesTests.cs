using Evergreen.Application.Access;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Leaving a form with changes that were not sent is asked about first, in a real browser; nothing is asked where nothing would be lost.</summary>
public sealed class UnsavedChangesTests
{
    private const string Form = "/office/grocery/members/1001/edit", Elsewhere = "/office/grocery/members";

    [Test]
    public async Task WhoeverLeavesAFormWithChangesIsAskedFirst()
    {
        await using var site = await DemoSite.Start();
        await using var context = await Browser.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var (asked, stay) = (new List<string>(), true);
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            if (stay) await dialog.DismissAsync();
            else await dialog.AcceptAsync();
        };
        await page.GotoAsync(new Uri(site.Address, "/sign-in").ToString());
        await page.FillAsync("input[name=Mail]", DemoSite.MailOf(Role.Administrator));
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await Open();
        await Leave();
        await page.WaitForURLAsync(new Uri(site.Address, Elsewhere).ToString());
        Assert.That(asked, Is.Empty, "nothing was changed");

        await Open();
        var typed = await Type();
        await Leave();
        await page.WaitForFunctionAsync("true");
        for (var waited = 0; waited < 100 && asked.Count == 0; waited++) await Task.Delay(20);
        Assert.That((string.Join(' ', asked), new Uri(page.Url).AbsolutePath, await page.InputValueAsync("main form[method=post] input[name$=City]")), Is.EqualTo(("beforeunload", Form, typed)), "who stays has lost nothing");
        stay = false;
        await Leave();
        await page.WaitForURLAsync(new Uri(site.Address, Elsewhere).ToString());
        Assert.That(asked, Has.Count.EqualTo(2));

        await Open();
        await Type();
        await page.Locator("main form[method=post] button.btn-primary").ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/edit", StringComparison.Ordinal));
        Assert.That(asked, Has.Count.EqualTo(2), "what is sent is not lost");

        Task Open() => page.GotoAsync(new Uri(site.Address, Form).ToString());
        Task Leave() => page.ClickAsync($"header a[href='{Elsewhere}'], nav a[href='{Elsewhere}']");
        async Task<string> Type()
        {
            var city = page.Locator("main form[method=post] input[name$=City]");
            await city.FocusAsync();
            await page.Keyboard.TypeAsync("X");
            return await city.InputValueAsync();
        }
    }
}
