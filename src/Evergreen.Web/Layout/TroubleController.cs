using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Evergreen.Application.Storage;

namespace Evergreen.Web.Layout;

/// <summary>What is shown when a page cannot be: what happened, whether anything was changed, what to do, and the number to name when asking for help.</summary>
[AllowAnonymous]
// It changes nothing, and a form that was refused arrives here under its own method: a token asked for again would turn every refusal into 400.
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class TroubleController(PortalWords words) : Controller
{
    public sealed record Trouble(int Status, string Title, string Text, string Trace);

    [Route("/trouble/{status:int:range(400,599)}")]
    public IActionResult Show(int status)
    {
        var fault = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        var what = (fault, status) switch
        {
            (StorageFault { Code: "database-busy" }, _) => "busy",
            (StorageFault, _) => "unknown",
            (_, 400 or 403 or 404 or 409 or 413 or 429) => status.ToString(CultureInfo.InvariantCulture),
            _ => "500",
        };
        Response.StatusCode = fault is StorageFault ? StatusCodes.Status503ServiceUnavailable : status;
        return View("Trouble", new Trouble(Response.StatusCode, words[$"trouble.{what}.title"], words[$"trouble.{what}"], Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier));
    }
}
