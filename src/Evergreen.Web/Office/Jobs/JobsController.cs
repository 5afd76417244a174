using Evergreen.Application.Access;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Jobs;

/// <summary>Long work as people watch it: the list, one job with its log, and the button that stops it.</summary>
[Area("Office")]
[Route("office/{coop}/jobs")]
public sealed class JobsController(Desk desk, JobKinds kinds, WorkOnJobs worker, IHostApplicationLifetime site) : Controller
{
    [Requires(Permission.SeeJobs)]
    [HttpGet("")]
    public IActionResult List(int? before) => View("Jobs", new ListJobs(desk.Books, kinds).Run(new(desk.CoOp.Id, before)));

    [Requires(Permission.SeeJobs)]
    [HttpGet("{id:int}")]
    public IActionResult Show(int id)
    {
        var page = new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id));
        if (page.IsRefused) return NotFound();
        // For browsers without script; the script takes the page's place before it comes round.
        if (!page.Value.Job.IsOver && Request.Cookies["script"] is null) Response.Headers["Refresh"] = "5";
        ViewData["MayCancel"] = MayCancel(page.Value.Job);
        return View("Job", page.Value);
    }

    [Requires(Permission.SeeJobs)]
    [HttpGet("{id:int}/events")]
    public IResult Events(int id)
    {
        if (new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id)).IsRefused) return Results.NotFound();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted, site.ApplicationStopping);
        Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(new JobEvents(desk.Books, kinds, worker).Follow(id, desk.CoOp.Id, Request.Headers["Last-Event-ID"], stop.Token));
    }

    [Requires(Permission.SeeJobs)]
    [HttpPost("{id:int}/cancel")]
    public IActionResult Cancel(int id)
    {
        var page = new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id));
        if (page.IsRefused) return NotFound();
        if (!MayCancel(page.Value.Job))
        {
            new RecordDenial(desk.Books).Run(new(desk.Person, desk.CoOp.Id, Permission.EditSettings, $"{Request.Method} {Request.Path}", HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown", SecondFactorOnly: false));
            return StatusCode(StatusCodes.Status403Forbidden);
        }
        var cancelled = new CancelJob(desk.Books).Run(new(id, desk.CoOp.Id, desk.Person));
        TempData.Say(cancelled.IsRefused ? cancelled.Refusal!.Sentence : cancelled.Value == JobState.Cancelled ? "The job is cancelled." : "The job stops at the next step that leaves things whole.");
        return RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, id });
    }

    /// <summary>Who asked for it, and whoever runs the house.</summary>
    private bool MayCancel(Job job) => !job.IsOver && (job.By == desk.Person || desk.May(Permission.EditSettings));
}
