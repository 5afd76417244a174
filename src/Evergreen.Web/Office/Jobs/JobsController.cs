using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Evergreen.Web.Office.Jobs;

/// <summary>Long work as people watch it: the list, one job with its log, and the button that stops it.</summary>
[Area("Office")]
[Route("office/{coop}/jobs")]
public sealed class JobsController(Desk desk, JobKinds kinds, WorkOnJobs worker, ICompositeViewEngine views, IHostApplicationLifetime site) : Controller
{
    [Requires(Permission.SeeJobs)]
    [HttpGet("")]
    public IActionResult List(JobState? state, string? before, string? sort)
    {
        ViewData["State"] = state;
        return View("Jobs", new ListJobs(desk.Books, kinds).Run(new(desk.CoOp.Id, before, State: state, Sort: sort)));
    }

    [Requires(Permission.SeeJobs)]
    [HttpGet("jobs" + HandedOut.Ending)]
    public IActionResult Download(JobState? state, string? sort, string format)
    {
        var jobs = HandedOut.All(before =>
        {
            var page = new ListJobs(desk.Books, kinds).Run(new(desk.CoOp.Id, before, 500, state, sort));
            return (page.Jobs, page.Next);
        });
        return this.HandOut(format, $"{desk.CoOp.Code}-jobs", "Long work", ["Job", "What", "About", "Asked for by", "When", "State", "Over"],
            jobs.Select(job => (IReadOnlyList<Cell>)[(long?)job.Id, job.Title, job.Subject, job.By, HandedOut.Moment(job.At), JobWords.State(job.State), HandedOut.Moment(job.EndedAt)]), [null, null, "about", "by", "when", "state", "state"]);
    }

    /// <param name="on">Whoever waits for a run to be calculated or posted, or for an import to be taken back, goes on to it once that is done.</param>
    [Requires(Permission.SeeJobs)]
    [HttpGet("{id:int}")]
    public IActionResult Show(int id, bool on = false)
    {
        var page = new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id, Live: worker.ProgressOf(id)));
        if (page.IsRefused) return NotFound();
        if (on && page.Value is { Job.State: JobState.Done, Outcome: { } outcome } && Onward(outcome) is { } onward)
        {
            TempData.Say(outcome.Sentence);
            return LocalRedirect($"/office/{desk.CoOp.Code}/{onward}");
        }
        ViewData["MayCancel"] = MayCancel(page.Value.Job);
        return View("Job", page.Value);
    }

    /// <param name="after">The number of the last log line that the page shows; a stream that is taken up again says so itself.</param>
    [Requires(Permission.SeeJobs)]
    [HttpGet("{id:int}/events")]
    public IResult Events(int id, int after = 0)
    {
        if (new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id)).IsRefused) return Results.NotFound();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted, site.ApplicationStopping);
        Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(new JobEvents(desk.Books, kinds, worker, Draw).Follow(id, desk.CoOp.Id, int.TryParse(Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after, stop.Token));
    }

    /// <summary>What the page shows of a job under way, as the page itself draws it.</summary>
    private async Task<string> Draw(JobPage.Result page)
    {
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        var view = views.FindView(ControllerContext, "_Said", isMainPage: false).EnsureSuccessful(null).View!;
        await view.RenderAsync(new ViewContext(ControllerContext, view, new ViewDataDictionary<JobPage.Result>(ViewData, page), TempData, text, new HtmlHelperOptions()));
        return text.ToString();
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

    /// <summary>The page of what the job led to; null where there is none, or it is not for this person.</summary>
    private string? Onward(JobResult outcome) => outcome switch
    {
        { Run: { } run } when desk.Holds(Permission.SeeLedger) => $"dividends/runs/{run}",
        { Import: { } number } when desk.Holds(Permission.Import) => $"imports/{number.ToString(CultureInfo.InvariantCulture)}",
        _ => null,
    };

    /// <summary>Who asked for it, and whoever runs the house.</summary>
    private bool MayCancel(Job job) => !job.IsOver && (job.By == desk.Person || desk.May(Permission.EditSettings));
}
