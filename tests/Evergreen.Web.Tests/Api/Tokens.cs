using System.Net.Http.Headers;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Api;

/// <summary>Real apps and real tokens of a running site.</summary>
internal static class Tokens
{
    /// <summary>A program registered at a co-op, with its secret.</summary>
    public static RegisterApp.Result Program(RunningSite site, string coOp, params string[] scopes)
    {
        var books = site.Services.GetRequiredService<Books>();
        var id = books.Read(db => db.CoOps.Single(found => found.Code == coOp).Id);
        return new RegisterApp(books).Run(new RegisterApp.Request(id, $"Till {Guid.NewGuid():N}", AppKind.Program, scopes, "test", "192.0.2.7")).Value;
    }

    /// <summary>An access token as a program of the co-op gets it: with its secret, at the token endpoint.</summary>
    public static async Task<string> TokenFor(RunningSite site, string coOp, params string[] scopes)
    {
        var program = Program(site, coOp, scopes);
        using var visitor = site.Visitor();
        var (status, answer) = await visitor.Exchange(("grant_type", "client_credentials"), ("client_id", program.ClientId), ("client_secret", program.Secret!));
        return status == 200 ? answer.GetProperty("access_token").GetString()! : throw new InvalidOperationException($"No token: {status} {answer}");
    }

    /// <summary>A visitor whose every request carries the token.</summary>
    public static async Task<HttpClient> ProgramOf(RunningSite site, string coOp, params string[] scopes)
    {
        var visitor = site.Visitor();
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenFor(site, coOp, scopes));
        return visitor;
    }

    public static async Task<(int Status, JsonElement Answer)> Exchange(this HttpClient visitor, params (string Name, string Value)[] fields) => await visitor.Ask("/connect/token", fields);

    public static async Task<(int Status, JsonElement Answer)> Ask(this HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await visitor.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement.Clone() : default);
    }
}
