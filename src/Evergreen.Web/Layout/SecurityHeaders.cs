using Evergreen.Application.Audit;

namespace Evergreen.Web.Layout;

/// <summary>What every answer says to the browser, errors included: load only what is ours, guess nothing, keep nothing. And from where each request comes, for the audit.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            // A year: whoever came here once over https is not led astray to http.
            if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (headers.CacheControl.Count == 0 || !headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal)) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        if (IsEcho(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }
        Whence.Begin(context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        return next(context);
    }

    /// <summary>What sends a request back as it came, cookies and all: no page of the house answers to it.</summary>
    private static bool IsEcho(string method) => HttpMethods.IsTrace(method) || method.Equals("TRACK", StringComparison.OrdinalIgnoreCase);
}
