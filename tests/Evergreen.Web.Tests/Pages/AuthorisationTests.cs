using System.Net;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Who may open what: every route that the running site has, for every role, against the table beside this file. A route that is missing there fails.</summary>
/// <remarks>With EVERGREEN_WRITE_MATRIX=1 the table is written anew as the site has it, to be read line by line before it is kept.</remarks>
public sealed class AuthorisationTests
{
    /// <summary>By what each is called in the table: the account. The addresses are filled in for the grocery, so that the other member belongs elsewhere.</summary>
    private static readonly (string Name, string? Mail)[] Visitors =
    [
        ("anyone", null), ("clerk", DemoSite.MailOf(Role.Clerk)), ("accountant", DemoSite.MailOf(Role.Accountant)), ("administrator", DemoSite.MailOf(Role.Administrator)), ("auditor", DemoSite.MailOf(Role.Auditor)),
        ("member", Member), ("other-member", OtherMember),
    ];
    private const string Member = "ruth@demo.example", OtherMember = "hanh@demo.example";
    private static readonly string Table = Path.Combine(TestContext.CurrentContext.TestDirectory, "Pages", "matrix.txt");

    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task EveryRouteOpensForWhomTheTableNamesAndForNobodyElse()
    {
        var seen = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        using var door = new DoorWatch(site.Site.Services);
        foreach (var (name, mail) in Visitors)
        {
            foreach (var (method, route) in site.Endpoints().Where(endpoint => endpoint.Route != "/sign-out"))
            {
                // A visitor for each: signing out or ending a session must not spoil the rest.
                using var visitor = await Cached(mail);
                if (await Opens(visitor, door, method, route, name)) Names(method, route).Add(name);
                else Names(method, route);
            }
        }
        var lines = seen.Select(route => $"{route.Key} : {Say(route.Value)}").ToList();
        if (Environment.GetEnvironmentVariable("EVERGREEN_WRITE_MATRIX") == "1") await File.WriteAllLinesAsync(Path.Combine(Checkout(), "tests/Evergreen.Web.Tests/Pages/matrix.txt"), lines);
        else Assert.That(lines, Is.EqualTo(await File.ReadAllLinesAsync(Table)));

        List<string> Names(string method, string route) => seen.TryGetValue($"{method,-4} {route}", out var names) ? names : seen[$"{method,-4} {route}"] = [];
    }

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

    private readonly Dictionary<string, string> cookies = [];

    private async Task<HttpClient> Cached(string? mail)
    {
        if (mail is not { } known) return site.Site.Visitor();
        if (!cookies.TryGetValue(known, out var cookie) || !await IsIn(cookie))
        {
            using var fresh = await site.EnterAs(known);
            cookies[known] = cookie = fresh.Cookies();
        }
        return WithCookie(cookie);
    }

    private HttpClient WithCookie(string cookie)
    {
        var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        visitor.DefaultRequestHeaders.Add("Cookie", cookie);
        return visitor;
    }

    private async Task<bool> IsIn(string cookie)
    {
        using var visitor = WithCookie(cookie);
        using var answer = await visitor.GetAsync(new Uri("/office", UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.OK || answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) != true;
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
        return answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && !toSignIn && !door.SaidNotFound;
    }

    private static string Say(List<string> names) => names.Count == Visitors.Length ? "anyone" : names.Count == 0 ? "nobody" : string.Join(' ', names);

    private static string Checkout()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
