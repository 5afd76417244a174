using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Evergreen.Web.Api.Connect;

/// <summary>Where an app sends a person to sign out. The person is asked first: a link or picture on another page must sign nobody out.</summary>
[AllowAnonymous]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class EndSessionController(Desk desk, Door door) : Controller
{
    [HttpGet("/" + ConnectRegistration.EndSession)]
    public IActionResult Ask()
    {
        if (HttpContext.GetOpenIddictServerResponse() is { Error: not null } wrong) return Wrong(wrong);
        if (HttpContext.GetOpenIddictServerRequest() is not { } request) return NotFound();
        if (!desk.IsSignedIn) return Leave();
        AllowSendingOn(request);
        return View("EndSession", AuthorizeController.Parameters(request));
    }

    [HttpPost("/" + ConnectRegistration.EndSession)]
    public async Task<IActionResult> Do()
    {
        if (HttpContext.GetOpenIddictServerResponse() is { Error: not null } wrong) return Wrong(wrong);
        if (HttpContext.GetOpenIddictServerRequest() is not { } request) return NotFound();
        await door.Close();
        AllowSendingOn(request);
        return Leave();
    }

    private SignOutResult Leave() => SignOut(new AuthenticationProperties { RedirectUri = "/sign-in" }, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private void AllowSendingOn(OpenIddictRequest request)
    {
        if (request.PostLogoutRedirectUri is { } there)
            Response.Headers.ContentSecurityPolicy = SecurityHeaders.Policy.Replace("form-action 'self'", $"form-action 'self' {AuthorizeController.SourceOf(there)}", StringComparison.Ordinal);
    }

    private ViewResult Wrong(OpenIddictResponse response)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("WrongApp", response);
    }
}
