using Microsoft.AspNetCore.Http.Features;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Api.Wire;

/// <summary>What all parts of the API share: problems as problems, pages of lists, answers with their tag.</summary>
// Programs hold no form of ours: they show a token, which no other site can make a browser send.
[IgnoreAntiforgeryToken]
[ServiceFilter<CallRate>]
[ApiExplorerSettings(IgnoreApi = false)]
public abstract class ApiController(ApiDesk desk) : Controller
{
    /// <summary>Rows on a page where none are asked for, and at most.</summary>
    public const int UsualLimit = 50, MostLimit = 200;

    protected ApiDesk Desk => desk;

    protected KeyedBody Keyed => HttpContext.Features.GetRequiredFeature<KeyedBody>();

    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (HttpContext.Features.Get<KeyedBody>()?.Mistake is { } mistake) context.Result = new ProblemResult(KnownProblem.BodyInvalid, mistake.Detail, [mistake]);
        else if (context.ModelState.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => new ProblemError(entry.Key, "This cannot be read.")).ToList() is { Count: > 0 } errors) context.Result = new ProblemResult(KnownProblem.QueryInvalid, errors: errors);
    }

    /// <summary>An answer with its tag: whoever has it already is told so and no more.</summary>
    protected IActionResult Tagged<T>(T answer) => Tagged(JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Options), bytes => File(bytes, "application/json"));

    /// <summary>A paper with its tag.</summary>
    protected IActionResult Tagged(byte[] pdf, string fileName) => Tagged(pdf, bytes => File(bytes, "application/pdf", fileName));

    private IActionResult Tagged(byte[] bytes, Func<byte[], IActionResult> whole)
    {
        var tag = $"\"{Convert.ToBase64String(SHA256.HashData(bytes), 0, 15).Replace('+', '-').Replace('/', '_')}\"";
        Response.Headers.ETag = tag;
        return Request.Headers.IfNoneMatch.Any(given => given is not null && given.Split(',', StringSplitOptions.TrimEntries).Any(one => one == tag || one == "*" || one == "W/" + tag))
            ? StatusCode(StatusCodes.Status304NotModified)
            : whole(bytes);
    }

    /// <summary>The answer to a keyed call, new or told again.</summary>
    protected IActionResult Told(KeyedAnswer answer)
    {
        if (answer.Status >= 400) return new ContentResult { StatusCode = answer.Status, Content = answer.Body, ContentType = ProblemBody.ContentType };
        if (answer.Replayed) Response.Headers["Idempotency-Replayed"] = "true";
        return new ContentResult { StatusCode = answer is { Replayed: true, Status: StatusCodes.Status201Created } ? StatusCodes.Status200OK : answer.Status, Content = answer.Body, ContentType = "application/json" };
    }

    protected static IActionResult Missing() => new ProblemResult(KnownProblem.NotFound);

    /// <summary>How many rows, and after which: both as the call says them.</summary>
    /// <param name="parts">Of how many parts the place of a row is made.</param>
    internal IActionResult? ReadPage(PageQuery query, int parts, out int limit, out string[]? after)
    {
        (limit, after) = (query.Limit ?? UsualLimit, null);
        if (limit is < 1 or > MostLimit) return new ProblemResult(KnownProblem.QueryInvalid, errors: [new("limit", $"A page has 1 to {MostLimit.ToString(CultureInfo.InvariantCulture)} rows.")]);
        if (query.After is null) return null;
        return Cursor.TryRead(query.After, parts, out after) ? null : new ProblemResult(KnownProblem.QueryInvalid, errors: [new("after", "Send what the page before gave as its next, unchanged.")]);
    }
}

/// <summary>Which page of a list.</summary>
public sealed record PageQuery
{
    /// <summary>Rows on the page, 1 to 200; 50 where it is left out.</summary>
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>What the page before gave as its <c>next</c>; left out for the first.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Next">Send it as <c>after</c> to read on; left out at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The place of a row in its list, as a text that is handed back unread.</summary>
internal static class Cursor
{
    public static string Of(params object?[] parts) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)))).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    public static bool TryRead(string text, int parts, out string[]? read)
    {
        read = null;
        if (text.Length > 600) return false;
        try
        {
            read = JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='))));
            return read?.Length == parts && !read.Contains(null!);
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            return false;
        }
    }
}
