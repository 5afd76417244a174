using System.Diagnostics;
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
public sealed class TroubleController : Controller
{
    public sealed record Trouble(int Status, string Title, string Text, string Trace);

    [Route("/trouble/{status:int:range(400,599)}")]
    public IActionResult Show(int status)
    {
        var fault = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (title, text) = (fault, status) switch
        {
            (StorageFault { Code: "database-busy" }, _) => ("The books are busy", "Another program is writing to them. Nothing was changed by this page; try again in a minute."),
            (StorageFault, _) => ("It is not known whether this was stored", "The connection to the database broke in the middle. Look at the page before this one to see what is there, before you do it again."),
            (_, 400) => ("This page has grown old", "What was sent did not come from a page that is still valid. Go back, load the page anew and send it again. Nothing was changed."),
            (_, 403) => ("Your role does not allow this", "An administrator of the co-op can give you a role that does. Nothing was changed."),
            (_, 404) => ("There is no such page", "The address may be mistyped, or what it showed is not there for you."),
            (_, 409) => ("This cannot be done now", "It was done already, or a step before it is missing. Open the page anew to see where things stand. Nothing was changed."),
            (_, 413) => ("The file is too large", "Nothing was kept of it. Split it and send the parts."),
            (_, 429) => ("Too many requests", "Wait a minute and try again."),
            _ => ("Something went wrong", "The fault is ours, and it has been noted. What this page was to store was not stored; what was there before is unchanged."),
        };
        Response.StatusCode = fault is StorageFault ? StatusCodes.Status503ServiceUnavailable : status;
        return View("Trouble", new Trouble(Response.StatusCode, title, text, Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier));
    }
}
