using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Api;

/// <summary>What the API answered.</summary>
internal sealed record Answered(int Status, string Body, bool Replayed, HttpResponseMessage Message)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement.Clone();
    public string? Code => Body.StartsWith('{') && Json.TryGetProperty("code", out var code) ? code.GetString() : null;
    public IReadOnlyList<string> Pointers => Json.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)] : [];
    public override string ToString() => $"{Status} {Body}";
}

internal static class ApiCalls
{
    /// <summary>A visitor of this copy of the site, with a token that it gave the program.</summary>
    public static Task<HttpClient> Enter(this RunningSite site, RegisterApp.Result program) => site.Visitor().Enter(program);

    /// <summary>The visitor itself, with a token that the site it visits gave the program.</summary>
    public static async Task<HttpClient> Enter(this HttpClient visitor, RegisterApp.Result program)
    {
        var (status, answer) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", program.ClientId), ("client_secret", program.Secret!));
        Assert.That(status, Is.EqualTo(200), answer.ToString());
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("access_token").GetString());
        return visitor;
    }

    public static Task<Answered> Post(this HttpClient program, string path, string body, string? key = null, string type = "application/json") => program.Call(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString("N"), type);

    public static Task<Answered> Get(this HttpClient program, string path, params (string Name, string Value)[] headers) => program.Call(HttpMethod.Get, path, null, null, "", headers);

    public static async Task<Answered> Call(this HttpClient program, HttpMethod method, string path, string? body, string? key, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        if (key is { Length: > 0 }) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var answer = await program.SendAsync(request);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Contains("Idempotency-Replayed"), answer);
    }
}
