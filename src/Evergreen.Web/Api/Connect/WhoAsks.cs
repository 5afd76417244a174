using System.Globalization;
using Evergreen.Web.Access;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace Evergreen.Web.Api.Connect;

/// <summary>Finds out who asks, by the part of the house that is asked: the API reads tokens and no cookie, the provider its own protocol, every page the session.</summary>
/// <remarks>The framework's middleware would run every protocol for every page, which costs time there and asks for the provider's keys before there are books.</remarks>
internal sealed class WhoAsks(RequestDelegate next, WrongCalls wrong)
{
    /// <summary>Where a secret or a code is shown: to check one takes work on purpose, and nobody may have it done without end.</summary>
    private static readonly HashSet<string> WithSecrets = new(StringComparer.OrdinalIgnoreCase) { "/" + ConnectRegistration.Token, "/" + ConnectRegistration.Introspect, "/" + ConnectRegistration.Revoke };

    /// <summary>Two that differ may share a turn; two that are the same always do.</summary>
    private static readonly SemaphoreSlim[] Turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task InvokeAsync(HttpContext context, IAuthenticationHandlerProvider handlers)
    {
        if (!WithSecrets.Contains(context.Request.Path.Value ?? ""))
        {
            await Look(context, handlers);
            return;
        }
        if (wrong.Wait(context, "secrets") is { } seconds)
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (StatusCodes.Status429TooManyRequests, seconds.ToString(CultureInfo.InvariantCulture));
            await context.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["error"] = "temporarily_unavailable", ["error_description"] = WrongCalls.Sentence(seconds) }, context.RequestAborted);
            return;
        }
        if (context.Request.Path == "/" + ConnectRegistration.Token) await InTurn(context, handlers);
        else await Look(context, handlers);
        if (context.Response.StatusCode is StatusCodes.Status400BadRequest or StatusCodes.Status401Unauthorized) wrong.Count(context, "secrets");
    }

    /// <summary>
    /// A code or refresh token that several show in the same moment is looked at one after the other. Otherwise one who finds it used may end what came of it before the first has its tokens, and those would live on.
    /// </summary>
    private async Task InTurn(HttpContext context, IAuthenticationHandlerProvider handlers)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var shown = form["code"].ToString() is { Length: > 0 } code ? code : form["refresh_token"].ToString();
        if (shown.Length == 0)
        {
            await Look(context, handlers);
            return;
        }
        var turn = Turns[(string.GetHashCode(shown, StringComparison.Ordinal) & int.MaxValue) % Turns.Length];
        await turn.WaitAsync(context.RequestAborted);
        try
        {
            await Look(context, handlers);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Look(HttpContext context, IAuthenticationHandlerProvider handlers)
    {
        var path = context.Request.Path;
        context.Features.Set<IAuthenticationFeature>(new AuthenticationFeature { OriginalPath = path, OriginalPathBase = context.Request.PathBase });
        if (ProtocolOf(path) is { } protocol && await handlers.GetHandlerAsync(context, protocol) is IAuthenticationRequestHandler handler && await handler.HandleRequestAsync()) return;
        if (!TokenDoor.IsApi(path) && await context.AuthenticateAsync(AccessRegistration.Scheme) is { Principal: { } person }) context.User = person;
        await next(context);
    }

    private static string? ProtocolOf(PathString path)
    {
        // The door of the API verifies the token itself.
        if (TokenDoor.IsApi(path)) return null;
        if (path == OutsideRegistration.CallbackPath) return OutsideRegistration.Scheme;
        return path.StartsWithSegments("/connect", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/.well-known", StringComparison.OrdinalIgnoreCase) ? OpenIddictServerAspNetCoreDefaults.AuthenticationScheme : null;
    }
}

internal static class WhoAsksRegistration
{
    public static void UseWhoAsks(this WebApplication site)
    {
        // Tells the host that who asks is found out here, or it would add the framework's middleware by itself.
        ((IApplicationBuilder)site).Properties["__AuthenticationMiddlewareSet"] = true;
        site.UseMiddleware<WhoAsks>();
    }
}
