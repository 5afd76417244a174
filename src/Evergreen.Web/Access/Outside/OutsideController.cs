using Evergreen.Application.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access.Outside;

/// <summary>The way to the outside authority, and what is said when it did not lead in.</summary>
[AllowAnonymous]
public sealed class OutsideController : Controller
{
    // A link and not a form: the policy of our pages lets no form lead to another site.
    [HttpGet("/sign-in/outside")]
    public IActionResult Go([FromServices] OutsideSettings? settings, string? returnUrl) =>
        settings is null ? NotFound() : Challenge(new AuthenticationProperties { RedirectUri = Url.IsLocalUrl(returnUrl) ? returnUrl : "/" }, OutsideRegistration.Scheme);

    [HttpGet("/sign-in/outside/refused")]
    public IActionResult Refused([FromServices] OutsideSettings? settings, string? why)
    {
        if (settings is null) return NotFound();
        var refusal = new[] { Refusals.OutsideUnknown(), Refusals.OutsideMailUnverified(), Refusals.OutsideMailOpen() }.FirstOrDefault(refusal => refusal.Code == why) ?? Refusals.OutsideFailed();
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return View("Refused", refusal);
    }
}
