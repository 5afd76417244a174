using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Imports;

/// <summary>A file on its way into the books: upload, columns, check, preview, commit. Each step has an address, and one can come back to it.</summary>
[Area("Office")]
[Route("office/{coop}/imports")]
public sealed class DraftsController(Desk desk, JobKinds kinds) : Controller
{
    private string CoOp => desk.CoOp.Code;

    [Requires(Permission.Import)]
    [HttpGet("new")]
    public IActionResult New(ImportKind? kind) => View("New", new UploadForm { Kind = kind, Sources = Sources() });

    [Requires(Permission.Import)]
    [HttpPost("new")]
    [RequestSizeLimit(ReceiveUpload.MostBytes + (1 << 20))]
    public IActionResult New(UploadForm form)
    {
        if (form.Kind is not { } kind || !Enum.IsDefined(kind)) ModelState.AddModelError(nameof(form.Kind), "Say what the file holds.");
        if (form.File is not { Length: > 0 }) ModelState.AddModelError(nameof(form.File), "Choose a file that is not empty.");
        form.Sources = Sources();
        if (!ModelState.IsValid) return Again("New", form);
        if (MustProveFirst(form.Kind!.Value)) return LocalRedirect(ImportsController.SecondFactor($"/office/{CoOp}/imports/new?kind={form.Kind}"));
        using var content = form.File!.OpenReadStream();
        var received = new ReceiveUpload(desk.Books).Run(new(CoOp, form.File.FileName, content, form.Kind!.Value, form.Source, desk.Person), HttpContext.RequestAborted);
        if (!received.IsRefused) return RedirectToAction(nameof(Map), new { coop = CoOp, draft = received.Value.Draft });
        ModelState.Refuse(received.Refusal!, received.Refusal!.Code == "source-too-long" ? nameof(form.Source) : nameof(form.File));
        return Again("New", form);
    }

    /// <summary>To the step at which the draft stands.</summary>
    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}")]
    public IActionResult Open(int draft)
    {
        var preview = new PreviewDraft(desk.Books).Run(CoOp, draft);
        if (preview.IsRefused) return NotFound();
        return preview.Value switch
        {
            { State: DraftState.Committed, ImportNumber: { } number } => RedirectToAction(nameof(ImportsController.Show), "Imports", new { coop = CoOp, number }),
            { State: DraftState.Uploaded, FileGone: false } => RedirectToAction(nameof(Map), new { coop = CoOp, draft }),
            _ => RedirectToAction(nameof(Preview), new { coop = CoOp, draft }),
        };
    }

    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}/columns")]
    public IActionResult Map(int draft, string? profile, string? sheet, string? separator, FileEncoding? encoding)
    {
        var page = new GuessMapping(desk.Books).Run(new(CoOp, draft) { Profile = profile, Sheet = sheet, Separator = MapForm.SeparatorOf(separator), Encoding = encoding });
        return page.IsRefused ? Stuck(draft, page.Refusal!) : View("Map", MapForm.Of(page.Value));
    }

    [Requires(Permission.Import)]
    [HttpPost("drafts/{draft:int}/columns")]
    public IActionResult Map(int draft, MapForm form)
    {
        var page = new GuessMapping(desk.Books).Run(new(CoOp, draft) { Profile = form.Profile, Sheet = form.Sheet, Separator = MapForm.SeparatorOf(form.Separator), Encoding = form.Encoding });
        if (page.IsRefused) return Stuck(draft, page.Refusal!);
        form.Page = page.Value;
        // Fields that the form did not send are as the file has them, so that the page can be drawn again.
        foreach (var field in page.Value.Fields) form.Columns.TryAdd(field.Column, field.Header);
        foreach (var text in page.Value.Texts) form.Texts.TryAdd(text.Name, text.Value);
        Money? expected = null;
        if (!string.IsNullOrWhiteSpace(form.ExpectTotal))
        {
            if (Money.TryParse(form.ExpectTotal.Trim(), out var amount)) expected = amount;
            else ModelState.AddModelError(nameof(form.ExpectTotal), "Write an amount such as 1234.50.");
        }
        if (page.Value.HasForms && form.DateOrder is null && page.Value.DatesUnclear is { } unclear) ModelState.AddModelError(nameof(form.DateOrder), unclear);
        if (!ModelState.IsValid) return Again("Map", form);
        var chosen = new ChooseMapping(desk.Books).Run(form.Request(CoOp, draft, desk.Person, expected));
        if (chosen.IsRefused)
        {
            if (chosen.Refusal!.Code is "draft-ended" or "draft-unknown") return Stuck(draft, chosen.Refusal);
            ModelState.Refuse(chosen.Refusal, FieldOf(chosen.Refusal, form));
            return Again("Map", form);
        }
        return Check(draft);
    }

    /// <summary>Takes the file through the importer, keeping nothing but the report. A large one goes beside the page, and its job shows how far it is.</summary>
    [Requires(Permission.Import)]
    [HttpPost("drafts/{draft:int}/check")]
    public IActionResult Check(int draft)
    {
        if (new PreviewDraft(desk.Books).Run(CoOp, draft) is { IsRefused: false, Value: { Bytes: >= ImportJobs.LargeFrom, State: DraftState.Mapped or DraftState.Checked, FileGone: false } })
            return Begin(draft, ImportJobs.Check, new ImportJobs.CheckOrder(CoOp, draft));
        var report = new CheckDraft(desk.Books).Run(new(CoOp, draft, desk.Person), cancel: HttpContext.RequestAborted);
        return report.IsRefused ? Stuck(draft, report.Refusal!) : RedirectToAction(nameof(Preview), new { coop = CoOp, draft });
    }

    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}/preview")]
    public IActionResult Preview(int draft)
    {
        var preview = new PreviewDraft(desk.Books).Run(CoOp, draft);
        if (preview.IsRefused) return NotFound();
        ViewData["Job"] = ImportJobs.UnderWay(desk.Books, desk.CoOp.Id, draft);
        return View("Preview", new CommitForm { Preview = preview.Value });
    }

    [Requires(Permission.Import)]
    [HttpPost("drafts/{draft:int}/commit")]
    public IActionResult Commit(int draft, CommitForm form)
    {
        var preview = new PreviewDraft(desk.Books).Run(CoOp, draft);
        if (preview.IsRefused) return NotFound();
        form.Preview = preview.Value;
        if (MustProveFirst(preview.Value.Kind)) return LocalRedirect(ImportsController.SecondFactor($"/office/{CoOp}/imports/drafts/{draft}/preview"));
        if (preview.Value is { State: DraftState.Committed, ImportNumber: { } already }) return RedirectToAction(nameof(ImportsController.Show), "Imports", new { coop = CoOp, number = already });
        if (preview.Value is { Bytes: >= ImportJobs.LargeFrom, MayCommit: true }) return CommitLarge(draft, form);
        var report = new CommitDraft(desk.Books).Run(new(CoOp, draft, desk.Person, form.TakeGoodRows, form.Reason), cancel: HttpContext.RequestAborted);
        if (report.IsRefused)
        {
            var field = report.Refusal!.Code switch { "override-reason-missing" => nameof(form.Reason), "rows-rejected" => nameof(form.TakeGoodRows), _ => "" };
            ModelState.AddModelError(field, ImportWords.Say(report.Refusal));
            return Again("Preview", form);
        }
        TempData.Say(report.Value.AlreadyImported
            ? $"These bytes were imported before, as import {report.Value.Number}: nothing changed."
            : $"{ImportWords.Count(report.Value.Totals.Accepted, "row is", "rows are")} in the books, as import {report.Value.Number}.");
        return RedirectToAction(nameof(ImportsController.Show), "Imports", new { coop = CoOp, number = report.Value.Number });
    }

    /// <summary>What the job would be refused for is said at once.</summary>
    private IActionResult CommitLarge(int draft, CommitForm form)
    {
        if (form.Preview.MayTakeGoodRows && !form.TakeGoodRows) ModelState.AddModelError(nameof(form.TakeGoodRows), "Some rows were rejected. Correct them and send the file again, or say that the good rows go in now and the others later.");
        if (form.Preview.MustSayWhy && string.IsNullOrWhiteSpace(form.Reason)) ModelState.AddModelError(nameof(form.Reason), "The control totals look wrong beside the last import. If they are right, say why.");
        return ModelState.IsValid ? Begin(draft, ImportJobs.Commit, new ImportJobs.CommitOrder(CoOp, draft, form.TakeGoodRows, form.Reason)) : Again("Preview", form);
    }

    private IActionResult Begin(int draft, string kind, object order)
    {
        // One file is in one job's hands at a time: asked for again, it is that one.
        if (ImportJobs.UnderWay(desk.Books, desk.CoOp.Id, draft) is { } running) return Redirect(desk.PageOfJob(running));
        var started = new StartJob(desk.Books, kinds).Run(new(kind, desk.CoOp.Id, ImportJobs.SubjectOf(draft), order, $"{desk.CoOp.Id} {Request.Form[OnceFilter.FieldName]}", desk.Person, desk.PageOfJob));
        return started.IsRefused ? Stuck(draft, started.Refusal!) : Redirect(desk.PageOfJob(started.Value.JobId));
    }

    [Requires(Permission.Import)]
    [HttpPost("drafts/{draft:int}/drop")]
    public IActionResult Drop(int draft)
    {
        var dropped = new DropDraft(desk.Books).Run(new(CoOp, draft, desk.Person));
        if (dropped.IsRefused) return Stuck(draft, dropped.Refusal!);
        TempData.Say("The file was thrown away. Nothing of it was in the books.");
        return RedirectToAction(nameof(ImportsController.List), "Imports", new { coop = CoOp });
    }

    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}/problems")]
    public IActionResult Problems(int draft, string? code, string? column, bool errors = false, long after = 0)
    {
        var page = new DraftProblems(desk.Books).Run(new(CoOp, draft, Math.Max(0, after), code, column, errors));
        if (page.IsRefused) return Stuck(draft, page.Refusal!);
        ViewData["Draft"] = draft;
        return View("Problems", page.Value);
    }

    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}/problems" + HandedOut.Ending)]
    public IActionResult ProblemsFile(int draft, string? code, string? column, string format, bool errors = false)
    {
        var problems = new List<Problem>();
        var found = new DraftProblems(desk.Books).Export(new(CoOp, draft, Code: code, Column: column, ErrorsOnly: errors), problems.Add);
        if (found.IsRefused) return Stuck(draft, found.Refusal!);
        return this.HandOut(format, $"{CoOp}-problems-{draft.ToString(System.Globalization.CultureInfo.InvariantCulture)}", "Problems", ["Sheet", "Line", "Kind", "Column", "Value", "Expected", "How to fix"],
            problems.Select(problem => (IReadOnlyList<Cell>)[problem.Sheet, (long?)problem.Line, problem.Severity == Severity.Error ? "Error" : "Note", problem.Column, problem.Value, problem.Expected, problem.Remedy]));
    }

    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}/rows")]
    public IActionResult Rows(int draft, long after = 0)
    {
        var page = new DraftProblems(desk.Books).AllRows(CoOp, draft, after);
        if (page.IsRefused) return Stuck(draft, page.Refusal!);
        ViewData["Draft"] = draft;
        return View("Rows", page.Value);
    }

    /// <summary>The rejected rows as they stood, with what is wrong and how to mend it.</summary>
    [Requires(Permission.Import)]
    [HttpGet("drafts/{draft:int}/rejects")]
    public IActionResult Rejects(int draft)
    {
        var file = new MemoryStream();
        var given = new DraftProblems(desk.Books).WriteRejects(CoOp, draft, file);
        if (given.IsRefused) return Stuck(draft, given.Refusal!);
        file.Position = 0;
        var type = given.Value.Name.EndsWith(".xlsx", StringComparison.Ordinal) ? HandedOut.Xlsx : HandedOut.Csv;
        return given.Value.KeepsSeparator ? new FileInItsForm(file, type) { FileDownloadName = given.Value.Name } : File(file, type, given.Value.Name);
    }

    private IReadOnlyList<string> Sources() => new ImportsPage(desk.Books).Run(new(CoOp)) is { IsRefused: false } page ? page.Value.Sources : [];

    private bool MustProveFirst(ImportKind kind) => ImportsController.AsksForSecondFactor(kind) && desk.Standing?.SecondFactor != true;

    private static string FieldOf(Refusal refusal, MapForm form) => refusal.Code switch
    {
        "dates-ambiguous" or "dates-mixed" => nameof(form.DateOrder),
        "time-zone-unknown" => nameof(form.TimeZone),
        "source-too-long" => nameof(form.Source),
        _ => "",
    };

    /// <summary>A step that cannot be taken: its reason, and the way back.</summary>
    private IActionResult Stuck(int draft, Refusal refusal)
    {
        if (refusal.Code is "draft-unknown") return NotFound();
        ViewData["Draft"] = draft;
        ModelState.Refuse(refusal);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Stuck");
    }

    private ViewResult Again(string view, object form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
