using System.Net.Http.Json;
using System.Text.Json;

namespace Evergreen.Client;

/// <summary>The program's token: asked for when it is first needed, kept until shortly before it runs out.</summary>
internal sealed class AccessToken(HttpClient http, EvergreenOptions options) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim asking = new(1, 1);
    private string? token;
    private DateTimeOffset until;

    public async Task<string> Get(CancellationToken stop)
    {
        await asking.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (token is { } known && options.Clock.GetUtcNow() < until) return known;
            return await Ask(stop).ConfigureAwait(false);
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>The site does not take it any more.</summary>
    public void Forget(string refused)
    {
        if (token == refused) until = DateTimeOffset.MinValue;
    }

    public void Dispose() => asking.Dispose();

    private async Task<string> Ask(CancellationToken stop)
    {
        List<KeyValuePair<string, string>> fields = [new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.Secret)];
        if (options.Scopes is { } scopes) fields.Add(new("scope", scopes));
        using var content = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), content, stop).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            var refusal = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            throw new EvergreenProblem((int)answer.StatusCode, "token-refused", Said(refusal), null, []);
        }
        var given = await answer.Content.ReadFromJsonAsync<JsonElement>(stop).ConfigureAwait(false);
        var life = TimeSpan.FromSeconds(given.TryGetProperty("expires_in", out var seconds) ? seconds.GetInt32() : 300);
        until = options.Clock.GetUtcNow() + (life > 2 * Margin ? life - Margin : life / 2);
        return token = given.GetProperty("access_token").GetString()!;
    }

    private static string Said(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("error_description", out var words) ? words.GetString()! : json.RootElement.GetProperty("error").GetString()!;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "The site gave no token.";
        }
    }
}
