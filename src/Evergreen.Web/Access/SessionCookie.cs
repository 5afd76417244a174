using System.Globalization;
using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Evergreen.Web.Access;

/// <summary>The cookie names a session; with each request the books are asked whether it still stands and who it is.</summary>
public sealed class SessionCookie(KeepSession keep) : CookieAuthenticationEvents
{
    internal const string Key = "key", SessionId = "sid", StartedAt = "auth_time", DisplayName = "given_name";
    private const string Unknown = "unknown";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var key = context.Principal?.FindFirstValue(Key);
        if (key is not null && keep.Run(key) is { } session)
        {
            context.ReplacePrincipal(PrincipalOf(session, key, context.Principal?.FindFirstValue(StartedAt)));
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(AccessRegistration.Scheme);
    }

    /// <summary>Strangers sign in and come back to the page they asked for; a page's script is told so instead.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey("HX-Request") || request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else context.Response.Redirect(HttpMethods.IsGet(request.Method) ? $"/sign-in?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}" : "/sign-in");
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>What goes into the cookie: the session's key, and when the person signed in at the other authority, which is no later than the session and may be unknown.</summary>
    internal static ClaimsPrincipal Ticket(string key, Arrival? from)
    {
        Claim[] claims = from is null ? [new(Key, key)] : [new(Key, key), new(StartedAt, from.At is { } at ? Seconds(at) : Unknown)];
        return new(new ClaimsIdentity(claims, AccessRegistration.Scheme));
    }

    private static string Seconds(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <param name="signedInAt">Of whoever signed in elsewhere; null for a sign-in here, which is as old as the session.</param>
    private static ClaimsPrincipal PrincipalOf(KeepSession.Result session, string key, string? signedInAt) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, session.UserId.ToString(CultureInfo.InvariantCulture)),
        new Claim(ClaimTypes.Name, session.Mail),
        new Claim(DisplayName, session.DisplayName),
        new Claim(Desk.EnteredBy, SignInSession.ClaimOf(session.Proof)),
        new Claim(SessionId, session.SessionId.ToString(CultureInfo.InvariantCulture)),
        .. StartOf(signedInAt ?? Seconds(session.StartedAt)),
        new Claim(Key, key),
        .. ThemeOf(session),
    ], AccessRegistration.Scheme));

    private static IEnumerable<Claim> StartOf(string at)
    {
        if (at != Unknown) yield return new Claim(StartedAt, at);
    }

    private static IEnumerable<Claim> ThemeOf(KeepSession.Result session)
    {
        if (session.Theme is { } theme) yield return new Claim(SiteMode.ThemeClaim, theme.ToString().ToLowerInvariant());
    }
}
