using System.Net;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Tests.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Members' way in through the pages: invitation, mailed links, a household's shares.</summary>
public sealed partial class MembersComingInTests
{
    private const string Password = "words of another kind";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static string? Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    private string CodeFor(string coOp, string number) => new InviteMember(site.Books).Run(new(coOp, number, InvitationWay.Letter, "test", "test")).Value.Code;

    /// <summary>The last mail to an address, once it is there.</summary>
    private async Task<MimeMessage> Mail(string to, Func<MimeMessage, bool>? which = null)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var folder = RunningSite.MailFolder(site.Database);
            var found = (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : []).Select(file => MimeMessage.Load(file)).Where(mail => mail.To.Mailboxes.Any(box => box.Address == to) && which?.Invoke(mail) != false).MaxBy(mail => mail.Date);
            if (found is not null) return found;
            await Task.Delay(100);
        }
        throw new TimeoutException($"No mail to {to}.");
    }

    private static string PathOf(string? text) => LinkIn().Match(text ?? "").Groups["path"].Value;

    [Test]
    public async Task MemberWhoWasInvitedByMailOpensAnAccountAndSeesHerOwnPages()
    {
        using var clerk = await site.Enter(Role.Clerk);
        Assert.That(Place(await clerk.SendTo("/office/grocery/members/1004/sign-in", "/office/grocery/members/1004/sign-in/mail")), Is.EqualTo("/office/grocery/members/1004/sign-in"));
        var mail = await Mail("cleo.mbatha.1004@example.org");
        Assert.That(mail.TextBody, Does.Not.Contain("1004"), "the number is asked for, and not told");
        using var cleo = site.Site.Visitor();
        var welcome = PathOf(mail.TextBody);
        Assert.That((int)(await cleo.SendTo(welcome, "/welcome", ("Code", CodeIn().Match(welcome).Value), ("Number", "1005"))).StatusCode, Is.EqualTo(422));
        Assert.That(Place(await cleo.SendTo(welcome, "/welcome", ("Code", CodeIn().Match(welcome).Value), ("Number", "1004"))), Is.EqualTo("/welcome/account"));
        using var common = await cleo.SendTo("/welcome/account", "/welcome/account", ("Mail", "cleo@example.org"), ("Password", "password1"));
        Assert.That((int)common.StatusCode, Is.EqualTo(422));
        Assert.That(Place(await cleo.SendTo("/welcome/account", "/welcome/account", ("Mail", "cleo@example.org"), ("Password", Password))), Is.EqualTo("/my/grocery"));
        Assert.That((await cleo.GetAsync(At("/my/grocery"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await cleo.GetAsync(At("/office/grocery"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        using var again = site.Site.Visitor();
        Assert.That(Place(await again.Send("/sign-in?returnUrl=%2Fmy%2Fgrocery%2Fstatements", ("Mail", "cleo@example.org"), ("Password", Password))), Is.EqualTo("/my/grocery/statements"));
        Assert.That(Place(await again.GetAsync(At("/"))), Is.EqualTo("/my"));
        Assert.That(Place(await again.GetAsync(At("/my"))), Is.EqualTo("/my/grocery"));
    }

    [Test]
    public async Task LetterIsAPdfThatIsHandedOutOnce()
    {
        using var clerk = await site.Enter(Role.Clerk);
        using var letter = await clerk.SendTo("/office/laundry/members/0013/sign-in", "/office/laundry/members/0013/sign-in/letter");
        Assert.That((letter.Content.Headers.ContentType!.MediaType, letter.Headers.CacheControl!.NoStore), Is.EqualTo(("application/pdf", true)));
        using var password = await clerk.SendTo("/office/laundry/members/0010/sign-in", "/office/laundry/members/0010/sign-in/password");
        Assert.That(password.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pdf"));
        using var all = await clerk.SendTo("/office/laundry/members/invitations", "/office/laundry/members/invitations/letters");
        Assert.That(all.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pdf"));
    }

    [Test]
    public async Task MemberOfAnotherCoOpAddsTheMembershipAfterSigningIn()
    {
        using var hanh = site.Site.Visitor();
        Assert.That(Place(await hanh.Send("/welcome", ("Code", CodeFor("grocery", "1008")), ("Number", "1008"))), Is.EqualTo("/welcome/account"));
        using var taken = await hanh.SendTo("/welcome/account", "/welcome/account", ("Mail", "hanh@demo.example"), ("Password", Password));
        Assert.That(await taken.Content.ReadAsStringAsync(), Does.Contain("has an account already"));
        Assert.That(Place(await hanh.Send("/sign-in?returnUrl=%2Fwelcome%2Faccount", ("Mail", "hanh@demo.example"), ("Password", site.Password))), Is.EqualTo("/welcome/account"));
        Assert.That(Place(await hanh.SendTo("/welcome/account", "/welcome/link")), Is.EqualTo("/my/grocery"));
        Assert.That(await hanh.GetStringAsync(At("/my")), Does.Contain("/my/grocery").And.Contain("/my/laundry"));
        new EndMemberSignIn(site.Books).Run(new("grocery", "1008", "test", "test"));
        Assert.That((await hanh.GetAsync(At("/my/grocery"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task MailedLinkSignsInOnceInAnyBrowserWhereTheCoOpAllowsIt()
    {
        using var browser = site.Site.Visitor();
        using var unknown = await browser.Send("/sign-in/by-mail", ("Mail", "nobody@example.org"));
        using var known = await browser.Send("/sign-in/by-mail?returnUrl=%2Fmy%2Flaundry%2Fme", ("Mail", "jose@demo.example"));
        Assert.That((Place(unknown), Place(known)), Is.EqualTo(("/sign-in/mailed", "/sign-in/mailed")));
        using var administrator = await site.Enter(Role.Administrator);
        await administrator.Send("/office/laundry/settings/sign-in", ("ByMail", "true"));
        Assert.That(site.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == "laundry").SignInByMail), Is.True);
        await browser.Send("/sign-in/by-mail?returnUrl=%2Fmy%2Flaundry%2Fme", ("Mail", "jose@demo.example"));
        var mail = await Mail("jose@demo.example");
        Assert.That(mail.Subject, Does.StartWith("Su enlace para entrar"), "in the member's language");
        var link = PathOf(mail.TextBody);
        using var phone = site.Site.Visitor();
        Assert.That((await phone.GetAsync(At(link))).StatusCode, Is.EqualTo(HttpStatusCode.OK), "looking at it uses nothing up");
        Assert.That(Place(await phone.SendTo(link, "/sign-in/link")), Is.EqualTo("/my/laundry/me"));
        Assert.That((await phone.GetAsync(At("/my/laundry"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var thief = site.Site.Visitor();
        Assert.That((int)(await thief.SendTo(link, "/sign-in/link")).StatusCode, Is.EqualTo(422));
        await administrator.SendTo("/office/laundry/settings/sign-in", "/office/laundry/settings/sign-in");
    }

    [Test]
    public async Task ForgottenPasswordIsChosenAnewByAMailedLinkAndNobodyIsSignedInByIt()
    {
        using var alice = site.Site.Visitor();
        await alice.Send("/sign-in/forgotten", ("Mail", "alice@demo.example"));
        var link = PathOf((await Mail("alice@demo.example")).TextBody);
        Assert.That(link, Does.StartWith("/sign-in/new-password?code="));
        Assert.That((int)(await alice.SendTo(link, "/sign-in/new-password", ("Password", "password1"))).StatusCode, Is.EqualTo(422));
        Assert.That(Place(await alice.SendTo(link, "/sign-in/new-password", ("Password", "a new set of words"))), Is.EqualTo("/sign-in"));
        Assert.That((await alice.GetAsync(At("/my"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(Place(await alice.Send("/sign-in", ("Mail", "alice@demo.example"), ("Password", "a new set of words"))), Is.EqualTo("/"));
        Assert.That((int)(await alice.GetAsync(At(link))).StatusCode, Is.EqualTo(422));
    }

    /// <summary>A member of the grocery with an account of their own, whose address is confirmed.</summary>
    private int Account(string number, string mail)
    {
        var user = new AcceptMembership(site.Books).Run(new(CodeFor("grocery", number), number, null, new(mail, Password), "test")).Value.UserId;
        site.Books.Write<bool>(false, db => db.SignIns.Single(one => one.Id == user).EmailConfirmed = true);
        return user;
    }

    private HttpClient WithCookies(HttpClient of)
    {
        var copy = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        copy.DefaultRequestHeaders.Add("Cookie", of.Cookies());
        return copy;
    }

    [Test]
    public async Task CopiedCookieOpensNothingAfterSignOutNewPasswordOrTheEndOfTheAccess()
    {
        var (user, password) = (Account("1020", "copied@example.org"), Password);
        await Dies(own: true, visitor => visitor.SendTo("/account", "/sign-out"));
        await Dies(own: false, visitor => visitor.Send("/account/password", ("Password", Password), ("NewPassword", password = "a new set of words")));
        var (grocery, joy) = site.Books.Read(db => (db.CoOps.Single(coOp => coOp.Code == "grocery").Id, db.SignIns.Single(one => one.UserName == "joy@demo.example").Id));
        await Dies(own: false, _ => Task.FromResult(new DisablePerson(site.Books).Run(new(user, grocery, joy, "joy", "test"))));
        using var ended = site.Site.Visitor();
        Assert.That((int)(await ended.Send("/sign-in", ("Mail", "copied@example.org"), ("Password", password))).StatusCode, Is.EqualTo(422));

        async Task Dies(bool own, Func<HttpClient, Task> act)
        {
            using var owner = site.Site.Visitor();
            using var elsewhere = site.Site.Visitor();
            foreach (var visitor in (HttpClient[])[owner, elsewhere]) Assert.That(Place(await visitor.Send("/sign-in", ("Mail", "copied@example.org"), ("Password", password))), Is.EqualTo("/"));
            using var thief = WithCookies(own ? owner : elsewhere);
            Assert.That((await thief.GetAsync(At("/my/grocery"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            await act(owner);
            Assert.That(Place(await thief.GetAsync(At("/my/grocery"))), Does.StartWith("/sign-in"));
        }
    }

    [Test]
    public async Task SessionPlantedBeforeSignInIsNotTheOneThatFollows()
    {
        Account("1021", "planted@example.org");
        using var attacker = await site.EnterAs("ruth@demo.example");
        using var victim = site.Site.Visitor();
        var hidden = await victim.Hidden("/sign-in", "/sign-in");
        using var form = new FormUrlEncodedContent([.. hidden, KeyValuePair.Create("Mail", "planted@example.org"), KeyValuePair.Create("Password", Password)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, At("/sign-in")) { Content = form };
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        request.Headers.Add("Cookie", string.Join("; ", victim.Cookies(), attacker.Cookies().Split("; ").Single(cookie => cookie.StartsWith("evergreen=", StringComparison.Ordinal))));
        using var entered = await browser.SendAsync(request);
        // Either the form is refused, since it was made for someone else, or a new session is opened; the planted one stays the attacker's.
        var fresh = entered.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.FirstOrDefault(cookie => cookie.StartsWith("evergreen=", StringComparison.Ordinal)) : null;
        Assert.That(fresh is null || !attacker.Cookies().Contains(fresh.Split(';')[0], StringComparison.Ordinal), Is.True);
        Assert.That(await attacker.GetStringAsync(At("/account")), Does.Contain("ruth@demo.example").And.Not.Contain("planted@example.org"));
    }

    [Test]
    public async Task MailedLinkOfSomeoneWithAnAuthenticatorLeadsToItsCodeAndNoFurther()
    {
        var user = Account("1023", "careful@example.org");
        using var scope = site.Site.Services.CreateScope();
        var keys = scope.ServiceProvider.GetRequiredService<SealingKeys>();
        var made = new MakeAuthenticator(site.Books, keys).Run(new(user, "Evergreen")).Value;
        var secret = GettingInTests.Unspell(made.Spelled);
        string Code(int later = 0) => TimeCode.At(secret, TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime) + later);
        Assert.That(new ConfirmAuthenticator(site.Books, keys).Run(new(user, Code(), null, "test")).IsRefused, Is.False);
        new SetSignInByMail(site.Books).Run(new("grocery", true, "test"));
        using var visitor = site.Site.Visitor();
        await visitor.Send("/sign-in/by-mail?returnUrl=%2Fmy%2Fgrocery%2Fstatements", ("Mail", "careful@example.org"));
        var link = PathOf((await Mail("careful@example.org")).TextBody);
        Assert.That(Place(await visitor.SendTo(link, "/sign-in/link")), Is.EqualTo("/sign-in/code"));
        Assert.That((await visitor.GetAsync(At("/my/grocery"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "half the way opens nothing");
        Assert.That((int)(await visitor.Send("/sign-in/code", ("Code", Code()))).StatusCode, Is.EqualTo(422), "a code that was taken is not taken again");
        Assert.That(Place(await visitor.Send("/sign-in/code", ("Code", Code(1)))), Is.EqualTo("/my/grocery/statements"));
    }

    [Test]
    public async Task NoWayInLeadsToAnotherSite()
    {
        var code = 0;
        foreach (var evil in (string[])["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example/..//", "\\\\evil.example", "~//evil.example", "/\t/evil.example", "%2F%2Fevil.example", "javascript:alert(1)", "http:evil.example"])
        {
            using var visitor = site.Site.Visitor();
            var reached = Place(await visitor.Send($"/sign-in?returnUrl={Uri.EscapeDataString(evil)}", ("Mail", "ruth@demo.example"), ("Password", site.Password)))!;
            Assert.That(new Uri(site.Address, reached).Host, Is.EqualTo(site.Address.Host), evil);
            // A browser reads a tab as nothing and a backslash as a slash.
            var read = reached.Replace("\t", "", StringComparison.Ordinal).Replace('\\', '/');
            Assert.That(read.StartsWith('/') && !read.StartsWith("//", StringComparison.Ordinal), Is.True, $"{evil} → {reached}");
            new AskForMailLink(site.Books).Run(new(MailLinkKind.SignIn, "nobody@example.org", $"192.0.2.{code++}", evil));
            Assert.That(Evergreen.Web.Access.FirstFactor.Place(evil), Does.StartWith("/").And.Not.StartsWith("//"), evil);
        }
    }

    [Test]
    public async Task HouseholdSeesAtOnceWhatTheOwnerAllowsAndEachShareOpensItsOwnPages()
    {
        using var alma = await site.EnterAs("alma@demo.example");
        using var leif = await site.EnterAs("leif@demo.example");
        var pages = site.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && endpoint.Metadata.GetMetadata<ForMemberAttribute>() is not null)
            .Select(endpoint => (Route: "/" + endpoint.RoutePattern.RawText, endpoint.Metadata.GetOrderedMetadata<ForMemberAttribute>()[^1].Share)).ToList();
        foreach (var allowed in (Share?[])[null, .. Enum.GetValues<Share>().Cast<Share?>()])
        {
            (string, string)[] ticks = allowed is { } one ? [(one.ToString(), "true")] : [];
            Assert.That(Place(await alma.SendTo("/my/grocery/me/household", "/my/grocery/me/household/1018", ticks)), Is.EqualTo("/my/grocery/me/household"));
            foreach (var (route, share) in pages)
            {
                using var answer = await leif.GetAsync(At(Places.Fill(DemoSite.WithoutConstraints(route))));
                if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
                var html = await answer.Content.ReadAsStringAsync();
                // What a script puts into a page that stands says nothing about whose it is.
                if (!html.Contains("<main", StringComparison.Ordinal)) continue;
                Assert.That(html.Contains("class=\"household\"", StringComparison.Ordinal), Is.EqualTo(share is not null && share == allowed), $"{route} with {allowed?.ToString() ?? "nothing"} allowed");
            }
        }
        var key = (await alma.Hidden("/my/grocery/me/household", "/my/grocery/me/household/1018")).ToList();
        using var others = new FormUrlEncodedContent(key);
        Assert.That((await alma.PostAsync(At("/my/grocery/me/household/1001"), others)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "nobody of another household");
    }

    [GeneratedRegex("https?://[^/\\s]+(?<path>/\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkIn();

    [GeneratedRegex("(?<=code=)[0-9A-Z-]+")]
    private static partial Regex CodeIn();
}
