using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Web.Api.Connect;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Evergreen.Web.Tests.Api.Connect;

/// <summary>What an attacker tries on an OpenID provider, each try refused.</summary>
public sealed class ProtocolTests
{
    private DemoSite site = null!;
    private HttpClient person = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        person = await site.EnterAs("ruth@demo.example");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        person.Dispose();
        await site.DisposeAsync();
    }

    [TestCase("https://purse.example/BACK", TestName = "CodeGoesNowhereElse(case)")]
    [TestCase("https://PURSE.example/back", TestName = "CodeGoesNowhereElse(case of the host)")]
    [TestCase("https://purse.example/back/", TestName = "CodeGoesNowhereElse(slash)")]
    [TestCase("https://purse.example/back/more", TestName = "CodeGoesNowhereElse(path)")]
    [TestCase("https://purse.example/x/../back", TestName = "CodeGoesNowhereElse(path with dots)")]
    [TestCase("https://purse.example/back#part", TestName = "CodeGoesNowhereElse(fragment)")]
    [TestCase("https://purse.example:444/back", TestName = "CodeGoesNowhereElse(port)")]
    [TestCase("https://purse.example:443/back", TestName = "CodeGoesNowhereElse(port that is the same)")]
    [TestCase("https://purse.example/back?extra=1", TestName = "CodeGoesNowhereElse(query)")]
    [TestCase("http://purse.example/back", TestName = "CodeGoesNowhereElse(http)")]
    [TestCase("https://purse.example.evil.example/back", TestName = "CodeGoesNowhereElse(host)")]
    [TestCase(null, TestName = "CodeGoesNowhereElse(none)")]
    public async Task CodeGoesNowhereElse(string? redirect)
    {
        using var answer = await person.GetAsync(new Uri(Purse.At(site).Ask(Purse.Pkce().Challenge, "openid", ("redirect_uri", redirect)), UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Headers.Location, Is.Null);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("This app asked wrongly"));
    }

    [Test]
    public async Task PortOfThisMachineCountsToo()
    {
        using var answer = await person.GetAsync(new Uri(Purse.At(site, redirect: "http://127.0.0.1:7777/back").Ask(Purse.Pkce().Challenge, "openid", ("redirect_uri", "http://127.0.0.1:7778/back")), UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task CodeIsGoodOnceAndShownTwiceEndsWhatCameOfIt()
    {
        var purse = Purse.At(site);
        var (verifier, challenge) = Purse.Pkce();
        var code = await purse.LetIn(person, challenge);
        var (status, tokens) = await purse.Redeem(code, verifier);
        Assert.That(status, Is.EqualTo(200));
        var (again, refused) = await purse.Redeem(code, verifier);
        Assert.That((again, refused.GetProperty("error").GetString()), Is.EqualTo((400, "invalid_grant")));
        Assert.That((await purse.Refresh(Purse.Renewing(tokens))).Status, Is.EqualTo(400));
        Assert.That(await Purse.Api(site.Site, Purse.Access(tokens)), Is.EqualTo((401, "token-withdrawn")));
    }

    [Test]
    public async Task CodeIsBoundToItsAddressItsAppAndItsVerifier()
    {
        var purse = Purse.At(site);
        var (verifier, challenge) = Purse.Pkce();
        Assert.That((await purse.Redeem(await purse.LetIn(person, challenge), Purse.Pkce().Verifier)).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"), "another verifier");
        Assert.That((await purse.Redeem(await purse.LetIn(person, challenge), verifier, "https://purse.example/other")).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"), "another address");
        Assert.That((await Purse.At(site).Redeem(await purse.LetIn(person, challenge), verifier)).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"), "another app");
    }

    [TestCase(null, null, TestName = "WithoutPkceThereIsNoCode(none)")]
    [TestCase("plainly-the-verifier-itself-of-forty-three-characters", "plain", TestName = "WithoutPkceThereIsNoCode(plain)")]
    [TestCase("plainly-the-verifier-itself-of-forty-three-characters", null, TestName = "WithoutPkceThereIsNoCode(method left out, which means plain)")]
    public async Task WithoutPkceThereIsNoCode(string? challenge, string? method)
    {
        foreach (var keepsSecret in (bool[])[false, true])
        {
            using var answer = await person.GetAsync(new Uri(Purse.At(site, keepsSecret: keepsSecret).Ask("", "openid", ("code_challenge", challenge), ("code_challenge_method", method)), UriKind.Relative));
            Assert.That(answer.StatusCode == HttpStatusCode.BadRequest || Purse.Brought(answer)["error"] == "invalid_request", Is.True, await answer.Content.ReadAsStringAsync());
        }
    }

    [TestCase("token")]
    [TestCase("id_token")]
    [TestCase("code id_token")]
    [TestCase("none")]
    public async Task NothingIsIssuedThroughTheBrowserButCodes(string type)
    {
        using var answer = await person.GetAsync(new Uri(Purse.At(site).Ask(Purse.Pkce().Challenge, "openid", ("response_type", type)), UriKind.Relative));
        Assert.That(answer.StatusCode == HttpStatusCode.BadRequest || Purse.Brought(answer)["error"] is "unsupported_response_type" or "unauthorized_client" or "invalid_request", Is.True);
    }

    [Test]
    public async Task DiscoveryNamesWhatIsServedAndNothingWeaker()
    {
        using var visitor = site.Site.Visitor();
        var said = JsonDocument.Parse(await visitor.GetStringAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative))).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(Strings("response_types_supported"), Is.EqualTo(["code"]));
            Assert.That(Strings("response_modes_supported"), Is.EqualTo(["query"]));
            Assert.That(Strings("grant_types_supported"), Is.EquivalentTo(["authorization_code", "client_credentials", "refresh_token"]));
            Assert.That(Strings("code_challenge_methods_supported"), Is.EqualTo(["S256"]));
            Assert.That(Strings("id_token_signing_alg_values_supported"), Is.EqualTo(["RS256"]));
            Assert.That(Strings("scopes_supported"), Is.SupersetOf(AppScopes.Table.Select(scope => scope.Name)));
        });
        var (status, refused) = await visitor.Exchange(("grant_type", "password"), ("client_id", Purse.At(site).App.ClientId), ("username", "ruth@demo.example"), ("password", site.Password));
        Assert.That((status, refused.GetProperty("error").GetString()), Is.EqualTo((400, "unsupported_grant_type")));

        IEnumerable<string?> Strings(string name) => said.GetProperty(name).EnumerateArray().Select(value => value.GetString());
    }

    [Test]
    public async Task RefreshTokenUsedTwiceEndsTheWholeFamily()
    {
        var purse = Purse.At(site);
        var first = await purse.Tokens(person);
        var (status, second) = await purse.Refresh(Purse.Renewing(first));
        Assert.That(status, Is.EqualTo(200));
        Assert.That(Purse.Renewing(second), Is.Not.EqualTo(Purse.Renewing(first)));
        Assert.That((await purse.Refresh(Purse.Renewing(first))).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"), "used twice");
        Assert.That((await purse.Refresh(Purse.Renewing(second))).Answer.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"), "what came of it");
        Assert.That(await Purse.Api(site.Site, Purse.Access(second)), Is.EqualTo((401, "token-withdrawn")));
    }

    /// <summary>A thief and the app come at the same moment: one of them may win, until the other comes again.</summary>
    [Test]
    public async Task CodeOrRefreshTokenUsedByManyAtOnceIsGoodForOneAtMostAndThenForNobody()
    {
        var purse = Purse.At(site);
        var (verifier, challenge) = Purse.Pkce();
        var code = await purse.LetIn(person, challenge);
        await EndsWithNobody(() => purse.Redeem(code, verifier));
        var first = await purse.Tokens(person);
        await EndsWithNobody(() => purse.Refresh(Purse.Renewing(first)));

        async Task EndsWithNobody(Func<Task<(int Status, JsonElement Answer)>> use)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => use()));
            Assert.That(answers.Count(answer => answer.Status == 200), Is.LessThanOrEqualTo(1), string.Join(' ', answers.Select(answer => answer.Status)));
            Assert.That(answers.Where(answer => answer.Status != 200).Select(answer => (answer.Status, answer.Answer.GetProperty("error").GetString())), Has.All.EqualTo((400, "invalid_grant")));
            Assert.That((await use()).Status, Is.EqualTo(400));
            foreach (var (_, won) in answers.Where(answer => answer.Status == 200))
            {
                Assert.That((await purse.Refresh(Purse.Renewing(won))).Status, Is.EqualTo(400), "what the winner holds is good no longer");
                Assert.That(await Purse.Api(site.Site, Purse.Access(won)), Is.EqualTo((401, "token-withdrawn")));
            }
        }
    }

    [Test]
    public async Task ConsentIsGivenByTheFormAlone()
    {
        var purse = Purse.At(site);
        var ask = purse.Ask(Purse.Pkce().Challenge);
        using var forged = new FormUrlEncodedContent(System.Web.HttpUtility.ParseQueryString(ask.Split('?')[1]) is var query ? query.AllKeys.Select(name => KeyValuePair.Create(name!, query[name]!)).Append(KeyValuePair.Create("decision", "allow")) : []);
        using var answer = await person.PostAsync(new Uri("/connect/authorize", UriKind.Relative), forged);
        Assert.That((answer.StatusCode, answer.Headers.Location), Is.EqualTo((HttpStatusCode.BadRequest, (Uri?)null)), "another site cannot press the button");
        using var denied = await person.SendTo(ask, "/connect/authorize", ("decision", "deny"));
        Assert.That((Purse.Brought(denied)["error"], Purse.Brought(denied)["code"], Purse.Brought(denied)["state"]), Is.EqualTo(("access_denied", (string?)null, "s t&te")));
        Assert.That(site.Books.Read(db => db.AppConsents.Count(consent => consent.Application!.Id == purse.App.AppId)), Is.Zero);
    }

    [Test]
    public async Task UsingARefreshTokenGivesNoMoreTime()
    {
        var purse = Purse.At(site);
        var first = await purse.Tokens(person);
        var ends = Ends();
        await Task.Delay(1100);
        await purse.Refresh(Purse.Renewing(first));
        Assert.That(Ends(), Has.Count.EqualTo(2).And.All.EqualTo(ends.Single()));
        Assert.That(ends.Single() - site.Books.Now, Is.GreaterThan(TimeSpan.FromDays(29.9)).And.LessThanOrEqualTo(TokenLives.Refresh));

        List<DateTime?> Ends() => site.Books.Read(db => db.AppTokens.Where(token => token.Application!.Id == purse.App.AppId && token.Type == "refresh_token" || token.Application!.Id == purse.App.AppId && token.Type!.EndsWith("refresh_token")).Select(token => token.ExpirationDate).ToList());
    }

    [Test]
    public async Task ForgedAndMisusedTokensAreRefused()
    {
        var purse = Purse.At(site);
        var tokens = await purse.Tokens(person);
        var good = Purse.Access(tokens);
        Assert.That((await Purse.Api(site.Site, good)).Status, Is.EqualTo(200));
        var parts = good.Split('.');
        var (header, body) = (ProgramTests.Parts(good).Header, ProgramTests.Parts(good).Body);
        var kid = header.GetProperty("kid").GetString()!;
        using var foreign = RSA.Create(2048);
        var forged = new Dictionary<string, string>
        {
            ["no signature"] = $"{Encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")}.{parts[1]}.",
            ["no signature, key named"] = $"{Encode($"{{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"{kid}\"}}")}.{parts[1]}.",
            ["signature cut off"] = $"{parts[0]}.{parts[1]}.",
            ["body changed"] = $"{parts[0]}.{Encode(body.ToString().Replace("my.stake", "members.read", StringComparison.Ordinal))}.{parts[2]}",
            ["a key that is not ours"] = Sign(new RsaSecurityKey(foreign) { KeyId = kid }, SecurityAlgorithms.RsaSha256, "at+jwt", body),
            ["our public key as a shared secret"] = Sign(new SymmetricSecurityKey(Encoding.ASCII.GetBytes(await PublicKey())) { KeyId = kid }, SecurityAlgorithms.HmacSha256, "at+jwt", body),
            ["for somebody else"] = Sign(OurKey(), SecurityAlgorithms.RsaSha256, "at+jwt", body, ("aud", "another-api")),
            ["for nobody"] = Sign(OurKey(), SecurityAlgorithms.RsaSha256, "at+jwt", body, ("aud", null)),
            ["of another kind"] = Sign(OurKey(), SecurityAlgorithms.RsaSha256, "JWT", body),
            ["of another issuer"] = Sign(OurKey(), SecurityAlgorithms.RsaSha256, "at+jwt", body, ("iss", "https://elsewhere.example/")),
            ["run out"] = Sign(OurKey(), SecurityAlgorithms.RsaSha256, "at+jwt", body, ("exp", body.GetProperty("iat").GetInt64() - 600)),
            ["an id token"] = tokens.GetProperty("id_token").GetString()!,
            ["a refresh token"] = Purse.Renewing(tokens),
        };
        Assert.That((await Purse.Api(site.Site, Sign(OurKey(), SecurityAlgorithms.RsaSha256, "at+jwt", body))).Status, Is.EqualTo(200), "the forger's tool itself is sound");
        foreach (var (what, token) in forged) Assert.That(await Purse.Api(site.Site, token), Is.EqualTo((401, "token-invalid")), what);
        using var visitor = site.Site.Visitor();
        using var inQuery = await visitor.GetAsync(new Uri($"/api/v1/who-am-i?access_token={good}", UriKind.Relative));
        Assert.That(inQuery.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "a token in an address ends up in logs");
    }

    [Test]
    public async Task NobodyIsSignedOutByALink()
    {
        var purse = Purse.At(site);
        using var victim = await site.EnterAs("ruth@demo.example");
        var tokens = await purse.Tokens(victim);
        var ask = $"/connect/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}&post_logout_redirect_uri={Uri.EscapeDataString(Purse.Bye)}&state=x";
        using var asked = await victim.GetAsync(new Uri(ask, UriKind.Relative));
        Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var bare = new FormUrlEncodedContent([KeyValuePair.Create("post_logout_redirect_uri", Purse.Bye), KeyValuePair.Create("client_id", purse.App.ClientId)]);
        using var forged = await victim.PostAsync(new Uri("/connect/end-session", UriKind.Relative), bare);
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var still = await victim.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.That(still.StatusCode, Is.EqualTo(HttpStatusCode.OK), "still signed in");
        using var elsewhere = await victim.GetAsync(new Uri(ask.Replace("bye", "evil", StringComparison.Ordinal), UriKind.Relative));
        Assert.That((elsewhere.StatusCode, elsewhere.Headers.Location), Is.EqualTo((HttpStatusCode.BadRequest, (Uri?)null)), "to an address that was not registered");
        using var left = await victim.SendTo(ask, "/connect/end-session");
        Assert.That(left.Headers.Location!.OriginalString, Does.StartWith(Purse.Bye));
        using var gone = await victim.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "signed out");
    }

    [Test]
    public async Task RevokedTokensAreTold()
    {
        var purse = Purse.At(site, keepsSecret: true);
        var tokens = await purse.Tokens(person);
        using var visitor = site.Site.Visitor();
        (string, string)[] self = [("client_id", purse.App.ClientId), ("client_secret", purse.App.Secret!)];
        Assert.That((await visitor.Ask("/connect/introspect", [.. self, ("token", Purse.Renewing(tokens))])).Answer.GetProperty("active").GetBoolean(), Is.True);
        var other = Purse.At(site, keepsSecret: true);
        var (status, peek) = await visitor.Ask("/connect/introspect", [("client_id", other.App.ClientId), ("client_secret", other.App.Secret!), ("token", Purse.Renewing(tokens))]);
        Assert.That(status != 200 || !peek.GetProperty("active").GetBoolean(), Is.True, "another app learns nothing");
        Assert.That((await visitor.Ask("/connect/revoke", [.. self, ("token", Purse.Renewing(tokens))])).Status, Is.EqualTo(200));
        Assert.That((await visitor.Ask("/connect/introspect", [.. self, ("token", Purse.Renewing(tokens))])).Answer.GetProperty("active").GetBoolean(), Is.False);
        Assert.That((await purse.Refresh(Purse.Renewing(tokens))).Status, Is.EqualTo(400));
        Assert.That((await visitor.Ask("/connect/introspect", ("token", Purse.Renewing(tokens)))).Status, Is.AnyOf(400, 401), "nobody asks without a secret");
    }

    [TestCase("/connect/token")]
    [TestCase("/connect/userinfo")]
    [TestCase("/.well-known/openid-configuration")]
    [TestCase("/api/v1/who-am-i")]
    public async Task NoOtherSiteIsLetInByCors(string path)
    {
        using var visitor = site.Site.Visitor();
        foreach (var method in (string[])["OPTIONS", "GET", "POST"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            using var answer = await visitor.SendAsync(request);
            Assert.That(answer.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control"), method);
        }
    }

    private SecurityKey OurKey() => site.Site.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue.SigningCredentials[0].Key;

    private async Task<string> PublicKey()
    {
        using var visitor = site.Site.Visitor();
        return await visitor.GetStringAsync(new Uri("/.well-known/jwks", UriKind.Relative));
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static string Sign(SecurityKey key, string algorithm, string kind, JsonElement body, params (string Name, object? Value)[] changes)
    {
        var claims = body.EnumerateObject().ToDictionary(claim => claim.Name, claim => claim.Value.ValueKind switch
        {
            JsonValueKind.Number => claim.Value.GetInt64(),
            JsonValueKind.Array => (object?)claim.Value.EnumerateArray().Select(value => value.GetString()).ToArray(),
            _ => claim.Value.ToString(),
        });
        foreach (var (name, value) in changes)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Claims = claims!, SigningCredentials = new SigningCredentials(key, algorithm), TokenType = kind });
    }
}
