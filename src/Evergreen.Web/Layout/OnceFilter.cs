using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Storage;
using Evergreen.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Layout;

/// <summary>Whoever sends a form twice has its work done once, and lands where the first one led; from two windows too, where both were opened before.</summary>
public sealed class OnceFilter(Books books) : IAsyncActionFilter
{
    public const string FieldName = "_once";

    /// <summary>The field with the token that shows a form to be ours.</summary>
    internal const string TokenName = "_token";

    /// <summary>Milliseconds since 1970 of the last moment there is.</summary>
    private static readonly long Latest = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>A key of its own for each form shown, which begins with the moment.</summary>
    internal static string NewKey(DateTime now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(new DateTimeOffset(now, TimeSpan.Zero)).TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        // What asks for no form's token is sent by programs, or shows under its own method what went wrong with a form.
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || context.Filters.OfType<IgnoreAntiforgeryTokenAttribute>().Any())
        {
            await next();
            return;
        }
        var key = request.Form[FieldName].ToString();
        if (key.Length != SubmittedForm.KeyLength)
        {
            context.Result = new BadRequestResult();
            return;
        }
        var shown = ShownAt(key);
        var once = OnceKey.Begin(key, shown <= books.Now ? await Twin(context.HttpContext) : null, shown);
        var done = await next();
        if (done.Exception is AlreadySubmitted earlier)
        {
            done.ExceptionHandled = true;
            done.Result = new LocalRedirectResult(earlier.Answer ?? CameFrom(request));
        }
        else if (done is { Exception: null, Result: IActionResult result } && LocationOf(done, result) is { } location)
        {
            once.Answer(books, location);
        }
    }

    /// <summary>The first 48 bits of the key are milliseconds since 1970 (RFC 9562, version 7).</summary>
    private static DateTime ShownAt(string key)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!Base64Url.TryDecodeFromChars(key, bytes, out var written) || written != 16) return DateTime.MaxValue;
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return milliseconds < Latest ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : DateTime.MaxValue;
    }

    /// <summary>What the session sends where, in short. Made with the session's own secret, so that nothing of what was typed can be tried out on what is kept.</summary>
    private static async Task<string?> Twin(HttpContext context)
    {
        if (context.User.FindFirstValue(SessionCookie.Key) is not { } secret) return null;
        using var sum = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Add($"{context.Request.Path}{context.Request.QueryString}");
        foreach (var field in form.Where(field => field.Key is not (FieldName or TokenName)).OrderBy(field => field.Key, StringComparer.Ordinal)) Add($"{field.Key}={field.Value}");
        foreach (var file in form.Files)
        {
            Add($"{file.Name}={file.FileName}");
            await using var content = file.OpenReadStream();
            sum.AppendData(await SHA256.HashDataAsync(content, context.RequestAborted));
        }
        return Base64Url.EncodeToString(sum.GetHashAndReset().AsSpan(0, 16));

        void Add(string text) => sum.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:{text};"));
    }

    /// <summary>The page that held the form; the start where the browser does not say.</summary>
    private static string CameFrom(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value ? page.PathAndQuery : "/";

    private static string? LocationOf(ActionExecutedContext context, IActionResult result) => result switch
    {
        LocalRedirectResult local => local.Url,
        RedirectResult redirect => redirect.Url,
        RedirectToActionResult action => ((Controller)context.Controller).Url.Action(action.ActionName, action.ControllerName, action.RouteValues),
        _ => null,
    };
}
