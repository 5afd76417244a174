using System.Net;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Who may open what: every route that the running site has, for every role, against the table beside this file. A route that is missing there fails.</summary>
/// <remarks>With EVERGREEN_WRITE_MATRIX=1 the table is written anew as the site has it, to be read line by line before it is kept.</remarks>
public sealed class AuthorisationTests
{
    private static readonly Role?[] Visitors = [null, Role.Clerk, Role.Accountant, Role.Administrator, Role.Auditor];
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
        foreach (var role in Visitors)
        {
            foreach (var (method, route) in site.Endpoints().Where(endpoint => endpoint.Route != "/sign-out"))
            {
                // A visitor for each: signing out or ending a session must not spoil the rest.
                using var visitor = await Cached(role);
                if (await Opens(visitor, method, route, role)) Names(method, route).Add(role?.ToString().ToLowerInvariant() ?? "anyone");
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
    public async Task EveryFormIsRefusedWithoutItsToken()
    {
        using var visitor = await site.Enter(Role.Administrator);
        foreach (var (method, route) in site.Endpoints().Where(endpoint => endpoint.Method == "POST"))
        {
            using var content = new FormUrlEncodedContent([]);
            using var answer = await visitor.PostAsync(new Uri(Places.Fill(route), UriKind.Relative), content);
            Assert.That((int)answer.StatusCode, Is.AnyOf(400, 403, 404), $"{method} {route}");
        }
    }

    [Test]
    public async Task EveryAnswerCarriesTheHeadersThatProtectIt()
    {
        using var visitor = await site.Enter(Role.Administrator);
        foreach (var (_, route) in site.Endpoints().Where(endpoint => endpoint.Method == "GET"))
        {
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

    private readonly Dictionary<Role, string> cookies = [];

    private async Task<HttpClient> Cached(Role? role)
    {
        if (role is not { } known) return site.Site.Visitor();
        if (!cookies.TryGetValue(known, out var cookie) || !await IsIn(cookie))
        {
            using var fresh = await site.Enter(known);
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

    /// <summary>Whether the door opens: what lies behind it may still be missing (404 with its page), refused (422) or lack its form's token (400).</summary>
    private static async Task<bool> Opens(HttpClient visitor, string method, string route, Role? role)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method == "*" ? "GET" : method), Places.Fill(route));
        if (method == "POST") request.Content = new FormUrlEncodedContent([]);
        using var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.StatusCode == HttpStatusCode.InternalServerError) Assert.Fail($"{method} {route} as {role}: a fault.");
        var toSignIn = answer.StatusCode == HttpStatusCode.Redirect && route != "/" && !route.StartsWith("/sign-in", StringComparison.Ordinal) && answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal);
        return answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) && !toSignIn;
    }

    private static string Say(List<string> names) => names.Count == Visitors.Length ? "anyone" : names.Count == 0 ? "nobody" : string.Join(' ', names);

    private static string Checkout()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
