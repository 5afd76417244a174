using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Tests.Api.Connect;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The same two sites, where the authority stands in the place of passwords and not beside them.</summary>
public sealed partial class OutsideTests
{
    private const string Alone = $"--{OutsideSettings.OnlyKey}=true", FourWords = "four plain words here";

    /// <summary>What shows here who one is, and what changes that.</summary>
    private static readonly string[] Pages =
    [
        "/sign-in/code", "/sign-in/by-mail", "/sign-in/forgotten", "/sign-in/mailed", "/sign-in/link", "/sign-in/new-password", "/account/password", "/account/authenticator", "/account/authenticator/remove", "/account/recovery-codes",
        "/account/passkey", "/account/passkey/remove", "/office/grocery/settings/sign-in",
    ];

    private static readonly string[] Forms =
    [
        "/sign-in", "/sign-in/code", "/sign-in/passkey", "/sign-in/passkey/options", "/sign-in/by-mail", "/sign-in/forgotten", "/sign-in/link", "/sign-in/new-password", "/account/password", "/account/again", "/account/authenticator", "/account/authenticator/make",
        "/account/authenticator/remove", "/account/recovery-codes", "/account/passkey", "/account/passkey/options", "/account/passkey/remove", "/office/grocery/settings/sign-in", "/office/grocery/settings/people/1/password", "/office/grocery/members/1150/sign-in/password",
    ];

    [TestCase("true", null, "mfa", ExpectedResult = "EVERGREEN_OIDC_ONLY needs EVERGREEN_OIDC_AUTHORITY", TestName = "{m}(no authority)")]
    [TestCase("true", "https://identity.example", null, ExpectedResult = "EVERGREEN_OIDC_ONLY needs EVERGREEN_OIDC_SECOND_FACTOR", TestName = "{m}(no second factor)")]
    [TestCase("perhaps", "https://identity.example", "mfa", ExpectedResult = "EVERGREEN_OIDC_ONLY must be", TestName = "{m}(neither yes nor no)")]
    [TestCase("true", "https://identity.example", "mfa", ExpectedResult = "True", TestName = "{m}(alone)")]
    [TestCase("false", "https://identity.example", null, ExpectedResult = "False", TestName = "{m}(beside)")]
    [TestCase("false", null, null, ExpectedResult = "", TestName = "{m}(none)")]
    public string? SettingThatWouldShutEverybodyOutIsRefused(string only, string? at, string? counts)
    {
        var said = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [OutsideSettings.OnlyKey] = only, [OutsideSettings.AuthorityKey] = at, [OutsideSettings.ClientIdKey] = "evergreen", [OutsideSettings.SecondFactorKey] = counts }).Build();
        try
        {
            return OutsideSettings.Read(said)?.Only.ToString() ?? "";
        }
        catch (FormatException refused)
        {
            return Complaint().Match(refused.Message).Value;
        }
    }

    [TestCase("amr", "mfa", ExpectedResult = true)]
    [TestCase("acr", "mfa", ExpectedResult = true)]
    [TestCase("acrs", "mfa", ExpectedResult = true)]
    [TestCase("groups", "mfa", ExpectedResult = false)]
    [TestCase("amr", "pwd", ExpectedResult = false)]
    public bool SecondFactorIsReadOfTheClaimsThatSayHowSomebodySignedIn(string claim, string value) => Came(new Claim(claim, value)).SecondFactor;

    [TestCase("1780000000", ExpectedResult = 1780000000)]
    [TestCase("1795000001", ExpectedResult = 1795000000, TestName = "{m}(a clock that is ahead)")]
    [TestCase("99999999999999999", ExpectedResult = 1795000000, TestName = "{m}(milliseconds, or worse)")]
    [TestCase("-1", ExpectedResult = null)]
    [TestCase("noon", ExpectedResult = null)]
    public long? MomentOfTheSignInIsTheAuthoritysAndNeverLaterThanNow(string said) => Came(new Claim("auth_time", said)).At is { } at ? new DateTimeOffset(at).ToUnixTimeSeconds() : null;

    private static Arrival Came(Claim claim) =>
        Arrival.Of(new ClaimsPrincipal(new ClaimsIdentity([claim])), new OutsideSettings(new Uri("https://identity.example"), "evergreen", null, "It", [], ["mfa"], false, true), DateTimeOffset.FromUnixTimeSeconds(1795000000).UtcDateTime);

    [Test]
    public async Task AloneItIsTheOneWayIn()
    {
        await site.Restart([.. settings, Counts("mfa"), Alone]);
        var (administrator, member) = (DemoSite.MailOf(Role.Administrator), "alice@demo.example");
        Confirm(authority, administrator);
        Confirm(authority, member);
        Confirm(site, member);
        // A second factor that was set up here before is not asked for any more, and opens nothing.
        Authenticator(site, administrator);
        using var joyThere = await authority.EnterAs(administrator);
        using var aliceThere = await authority.EnterAs(member);
        using HttpClient stranger = site.Site.Visitor(), joy = site.Site.Visitor(), alice = site.Site.Visitor();
        Assert.That(await ThroughTheAuthority(joy, joyThere, "/office/grocery"), Is.EqualTo("/office/grocery"));
        Assert.That(await Proof(administrator), Is.EqualTo(Application.Access.Proof.Outside));
        Assert.That(await ThroughTheAuthority(alice, aliceThere), Is.EqualTo("/account"));
        Assert.That((await alice.GetAsync(new Uri("/my/grocery", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ThroughTheAuthority(site.Site.Visitor(), aliceThere, "https%3A%2F%2Felsewhere.example"), Is.EqualTo("/"), "back to this site alone");

        foreach (var who in (HttpClient[])[stranger, joy])
        {
            foreach (var page in Pages) Assert.That((await who.GetAsync(new Uri(page, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), page);
            foreach (var form in Forms)
            {
                using var nothing = new FormUrlEncodedContent([]);
                Assert.That((await who.PostAsync(new Uri(form, UriKind.Relative), nothing)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), form);
            }
        }
        foreach (var (who, page) in ((HttpClient, string)[])[(stranger, "/sign-in"), (stranger, "/invitation"), (joy, "/account"), (joy, "/account/again"), (joy, "/account/second-factor"), (joy, "/office/grocery/settings"), (joy, "/office/grocery/settings/people"),
            (joy, "/office/grocery/members/1150/sign-in"), (joy, "/office/grocery/search?q=sign-in"), (alice, "/my/grocery/me")])
        {
            var html = await who.GetStringAsync(new Uri(page, UriKind.Relative));
            Assert.That(html, Does.Not.Contain("type=\"password\""), page);
            Assert.That(Ways().Matches(html).Select(way => Regex.Replace(way.Groups["to"].Value, "people/[0-9]+/", "people/1/")).Intersect(Pages.Concat(Forms.Where(form => form is not ("/sign-in" or "/account/again")))), Is.Empty, page);
        }
        await Judged(stranger, "/sign-in");
        await Judged(joy, "/account", "/account/again", "/account/second-factor");

        // Signed out, one stays out until one goes to the authority again.
        Assert.That((await alice.SendTo("/account", "/sign-out")).Headers.Location!.OriginalString, Is.EqualTo("/sign-in"));
        using (var after = await alice.GetAsync(new Uri("/sign-in", UriKind.Relative))) Assert.That((after.StatusCode, (await after.Content.ReadAsStringAsync()).Contains("Sign in with The federation", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)));
        Assert.That((await alice.GetAsync(new Uri("/account", UriKind.Relative))).Headers.Location!.OriginalString, Does.StartWith("/sign-in?returnUrl="));
        await Beside();
    }

    [Test]
    public async Task AloneItAsksOnceMoreForWhatNeedsASignInOfJustNow()
    {
        const string Bank = "/my/grocery/me/bank/change", Again = "/account/again?returnUrl=%2Fmy%2Fgrocery%2Fme%2Fbank%2Fchange";
        await site.Restart([.. settings, Counts("mfa"), Alone]);
        var mail = "alice@demo.example";
        Confirm(authority, mail);
        Confirm(site, mail);
        using var there = await authority.EnterAs(mail);
        var longAgo = authority.Books.Now.AddMinutes(-20);
        authority.Books.Write<int>(false, db => db.SignInSessions.ExecuteUpdate(set => set.SetProperty(session => session.StartedAt, longAgo)));
        using var here = site.Site.Visitor();
        Assert.That(await ThroughTheAuthority(here, there), Is.EqualTo("/account"));
        Assert.That((await here.GetAsync(new Uri(Bank, UriKind.Relative))).Headers.Location?.OriginalString, Is.EqualTo(Again), "the session is new, the sign-in is not");
        Assert.That(await here.GetStringAsync(new Uri(Again, UriKind.Relative)), Does.Contain($"/sign-in/outside?anew=true&amp;returnUrl={Uri.EscapeDataString(Bank)}"));
        Assert.That(await ThroughTheAuthority(here, there, Bank + "&anew=true", deaf: true), Is.EqualTo("/sign-in/outside/refused?why=outside-not-anew"));
        Assert.That((await here.GetAsync(new Uri(Bank, UriKind.Relative))).Headers.Location?.OriginalString, Is.EqualTo(Again));
        Assert.That(await ThroughTheAuthority(here, there, Bank + "&anew=true"), Is.EqualTo(Bank));
        Assert.That((await here.GetAsync(new Uri(Bank, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await Beside();
    }

    [Test]
    public async Task AloneItIsWhereAnInvitationIsTakenUp()
    {
        await site.Restart([.. settings, Counts("mfa"), Alone]);
        var (grocery, joy) = site.Books.Read(db => (db.CoOps.Single(coOp => coOp.Code == "grocery").Id, db.SignIns.Single(user => user.UserName == DemoSite.MailOf(Role.Administrator)).Id));
        var code = new InvitePerson(site.Books).Run(new InvitePerson.Request(grocery, "Ida@elsewhere.example", "Ida", Role.Accountant, joy, "test", "192.0.2.7")).Value.Code;
        using var idaThere = await Known("ida@elsewhere.example", confirmed: true);
        using var umaThere = await Known("uma@elsewhere.example", confirmed: true);
        using var eveThere = await Known("eve@elsewhere.example", confirmed: false);
        using HttpClient ida = site.Site.Visitor(), uma = site.Site.Visitor(), eve = site.Site.Visitor();

        // Without a code there is no account to be had, and with one neither for another address nor for one that nobody checked.
        Assert.That(await ThroughTheAuthority(uma, umaThere), Is.EqualTo("/sign-in/outside/refused?why=outside-unknown"));
        foreach (var who in (HttpClient[])[ida, uma, eve])
            Assert.That(await who.GetStringAsync(new Uri($"/invitation?code={code}", UriKind.Relative)), Does.Contain("must be known as Ida@elsewhere.example").And.Contain("/sign-in/outside?returnUrl=%2Finvitation").And.Not.Contain("name=\"DisplayName\""));
        Assert.That(await ThroughTheAuthority(eve, eveThere, "/invitation"), Is.EqualTo("/sign-in/outside/refused?why=outside-mail-unverified"));
        Assert.That((await eve.SendTo("/welcome", "/invitation", ("Code", code), ("DisplayName", "Eve"))).Headers.Location, Is.Null);
        Assert.That(await ThroughTheAuthority(uma, umaThere, "/invitation"), Is.EqualTo("/invitation"));
        using (var other = await uma.Send("/invitation", ("DisplayName", "Uma"))) Assert.That((other.StatusCode, (await other.Content.ReadAsStringAsync()).Contains("The invitation went to Ida@elsewhere.example", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        Assert.That(new AcceptInvitation(site.Books).Run(new AcceptInvitation.Request(code, "Uma", null, "192.0.2.7", new OutsidePerson("https://identity.example", "7", "uma@elsewhere.example"))).Refusal!.Code, Is.EqualTo("outside-invited-other"));
        Assert.That(site.Books.Read(db => db.SignIns.Any(user => user.UserName!.EndsWith("elsewhere.example"))), Is.False);

        Assert.That(await ThroughTheAuthority(ida, idaThere, "/invitation"), Is.EqualTo("/invitation"));
        Assert.That(await ida.GetStringAsync(new Uri("/invitation", UriKind.Relative)), Does.Contain("The federation knows you as ida@elsewhere.example"));
        await Judged(ida, "/invitation");
        Assert.That((await ida.Send("/invitation", ("DisplayName", "Ida"))).Headers.Location?.OriginalString, Is.EqualTo("/"));
        Assert.That(site.Books.Read(db => db.SignIns.Where(user => user.UserName == "Ida@elsewhere.example").Select(user => new { user.PasswordHash, user.EmailConfirmed, Ties = db.Set<IdentityUserLogin<int>>().Count(login => login.UserId == user.Id) }).Single()), Is.EqualTo(new { PasswordHash = (string?)null, EmailConfirmed = true, Ties = 1 }));
        using (var spent = await uma.GetAsync(new Uri($"/invitation?code={code}", UriKind.Relative))) Assert.That(spent.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "used up");

        // What moves money opens with the second factor that the authority asked for, and with none before.
        const string Money = "/office/grocery/members/1150/bank";
        Assert.That((await ida.GetAsync(new Uri("/office/grocery/members", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await ida.GetAsync(new Uri(Money, UriKind.Relative))).Headers.Location?.OriginalString, Is.EqualTo($"/account/second-factor?returnUrl={Uri.EscapeDataString(Money)}"));
        var next = Authenticator(authority, "ida@elsewhere.example");
        using var both = authority.Site.Visitor();
        await both.Send("/sign-in", ("Mail", "ida@elsewhere.example"), ("Password", FourWords));
        await both.Send("/sign-in/code", ("Code", next(1)));
        Assert.That(await ThroughTheAuthority(ida, both, Money + "&anew=true"), Is.EqualTo(Money));
        Assert.That((await ida.GetAsync(new Uri(Money, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        // A member, by the code of a letter and the number that does not stand in it.
        using var visitor = site.Site.Visitor();
        var letter = new InviteMember(site.Books).Run(new("grocery", "1008", InvitationWay.Letter, "test", "test")).Value.Code;
        Assert.That((await visitor.Send("/welcome", ("Code", letter), ("Number", "1008"))).Headers.Location!.OriginalString, Is.EqualTo("/welcome/account"));
        using (var early = await visitor.PostAsync(new Uri("/welcome/account", UriKind.Relative), new FormUrlEncodedContent(await Hidden(visitor, "/welcome")))) Assert.That(early.Headers.Location, Is.Null);
        Assert.That(await ThroughTheAuthority(visitor, umaThere, "/welcome/account"), Is.EqualTo("/welcome/account"));
        Assert.That(await visitor.GetStringAsync(new Uri("/welcome/account", UriKind.Relative)), Does.Contain("The federation knows you as uma@elsewhere.example").And.Not.Contain("type=\"password\""));
        await Judged(visitor, "/welcome/account");
        Assert.That((await visitor.Send("/welcome/account")).Headers.Location?.OriginalString, Is.EqualTo("/my/grocery"));
        using var later = site.Site.Visitor();
        Assert.That(await ThroughTheAuthority(later, umaThere, "/my/grocery"), Is.EqualTo("/my/grocery"), "known by now");

        // A code for a new password is none here.
        var forgotten = new ForgottenPassword(site.Books).Run(new(site.Books.Read(db => db.SignIns.Single(user => user.UserName == "Ida@elsewhere.example").Id), grocery, false, joy, "test", "192.0.2.7")).Value.Code;
        Assert.That((await later.GetAsync(new Uri($"/invitation?code={forgotten}", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(new AcceptInvitation(site.Books).Run(new AcceptInvitation.Request(forgotten, "Ida", null, "192.0.2.7", new OutsidePerson("https://identity.example", "8", "ida@elsewhere.example"))).Refusal!.Code, Is.EqualTo("invitation-unknown"));
        await Beside();
    }

    [Test]
    public async Task AloneItSendsTheFirstAdministrator()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-alone-").FullName;
        var books = Path.Combine(folder, "books.db");
        Migrator.Run(DatabaseAddress.Sqlite(books));
        try
        {
            Uri at;
            await using (var first = await RunningSite.Start(books)) at = first.Address;
            var purse = Purse.At(authority, [AppScopes.Profile, AppScopes.Email], new Uri(at, OutsideRegistration.CallbackPath).ToString(), keepsSecret: true);
            await using var fresh = await RunningSite.Start(books, at: at, more: [settings[0], $"--{OutsideSettings.ClientIdKey}={purse.App.ClientId}", $"--{OutsideSettings.ClientSecretKey}={purse.App.Secret}", settings[3], Counts("mfa"), Alone]);
            string code;
            using (var scope = fresh.Services.CreateScope()) code = scope.ServiceProvider.GetRequiredService<PrepareSetUp>().Run()!;
            using var there = await Known("ruth@elsewhere.example", confirmed: true);
            using HttpClient ruth = fresh.Visitor(), passer = fresh.Visitor();
            Assert.That(await ThroughTheAuthority(passer, there, "/set-up/you"), Is.EqualTo("/set-up/you"));
            Assert.That((await passer.GetAsync(new Uri("/set-up/you", UriKind.Relative))).Headers.Location?.OriginalString, Is.EqualTo("/set-up"), "without the code from the console");

            Assert.That(await ruth.GetStringAsync(new Uri("/set-up", UriKind.Relative)), Does.Not.Contain("The demo"));
            Assert.That((await ruth.Send("/set-up", ("Code", code), ("Start", "demo"))).Headers.Location?.OriginalString, Is.EqualTo("/set-up/co-op"));
            await ruth.Send("/set-up/co-op", ("Name", "Wash House"), ("Code", "wash"), ("Country", "US"), ("Currency", "USD"), ("FiscalYearEndMonth", "12"), ("TimeZone", "America/Chicago"), ("Language", "en"));
            Assert.That(await ruth.GetStringAsync(new Uri("/set-up/you", UriKind.Relative)), Does.Contain("/sign-in/outside?returnUrl=%2Fset-up%2Fyou").And.Not.Contain("type=\"password\""));
            Assert.That(await ThroughTheAuthority(ruth, there, "/set-up/you"), Is.EqualTo("/set-up/you"));
            Assert.That((await ruth.Send("/set-up/you", ("DisplayName", "Ruth"))).Headers.Location?.OriginalString, Does.StartWith("/account/second-factor?returnUrl="));
            using var again = fresh.Visitor();
            Assert.That(await ThroughTheAuthority(again, there, "/office/wash"), Is.EqualTo("/office/wash"));
            Assert.That((await again.GetAsync(new Uri("/office/wash", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(fresh.Services.GetRequiredService<Books>().Read(db => db.SignIns.Select(user => new { user.UserName, user.PasswordHash }).Single()), Is.EqualTo(new { UserName = "ruth@elsewhere.example", PasswordHash = (string?)null }));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As the other tests find it.</summary>
    private async Task Beside()
    {
        RemoveAuthenticator(site, DemoSite.MailOf(Role.Administrator));
        await site.Restart([.. settings, Counts("mfa")]);
    }

    /// <returns>Someone with an account at the authority alone, signed in there.</returns>
    private async Task<HttpClient> Known(string mail, bool confirmed)
    {
        var (coOp, admin) = authority.Books.Read(db => (db.CoOps.Single(coOp => coOp.Code == "grocery").Id, db.SignIns.Single(user => user.UserName == DemoSite.MailOf(Role.Administrator)).Id));
        var invited = new InvitePerson(authority.Books).Run(new InvitePerson.Request(coOp, mail, mail, Role.Administrator, admin, "test", "192.0.2.7")).Value;
        new AcceptInvitation(authority.Books).Run(new AcceptInvitation.Request(invited.Code, "Somebody", FourWords, "192.0.2.7"));
        if (confirmed) Confirm(authority, mail);
        var there = authority.Site.Visitor();
        await there.Send("/sign-in", ("Mail", mail), ("Password", FourWords));
        return there;
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> Hidden(HttpClient visitor, string page) => await visitor.Hidden(page, page);

    private async Task Judged(HttpClient visitor, params string[] pages)
    {
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        if (visitor.Cookies() is { Length: > 0 } held) await context.AddCookiesAsync(held.Split("; ").Select(cookie => cookie.Split('=', 2)).Select(parts => new Microsoft.Playwright.Cookie { Name = parts[0], Value = parts[1], Url = site.Address.ToString() }));
        var page = await context.NewPageAsync();
        foreach (var at in pages)
        {
            await page.GotoAsync(new Uri(site.Address, at).ToString());
            Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo(at));
            Assert.That((await page.Judge()).Violations.Select(violation => violation.Id), Is.Empty, at);
            if (Environment.GetEnvironmentVariable("EVERGREEN_PICTURES") is { Length: > 0 } pictures) await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(pictures, $"360-alone{at.Replace('/', '-')}.png") });
        }
    }

    [GeneratedRegex("EVERGREEN_OIDC_ONLY (needs EVERGREEN_OIDC_[A-Z_]+|must be)", RegexOptions.ExplicitCapture)]
    private static partial Regex Complaint();

    [GeneratedRegex("(href|action)=\"(?<to>/[^\"?#]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Ways();
}
