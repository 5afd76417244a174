using System.Net;
using System.Net.Http.Headers;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Web.Tests.Api;
using Evergreen.Web.Tests.Pages.Proofs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The site as it is served to others, in the environment Production and not as a demo: it shows nothing of its inside, answers nothing that nobody needs, and is set up once.</summary>
public sealed class HardeningTests
{
    private const string Inside = "the inside of the house at Evergreen.Secret.Place";

    private DemoSite demo = null!;
    private RunningSite site = null!;
    private HttpClient administrator = null!;
    private string token = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        demo = await DemoSite.Start();
        token = await Tokens.TokenFor(demo.Site, "grocery", AppScopes.MembersRead);
        var (code, _) = demo.GiveAuthenticator(demo.SeatWithoutSecondFactor("real@grocery.example", "grocery"));
        site = await RunningSite.Start(demo.Database, demo: false, at: null, also: null, "--environment=Production");
        administrator = site.Visitor();
        (await administrator.Send("/sign-in", ("Mail", "real@grocery.example"), ("Password", demo.Password))).Dispose();
        Assert.That((await administrator.Send("/sign-in/code", ("Code", code(1)))).Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        administrator.Dispose();
        await site.DisposeAsync();
        await demo.DisposeAsync();
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    [Test]
    public async Task FaultShowsANumberAndNothingOfTheInside()
    {
        Assert.That(site.Services.GetRequiredService<IHostEnvironment>().IsProduction(), Is.True);
        await using var broken = await RunningSite.Start(demo.Database, demo: false, at: null, also: services =>
        {
            services.AddScoped<FindInvitation>(_ => throw new InvalidOperationException(Inside));
            services.AddScoped<MembersByNumber>(_ => throw new InvalidOperationException(Inside));
        }, "--environment=Production", "--Logging:LogLevel:Default=None", $"--EVERGREEN_SITE={demo.Address.ToString().TrimEnd('/')}");
        using var visitor = broken.Visitor();
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (address, kind) in ((string, string)[])[("/invitation?code=x", "text/html"), ("/api/v1/members", "application/problem+json")])
        {
            using var answer = await visitor.GetAsync(At(address));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Multiple(() =>
            {
                Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.InternalServerError, kind)), address);
                Assert.That(text, Does.Not.Contain(Inside).And.Not.Contain("InvalidOperation").And.Not.Contain("   at ").And.Not.Contain(".cs:line").And.Not.Contain("Microsoft."), address);
                Assert.That(text, Does.Match("[0-9a-f]{32}"), "the number by which the operator finds it");
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
            });
        }
        Assert.That(broken.Faults, Has.Some.Contains(Inside), "the fault was there to be shown");
    }

    [Test]
    public async Task NothingIsEchoedAndNoAnswerNamesTheServer()
    {
        var faults = new List<string>();
        using var stranger = site.Visitor();
        foreach (var path in Routes.Of(demo).All.Select(route => Places.Fill(route.Pattern)).Distinct().Concat(["/", "/assets/0/site.css", "/no/such/page", "/api/v1/no-such", "/.well-known/openid-configuration", "/connect/token", "*"]))
            foreach (var method in (string[])["TRACE", "TRACK"])
                foreach (var visitor in (HttpClient[])[stranger, administrator])
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path == "*" ? "/" : path);
                    request.Headers.Add("Cookie-Echo", "secret-of-the-cookie");
                    using var answer = await visitor.SendAsync(request);
                    if ((int)answer.StatusCode != 405 || (await answer.Content.ReadAsStringAsync()).Contains("secret-of-the-cookie", StringComparison.Ordinal)) faults.Add($"{method} {path}: {(int)answer.StatusCode}");
                    if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By") || answer.Headers.Contains("X-AspNet-Version") || answer.Headers.Contains("X-AspNetMvc-Version")) faults.Add($"{method} {path} names the server");
                }
        Assert.That(faults, Is.Empty);
    }

    [TestCase("/assets/")]
    [TestCase("/assets/0/")]
    [TestCase("/css/")]
    [TestCase("/lib/")]
    [TestCase("/wwwroot/")]
    [TestCase("/help/../appsettings.json")]
    [TestCase("/appsettings.json")]
    [TestCase("/Evergreen.Web.dll")]
    [TestCase("/evergreen.db")]
    [TestCase("/evergreen.db.keys")]
    [TestCase("/mail/")]
    [TestCase("/.git/config")]
    [TestCase("/.env")]
    [TestCase("/web.config")]
    [TestCase("/assets/0/..%2f..%2fappsettings.json")]
    [TestCase("/assets/0/%2e%2e/%2e%2e/evergreen.db")]
    [TestCase("/swagger")]
    [TestCase("/swagger/index.html")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/openapi.json")]
    [TestCase("/scalar")]
    [TestCase("/metrics")]
    [TestCase("/health")]
    [TestCase("/trace.axd")]
    [TestCase("/elmah.axd")]
    [TestCase("/_framework/aspnetcore-browser-refresh.js")]
    public async Task FoldersFilesAndToolsAreNotThere(string path)
    {
        using var stranger = site.Visitor();
        foreach (var visitor in (HttpClient[])[stranger, administrator])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Address, path));
            using var answer = await visitor.SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("Index of").And.Not.Contain("ConnectionStrings"));
        }
    }

    [Test]
    public async Task ReferenceOfTheApiIsForThoseSignedInAlone()
    {
        using var stranger = site.Visitor();
        foreach (var path in (string[])["/help/api/reference", "/help/api/openapi.json"])
        {
            Assert.That((await stranger.GetAsync(At(path))).Headers.Location?.OriginalString, Does.StartWith("/sign-in"), path);
            Assert.That((await administrator.GetAsync(At(path))).StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        }
        Assert.That(await stranger.GetStringAsync(At("/health/ready")), Is.EqualTo("""{"status":"ready"}"""));
    }

    [Test]
    public async Task HouseIsSetUpOnceAndTheDemosPeopleDoNotComeIn()
    {
        using var stranger = site.Visitor();
        foreach (var path in (string[])["/set-up", "/set-up/co-op", "/set-up/you"])
            foreach (var visitor in (HttpClient[])[stranger, administrator])
            {
                Assert.That((await visitor.GetAsync(At(path))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
                Assert.That((await visitor.Post(path, [KeyValuePair.Create("Code", "00000-00000-00000-00000"), KeyValuePair.Create("Mail", "eve@evil.example"), KeyValuePair.Create("Password", "four plain words here"), KeyValuePair.Create("DisplayName", "Eve")])).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            }
        Assert.That(await stranger.GetStringAsync(At("/sign-in")), Does.Not.Contain("demo"));
        foreach (var mail in (string[])["joy@demo.example", "ruth@demo.example"])
        {
            using var demos = site.Visitor();
            Assert.That((int)(await demos.Send("/sign-in", ("Mail", mail), ("Password", demo.Password))).StatusCode, Is.EqualTo(422), mail);
        }
    }
}
