using System.Net;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Api;

/// <summary>Floods of calls without a good token, and of wrong secrets, are held back by the address that they come from, and hold back nobody else.</summary>
public sealed class WrongCallsTests
{
    private const int Allowed = 20;

    /// <summary>Says from where a request comes, as a test cannot have many addresses.</summary>
    private sealed class Whence : IStartupFilter
    {
        public const string Header = "Test-From";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, on) =>
            {
                if (context.Request.Headers[Header] is [{ } from]) context.Connection.RemoteIpAddress = IPAddress.Parse(from);
                return on();
            });
            next(app);
        };
    }

    private DemoSite site = null!;
    private RegisterApp.Result program = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start(also: services => services.AddSingleton<IStartupFilter, Whence>(), more: $"--{WrongCalls.Setting}={Allowed}");
        program = Tokens.Program(site.Site, "grocery", AppScopes.MembersRead);
    }

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private HttpClient From(string address, string? token = null)
    {
        var visitor = site.Site.Visitor();
        visitor.DefaultRequestHeaders.Add(Whence.Header, address);
        if (token is not null) visitor.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return visitor;
    }

    private static void Counted(List<(int Status, double? Wait)> answers, params int[] refusals)
    {
        Assert.That(answers.Count(answer => refusals.Contains(answer.Status)), Is.EqualTo(Allowed).Within(1));
        var held = answers.SkipWhile(answer => answer.Status != 429).ToList();
        Assert.That(held, Is.Not.Empty.And.All.Matches<(int Status, double? Wait)>(answer => answer is { Status: 429, Wait: >= 1 and <= 60 }));
    }

    [TestCase("192.0.2.1", null)]
    [TestCase("192.0.2.2", "nonsense")]
    [TestCase("192.0.2.3", "eyJhbGciOiJub25lIn0.e30.")]
    public async Task FloodWithoutAGoodTokenIsToldToWaitAndOthersWorkOn(string address, string? token)
    {
        var good = await Tokens.TokenFor(site.Site, "grocery", AppScopes.MembersRead);
        using var flood = From(address, token);
        var answers = new List<(int, double?)>();
        for (var i = 0; i < Allowed + 15; i++)
        {
            var answer = await flood.Get(i % 2 == 0 ? "/api/v1/members" : "/api/v1/purchases/1");
            answers.Add((answer.Status, answer.Message.Headers.RetryAfter?.Delta?.TotalSeconds));
            if (answer.Status == 429) Assert.That((answer.Code, answer.Message.Content.Headers.ContentType!.MediaType), Is.EqualTo(("too-many-calls", "application/problem+json")));
        }
        Counted(answers, 401);
        using var beside = From(address, good);
        Assert.That((await beside.Get("/api/v1/members?limit=1")).Status, Is.EqualTo(200), "a till at the same address with a good token works on");
        using var elsewhere = From("198.51.100.9");
        Assert.That((await elsewhere.Get("/api/v1/members")).Status, Is.EqualTo(401), "another address has its own count");
    }

    [Test]
    public async Task GoodTokenThatAsksForWhatItMayNotIsHeldBackToo()
    {
        using var greedy = From("192.0.2.4", await Tokens.TokenFor(site.Site, "grocery", AppScopes.MembersRead));
        var answers = new List<(int, double?)>();
        for (var i = 0; i < Allowed + 10; i++)
        {
            var answer = await greedy.Get("/api/v1/equity");
            answers.Add((answer.Status, answer.Message.Headers.RetryAfter?.Delta?.TotalSeconds));
        }
        Counted(answers, 403);
        Assert.That((await greedy.Get("/api/v1/members?limit=1")).Status, Is.EqualTo(200), "what it may, it still does");
    }

    [Test]
    public async Task WrongSecretsAreHeldBackByAddressAndTheOwnerGetsATokenFromElsewhere()
    {
        using var guesser = From("192.0.2.5");
        var answers = new List<(int, double?)>();
        for (var i = 0; i < Allowed + 10; i++)
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", program.ClientId), KeyValuePair.Create("client_secret", $"guess {i}")]);
            using var answer = await guesser.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
            answers.Add(((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds));
        }
        Counted(answers, 400, 401);
        foreach (var path in (string[])["/connect/introspect", "/connect/revoke"])
            Assert.That((await guesser.Ask(path, ("client_id", program.ClientId), ("client_secret", "guess"), ("token", "x"))).Status, Is.EqualTo(429), path);
        using var owner = From("198.51.100.10");
        Assert.That((await owner.Exchange(("grant_type", "client_credentials"), ("client_id", program.ClientId), ("client_secret", program.Secret!))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task NetworkOfTheSixthVersionIsOneAddress()
    {
        var answers = new List<(int, double?)>();
        for (var i = 0; i < Allowed + 10; i++)
        {
            using var flood = From($"2001:db8:1:2:{i:x}::{i + 1:x}");
            var answer = await flood.Get("/api/v1/members");
            answers.Add((answer.Status, answer.Message.Headers.RetryAfter?.Delta?.TotalSeconds));
        }
        Counted(answers, 401);
        using var next = From("2001:db8:1:3::1");
        Assert.That((await next.Get("/api/v1/members")).Status, Is.EqualTo(401));
    }
}
