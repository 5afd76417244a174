using System.Globalization;
using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Web.Api.Connect;

/// <summary>Exchanges a secret, a code or a refresh token for tokens. OpenIddict has checked the app and what it showed before anything here is asked.</summary>
[AllowAnonymous]
// It is asked by programs, which hold no form of ours; what they show is the secret or the code itself.
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class TokenController(Books books, AskConsent ask) : Controller
{
    private const string Provider = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    [HttpPost("/" + ConnectRegistration.Token)]
    public async Task<IActionResult> Exchange()
    {
        var request = HttpContext.GetOpenIddictServerRequest();
        if (request is null) return NotFound();
        return request.IsClientCredentialsGrantType() ? ToProgram(request) : await ToApp(request);
    }

    private Microsoft.AspNetCore.Mvc.SignInResult ToProgram(OpenIddictRequest request)
    {
        var app = books.Read(db => db.Apps.AsNoTracking().Where(app => app.ClientId == request.ClientId).Join(db.CoOps, app => app.CoOpId, coOp => coOp.Id, (app, coOp) => new { app.Scopes, coOp.Code }).Single());
        var identity = new ClaimsIdentity(Provider, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.ClientId).SetClaim(TokenDoor.CoOp, app.Code);
        // Which asks for nothing in particular is given what it was registered for.
        identity.SetScopes(request.GetScopes() is { IsEmpty: false } asked ? asked : [.. app.Scopes.Split(' ')]);
        identity.SetResources(TokenDoor.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return SignIn(new ClaimsPrincipal(identity), Provider);
    }

    /// <summary>From a code or a refresh token. The person is looked at anew: an account that was ended, or left the co-op, gets nothing more.</summary>
    private async Task<IActionResult> ToApp(OpenIddictRequest request)
    {
        var shown = await HttpContext.AuthenticateAsync(Provider);
        if (shown.Principal is { } ticket && int.TryParse(ticket.GetClaim(TokenDoor.Account), NumberStyles.None, CultureInfo.InvariantCulture, out var account)
            && ask.Run(request.ClientId!, account) is { Belongs: true, ConsentId: not null } known && (!request.IsRefreshTokenGrantType() || IsTaken(ticket))) return SignIn(PersonTicket.Renewed(ticket, known), Provider);
        return Forbid(new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The person's access was ended, they no longer let this app in, or the token was used before.",
        }), Provider);
    }

    /// <summary>Takes a refresh token for this request alone: of several that show it in the same moment, OpenIddict would serve each that had read it as unused.</summary>
    private bool IsTaken(ClaimsPrincipal ticket) =>
        int.TryParse(ticket.GetTokenId(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && books.Write<bool>(dryRun: false, db => db.AppTokens.Where(token => token.Id == id && token.Status == Statuses.Valid).ExecuteUpdate(set => set.SetProperty(token => token.Status, Statuses.Redeemed)) == 1).Value;
}
