using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Api.Connect;

/// <summary>A member lets an app in, sees it among their apps, and takes the leave back.</summary>
public sealed class ConsentTests
{
    private const string Member = "ruth@demo.example";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task AppLearnsWhatTheMemberAllowedAndNothingElse()
    {
        var purse = Purse.At(site);
        using var person = await site.EnterAs(Member);
        var (verifier, challenge) = Purse.Pkce();
        var ask = purse.Ask(challenge, "openid profile my.stake");
        using var page = await person.GetAsync(new Uri(ask, UriKind.Relative));
        var html = await page.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("Your stake").And.Contain("Your name").And.Contain("purse.example").And.Not.Contain("Your mail address"));
        Assert.That(page.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("form-action 'self' https://purse.example;"));
        var (status, tokens) = await purse.Redeem(await purse.LetIn(person, challenge, "openid profile my.stake"), verifier);
        Assert.That(status, Is.EqualTo(200), tokens.ToString());
        var said = ProgramTests.Parts(tokens.GetProperty("id_token").GetString()!).Body;
        Assert.Multiple(() =>
        {
            Assert.That(tokens.TryGetProperty("refresh_token", out _), Is.False, "it did not ask to go on while the member is away");
            Assert.That(said.GetProperty("aud").GetString(), Is.EqualTo(purse.App.ClientId));
            Assert.That(said.GetProperty("nonce").GetString(), Is.EqualTo("once"));
            Assert.That(said.TryGetProperty("name", out _), Is.True);
            Assert.That(said.TryGetProperty("email", out _), Is.False);
            Assert.That(said.TryGetProperty("account", out _), Is.False);
        });
        Assert.That(await Purse.Api(site.Site, Purse.Access(tokens)), Is.EqualTo((200, (string?)null)));
        using var info = site.Site.Visitor();
        info.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Purse.Access(tokens));
        var user = JsonDocument.Parse(await info.GetStringAsync(new Uri("/connect/userinfo", UriKind.Relative))).RootElement;
        Assert.That(user.EnumerateObject().Select(claim => claim.Name), Is.EquivalentTo(["sub", "name"]));
        Assert.That(user.GetProperty("sub").GetString(), Is.EqualTo(said.GetProperty("sub").GetString()));
    }

    [Test]
    public async Task LeaveIsRememberedForWhatWasShownAndAskedAnewForMore()
    {
        var purse = Purse.At(site);
        using var person = await site.EnterAs(Member);
        await purse.LetIn(person, Purse.Pkce().Challenge, "openid profile");
        using var again = await person.GetAsync(new Uri(purse.Ask(Purse.Pkce().Challenge, "openid profile"), UriKind.Relative));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(again.Headers.Location!.OriginalString, Does.StartWith(Purse.Redirect + "?code="));
        using var more = await person.GetAsync(new Uri(purse.Ask(Purse.Pkce().Challenge, "openid profile my.stake"), UriKind.Relative));
        Assert.That(more.StatusCode, Is.EqualTo(HttpStatusCode.OK), "more than was shown");
        using var silent = await person.GetAsync(new Uri(purse.Ask(Purse.Pkce().Challenge, "openid my.stake", ("prompt", "none")), UriKind.Relative));
        Assert.That(Purse.Brought(silent)["error"], Is.EqualTo("consent_required"));
        using var stranger = site.Site.Visitor();
        using var unknown = await stranger.GetAsync(new Uri(purse.Ask(Purse.Pkce().Challenge, "openid", ("prompt", "none")), UriKind.Relative));
        Assert.That(Purse.Brought(unknown)["error"], Is.EqualTo("login_required"));
        using var signIn = await stranger.GetAsync(new Uri(purse.Ask(Purse.Pkce().Challenge), UriKind.Relative));
        Assert.That(signIn.Headers.Location!.OriginalString, Does.StartWith("/sign-in?returnUrl=%2Fconnect%2Fauthorize"));
    }

    [Test]
    public async Task BrowserGoesOnByItselfAfterTheFormOfTheSignInPage()
    {
        var purse = Purse.At(site);
        using var person = await site.EnterAs(Member);
        await purse.LetIn(person, Purse.Pkce().Challenge, "openid");
        person.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var ask = purse.Ask(Purse.Pkce().Challenge, "openid");
        using var step = await person.GetAsync(new Uri(ask, UriKind.Relative));
        Assert.That(step.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await step.Content.ReadAsStringAsync(), Does.Contain("http-equiv=\"refresh\""));
        using var on = await person.GetAsync(new Uri(ask + "&_onward=1", UriKind.Relative));
        Assert.That(on.Headers.Location!.OriginalString, Does.StartWith(Purse.Redirect + "?code="));
    }

    [Test]
    public async Task WhoeverSaysNoIsSentBackWithoutACode()
    {
        var purse = Purse.At(site);
        using var person = await site.EnterAs(Member);
        using var answer = await person.SendTo(purse.Ask(Purse.Pkce().Challenge), "/connect/authorize", ("decision", "deny"));
        Assert.That(Purse.Brought(answer)["error"], Is.EqualTo("access_denied"));
        Assert.That(Purse.Brought(answer)["state"], Is.EqualTo("s t&te"));
        using var bare = new FormUrlEncodedContent([KeyValuePair.Create("decision", "allow"), .. purse.Ask(Purse.Pkce().Challenge)[19..].Split('&').Select(part => part.Split('=')).Select(part => KeyValuePair.Create(part[0], Uri.UnescapeDataString(part[1])))]);
        using var forged = await person.PostAsync(new Uri("/connect/authorize", UriKind.Relative), bare);
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "another page cannot say yes for someone");
    }

    [Test]
    public async Task WhoeverIsNobodyAtTheCoOpOfTheAppIsNotLetThrough()
    {
        var purse = Purse.At(site);
        using var elsewhere = await site.EnterAs("hanh@demo.example");
        using var answer = await elsewhere.GetAsync(new Uri(purse.Ask(Purse.Pkce().Challenge), UriKind.Relative));
        Assert.That(Purse.Brought(answer)["error"], Is.EqualTo("access_denied"));
    }

    [Test]
    public async Task LeaveTakenBackEndsWhatTheAppHolds()
    {
        var purse = Purse.At(site);
        using var person = await site.EnterAs(Member);
        var tokens = await purse.Tokens(person);
        var mine = await person.GetStringAsync(new Uri("/account/apps", UriKind.Relative));
        Assert.That(mine, Does.Contain("Purse ").And.Contain("Your stake"));
        var id = site.Books.Read(db => db.AppConsents.Where(consent => consent.Application!.Id == purse.App.AppId).Select(consent => consent.Id).Single());
        using var revoked = await person.SendTo("/account/apps", $"/account/apps/{id}/revoke");
        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await Purse.Api(site.Site, Purse.Access(tokens)), Is.EqualTo((401, "token-withdrawn")));
        Assert.That((await purse.Refresh(Purse.Renewing(tokens))).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
        using var other = await site.EnterAs("hanh@demo.example");
        using var notMine = await other.SendTo("/account", $"/account/apps/{id}/revoke");
        Assert.That(notMine.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(new RevokeConsent(site.Books).Run(new RevokeConsent.Request(id, 1, "test", "192.0.2.7")).Refusal?.Code, Is.EqualTo("consent-unknown"));
    }

    [Test]
    public async Task TokensOfAnEndedAccountAreRefused()
    {
        var purse = Purse.At(site);
        using var person = await site.EnterAs(DemoSite.MailOf(Role.Clerk));
        var tokens = await purse.Tokens(person);
        Assert.That((await Purse.Api(site.Site, Purse.Access(tokens))).Status, Is.EqualTo(200));
        site.Books.Write<bool>(false, db => { db.SignIns.Single(user => user.UserName == DemoSite.MailOf(Role.Clerk)).DisabledAt = site.Books.Now; return true; });
        Assert.That(await Purse.Api(site.Site, Purse.Access(tokens)), Is.EqualTo((401, "token-withdrawn")));
        Assert.That((await purse.Refresh(Purse.Renewing(tokens))).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
        site.Books.Write<bool>(false, db => { db.SignIns.Single(user => user.UserName == DemoSite.MailOf(Role.Clerk)).DisabledAt = null; return true; });
    }
}
