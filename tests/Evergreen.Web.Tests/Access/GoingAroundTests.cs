using System.Net;
using Evergreen.Application.Access;
using Evergreen.Web.Tests.Api.Connect;
using Evergreen.Web.Tests.Pages;
using Evergreen.Web.Tests.Pages.Proofs;

namespace Evergreen.Web.Tests.Access;

/// <summary>Ways around the door that do not lead in: codes used twice, half a sign-in, an open session without its password, and addresses to come back to.</summary>
public sealed class GoingAroundTests
{
    private static readonly string[] Elsewhere = ["//evil.example", "/\\evil.example", "https://evil.example", "~//evil.example", "/\t/evil.example", "javascript:alert(1)", "http:evil.example"];
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static string? Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    /// <summary>Someone whose password was right and whose code is still to come.</summary>
    private async Task<HttpClient> HalfWay(string mail, string returnUrl = "/account")
    {
        var visitor = site.Site.Visitor();
        using var answer = await visitor.Send($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Mail", mail), ("Password", site.Password));
        Assert.That(Place(answer), Is.EqualTo("/sign-in/code"));
        return visitor;
    }

    [Test]
    public async Task CodesOfBothKindsAreTakenOnceWhoeverShowsThem()
    {
        const string Mail = "twice@grocery.example";
        var (code, recovery) = site.GiveAuthenticator(site.SeatWithoutSecondFactor(Mail, "grocery"));
        using var first = await HalfWay(Mail);
        var shown = code(1);
        Assert.That(Place(await first.Send("/sign-in/code", ("Code", shown))), Is.EqualTo("/account"));
        using var second = await HalfWay(Mail);
        Assert.That((int)(await second.Send("/sign-in/code", ("Code", shown))).StatusCode, Is.EqualTo(422));
        Assert.That(Place(await second.SendTo("/sign-in/code?recovery=true", "/sign-in/code", ("Code", recovery[0]), ("Recovery", "true"))), Is.EqualTo("/account"));
        using var third = await HalfWay(Mail);
        Assert.That((int)(await third.SendTo("/sign-in/code?recovery=true", "/sign-in/code", ("Code", recovery[0]), ("Recovery", "true"))).StatusCode, Is.EqualTo(422));
        Assert.That((int)(await third.Send("/sign-in/code", ("Code", recovery[1]))).StatusCode, Is.EqualTo(422), "a recovery code is no code of the authenticator");
        Assert.That((await third.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task HalfASignInOpensNeitherAnAppNorTheApiNorTheWayToAnotherFactor()
    {
        const string Mail = "half@grocery.example";
        site.GiveAuthenticator(site.SeatWithoutSecondFactor(Mail, "grocery"));
        using var half = await HalfWay(Mail);
        var purse = Purse.At(site);
        using var asked = await half.GetAsync(At(purse.Ask(Purse.Pkce().Challenge)));
        Assert.That(Place(asked), Does.StartWith("/sign-in?returnUrl=%2Fconnect%2Fauthorize"));
        using var silent = await half.GetAsync(At(purse.Ask(Purse.Pkce().Challenge, "openid", ("prompt", "none"))));
        Assert.That(Purse.Brought(silent)["error"], Is.EqualTo("login_required"));
        Assert.That((await half.GetAsync(At("/api/v1/who-am-i"))).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        // What would set up or take away a factor needs a session, and this is none.
        foreach (var page in (string[])["/account/authenticator", "/account/passkey", "/account/again", "/account/recovery-codes", "/account/password"])
        {
            Assert.That(Place(await half.GetAsync(At(page))), Does.StartWith("/sign-in"), page);
            Assert.That(Place(await half.Post(page, [KeyValuePair.Create("Password", site.Password), KeyValuePair.Create("NewPassword", "four other plain words")])), Does.StartWith("/sign-in"), page);
        }
        Assert.That(new EnterWithPassword(site.Books, new AccessMode(true)).Run(new(Mail, site.Password, "192.0.2.50")).IsRefused, Is.False, "the password is the old one");
    }

    [Test]
    public async Task WhoeverFindsASessionOpenCannotGuessThePasswordInIt()
    {
        const string Mail = "open@grocery.example";
        var (code, _) = site.GiveAuthenticator(site.SeatWithoutSecondFactor(Mail, "grocery"));
        using var visitor = await HalfWay(Mail);
        Assert.That(Place(await visitor.Send("/sign-in/code", ("Code", code(1)))), Is.EqualTo("/account"));
        (string Page, (string, string)[] Fields)[] doors =
        [
            ("/account/password", [("NewPassword", "four other plain words")]), ("/account/recovery-codes", []), ("/account/authenticator/remove", []), ("/account/passkey/remove?id=AAAA", [("Id", "AAAA")]), ("/account/again", []),
        ];
        foreach (var (page, fields) in doors.Take(4)) Assert.That(await Said(page, "a wrong guess", fields), Does.Contain("That is not your present password"), page);
        foreach (var (page, fields) in doors) Assert.That(await Said(page, site.Password, fields), Does.Contain("There were several wrong tries"), page);
        var by = $"sign-in {site.Books.Read(db => db.SignIns.Single(user => user.UserName == Mail).Id)}";
        Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "access.sign-in-failed" && record.By == by)), Is.EqualTo(8), "and each is recorded, with who was signed in");

        async Task<string> Said(string page, string password, (string, string)[] fields)
        {
            using var answer = await visitor.SendTo(page, page.Split('?')[0], [("Password", password), .. fields]);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
    }

    [Test]
    public async Task NoAddressToComeBackToLeadsElsewhere()
    {
        const string Mail = "return@grocery.example";
        var (code, _) = site.GiveAuthenticator(site.SeatWithoutSecondFactor(Mail, "grocery"));
        var routes = Routes.Of(site);
        var returning = routes.All.Where(route => route.Method is "GET" or "POST" && OtherPeoplesThingsTests.Queries(route).Contains("returnUrl", StringComparer.OrdinalIgnoreCase)).ToList();
        Assert.That(returning, Has.Count.GreaterThan(8));
        using var stranger = site.Site.Visitor();
        var faults = new List<string>();
        var sent = 0;
        foreach (var evil in Elsewhere)
        {
            // Fresh each time: what is sent may end the session, or be asked for only right after signing in.
            using var person = await site.EnterAs("ruth@demo.example");
            foreach (var route in returning)
            {
                var address = $"{Places.Fill(route.Pattern)}?returnUrl={Uri.EscapeDataString(evil)}";
                foreach (var visitor in (HttpClient[])[stranger, person])
                {
                    using var answer = route.Method == "GET" ? await visitor.GetAsync(At(address)) : await visitor.Post(address, [KeyValuePair.Create("ReturnUrl", evil), KeyValuePair.Create("Password", site.Password), KeyValuePair.Create("Mail", "nobody@proof.example")]);
                    Judge($"{route.Method} {address}", answer, await answer.Content.ReadAsStringAsync());
                    sent++;
                }
            }
        }
        using var half = await HalfWay(Mail, "https://evil.example");
        Assert.That(Place(await half.Send("/sign-in/code", ("Code", code(1)))), Is.EqualTo("/"));
        TestContext.Out.WriteLine($"proof: {sent} addresses to come back to: {string.Join(' ', returning.Select(route => $"{route.Method} {route.Pattern}"))}");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);

        void Judge(string where, HttpResponseMessage answer, string text)
        {
            if (Place(answer) is { } place && !IsHere(place)) faults.Add($"{where} leads to {place}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") return;
            var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(text);
            faults.AddRange(html.QuerySelectorAll("a[href], form[action], [formaction], [hx-get], [hx-post]").SelectMany(element => new[] { "href", "action", "formaction", "hx-get", "hx-post" }.Select(name => element.GetAttribute(name)))
                .Where(link => link is { Length: > 0 } && !link.StartsWith('#') && !link.StartsWith('?') && !link.StartsWith("mailto:", StringComparison.Ordinal) && !IsHere(link)).Select(link => $"{where} holds {link}"));
        }

        // A browser reads a tab as nothing and a backslash as a slash.
        bool IsHere(string place) => place.Replace("\t", "", StringComparison.Ordinal).Replace('\\', '/') is var read && (read.StartsWith('/') && !read.StartsWith("//", StringComparison.Ordinal) || read.StartsWith(site.Address.ToString(), StringComparison.Ordinal));
    }
}
