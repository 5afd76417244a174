using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.CoOps;

/// <summary>The way in: to the one co-op at which the person works, or to a choice of several.</summary>
public sealed class CoOpsController(Desk desk) : Controller
{
    [AllowAnonymous]
    [HttpGet("/")]
    public IActionResult Start() => LocalRedirect(desk.IsSignedIn ? "/office" : "/sign-in");

    [ForAnyoneSignedIn]
    [HttpGet("/office")]
    public IActionResult Choose()
    {
        var coOps = desk.CoOps();
        return coOps.Count == 1 ? LocalRedirect($"/office/{coOps[0].Code}") : View("Choose", coOps);
    }
}
