using Evergreen.Application.Health;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Health;

/// <summary>For whatever watches over the program: is it running, and can it do its work. One word each; administrators find the rest under Settings.</summary>
[AllowAnonymous]
[ApiController]
[Route("health")]
public sealed class HealthController(LatestHealth health) : ControllerBase
{
    [HttpGet("live")]
    public IActionResult Live() => Ok(new { status = "live" });

    [HttpGet("ready")]
    public IActionResult Ready()
    {
        var word = health.Word();
        return StatusCode(word is HealthReport.Ready or HealthReport.Attention ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new { status = word });
    }
}
