using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages;

/// <summary>What a proxy says of a request is believed where the proxy is one that was named, and from nobody else.</summary>
public sealed class ProxyTests
{
    private const string Visitor = "203.0.113.9";
    private string folder = "";
    private string Database => Path.Combine(folder, "evergreen.db");

    [SetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("evergreen-proxy-").FullName;
        foreach (var ending in (string[])["", ".keys"])
            if (File.Exists(DemoBooks.Path + ending)) File.Copy(DemoBooks.Path + ending, Database + ending);
    }

    [TearDown]
    public void Drop()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task NamedProxyIsBelievedAboutAddressAndHttpsAndNothingElse()
    {
        await using var site = await Start("127.0.0.1, 10.1.0.0/16");
        // What stands left of the visitor's address was written by the visitor.
        using var page = await Get(site, "/sign-in", ("X-Forwarded-For", $"198.51.100.66, {Visitor}, 10.1.2.3"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"));
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.Headers.Contains("Strict-Transport-Security"), Is.True);
        var cookies = page.Headers.GetValues("Set-Cookie").ToList();
        Assert.That(cookies, Has.All.StartsWith("__Host-").And.Contain("secure"));
        using var said = await Get(site, "/.well-known/openid-configuration", ("X-Forwarded-For", Visitor), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"));
        Assert.That(JsonDocument.Parse(await said.Content.ReadAsStringAsync()).RootElement.GetProperty("issuer").GetString(), Is.EqualTo($"https://{site.Address.Authority}/"));
        await FailToSignIn(site, page, ("X-Forwarded-For", $"198.51.100.66, {Visitor}, 10.1.2.3"), ("X-Forwarded-Proto", "https"));
        Assert.That(LastFrom(site), Is.EqualTo(Visitor));
    }

    [Test]
    public async Task AnyoneElseIsNotBelieved()
    {
        await using (var site = await Start("10.1.0.0/16"))
        {
            using var page = await Get(site, "/help", ("X-Forwarded-For", Visitor), ("X-Forwarded-Proto", "https"));
            Assert.That(page.Headers.Contains("Strict-Transport-Security"), Is.False);
        }
        await using (var site = await Start(null))
        {
            using var page = await Get(site, "/sign-in", ("X-Forwarded-For", Visitor), ("X-Forwarded-Proto", "https"));
            Assert.That(page.Headers.Contains("Strict-Transport-Security"), Is.False);
            await FailToSignIn(site, page, ("X-Forwarded-For", Visitor), ("X-Forwarded-Proto", "https"));
            Assert.That(LastFrom(site), Is.EqualTo("127.0.0.1"));
        }
    }

    [TestCase("proxy.example")]
    [TestCase("10.0.0.0/99")]
    [TestCase("10.0.0.1; 10.0.0.2")]
    public void SettingThatCannotBeReadIsTold(string setting)
    {
        var fault = Assert.Throws<FormatException>(() => ProxySettings.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(ProxySettings.Key, (string?)setting)]).Build()));
        Assert.That(fault!.Message, Does.Contain(ProxySettings.Key).And.Not.Contain(setting));
    }

    private async Task<RunningSite> Start(string? proxies)
    {
        var site = await RunningSite.Start(Database, demo: true, more: proxies is null ? [] : [$"--{ProxySettings.Key}={proxies}"]);
        using var scope = site.Services.CreateScope();
        Assert.That(scope.ServiceProvider.GetRequiredService<SeatDemoStaff>().Run().IsRefused, Is.False);
        return site;
    }

    private static string? LastFrom(RunningSite site) => site.Services.GetRequiredService<Books>().Read(db => db.AuditAddresses.OrderBy(address => address.Number).Last(address => address.Chain == 0).Address);

    private static HttpClient Client(RunningSite site) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };

    private static async Task<HttpResponseMessage> Get(RunningSite site, string path, params (string Name, string Value)[] headers)
    {
        using var client = Client(site);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>Sends the form of the sign-in page with a wrong password, with its cookies as a browser would over https.</summary>
    private static async Task FailToSignIn(RunningSite site, HttpResponseMessage page, params (string Name, string Value)[] headers)
    {
        var form = (await new HtmlParser().ParseDocumentAsync(await page.Content.ReadAsStringAsync())).QuerySelector("main form[action='/sign-in']")!;
        using var content = new FormUrlEncodedContent([.. form.QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")),
            KeyValuePair.Create("Mail", "nobody@example.org"), KeyValuePair.Create("Password", "not the right words")]);
        using var client = Client(site);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-in", UriKind.Relative)) { Content = content };
        request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var answer = await client.SendAsync(request);
        Assert.That((int)answer.StatusCode, Is.EqualTo(422), await answer.Content.ReadAsStringAsync());
    }
}
