using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Evergreen.Application.Storage;
using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Layout;

/// <summary>What is shown when a page cannot be: what happened, whether anything was changed, what to do, and the number to name when asking for help.</summary>
[AllowAnonymous]
// It changes nothing, and a form that was refused arrives here under its own method: a token asked for again would turn every refusal into 400.
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class TroubleController(PortalWords words, Desk desk, MemberDesk members) : Controller
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
        if (IsOfTheApi()) return OfTheApi(fault, status);
        // An address that belongs to no co-op has nobody's seat, and is spoken of in the language of whoever asks. After a fault nothing more is asked of the books.
        if (fault is null && status < 500 && members.MaybeSeat is null && !desk.HasOffice) members.Greet();
        Response.StatusCode = fault is StorageFault ? StatusCodes.Status503ServiceUnavailable : status;
        return View("Trouble", new Trouble(Response.StatusCode, words[$"trouble.{what}.title"], words[$"trouble.{what}"], Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier));
    }

    private bool IsOfTheApi() =>
        TokenDoor.IsApi(HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath) || TokenDoor.IsApi(HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);

    /// <summary>A program is told in its own form, also what the framework refused before anything of ours was asked.</summary>
    private static ProblemResult OfTheApi(Exception? fault, int status) => (fault, status) switch
    {
        (StorageFault, _) => new(KnownProblem.Busy, retryAfterSeconds: 5),
        ({ } away, _) when Transient.IsAway(away) => new(KnownProblem.Busy, retryAfterSeconds: 5),
        (BadHttpRequestException { StatusCode: 413 }, _) or (null, 413) => new(KnownProblem.TooLarge),
        (BadHttpRequestException, _) or (null, 400) => new(KnownProblem.BodyInvalid, "The call broke off, or is not HTTP."),
        (not null, _) => new(KnownProblem.Fault),
        (_, 401) => new(KnownProblem.TokenMissing),
        (_, 403) => new(KnownProblem.ScopeMissing),
        (_, 405) => new(KnownProblem.MethodNotAllowed),
        (_, 415) => new(KnownProblem.MediaType),
        (_, 429) => new(KnownProblem.TooMany, retryAfterSeconds: 60),
        (_, 503) => new(KnownProblem.Busy, retryAfterSeconds: 5),
        (_, >= 500) => new(KnownProblem.Fault),
        _ => new(KnownProblem.NotFound),
    };
}
