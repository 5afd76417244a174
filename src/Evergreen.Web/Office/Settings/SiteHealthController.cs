using Evergreen.Application.Access;
using Evergreen.Application.Health;
using Evergreen.Application.Jobs;
using Evergreen.Web.Health;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

/// <summary>How the site is, in full. It serves all co-ops alike, so the page names none of them.</summary>
[Area("Office")]
[Route("office/{coop}/settings/health")]
[Requires(Permission.EditSettings)]
public sealed class SiteHealthController(LookAtHealth health, JobFiles files) : Controller
{
    [HttpGet("")]
    public IActionResult Show() => View("Health", health.Run(new(ServingFramework.AspNetCore, files)));
}
