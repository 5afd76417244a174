using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evergreen.Client;

/// <summary>The API of an Evergreen site, for a program of the co-op. Gets its own token, tries again what may be tried again, and never does a thing twice.</summary>
/// <param name="http">With the site's address as its base; the caller keeps it.</param>
public sealed class EvergreenClient(HttpClient http, EvergreenOptions options) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly AccessToken token = new(http, options);

    /// <param name="key">Names the call. Make it before the first try and keep it with the call: sent again with it, nothing is doubled.</param>
    /// <exception cref="EvergreenProblem">The site said no.</exception>
    /// <exception cref="HttpRequestException">The site was not reached. It may have done the work or not: send it again with the same key.</exception>
    public Task<Recorded<Purchase>> RecordPurchase(NewPurchase purchase, string key, CancellationToken stop = default) => Record<NewPurchase, Purchase>("/api/v1/purchases", purchase, key, stop);

    /// <inheritdoc cref="RecordPurchase"/>
    public async Task<BatchResult<Purchase>> RecordPurchases(IReadOnlyList<NewPurchase> lines, string key, CancellationToken stop = default) => (await Record<object, BatchResult<Purchase>>("/api/v1/purchases/batch", new { lines }, key, stop).ConfigureAwait(false)).Entry;

    /// <inheritdoc cref="RecordPurchase"/>
    public Task<Recorded<WorkedHours>> RecordHours(NewHours hours, string key, CancellationToken stop = default) => Record<NewHours, WorkedHours>("/api/v1/hours", hours, key, stop);

    /// <inheritdoc cref="RecordPurchase"/>
    public async Task<BatchResult<WorkedHours>> RecordHours(IReadOnlyList<NewHours> lines, string key, CancellationToken stop = default) => (await Record<object, BatchResult<WorkedHours>>("/api/v1/hours/batch", new { lines }, key, stop).ConfigureAwait(false)).Entry;

    public IAsyncEnumerable<Purchase> Purchases(string? member = null, CancellationToken stop = default) => List<Purchase>("/api/v1/purchases", member, stop);
    public IAsyncEnumerable<WorkedHours> Hours(string? member = null, CancellationToken stop = default) => List<WorkedHours>("/api/v1/hours", member, stop);
    public IAsyncEnumerable<Member> Members(CancellationToken stop = default) => List<Member>("/api/v1/members", null, stop);
    public IAsyncEnumerable<Equity> Equity(CancellationToken stop = default) => List<Equity>("/api/v1/equity", null, stop);
    public IAsyncEnumerable<Run> Runs(CancellationToken stop = default) => List<Run>("/api/v1/runs", null, stop);
    public IAsyncEnumerable<Allocation> Allocations(string run, CancellationToken stop = default) => List<Allocation>($"/api/v1/runs/{Uri.EscapeDataString(run)}/allocations", null, stop);
    public IAsyncEnumerable<Statement> Statements(CancellationToken stop = default) => List<Statement>("/api/v1/statements", null, stop);

    /// <returns>Null where the register has no such number.</returns>
    public Task<Member?> Member(string number, CancellationToken stop = default) => Find<Member>($"/api/v1/members/{Uri.EscapeDataString(number)}", stop);

    /// <returns>Null where the register has no such number.</returns>
    public Task<Equity?> Equity(string number, CancellationToken stop = default) => Find<Equity>($"/api/v1/members/{Uri.EscapeDataString(number)}/equity", stop);

    /// <returns>Null where this program posted no such receipt.</returns>
    public Task<Purchase?> Purchase(string receipt, CancellationToken stop = default) => Find<Purchase>($"/api/v1/purchases/{Uri.EscapeDataString(receipt)}", stop);

    /// <returns>Null where this program posted no such row.</returns>
    public Task<WorkedHours?> HoursOf(string id, CancellationToken stop = default) => Find<WorkedHours>($"/api/v1/hours/{Uri.EscapeDataString(id)}", stop);

    /// <param name="run">The run's name, such as 2025-1.</param>
    /// <returns>Null where there is no such run.</returns>
    public Task<Run?> Run(string run, CancellationToken stop = default) => Find<Run>($"/api/v1/runs/{Uri.EscapeDataString(run)}", stop);

    /// <summary>What the program's token is good for: to be asked when it is set up, and when something is refused.</summary>
    public async Task<WhoAmI> WhoAmI(CancellationToken stop = default)
    {
        using var answer = await Send(HttpMethod.Get, "/api/v1/who-am-i", null, null, stop).ConfigureAwait(false);
        return await Read<WhoAmI>(answer, stop).ConfigureAwait(false);
    }

    public async Task<byte[]> Statement(string run, string number, CancellationToken stop = default)
    {
        using var answer = await Send(HttpMethod.Get, $"/api/v1/statements/{Uri.EscapeDataString(run)}/{Uri.EscapeDataString(number)}", null, null, stop).ConfigureAwait(false);
        return await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
    }

    public void Dispose() => token.Dispose();

    private async Task<Recorded<TEntry>> Record<TPost, TEntry>(string path, TPost post, string key, CancellationToken stop)
    {
        using var answer = await Send(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(post, Json), key, stop).ConfigureAwait(false);
        return new Recorded<TEntry>(await Read<TEntry>(answer, stop).ConfigureAwait(false), answer.Headers.TryGetValues("Idempotency-Replayed", out var replayed) && replayed.Contains("true", StringComparer.Ordinal));
    }

    private async IAsyncEnumerable<T> List<T>(string path, string? member, [EnumeratorCancellation] CancellationToken stop)
    {
        var start = $"{path}?limit=200{(member is null ? "" : "&member=" + Uri.EscapeDataString(member))}";
        for (string? next = null; ;)
        {
            using var answer = await Send(HttpMethod.Get, next is null ? start : $"{start}&after={next}", null, null, stop).ConfigureAwait(false);
            var page = await Read<ListPage<T>>(answer, stop).ConfigureAwait(false);
            foreach (var item in page.Items) yield return item;
            if ((next = page.Next) is null) yield break;
        }
    }

    private async Task<T?> Find<T>(string path, CancellationToken stop) where T : class
    {
        try
        {
            using var answer = await Send(HttpMethod.Get, path, null, null, stop).ConfigureAwait(false);
            return await Read<T>(answer, stop).ConfigureAwait(false);
        }
        catch (EvergreenProblem missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, CancellationToken stop) => (await JsonSerializer.DeserializeAsync<T>(await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false), Json, stop).ConfigureAwait(false))!;

    /// <summary>Sends the same bytes with the same key until there is an answer, or the tries are used up.</summary>
    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, byte[]? body, string? key, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                var answer = await SendOnce(method, path, body, key, stop).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode) return answer;
                asked = answer.Headers.RetryAfter?.Delta;
                using (answer)
                {
                    var problem = await ProblemOf(answer, stop).ConfigureAwait(false);
                    if (!problem.IsPassing || attempt >= options.Tries) throw problem;
                }
            }
            catch (Exception fault) when (attempt < options.Tries && !stop.IsCancellationRequested && fault is HttpRequestException or TaskCanceledException or IOException)
            {
                // Whether the site did it is not known; with the same key it may be asked again.
            }
            var wait = asked ?? options.FirstWait * (1 << Math.Min(attempt - 1, 10));
            await Task.Delay(wait < options.LongestWait ? wait : options.LongestWait, options.Clock, stop).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendOnce(HttpMethod method, string path, byte[]? body, string? key, CancellationToken stop)
    {
        var bearer = await token.Get(stop).ConfigureAwait(false);
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var answer = await http.SendAsync(request, stop).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized) token.Forget(bearer);
        return answer;
    }

    private static async Task<EvergreenProblem> ProblemOf(HttpResponseMessage answer, CancellationToken stop)
    {
        var status = (int)answer.StatusCode;
        var text = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        try
        {
            var said = JsonSerializer.Deserialize<Said>(text, Json);
            if (said?.Code is { } code) return new EvergreenProblem(status, code, said.Detail ?? "", said.TraceId, said.Errors ?? []);
        }
        catch (JsonException)
        {
            // Something between the site and this program answered in its own way.
        }
        return new EvergreenProblem(status, string.Create(CultureInfo.InvariantCulture, $"http-{status}"), "The answer did not come from the site.", null, []);
    }

    private sealed record Said(string? Code, string? Detail, string? TraceId, IReadOnlyList<ProblemPlace>? Errors);
}
