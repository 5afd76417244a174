using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.CoOps;

/// <summary>The way in: to the one co-op at which the person works, or to a choice of several; members who work at none go to their own pages.</summary>
public sealed class CoOpsController(Desk desk, MemberDesk members) : Controller
{
    [AllowAnonymous]
    [HttpGet("/")]
    public IActionResult Start() => LocalRedirect(!desk.IsSignedIn ? "/sign-in" : !desk.HasOffice && members.Memberships.Count > 0 ? "/my" : "/office");

    [ForAnyoneSignedIn]
    [HttpGet("/office")]
    public IActionResult Choose()
    {
        var coOps = desk.CoOps();
        if (coOps.Count == 0 && members.Memberships.Count > 0) return LocalRedirect("/my");
        return coOps.Count == 1 ? LocalRedirect($"/office/{coOps[0].Code}") : View("Choose", coOps);
    }
}
