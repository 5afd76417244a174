using System.Globalization;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Evergreen.Web.Api.Connect;

/// <summary>Tells an app who the person is that let it in, as far as they allowed. OpenIddict has checked the token.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class UserInfoController(AskConsent ask) : Controller
{
    private const string Provider = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    [HttpGet("/" + ConnectRegistration.UserInfo)]
    [HttpPost("/" + ConnectRegistration.UserInfo)]
    public async Task<IActionResult> Show()
    {
        if ((await HttpContext.AuthenticateAsync(Provider)).Principal is not { } token) return NotFound();
        if (!int.TryParse(token.GetClaim(TokenDoor.Account), NumberStyles.None, CultureInfo.InvariantCulture, out var account) || !token.HasScope(AppScopes.OpenId)
            || ask.Run(token.GetClaim(Claims.ClientId) ?? token.GetPresenters().FirstOrDefault() ?? "", account) is not { Belongs: true, ConsentId: not null } known)
        {
            return Challenge(new AuthenticationProperties(new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The token speaks for nobody who lets this app in.",
            }), Provider);
        }
        var said = new Dictionary<string, object?> { [Claims.Subject] = token.GetClaim(Claims.Subject) };
        if (token.HasScope(AppScopes.Profile)) said[Claims.Name] = known.Person.DisplayName;
        if (token.HasScope(AppScopes.Email)) (said[Claims.Email], said[Claims.EmailVerified]) = (known.Person.Email, known.Person.EmailConfirmed);
        return Json(said);
    }
}
