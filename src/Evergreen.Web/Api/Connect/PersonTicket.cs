using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Layout;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Web.Api.Connect;

/// <summary>What a token says of a person, and to whom: the API learns the account and the co-op, the app learns what the person allowed.</summary>
internal static class PersonTicket
{
    /// <param name="entered">How the session was entered: <c>pwd</c>, <c>mfa</c>, <c>passkey</c>.</param>
    public static ClaimsPrincipal Of(AskConsent.Result known, int consentId, ImmutableArray<string> scopes, string? entered, long? startedAt)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        var account = known.Person.Id.ToString(CultureInfo.InvariantCulture);
        identity.SetClaim(Claims.Subject, account).SetClaim(TokenDoor.Account, account).SetClaim(TokenDoor.CoOp, known.CoOp.Code);
        identity.SetClaims(Claims.AuthenticationMethodReference, MethodsOf(entered));
        if (startedAt is { } started) identity.SetClaim(Claims.AuthenticationTime, started);
        identity.SetScopes(scopes).SetResources(TokenDoor.Audience).SetAuthorizationId(consentId.ToString(CultureInfo.InvariantCulture));
        return Renewed(new ClaimsPrincipal(identity), known);
    }

    /// <summary>The same ticket with name and mail address as they stand now.</summary>
    public static ClaimsPrincipal Renewed(ClaimsPrincipal ticket, AskConsent.Result known)
    {
        var identity = (ClaimsIdentity)ticket.Identity!;
        identity.SetClaim(Claims.Name, ticket.HasScope(AppScopes.Profile) ? known.Person.DisplayName : null);
        identity.SetClaim(Claims.Email, ticket.HasScope(AppScopes.Email) ? known.Person.Email : null);
        if (ticket.HasScope(AppScopes.Email)) identity.SetClaim(Claims.EmailVerified, known.Person.EmailConfirmed);
        identity.SetDestinations(claim => claim.Type switch
        {
            TokenDoor.Account or TokenDoor.CoOp => [Destinations.AccessToken],
            Claims.Name or Claims.Email or Claims.EmailVerified or Claims.AuthenticationTime or Claims.AuthenticationMethodReference => [Destinations.IdentityToken],
            _ => [],
        });
        return ticket;
    }

    /// <remarks>The values of RFC 8176.</remarks>
    private static ImmutableArray<string> MethodsOf(string? entered) => entered switch { "mfa" => ["pwd", "otp", "mfa"], "passkey" => ["hwk", "user", "mfa"], "pwd" => ["pwd"], _ => [] };
}
