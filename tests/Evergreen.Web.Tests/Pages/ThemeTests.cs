using System.Text.RegularExpressions;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Light or dark: chosen once, and so on every device after signing in; before that as the browser's cookie says.</summary>
public sealed class ThemeTests
{
    private static async Task<string> ThemeOf(HttpClient visitor, string page) =>
        Regex.Match(await visitor.GetStringAsync(new Uri(page, UriKind.Relative)), "data-bs-theme=\"(?<theme>[a-z]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["theme"].Value;

    [Test]
    public async Task ChoiceGoesWithTheAccountAndTheCookieCountsBeforeSigningIn()
    {
        await using var site = await DemoSite.Start();
        using var desk = await site.Enter(Role.Clerk);
        (await desk.SendTo("/account", "/theme", ("theme", "dark"), ("returnUrl", "/office"))).Dispose();
        using var phone = await site.Enter(Role.Clerk);
        using var stranger = site.Site.Visitor();
        Assert.That((await ThemeOf(phone, "/office"), await ThemeOf(phone, "/account"), await ThemeOf(stranger, "/sign-in")), Is.EqualTo(("dark", "dark", "auto")), "the first page of another device is dark already");
        (await phone.SendTo("/account", "/theme", ("theme", "auto"), ("returnUrl", "/office"))).Dispose();
        Assert.That((await ThemeOf(desk, "/office"), await ThemeOf(phone, "/office")), Is.EqualTo(("auto", "auto")), "the account comes before the cookie of the desk");
        (await desk.SendTo("/account", "/sign-out")).Dispose();
        Assert.That(await ThemeOf(desk, "/sign-in"), Is.EqualTo("dark"), "the browser's own, before signing in");

        using var leif = await site.EnterAs("leif@demo.example");
        (await leif.SendTo("/account", "/theme", ("theme", "light"), ("returnUrl", "/my/grocery"))).Dispose();
        using var elsewhere = await site.EnterAs("leif@demo.example");
        Assert.That(await ThemeOf(elsewhere, "/my/grocery"), Is.EqualTo("light"), "the portal of members too");
    }
}
