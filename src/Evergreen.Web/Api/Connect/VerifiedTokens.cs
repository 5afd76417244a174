using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;

namespace Evergreen.Web.Api.Connect;

/// <summary>Verifies access tokens: signature, issuer, audience, time. A till sends one token thousands of times, and what was verified once under the same keys is verified until the token has run out.</summary>
/// <remarks>Only what cannot change is kept, by the digest of the token. Whether the app and the person still stand is asked of the books for every request (<see cref="Application.Access.Apps.TokenStanding"/>).</remarks>
public sealed class VerifiedTokens : IDisposable
{
    /// <summary>Tokens kept at most: where more are in use, all are verified anew.</summary>
    private const int Most = 10_000;

    private readonly TimeProvider clock;
    private readonly IDisposable? watch;
    private ConcurrentDictionary<string, Verified> kept = new(StringComparer.Ordinal);

    public VerifiedTokens(TimeProvider clock, IOptionsMonitor<OpenIddictValidationOptions> options)
    {
        this.clock = clock;
        // Other keys: whatever was verified with the old ones is verified anew.
        watch = options.OnChange(_ => Forget());
    }

    /// <param name="Account">The person it speaks for; null for a program of the co-op.</param>
    /// <param name="CoOp">Code of the co-op at which the app is registered.</param>
    public sealed record Verified(string? ClientId, int? Account, int? TokenId, string? CoOp, IReadOnlySet<string> Scopes, DateTimeOffset Until);

    /// <returns>Null where there is no token, or one that is not good.</returns>
    public async Task<Verified?> Verify(HttpContext http)
    {
        // As it was before the token is looked at: keys that change meanwhile must not be followed by what the old ones verified.
        var here = kept;
        var name = Name(http.Request);
        if (name is not null && here.TryGetValue(name, out var known) && clock.GetUtcNow() < known.Until) return known;
        if (await Look(http) is not { } principal) return null;
        var verified = new Verified(principal.GetClaim(OpenIddictConstants.Claims.ClientId), Number(principal.GetClaim(TokenDoor.Account)), Number(principal.GetTokenId()), principal.GetClaim(TokenDoor.CoOp),
            principal.GetScopes().ToFrozenSet(StringComparer.Ordinal), principal.GetExpirationDate() ?? default);
        if (name is null) return verified;
        if (here.Count >= Most) here.Clear();
        here[name] = verified;
        return verified;
    }

    private static async Task<ClaimsPrincipal?> Look(HttpContext http)
    {
        var handlers = http.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        // It must have seen the request before it can be asked who sent it.
        if (await handlers.GetHandlerAsync(http, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme) is IAuthenticationRequestHandler handler) await handler.HandleRequestAsync();
        return (await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)).Principal;
    }

    /// <summary>The token is kept by its digest, with the address at which it was shown, since the issuer follows from that.</summary>
    private static string? Name(HttpRequest request) => request.Headers.Authorization is [{ Length: > 0 } header]
        ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Scheme}\n{request.Host}\n{request.PathBase}\n{header}")))
        : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Forget() => kept = new(StringComparer.Ordinal);

    public void Dispose() => watch?.Dispose();
}
