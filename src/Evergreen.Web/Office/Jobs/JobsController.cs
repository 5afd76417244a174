using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Jobs;

/// <summary>Long work as people watch it: the list, one job with its log, and the button that stops it.</summary>
[Area("Office")]
[Route("office/{coop}/jobs")]
public sealed class JobsController(Desk desk, JobKinds kinds, WorkOnJobs worker, IHostApplicationLifetime site) : Controller
{
    [Requires(Permission.SeeJobs)]
    [HttpGet("")]
    public IActionResult List(JobState? state, int? before)
    {
        ViewData["State"] = state;
        return View("Jobs", new ListJobs(desk.Books, kinds).Run(new(desk.CoOp.Id, before, State: state)));
    }

    [Requires(Permission.SeeJobs)]
    [HttpGet("jobs" + HandedOut.Ending)]
    public IActionResult Download(JobState? state, string format)
    {
        var jobs = HandedOut.All(before =>
        {
            var page = new ListJobs(desk.Books, kinds).Run(new(desk.CoOp.Id, HandedOut.Number(before), 500, state));
            return (page.Jobs, HandedOut.Text(page.Next));
        });
        return this.HandOut(format, $"{desk.CoOp.Code}-jobs", "Long work", ["Job", "What", "About", "Asked for by", "When", "State", "Over"],
            jobs.Select(job => (IReadOnlyList<Cell>)[(long?)job.Id, job.Title, job.Subject, job.By, HandedOut.Moment(job.At), JobWords.State(job.State), HandedOut.Moment(job.EndedAt)]));
    }

    [Requires(Permission.SeeJobs)]
    [HttpGet("{id:int}")]
    public IActionResult Show(int id)
    {
        var page = new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id));
        if (page.IsRefused) return NotFound();
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
        worker.AskToStop(id);
        var cancelled = new CancelJob(desk.Books).Run(new(id, desk.CoOp.Id, desk.Person));
        TempData.Say(cancelled.IsRefused ? cancelled.Refusal!.Sentence : cancelled.Value == JobState.Cancelled ? "The job is cancelled." : "The job stops at the next step that leaves things whole.", cancelled.IsRefused);
        return RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, id });
    }

    /// <summary>Who asked for it, and whoever runs the house.</summary>
    private bool MayCancel(Job job) => !job.IsOver && (job.By == desk.Person || desk.May(Permission.EditSettings));
}
