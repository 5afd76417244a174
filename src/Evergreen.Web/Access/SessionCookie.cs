using System.Globalization;
using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Evergreen.Web.Access;

/// <summary>The cookie names a session; with each request the books are asked whether it still stands and who it is.</summary>
public sealed class SessionCookie(KeepSession keep) : CookieAuthenticationEvents
{
    internal const string Key = "key", SessionId = "sid", StartedAt = "auth_time", DisplayName = "given_name";

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var key = context.Principal?.FindFirstValue(Key);
        if (key is not null && keep.Run(key) is { } session)
        {
            context.ReplacePrincipal(PrincipalOf(session, key));
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

    /// <summary>What goes into the cookie: the session's key and nothing else that is believed.</summary>
    internal static ClaimsPrincipal Ticket(string key) => new(new ClaimsIdentity([new Claim(Key, key)], AccessRegistration.Scheme));

    private static ClaimsPrincipal PrincipalOf(KeepSession.Result session, string key) => new(new ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, session.UserId.ToString(CultureInfo.InvariantCulture)),
        new Claim(ClaimTypes.Name, session.Mail),
        new Claim(DisplayName, session.DisplayName),
        new Claim(Desk.EnteredBy, SignInSession.ClaimOf(session.Proof)),
        new Claim(SessionId, session.SessionId.ToString(CultureInfo.InvariantCulture)),
        new Claim(StartedAt, new DateTimeOffset(session.StartedAt).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        new Claim(Key, key),
        .. ThemeOf(session),
    ], AccessRegistration.Scheme));

    private static IEnumerable<Claim> ThemeOf(KeepSession.Result session)
    {
        if (session.Theme is { } theme) yield return new Claim(SiteMode.ThemeClaim, theme.ToString().ToLowerInvariant());
    }
}
