using Evergreen.Application.Access;
using Evergreen.Web.Tests.Pages.Proofs.Look;

namespace Evergreen.Web.Tests.Pages.Keyboard;

/// <summary>The keys that lead somewhere by themselves; and that they can be turned off by whoever presses them unawares (WCAG 2.1.4).</summary>
public sealed class KeysTests
{
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task KeysLeadToTheSearchBoxAndToTheirListAndCanBeTurnedOff()
    {
        using var clerk = await site.Enter(Role.Clerk);
        await using var context = await Eyes.Window(site.Address, clerk.Cookies());
        var page = await context.NewPageAsync();
        var person = new KeyboardPerson(page, site.Address);
        await person.Open("/office/grocery");
        await page.Keyboard.PressAsync("/");
        Assert.That(await AtTheBox(), Is.True);
        // In a field they are letters.
        await page.Keyboard.TypeAsync("a/b?");
        Assert.That((await page.InputValueAsync("#q"), new Uri(page.Url).AbsolutePath), Is.EqualTo(("a/b?", "/office/grocery")));
        await page.Keyboard.PressAsync("Tab");
        await person.Leave("?");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/help/keys"));
        Assert.That(await page.InnerTextAsync("main table"), Does.Contain("/").And.Contain("?").And.Contain("Esc"));

        await person.Follow("main form[action='/help/keys'] button", "/help/keys");
        await page.Keyboard.PressAsync("?");
        await person.Open("/office/grocery");
        await page.Keyboard.PressAsync("/");
        Assert.That(await AtTheBox(), Is.False);
        await page.Keyboard.PressAsync("?");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/office/grocery"));

        await person.Open("/help/keys");
        await person.Follow("main form[action='/help/keys'] button", "/help/keys");
        await person.Open("/office/grocery");
        await page.Keyboard.PressAsync("/");
        Assert.That(await AtTheBox(), Is.True);

        Task<bool> AtTheBox() => page.EvaluateAsync<bool>("document.activeElement.id === 'q'");
    }

    [Test]
    public async Task MenuGivesTheFocusBackAndHoldsNobody()
    {
        using var clerk = await site.Enter(Role.Clerk);
        await using var context = await Eyes.Window(site.Address, clerk.Cookies());
        var page = await context.NewPageAsync();
        var person = new KeyboardPerson(page, site.Address);
        await person.Open("/office/grocery");
        await person.Reach(".top details.menu > summary");
        await page.Keyboard.PressAsync("Enter");
        await person.Reach(".top details.menu[open] a[href='/account']");
        await person.Escape();
        Assert.That(await page.EvaluateAsync<bool>("document.activeElement.matches('.top details.menu:not([open]) > summary')"), Is.True);
        // Whoever goes on past its end leaves it, and it does not stay over the page.
        await page.Keyboard.PressAsync("Enter");
        await person.Reach(".top .tabs a");
        Assert.That(await page.Locator("details.menu[open]").CountAsync(), Is.Zero);
    }
}
