using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Tests.Api;
using Evergreen.Web.Tests.Api.Connect;
using Evergreen.Web.Tests.Pages.Proofs;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Who may open what: every route that the running site has, for every role, against the table beside this file. A route that is missing there fails.</summary>
/// <remarks>With EVERGREEN_WRITE_MATRIX=1 the table is written anew as the site has it, to be read line by line before it is kept.</remarks>
public sealed class AuthorisationTests
{
    private const string Member = "ruth@demo.example", OtherMember = "hanh@demo.example";
    private const string OneFactor = "one-factor@grocery.example", HalfWay = "half-way@grocery.example", Disabled = "disabled@grocery.example";

    /// <summary>
    /// By what each is called in the table: the account. The addresses are filled in for the grocery, so that the other member belongs elsewhere. Beside the demo's people, who need no second factor there, stand real ones: with every
    /// role, a membership and a password alone; with an authenticator whose code was not shown yet; and one whose access was ended while the browser still holds the cookie.
    /// </summary>
    private static readonly (string Name, string? Mail)[] Visitors =
    [
        ("anyone", null), ("clerk", DemoSite.MailOf(Role.Clerk)), ("accountant", DemoSite.MailOf(Role.Accountant)), ("administrator", DemoSite.MailOf(Role.Administrator)), ("auditor", DemoSite.MailOf(Role.Auditor)),
        ("member", Member), ("other-member", OtherMember), ("without-second-factor", OneFactor), ("half-way", HalfWay), ("disabled", Disabled),
    ];

    /// <summary>Programs and apps hold tokens: one with every scope of its kind at the pages, one of each scope at the API.</summary>
    private static readonly string[] Programs = ["program", "members-app"];
    private static readonly string Table = Path.Combine(TestContext.CurrentContext.TestDirectory, "Pages", "matrix.txt");

    private readonly Dictionary<string, string> tokens = [];
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        LinkAsMember(site.SeatWithoutSecondFactor(OneFactor, "grocery"), "1020");
        site.GiveAuthenticator(site.SeatWithoutSecondFactor(HalfWay, "grocery"));
        site.SeatWithoutSecondFactor(Disabled, "grocery");
        using (var ended = await site.EnterAs(Disabled)) disabled = ended.Cookies();
        site.Books.Write<bool>(dryRun: false, db => { db.SignIns.Single(user => user.UserName == Disabled).DisabledAt = site.Books.Now; return true; });
        tokens["program"] = await Tokens.TokenFor(site.Site, "grocery", [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)]);
        foreach (var scope in AppScopes.Of(AppKind.Program)) tokens[scope.Name] = await Tokens.TokenFor(site.Site, "grocery", scope.Name);
        using var person = await site.EnterAs(Member);
        string[] own = [.. AppScopes.Of(AppKind.ForMembers).Select(scope => scope.Name)];
        tokens["members-app"] = await Purse.TokenOf(site, person, own);
        foreach (var scope in own) tokens[scope] = await Purse.TokenOf(site, person, scope);
    }

    private void LinkAsMember(int user, string number) =>
        Assert.That(new AcceptMembership(site.Books).Run(new(new InviteMember(site.Books).Run(new("grocery", number, InvitationWay.Letter, "test", "test")).Value.Code, number, user, null, "test")).IsRefused, Is.False);

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task EveryRouteOpensForWhomTheTableNamesAndForNobodyElse()
    {
        var seen = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        using var door = new DoorWatch(site.Site.Services);
        var routes = site.Endpoints().ToList();
        foreach (var (name, mail) in Visitors)
        {
            var (visitor, ended) = (await Enter(mail), Ended());
            foreach (var (method, route) in routes)
            {
                if (await Opens(visitor, door, method, route, name)) Names(method, route).Add(name);
                else Names(method, route);
                if (Ended() == ended) continue;
                // Signing out or ending a session must not spoil the rest.
                visitor.Dispose();
                (visitor, ended) = (await Enter(mail), Ended());
            }
            visitor.Dispose();
        }
        foreach (var (name, token) in tokens)
        {
            using var visitor = site.Site.Visitor();
            visitor.DefaultRequestHeaders.Authorization = new("Bearer", token);
            foreach (var (method, route) in routes.Where(endpoint => Programs.Contains(name) != IsApi(endpoint.Route)))
                if (await Opens(visitor, door, method, route, name)) Names(method, route).Add(name);
        }
        var lines = seen.Select(route => $"{route.Key} : {Say(route.Key, route.Value)}").ToList();
        if (Environment.GetEnvironmentVariable("EVERGREEN_WRITE_MATRIX") == "1") await File.WriteAllLinesAsync(Path.Combine(Checkout(), "tests/Evergreen.Web.Tests/Pages/matrix.txt"), lines);
        else Assert.That(lines, Is.EqualTo(await File.ReadAllLinesAsync(Table)));

        List<string> Names(string method, string route) => seen.TryGetValue($"{method,-4} {route}", out var names) ? names : seen[$"{method,-4} {route}"] = [];
    }

    private static bool IsApi(string route) => route.StartsWith("/api/", StringComparison.Ordinal) || route == "/connect/userinfo";

    [Test]
    public async Task WhoeverHasNoRoleAtACoOpDoesNotLearnThatItIsThere()
    {
        using var visitor = await site.Enter(Role.Clerk);
        using var missing = await visitor.GetAsync(new Uri("/office/no-such/members", UriKind.Relative));
        Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task CoOpOfOthersAnswersAMemberLikeOneThatIsNotThere()
    {
        using var member = await site.EnterAs(OtherMember);
        foreach (var route in site.Endpoints().Where(endpoint => endpoint.Method == "GET" && endpoint.Route.StartsWith("/my/{coop}", StringComparison.Ordinal)).Select(endpoint => endpoint.Route))
        {
            var (others, nowhere) = (Places.Fill(route), Places.Fill(route.Replace("{coop}", "no-such", StringComparison.Ordinal)));
            Assert.That(await Answer(others), Is.EqualTo(await Answer(nowhere)), route);
        }

        async Task<(HttpStatusCode, string)> Answer(string page)
        {
            using var answer = await member.GetAsync(new Uri(page, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), page);
            return (answer.StatusCode, DoorWatch.WithoutWhatDiffersEachTime(await answer.Content.ReadAsStringAsync()));
        }
    }

    [Test]
    public async Task EveryFormIsRefusedWithoutItsToken()
    {
        using var administrator = await site.Enter(Role.Administrator);
        using var member = await site.EnterAs(Member);
        foreach (var (method, route) in site.Endpoints().Where(endpoint => endpoint.Method == "POST"))
        {
            var visitor = route.StartsWith("/my", StringComparison.Ordinal) ? member : administrator;
            using var content = new FormUrlEncodedContent([]);
            using var answer = await visitor.PostAsync(new Uri(Places.Fill(route), UriKind.Relative), content);
            Assert.That((int)answer.StatusCode, Is.AnyOf(400, 401, 403, 404), $"{method} {route}");
        }
    }

    [Test]
    public async Task EveryAnswerCarriesTheHeadersThatProtectIt()
    {
        using var administrator = await site.Enter(Role.Administrator);
        using var member = await site.EnterAs(Member);
        foreach (var (_, route) in site.Endpoints().Where(endpoint => endpoint.Method == "GET"))
        {
            var visitor = route.StartsWith("/my", StringComparison.Ordinal) ? member : administrator;
            using var answer = await visitor.GetAsync(new Uri(Places.Fill(route), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Multiple(() =>
            {
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'"), route);
                Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"), route);
                Assert.That(answer.Headers.Contains("Server"), Is.False, route);
                Assert.That(answer.Headers.CacheControl!.NoStore || answer.Headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal), Is.True, route);
            });
        }
    }

    /// <summary>What the browser of the one whose access was ended still holds.</summary>
    private string disabled = "";

    private int Ended() => site.Books.Read(db => db.SignInSessions.Count(session => session.EndedAt != null));

    /// <summary>Someone whose cookies stay as they are, whatever an answer says.</summary>
    private async Task<HttpClient> Enter(string? mail)
    {
        var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        if (mail is null) return visitor;
        if (mail != Disabled)
        {
            using var fresh = await site.EnterAs(mail);
            visitor.DefaultRequestHeaders.Add("Cookie", fresh.Cookies());
        }
        else visitor.DefaultRequestHeaders.Add("Cookie", disabled);
        return visitor;
    }

    /// <summary>Whether the door opens: what lies behind it may still be missing (404 with its page), refused (422) or lack its form's token (400). A door that says "not found" itself stays shut.</summary>
    private static async Task<bool> Opens(HttpClient visitor, DoorWatch door, string method, string route, string role)
    {
        door.Forget();
        using var request = new HttpRequestMessage(new HttpMethod(method == "*" ? "GET" : method), Places.Fill(route));
        if (method == "POST") request.Content = new FormUrlEncodedContent([]);
        using var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode == HttpStatusCode.InternalServerError) Assert.Fail($"{method} {route} as {role}: a fault.");
        var toSignIn = answer.StatusCode == HttpStatusCode.Redirect && route != "/" && !route.StartsWith("/sign-in", StringComparison.Ordinal) && answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal);
        toSignIn |= answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/account/second-factor", StringComparison.Ordinal);
        return answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && !toSignIn && !door.SaidNotFound;
    }

    private string Say(string route, List<string> names)
    {
        var all = IsApi(route[5..]) ? Visitors.Length + tokens.Count - Programs.Length : Visitors.Length + Programs.Length;
        if (IsApi(route[5..]) && names.SequenceEqual(tokens.Keys.Except(Programs))) return "any-token";
        return names.Count == all ? "anyone" : names.Count == 0 ? "nobody" : string.Join(' ', names);
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
