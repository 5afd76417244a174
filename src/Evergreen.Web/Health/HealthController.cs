using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Health;

/// <summary>For whatever watches over the program: is it running, and can it do its work.</summary>
[AllowAnonymous]
[ApiController]
[Route("health")]
public sealed class HealthController(Readiness readiness) : ControllerBase
{
    [HttpGet("live")]
    public IActionResult Live() => Ok(new { status = "live" });

    [HttpGet("ready")]
    public IActionResult Ready()
    {
        var state = readiness.State();
        return StatusCode(state == Readiness.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, new { status = state });
    }
}
