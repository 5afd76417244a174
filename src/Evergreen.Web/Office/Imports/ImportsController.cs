using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Jobs;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Imports;

/// <summary>The folder of imports: what was imported, its report for ever, and the way to take it back.</summary>
[Area("Office")]
[Route("office/{coop}/imports")]
public sealed class ImportsController(Desk desk, PromptWork work) : Controller
{
    [Requires(Permission.Import)]
    [HttpGet("")]
    public IActionResult List(ImportKind? kind, string? before, string? sort)
    {
        var page = new ImportsPage(desk.Books).Run(new(desk.CoOp.Code, kind, before, sort));
        ViewData["Kind"] = kind;
        return page.IsRefused ? NotFound() : View("List", page.Value);
    }

    [Requires(Permission.Import)]
    [HttpGet("imports" + HandedOut.Ending)]
    public IActionResult Download(ImportKind? kind, string? sort, string format)
    {
        var imports = HandedOut.All(before =>
        {
            var page = new ImportsPage(desk.Books).Run(new(desk.CoOp.Code, kind, before, sort)).Value;
            return (page.Imports, page.Next);
        });
        return this.HandOut(format, $"{desk.CoOp.Code}-imports", "Imports", ["Import", "File", "What", "Source", "When", "By", "Accepted", "Rejected", "Held", "State"],
            imports.Select(import => (IReadOnlyList<Cell>)
            [
                (long?)import.Number, import.FileName, ImportWords.Title(import.Kind), import.Source, HandedOut.Moment(import.At), import.By, (long?)import.Accepted, (long?)import.Rejected, (long?)import.Held, ImportWords.State(import),
            ]), [null, "file", "source", "source", "by", "by", "accepted", "rejected", "held", "state"]);
    }

    [Requires(Permission.Import)]
    [HttpGet("{number:int}")]
    public IActionResult Show(int number)
    {
        var page = new ImportPage(desk.Books).Run(desk.CoOp.Code, number);
        if (page.IsRefused) return NotFound();
        ViewData["Job"] = page.Value.Summary.WithdrawnAt is null ? Latest(number) : null;
        return View("Show", page.Value);
    }

    [Requires(Permission.UndoImport)]
    [HttpGet("{number:int}/undo")]
    public IActionResult Undo(int number)
    {
        if (Latest(number) is { IsOver: false } running) return LocalRedirect(Watch(running.Id));
        var preview = new PreviewWithdrawal(desk.Books).Run(desk.CoOp.Code, number);
        return preview.IsRefused ? Gone(preview.Refusal!, number) : View("Undo", new UndoForm { Preview = preview.Value });
    }

    /// <summary>A small import is out of the books before the next page is shown; a large one goes out beside it, and its job shows how far that is.</summary>
    [Requires(Permission.UndoImport)]
    [HttpPost("{number:int}/undo")]
    public async Task<IActionResult> Undo(int number, UndoForm form)
    {
        // One import is in one job's hands at a time: asked for again, it is that one.
        if (Latest(number) is { IsOver: false } running) return LocalRedirect(Watch(running.Id));
        var preview = new PreviewWithdrawal(desk.Books).Run(desk.CoOp.Code, number);
        if (preview.IsRefused) return Gone(preview.Refusal!, number);
        form.Preview = preview.Value;
        if (AsksForSecondFactor(preview.Value.Kind) && desk.Standing?.SecondFactor != true) return LocalRedirect(SecondFactor($"/office/{desk.CoOp.Code}/imports/{number}/undo"));
        if (preview.Value.Would is null) ModelState.AddModelError("", "Something has come to rest on this import, so it cannot be undone now.");
        else if (string.IsNullOrWhiteSpace(form.Reason)) ModelState.AddModelError(nameof(form.Reason), "Say why the import is withdrawn; the reason stays with it.");
        if (!ModelState.IsValid) return Again("Undo", form);
        var order = new ImportJobs.WithdrawOrder(desk.CoOp.Code, number, form.Reason!);
        var job = await work.Run(new(ImportJobs.Withdraw, desk.CoOp.Id, ImportJobs.SubjectOfImport(number), order, $"{desk.CoOp.Id} {Request.Form[OnceFilter.FieldName]}", desk.Person, Watch));
        var refusal = job switch { { IsRefused: true } => job.Refusal, { Value: { RefusalCode: { } code, RefusalSentence: { } sentence } } => new Refusal(code, sentence), _ => null };
        if (refusal?.Code == "import-withdrawn") return Gone(refusal, number);
        if (refusal is not null)
        {
            ModelState.AddModelError("", ImportWords.Say(refusal));
            return Again("Undo", form);
        }
        if (job.Value.State != JobState.Done || JobResult.FromJson(job.Value.ResultJson) is not { } result) return LocalRedirect(Watch(job.Value.Id));
        TempData.Say($"{result.Sentence} Its report stays here.");
        return RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, number });
    }

    private IActionResult Gone(Refusal refusal, int number) => refusal.Code == "import-withdrawn" ? RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, number }) : NotFound();

    private Job? Latest(int number) => LatestJob.Of(desk.Books, desk.CoOp.Id, ImportJobs.Withdraw, ImportJobs.SubjectOfImport(number));

    private string Watch(int job) => $"{desk.PageOfJob(job)}?on=true";

    /// <summary>An empty file of our own form, or a filled one to go by.</summary>
    [Requires(Permission.Import)]
    [HttpGet("templates/{kind}")]
    public IActionResult Template(ImportKind kind, bool filled = false)
    {
        if (!Enum.IsDefined(kind)) return NotFound();
        var file = new MemoryStream();
        ImportTemplate.Write(kind, filled, file);
        file.Position = 0;
        return File(file, "text/csv; charset=utf-8", ImportTemplate.NameOf(kind, filled));
    }

    /// <summary>Equity is money, and a file of members may say where they are paid: both come in, and are withdrawn, only in a session with a second factor.</summary>
    internal static bool AsksForSecondFactor(ImportKind kind) => kind is ImportKind.Equity or ImportKind.Members;

    internal static string SecondFactor(string returnUrl) => $"/account/second-factor?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private ViewResult Again(string view, object form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
