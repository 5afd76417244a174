using Evergreen.Application.Access.Apps;
using Evergreen.Web.Api.Connect;
using Evergreen.Web.Api.Wire;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Layout;

/// <summary>Stands before the API: lets in who holds a token with the scope that the action names, and answers everyone else as a program understands it. A session of the site opens nothing here.</summary>
public sealed class TokenDoor(ApiDesk desk, VerifiedTokens tokens, TokenStanding standing, WrongCalls wrong, Denials denials)
{
    /// <summary>Claim with the number of the account that a token speaks for.</summary>
    public const string Account = "account";

    /// <summary>Claim with the code of the co-op at which the app is registered.</summary>
    public const string CoOp = "coop";

    /// <summary>For whom access tokens are: the API of this house.</summary>
    public const string Audience = "evergreen-api";

    public static bool StandsBefore(AuthorizationFilterContext context) => IsApi(context.HttpContext.Request.Path) || ScopeOf(context) is not null;

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public async Task Guard(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (await tokens.Verify(http) is not { } token)
        {
            context.Result = http.Request.Headers.Authorization.Count == 0
                ? Refuse(http, KnownProblem.TokenMissing, "Send an access token: 'Authorization: Bearer …'.")
                : Refuse(http, KnownProblem.TokenInvalid, "The access token is not one of ours, was changed, or has run out. Get another from /connect/token.", "invalid_token");
            return;
        }
        var found = await standing.Run(new TokenStanding.Request(token.ClientId ?? "", token.Account, token.TokenId));
        if (found is null)
        {
            if (token.ClientId is { } client) denials.Note(http, client, null, "the app was withdrawn, or is no longer let in", token.CoOp);
            context.Result = Refuse(http, KnownProblem.TokenWithdrawn, "The app was withdrawn, or the person it speaks for no longer lets it in.", "invalid_token");
            return;
        }
        if (ScopeOf(context) is not { } scope || (scope != RequiresScopeAttribute.Any && !token.Scopes.Contains(scope)))
        {
            denials.Note(http, found.By, found.CoOp.Id, ScopeOf(context) is { } lacking ? $"the scope {lacking} is not held" : "no scope opens this");
            context.Result = Refuse(http, KnownProblem.ScopeMissing, ScopeOf(context) is { } named ? $"The token lacks the scope '{named}'." : "No scope opens this.", "insufficient_scope", ScopeOf(context));
            return;
        }
        desk.Seat(found, token.Scopes);
    }

    private static string? ScopeOf(AuthorizationFilterContext context) => context.ActionDescriptor.EndpointMetadata.OfType<RequiresScopeAttribute>().LastOrDefault()?.Scope;

    private ProblemResult Refuse(HttpContext http, KnownProblem problem, string sentence, string? error = null, string? scope = null)
    {
        if (wrong.Count(http, "api") is { } seconds) return new ProblemResult(KnownProblem.TooMany, WrongCalls.Sentence(seconds), retryAfterSeconds: seconds);
        http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"evergreen\"{(error is null ? "" : $", error=\"{error}\"")}{(scope is null ? "" : $", scope=\"{scope}\"")}";
        return new ProblemResult(problem, sentence);
    }
}
