using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Mail;
using Evergreen.Application.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Statements;

/// <summary>The statements of posted runs: issuing, the files, the notices by mail, and who received what and when.</summary>
[Area("Office")]
[Route("office/{coop}/statements")]
public sealed class StatementsController(Desk desk, JobKinds kinds, JobFiles files, MailSettings mail) : Controller
{
    [Requires(Permission.SeeLedger)]
    [HttpGet("")]
    public IActionResult Runs()
    {
        var runs = new StatementRuns(desk.Books).Run(desk.CoOp.Code);
        return runs.IsRefused ? NotFound() : View("Runs", runs.Value);
    }

    [Requires(Permission.SeeLedger)]
    [HttpGet("runs" + HandedOut.Ending)]
    public IActionResult RunsFile(string format) => this.HandOut(format, $"{desk.CoOp.Code}-statements", "Statements", ["Run", "Posted", "Members", "Allocated", "Issued", "By", "Reversed"],
        new StatementRuns(desk.Books).Run(desk.CoOp.Code).Value.Select(run => (IReadOnlyList<Cell>)[run.Run, (DateOnly?)run.PostedOn, (long?)run.Members, (Money?)run.Allocated, run.IssuedOn, run.IssuedBy, run.IsReversed ? "yes" : "no"]));

    [Requires(Permission.SeeLedger)]
    [HttpGet("{run}/received" + HandedOut.Ending)]
    public IActionResult Received(string run, StatementBatchPage.Shown shown, string? number, string? sort, string format)
    {
        var rows = new StatementBatchPage(desk.Books).All(new(desk.CoOp.Code, run, shown, null, number?.Trim(), Sort: sort));
        if (rows.IsRefused) return NotFound();
        // A line for each time that something went out; one for each member where that is not asked for.
        var each = ColumnChoice.Of(Request).Shows("out");
        return this.HandOut(format, $"{desk.CoOp.Code}-{run}-received", $"Statements {run}", ["Member", "Name", "Takes it", "Way", "When", "By", "Mail", "Problem"], rows.Value.SelectMany(row =>
            row.Deliveries.Where(_ => each).Select(delivery => Line(row, BatchWords.Way(delivery.Way), HandedOut.Moment(delivery.At), delivery.By)).DefaultIfEmpty(Line(row, null, null, null))), [null, null, "takes", "out", "out", "out", "out", "out"]);

        static IReadOnlyList<Cell> Line(StatementBatchPage.Row row, string? way, string? at, string? by) => [row.Number, row.Name, BatchWords.Takes(row), way, at, by, row.Mail is { } mail ? BatchWords.Mail(mail) : null, row.MailProblem];
    }

    [Requires(Permission.SeeLedger)]
    [HttpGet("{run}")]
    public IActionResult Batch(string run, StatementBatchPage.Shown shown, string? after, string? number, string? sort) => Show(run, shown, after, number, sort: sort);

    [Requires(Permission.IssueStatements)]
    [HttpPost("{run}/issue")]
    public IActionResult Issue(string run, PaperForm form) => Begin(run, StatementJobs.Issue, new StatementJobs.IssueOrder(desk.CoOp.Code, run, form.Paper));

    [Requires(Permission.IssueStatements)]
    [HttpPost("{run}/print-file")]
    public IActionResult Print(string run, PaperForm form) => Begin(run, StatementJobs.Print, new StatementJobs.PrintOrder(desk.CoOp.Code, run, form.Paper, form.TwoSided));

    [Requires(Permission.IssueStatements)]
    [HttpPost("{run}/notices")]
    public IActionResult Notify(string run) => Begin(run, StatementJobs.Notify, new StatementJobs.NotifyOrder(desk.CoOp.Code, run, $"{mail.Site ?? $"{Request.Scheme}://{Request.Host}"}/"));

    /// <summary>What a finished job left: the ZIP of all statements, or the file for printing.</summary>
    [Requires(Permission.IssueStatements)]
    [HttpGet("{run}/files/{id:int}")]
    public IActionResult Download(string run, int id)
    {
        var page = new JobPage(desk.Books, kinds).Run(new(id, desk.CoOp.Id));
        if (page.IsRefused || page.Value.Job is not { State: JobState.Done } job || job.Subject != StatementJobs.SubjectOf(run) || !StatementJobs.Kinds.Any(kind => kind.Name == job.Kind)) return NotFound();
        if (files.KeptBy(id, page.Value.Outcome) is not { } path) return NotFound();
        Sandbox();
        return PhysicalFile(path, path.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "application/pdf", page.Value.Outcome!.FileName);
    }

    /// <summary>One member's statement.</summary>
    [Requires(Permission.IssueStatements)]
    [HttpGet("{run}/members/{member}")]
    public IActionResult Copy(string run, string member)
    {
        var copy = new StatementCopyPdf(desk.Books).Run(new(desk.CoOp.Code, run, member, desk.Person));
        if (copy.IsRefused) return NotFound();
        Sandbox();
        if (!copy.Value.AsIssued) Response.Headers["Evergreen-Copy"] = "changed-since-issue";
        return File(copy.Value.Pdf, "application/pdf", copy.Value.FileName);
    }

    [Requires(Permission.IssueStatements)]
    [HttpPost("{run}/mails/{mailId:int}/again")]
    public IActionResult Again(string run, int mailId)
    {
        var again = new SendAgain(desk.Books).Run(new(mailId, desk.CoOp.Id, desk.Person));
        if (again.Refusal?.Code == "mail-unknown") return NotFound();
        TempData.Say(again.IsRefused ? again.Refusal!.Sentence : "The mail is sent once more.", again.IsRefused);
        return RedirectToAction(nameof(Batch), new { coop = desk.CoOp.Code, run, shown = StatementBatchPage.Shown.MailFailed });
    }

    private IActionResult Begin(string run, string kind, object order)
    {
        var key = $"{desk.CoOp.Id} {Request.Form[OnceFilter.FieldName]}";
        var page = new StatementBatchPage(desk.Books).Run(new(desk.CoOp.Code, run, Most: 1));
        if (page.IsRefused) return NotFound();
        if (!ModelState.IsValid) return Show(run, default, null, null, StatusCodes.Status422UnprocessableEntity);
        // Asked for while one of the same kind runs, it is that one: two at once would do the same work twice.
        if (page.Value.Jobs.FirstOrDefault(job => job.Kind == kind && job.State is (JobState.Queued or JobState.Running)) is { } running) return ToJob(running.Id);
        var started = new StartJob(desk.Books, kinds).Run(new(kind, desk.CoOp.Id, StatementJobs.SubjectOf(run), order, key, desk.Person, desk.PageOfJob));
        if (!started.IsRefused) return ToJob(started.Value.JobId);
        ModelState.Refuse(started.Refusal!);
        return Show(run, default, null, null, StatusCodes.Status422UnprocessableEntity);
    }

    private RedirectResult ToJob(int id) => Redirect(desk.PageOfJob(id));

    private IActionResult Show(string run, StatementBatchPage.Shown shown, string? after, string? number, int status = StatusCodes.Status200OK, string? sort = null)
    {
        var page = new StatementBatchPage(desk.Books).Run(new(desk.CoOp.Code, run, shown, after, number?.Trim(), Sort: sort));
        if (page.IsRefused) return NotFound();
        Response.StatusCode = status;
        var paper = new PaperForm { Paper = desk.CoOp.Regime == TaxRegime.UkRegisteredSociety ? PaperKind.A4 : PaperKind.Letter };
        return View("Batch", new BatchView(page.Value, paper, shown, number, Kept(page.Value, StatementJobs.Issue), Kept(page.Value, StatementJobs.Print)));
    }

    /// <summary>The newest job of a kind whose file is still there.</summary>
    private int? Kept(StatementBatchPage.Result page, string kind) =>
        page.Jobs.FirstOrDefault(job => job.Kind == kind && job.State == JobState.Done && files.KeptBy(job.Id, JobResult.FromJson(job.ResultJson)) is not null)?.Id;

    /// <summary>A file that we hand out can do nothing in the browser.</summary>
    private void Sandbox()
    {
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        Response.Headers.CacheControl = "no-store";
    }
}
