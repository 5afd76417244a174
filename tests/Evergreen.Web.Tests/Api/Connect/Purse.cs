using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Api.Connect;

/// <summary>An app that members may let in, as its maker would write it: it sends people to the provider, and exchanges what they bring back.</summary>
internal sealed class Purse
{
    public const string Redirect = "https://purse.example/back", Bye = "https://purse.example/bye";

    private readonly RunningSite site;

    private Purse(RunningSite site, RegisterApp.Result app, string redirect) => (this.site, App, Back) = (site, app, redirect);

    public RegisterApp.Result App { get; }

    /// <summary>The address that it was registered with.</summary>
    public string Back { get; }

    public static Purse At(DemoSite site, string[]? scopes = null, string redirect = Redirect, bool keepsSecret = false, string coOp = "grocery")
    {
        var at = site.Books.Read(db => db.CoOps.Single(one => one.Code == coOp).Id);
        var app = new RegisterApp(site.Books).Run(new RegisterApp.Request(at, $"Purse {Guid.NewGuid():N}", AppKind.ForMembers, scopes ?? [AppScopes.Profile, AppScopes.Email, AppScopes.MyStake, AppScopes.OfflineAccess],
            "test", "192.0.2.7", [redirect], [Bye], keepsSecret));
        return new Purse(site.Site, app.Value, redirect);
    }

    public static (string Verifier, string Challenge) Pkce()
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    /// <summary>The address to which it sends people; a parameter given as null is left out.</summary>
    public string Ask(string challenge, string scope = "openid profile email my.stake offline_access", params (string Name, string? Value)[] other)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = App.ClientId, ["response_type"] = "code", ["redirect_uri"] = Back, ["scope"] = scope, ["state"] = "s t&te", ["nonce"] = "once", ["code_challenge"] = challenge, ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in other) query[name] = value;
        return "/connect/authorize?" + string.Join('&', query.Where(part => part.Value is not null).Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));
    }

    /// <summary>A person who lets it in, on the page that asks; the code that the browser brings back.</summary>
    public async Task<string> LetIn(HttpClient person, string challenge, string scope = "openid profile email my.stake offline_access")
    {
        var ask = Ask(challenge, scope);
        using var page = await person.GetAsync(new Uri(ask, UriKind.Relative));
        using var answer = page.StatusCode == HttpStatusCode.OK ? await person.SendTo(ask, "/connect/authorize", ("decision", "allow")) : page;
        if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return Brought(answer)["code"] ?? throw new InvalidOperationException(answer.Headers.Location!.ToString());
    }

    public static System.Collections.Specialized.NameValueCollection Brought(HttpResponseMessage answer) => HttpUtility.ParseQueryString(answer.Headers.Location!.Query);

    public async Task<(int Status, JsonElement Answer)> Redeem(string code, string verifier, string? redirect = null)
    {
        using var visitor = site.Visitor();
        return await visitor.Exchange([("grant_type", "authorization_code"), ("client_id", App.ClientId), .. Secret, ("code", code), ("redirect_uri", redirect ?? Back), ("code_verifier", verifier)]);
    }

    public async Task<(int Status, JsonElement Answer)> Refresh(string token)
    {
        using var visitor = site.Visitor();
        return await visitor.Exchange([("grant_type", "refresh_token"), ("client_id", App.ClientId), .. Secret, ("refresh_token", token)]);
    }

    /// <summary>Let in by a person, with its tokens.</summary>
    public async Task<JsonElement> Tokens(HttpClient person)
    {
        var (verifier, challenge) = Pkce();
        var (status, answer) = await Redeem(await LetIn(person, challenge), verifier);
        return status == 200 ? answer : throw new InvalidOperationException($"{status} {answer}");
    }

    /// <summary>The access token of an app that was registered for these scopes and let in by a person for all of them.</summary>
    public static Task<string> TokenOf(DemoSite site, HttpClient person, params string[] scopes) => TokenOf(site, "grocery", person, scopes);

    public static async Task<string> TokenOf(DemoSite site, string coOp, HttpClient person, params string[] scopes)
    {
        var purse = At(site, scopes, coOp: coOp);
        var (verifier, challenge) = Pkce();
        var (status, answer) = await purse.Redeem(await purse.LetIn(person, challenge, string.Join(' ', scopes)), verifier);
        return status == 200 ? Access(answer) : throw new InvalidOperationException($"{status} {answer}");
    }

    public static string Access(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    public static string Renewing(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;

    /// <summary>How the API answers to a token.</summary>
    public static async Task<(int Status, string? Code)> Api(RunningSite site, string token)
    {
        using var visitor = site.Visitor();
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await visitor.GetAsync(new Uri("/api/v1/who-am-i", UriKind.Relative));
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return ((int)answer.StatusCode, json.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private (string, string)[] Secret => App.Secret is { } secret ? [("client_secret", secret)] : [];
}
