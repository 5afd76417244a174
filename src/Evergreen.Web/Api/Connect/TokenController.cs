using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore;
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
public sealed class TokenController(Books books) : Controller
{
    [HttpPost("/" + ConnectRegistration.Token)]
    public IActionResult Exchange()
    {
        var request = HttpContext.GetOpenIddictServerRequest();
        if (request is null) return NotFound();
        if (!request.IsClientCredentialsGrantType()) return Forbid(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var app = books.Read(db => db.Apps.AsNoTracking().Where(app => app.ClientId == request.ClientId).Join(db.CoOps, app => app.CoOpId, coOp => coOp.Id, (app, coOp) => new { app.Scopes, coOp.Code }).Single());
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, request.ClientId).SetClaim(TokenDoor.CoOp, app.Code);
        // Which asks for nothing in particular is given what it was registered for.
        identity.SetScopes(request.GetScopes() is { IsEmpty: false } asked ? asked : [.. app.Scopes.Split(' ')]);
        identity.SetResources(TokenDoor.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return SignIn(new ClaimsPrincipal(identity), OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
