using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Mail;
using Evergreen.Web.Tests.Access;
using Evergreen.Web.Tests.Api.Connect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A site that signs people in through another authority: here a second Evergreen, with the settings that any other would take.</summary>
public sealed partial class OutsideTests
{
    private DemoSite authority = null!, site = null!;
    private string address = "";
    private string[] settings = [];

    private static string Counts(string values) => $"--{OutsideSettings.SecondFactorKey}={values}";

    [OneTimeSetUp]
    public async Task Start()
    {
        authority = await DemoSite.Start();
        // By its name, so that a browser keeps the cookies of the two apart: it tells hosts, not ports.
        var federation = $"http://localhost:{authority.Address.Port}";
        address = $"--{MailSettings.SiteKey}={federation}";
        await authority.Restart(address);
        site = await DemoSite.Start();
        var purse = Purse.At(authority, [AppScopes.Profile, AppScopes.Email], new Uri(site.Address, OutsideRegistration.CallbackPath).ToString(), keepsSecret: true);
        settings = [$"--{OutsideSettings.AuthorityKey}={federation}", $"--{OutsideSettings.ClientIdKey}={purse.App.ClientId}", $"--{OutsideSettings.ClientSecretKey}={purse.App.Secret}", $"--{OutsideSettings.NameKey}=The federation"];
        await site.Restart([.. settings, Counts("mfa")]);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await site.DisposeAsync();
        await authority.DisposeAsync();
    }

    [Test]
    public async Task PersonIsKnownByACheckedMailAddressOnceAndByTheAuthoritysKeyFromThenOn()
    {
        var mail = DemoSite.MailOf(Role.Clerk);
        using var there = await authority.EnterAs(mail);
        using var here = site.Site.Visitor();
        Assert.That(await here.GetStringAsync(new Uri("/sign-in", UriKind.Relative)), Does.Contain("Sign in with The federation"));
        Assert.That(await ThroughTheAuthority(here, there), Does.StartWith("/sign-in/outside/refused?why=outside-mail-unverified"), "the authority has not checked the address");

        Confirm(authority, mail);
        Assert.That(await ThroughTheAuthority(here, there), Is.EqualTo("/account"));
        var account = await here.GetStringAsync(new Uri("/account", UriKind.Relative));
        Assert.That(account, Does.Contain(mail));

        // From here on issuer and subject name the account: another address there changes nothing here.
        authority.Books.Write<bool>(false, db => { db.SignIns.Single(user => user.UserName == mail).Email = "moved@demo.example"; return true; });
        using var again = site.Site.Visitor();
        Assert.That(await ThroughTheAuthority(again, there), Is.EqualTo("/account"));
        var by = $"sign-in {site.Books.Read(db => db.SignIns.Single(user => user.UserName == mail).Id)}";
        Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "access.outside-link" && record.By == by)), Is.EqualTo(1));

        // Rights stand here alone, and a password alone there is no second factor here.
        Assert.That(await Proof(mail), Is.EqualTo(Application.Access.Proof.Outside));
        site.Books.Write<bool>(false, db => { db.SignIns.Single(user => user.UserName == mail).DisabledAt = site.Books.Now; return true; });
        using var ended = site.Site.Visitor();
        Assert.That(await ThroughTheAuthority(ended, there), Does.StartWith("/sign-in/outside/refused?why=outside-unknown"));
        Assert.That(await ended.GetAsync(new Uri("/sign-in/outside/refused?why=outside-unknown", UriKind.Relative)), Has.Property(nameof(HttpResponseMessage.StatusCode)).EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task WholeWayCanBeGoneInABrowser()
    {
        var mail = DemoSite.MailOf(Role.Accountant);
        Confirm(authority, mail);
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        // The second time the leave is remembered, and the browser goes on by itself.
        foreach (var asked in (bool[])[true, false])
        {
            await page.GotoAsync(new Uri(site.Address, "/sign-in?returnUrl=/account").ToString());
            await page.ClickAsync("text=Sign in with The federation");
            await page.FillAsync("input[name=Mail]", mail);
            await page.FillAsync("input[name=Password]", authority.Password);
            await page.ClickAsync("main form button");
            if (asked)
            {
                await page.WaitForSelectorAsync("button[value=allow]");
                Assert.That((await page.Judge()).Violations.Select(violation => violation.Id), Is.Empty);
                if (Environment.GetEnvironmentVariable("EVERGREEN_PICTURES") is { Length: > 0 } pictures) await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(pictures, "360-consent.png") });
                await page.ClickAsync("button[value=allow]");
            }
            await page.WaitForURLAsync(new Uri(site.Address, "/account").ToString());
            Assert.That(await page.ContentAsync(), Does.Contain(mail));
            await context.ClearCookiesAsync();
        }
    }

    /// <summary>Someone with an authenticator at both places.</summary>
    [Test]
    public async Task SecondFactorOfTheAuthorityCountsWhereASettingSaysSoAndElseTheOwnOneIsAskedFor()
    {
        var mail = DemoSite.MailOf(Role.Auditor);
        Confirm(authority, mail);
        var (codeThere, codeHere) = (Authenticator(authority, mail), Authenticator(site, mail));
        using var both = authority.Site.Visitor();
        Assert.That((await both.Send("/sign-in", ("Mail", mail), ("Password", authority.Password))).Headers.Location!.OriginalString, Is.EqualTo("/sign-in/code"));
        Assert.That((await both.Send("/sign-in/code", ("Code", codeThere(1)))).Headers.Location!.OriginalString, Is.EqualTo("/"));

        using (var counted = site.Site.Visitor())
        {
            Assert.That(await ThroughTheAuthority(counted, both), Is.EqualTo("/account"), "mfa counts here");
            Assert.That(await Proof(mail), Is.EqualTo(Application.Access.Proof.SecondFactor));
        }
        foreach (var (setting, why) in ((string[], string)[])[([], "none counts"), ([Counts("hwk phr")], "others count")])
        {
            await site.Restart([.. settings, .. setting]);
            using var asked = site.Site.Visitor();
            Assert.That(await ThroughTheAuthority(asked, both), Is.EqualTo("/sign-in/code"), why);
            using (var half = await asked.GetAsync(new Uri("/account", UriKind.Relative))) Assert.That(half.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "half the way opens nothing");
            if (setting.Length > 0) continue;
            Assert.That((await asked.Send("/sign-in/code", ("Code", codeHere(1)))).Headers.Location!.OriginalString, Is.EqualTo("/account"));
            Assert.That(await Proof(mail), Is.EqualTo(Application.Access.Proof.SecondFactor), "shown here");
        }
        await site.Restart([.. settings, Counts("hwk otp")]);
        using (var otp = site.Site.Visitor()) Assert.That(await ThroughTheAuthority(otp, both), Is.EqualTo("/account"), "one of several that count");

        // An authority that says it by acr: here ours, made to say so. Nobody showed it a second factor.
        RemoveAuthenticator(authority, mail);
        await authority.Restart(services => services.AddOpenIddict().AddServer(server => server.AddEventHandler<OpenIddictServerEvents.ProcessSignInContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Principal!.SetClaim("acr", "loa-3");
            foreach (var claim in context.Principal!.Claims.Where(claim => claim.Type == "acr")) claim.SetDestinations(OpenIddictConstants.Destinations.IdentityToken);
            return default;
        }).SetOrder(OpenIddictServerHandlers.PrepareIdentityTokenPrincipal.Descriptor.Order - 100))), address);
        using var plain = await authority.EnterAs(mail);
        foreach (var (counts, lands) in ((string, string)[])[("loa-3", "/account"), ("loa-30 LOA-3 loa", "/sign-in/code")])
        {
            await site.Restart([.. settings, Counts(counts)]);
            using var here = site.Site.Visitor();
            Assert.That(await ThroughTheAuthority(here, plain), Is.EqualTo(lands), counts);
        }
        await authority.Restart(address);
        await site.Restart([.. settings, Counts("mfa")]);
    }

    /// <returns>Its code so many half minutes from now.</returns>
    private static Func<int, string> Authenticator(DemoSite at, string mail)
    {
        var keys = at.Site.Services.GetRequiredService<SealingKeys>();
        var user = at.Books.Read(db => db.SignIns.Single(user => user.UserName == mail).Id);
        var secret = GettingInTests.Unspell(new MakeAuthenticator(at.Books, keys).Run(new(user, "Evergreen")).Value.Spelled);
        string Code(int later) => TimeCode.At(secret, TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime) + later);
        Assert.That(new ConfirmAuthenticator(at.Books, keys).Run(new(user, Code(0), null, "test")).IsRefused, Is.False);
        return Code;
    }

    private static void RemoveAuthenticator(DemoSite at, string mail) => at.Books.Write<bool>(false, db =>
    {
        var user = db.SignIns.Single(user => user.UserName == mail);
        (user.AuthenticatorSealed, user.AuthenticatorSince, user.TwoFactorEnabled) = (null, null, false);
        return true;
    });

    [Test]
    public async Task StrangerIsNotMadeAnAccount()
    {
        var mail = "stranger@elsewhere.example";
        var coOp = authority.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == "grocery").Id);
        var admin = authority.Books.Read(db => db.SignIns.Single(user => user.UserName == DemoSite.MailOf(Role.Administrator)).Id);
        var invited = new InvitePerson(authority.Books).Run(new InvitePerson.Request(coOp, mail, "A Stranger", Role.Administrator, admin, "test", "192.0.2.7")).Value;
        new AcceptInvitation(authority.Books).Run(new AcceptInvitation.Request(invited.Code, "A Stranger", "four plain words here", "192.0.2.7"));
        Confirm(authority, mail);
        using var there = authority.Site.Visitor();
        await there.Send("/sign-in", ("Mail", mail), ("Password", "four plain words here"));
        using var here = site.Site.Visitor();
        Assert.That(await ThroughTheAuthority(here, there), Does.StartWith("/sign-in/outside/refused?why=outside-unknown"));
        Assert.That(site.Books.Read(db => db.SignIns.Any(user => user.UserName == mail)), Is.False);
    }

    [Test]
    public async Task AnswerThatWasNotAskedForOpensNothing()
    {
        using var here = site.Site.Visitor();
        using var answer = await here.GetAsync(new Uri($"{OutsideRegistration.CallbackPath}?code=planted&state=planted", UriKind.Relative));
        Assert.That(answer.Headers.Location!.OriginalString, Is.EqualTo("/sign-in/outside/refused?why=outside-failed"));
    }

    private static void Confirm(DemoSite site, string mail) => site.Books.Write<bool>(false, db => { db.SignIns.Single(user => user.UserName == mail).EmailConfirmed = true; return true; });

    private Task<Proof> Proof(string mail) => Task.FromResult(site.Books.Read(db => db.SignInSessions.Where(session => db.Set<SignIn>().Any(user => user.Id == session.UserId && user.UserName == mail)).OrderBy(session => session.Id).Select(session => session.Proof).Last()));

    /// <param name="to">Where the person wants to go, as a page of the site asks for it.</param>
    /// <param name="deaf">The authority does not hear what it is asked besides.</param>
    /// <returns>Where the person lands on the site.</returns>
    private async Task<string> ThroughTheAuthority(HttpClient here, HttpClient there, string to = "/account", bool deaf = false)
    {
        using var away = await here.GetAsync(new Uri($"/sign-in/outside?returnUrl={to}", UriKind.Relative));
        var ask = away.Headers.Location!;
        if (deaf) ask = new Uri(ask.ToString().Replace("prompt=login", "", StringComparison.Ordinal).Replace("max_age=0", "", StringComparison.Ordinal));
        Assert.That(ask.Port, Is.EqualTo(authority.Address.Port));
        Assert.That(ask.Query, Does.Contain("code_challenge_method=S256"));
        var asked = await there.GetAsync(new Uri(ask.PathAndQuery, UriKind.Relative));
        if (asked.Headers.Location is { OriginalString: var again } && again.StartsWith("/account/again", StringComparison.Ordinal))
        {
            Assert.That((await there.SendTo(again, "/account/again", ("Password", authority.Password))).Headers.Location!.OriginalString, Is.EqualTo(ask.PathAndQuery));
            asked = await there.GetAsync(new Uri(ask.PathAndQuery, UriKind.Relative));
        }
        using var page = asked;
        using var let = page.StatusCode == HttpStatusCode.OK ? await there.SendTo(ask.PathAndQuery, "/connect/authorize", ("decision", "allow")) : page;
        Assert.That(let.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await let.Content.ReadAsStringAsync());
        using var back = await here.GetAsync(new Uri(let.Headers.Location!.PathAndQuery, UriKind.Relative));
        return back.Headers.Location?.OriginalString ?? $"{(int)back.StatusCode} {await back.Content.ReadAsStringAsync()}";
    }
}
