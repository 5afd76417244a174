using Evergreen.Application.Access;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Evergreen.Web.Access.Outside;

/// <summary>The way to the outside authority, and what is said when it did not lead in.</summary>
[AllowAnonymous]
public sealed class OutsideController : Controller
{
    // A link and not a form: the policy of our pages lets no form lead to another site.
    /// <param name="anew">To sign in there once more, also for someone who is signed in there already.</param>
    [HttpGet("/sign-in/outside")]
    public IActionResult Go([FromServices] OutsideSettings? settings, string? returnUrl, bool anew)
    {
        if (settings is null) return NotFound();
        var way = new OpenIdConnectChallengeProperties { RedirectUri = FirstFactor.Place(returnUrl) };
        if (anew)
        {
            (way.Prompt, way.MaxAge) = (OpenIdConnectPrompt.Login, TimeSpan.Zero);
            way.Items[OutsideRegistration.Anew] = "";
        }
        return Challenge(way, OutsideRegistration.Scheme);
    }

    [HttpGet("/sign-in/outside/refused")]
    public IActionResult Refused([FromServices] OutsideSettings? settings, string? why)
    {
        if (settings is null) return NotFound();
        var refusal = new[] { Refusals.OutsideUnknown(), Refusals.OutsideMailUnverified(), Refusals.OutsideMailOpen(), Refusals.OutsideNotAnew() }.FirstOrDefault(refusal => refusal.Code == why) ?? Refusals.OutsideFailed();
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return View("Refused", refusal);
    }
}
