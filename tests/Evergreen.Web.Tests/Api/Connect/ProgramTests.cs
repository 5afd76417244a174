using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Api.Connect;

/// <summary>What a till or payroll program meets: its secret, its token, and the door of the API.</summary>
public sealed class ProgramTests
{
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task ProgramGetsWhatItWasRegisteredForAndNothingElse()
    {
        var till = Tokens.Program(site.Site, "grocery", AppScopes.PurchasesWrite, AppScopes.PurchasesRead);
        using var visitor = site.Site.Visitor();
        var (status, answer) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", till.ClientId), ("client_secret", till.Secret!));
        Assert.That(status, Is.EqualTo(200), answer.ToString());
        var token = Parts(answer.GetProperty("access_token").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(token.Header.GetProperty("alg").GetString(), Is.EqualTo("RS256"));
            Assert.That(token.Header.GetProperty("typ").GetString(), Is.EqualTo("at+jwt"));
            Assert.That(token.Body.GetProperty("coop").GetString(), Is.EqualTo("grocery"));
            Assert.That(token.Body.GetProperty("scope").GetString(), Is.EqualTo("purchases.write purchases.read"));
            Assert.That(token.Body.GetProperty("aud").GetString(), Is.EqualTo("evergreen-api"));
            Assert.That(token.Body.GetProperty("sub").GetString(), Is.EqualTo(till.ClientId));
            Assert.That(token.Body.GetProperty("exp").GetInt64() - token.Body.GetProperty("iat").GetInt64(), Is.EqualTo(15 * 60));
        });
        (status, answer) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", till.ClientId), ("client_secret", till.Secret!), ("scope", AppScopes.EquityRead));
        Assert.That((status, answer.GetProperty("error").GetString()), Is.EqualTo((400, "invalid_request")).Or.EqualTo((400, "invalid_scope")));
        (status, _) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", till.ClientId), ("client_secret", till.Secret! + "x"));
        Assert.That(status, Is.EqualTo(401));
    }

    [Test]
    public async Task DoorOfTheApiAnswersAsAProgramUnderstands()
    {
        using var nobody = site.Site.Visitor();
        Assert.That(await Ask(nobody), Is.EqualTo((401, "token-missing")));
        using var staff = await site.Enter(Role.Administrator);
        Assert.That(await Ask(staff), Is.EqualTo((401, "token-missing")), "a session of the site opens nothing here");
        using var wrong = site.Site.Visitor();
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
        Assert.That(await Ask(wrong), Is.EqualTo((401, "token-invalid")));
        using var till = await Tokens.ProgramOf(site.Site, "grocery", AppScopes.PurchasesWrite);
        using var answer = await till.GetAsync(new Uri("/api/v1/who-am-i", UriKind.Relative));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"coOp\":\"grocery\"").And.Contain("\"scopes\":[\"purchases.write\"]"));
        using var missing = await nobody.GetAsync(new Uri("/api/v1/who-am-i", UriKind.Relative));
        Assert.That(missing.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer realm=\"evergreen\""));
        Assert.That(missing.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task WithdrawnProgramIsOutAtOnceWithTheTokenThatItStillHolds()
    {
        var program = Tokens.Program(site.Site, "grocery", AppScopes.PurchasesRead);
        using var visitor = site.Site.Visitor();
        var (_, answer) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", program.ClientId), ("client_secret", program.Secret!));
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("access_token").GetString());
        Assert.That((await Ask(visitor)).Status, Is.EqualTo(200));
        var coOp = site.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == "grocery").Id);
        Assert.That(new WithdrawApp(site.Books).Run(new WithdrawApp.Request(program.AppId, coOp, "test", "192.0.2.7")).IsRefused, Is.False);
        Assert.That(await Ask(visitor), Is.EqualTo((401, "token-withdrawn")));
        var (status, _) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", program.ClientId), ("client_secret", program.Secret!));
        Assert.That(status, Is.AnyOf(400, 401));
    }

    private static async Task<(int Status, string? Code)> Ask(HttpClient visitor)
    {
        using var answer = await visitor.GetAsync(new Uri("/api/v1/who-am-i", UriKind.Relative));
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return ((int)answer.StatusCode, json.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    internal static (JsonElement Header, JsonElement Body) Parts(string token)
    {
        var parts = token.Split('.');
        return (Json(parts[0]), Json(parts[1]));
        static JsonElement Json(string part) => JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(part)).RootElement.Clone();
    }
}
