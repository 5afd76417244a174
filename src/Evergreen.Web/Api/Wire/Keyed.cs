using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Api.Wire;

/// <summary>A call that changes something: it bears a key, by which it is done once however often it comes. Reads the body, since the key stands for it.</summary>
/// <param name="mostBytes">Largest body.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeyedAttribute(int mostBytes) : Attribute, IAsyncResourceFilter
{
    /// <summary>How long a call waits for another with its key before it is told to come again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly SearchValues<char> KeySigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:~+");
    private static readonly ConcurrentDictionary<(string, string, string), TaskCompletionSource> Working = new();

    public int MostBytes => mostBytes;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!IsJson(http.Request.ContentType))
        {
            context.Result = new ProblemResult(KnownProblem.MediaType);
            return;
        }
        if (http.Request.Headers["Idempotency-Key"] is not [{ Length: > 0 } header])
        {
            context.Result = new ProblemResult(http.Request.Headers.ContainsKey("Idempotency-Key") ? KnownProblem.KeyMalformed : KnownProblem.KeyMissing);
            return;
        }
        // The draft writes a key as a text of structured fields, in quotes; most senders leave them away.
        var key = header is ['"', .., '"'] and { Length: > 2 } ? header[1..^1] : header;
        if (key.Length > KeptAnswer.LongestKey || key.AsSpan().ContainsAnyExcept(KeySigns))
        {
            context.Result = new ProblemResult(KnownProblem.KeyMalformed);
            return;
        }
        if (await Read(http.Request) is not { } body)
        {
            context.Result = new ProblemResult(KnownProblem.TooLarge);
            return;
        }
        var desk = http.RequestServices.GetRequiredService<ApiDesk>();
        http.Features.Set(new KeyedBody(new KeyedCall(desk.ClientId, key, Digest(http.Request, body)), body));
        await InTurn(context, next, (desk.Books.Address.ToString(), desk.ClientId, key));
    }

    /// <summary>The second of two calls with one key waits for the first, and is then answered from what that left.</summary>
    private static async Task InTurn(ResourceExecutingContext context, ResourceExecutionDelegate next, (string, string, string) key)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Working.GetOrAdd(key, mine);
        if (first != mine)
        {
            if (await Task.WhenAny(first.Task, Task.Delay(Patience, context.HttpContext.RequestAborted)) != first.Task)
            {
                context.Result = new ProblemResult(KnownProblem.KeyInProgress, retryAfterSeconds: 1);
                return;
            }
            await next();
            return;
        }
        try
        {
            await next();
        }
        finally
        {
            Working.TryRemove(key, out _);
            mine.SetResult();
        }
    }

    private static bool IsJson(string? type) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var media) && media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <returns>Null where there is more than the operation takes.</returns>
    private async Task<byte[]?> Read(HttpRequest request)
    {
        if (request.ContentLength > mostBytes) return null;
        var bytes = new byte[Math.Min(mostBytes, request.ContentLength is { } said ? (int)said : 4096) + 1];
        var length = 0;
        for (; ; )
        {
            var read = await request.Body.ReadAsync(bytes.AsMemory(length), request.HttpContext.RequestAborted);
            if (read == 0) return bytes[..length];
            if ((length += read) > mostBytes) return null;
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(mostBytes + 1, bytes.Length * 2));
        }
    }

    private static string Digest(HttpRequest request, byte[] body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        digest.AppendData(body);
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}

/// <summary>A call's key and its body as it came.</summary>
public sealed class KeyedBody(KeyedCall call, ReadOnlyMemory<byte> bytes)
{
    public KeyedCall Call => call;
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Why the body could not be read; null where it could.</summary>
    public ProblemError? Mistake { get; set; }
}
