using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Domain.Imports;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Imports;

/// <summary>The folder of imports: what was imported, its report for ever, and the way to take it back.</summary>
[Area("Office")]
[Route("office/{coop}/imports")]
public sealed class ImportsController(Desk desk) : Controller
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
            ]));
    }

    [Requires(Permission.Import)]
    [HttpGet("{number:int}")]
    public IActionResult Show(int number)
    {
        var page = new ImportPage(desk.Books).Run(desk.CoOp.Code, number);
        return page.IsRefused ? NotFound() : View("Show", page.Value);
    }

    [Requires(Permission.UndoImport)]
    [HttpGet("{number:int}/undo")]
    public IActionResult Undo(int number)
    {
        var preview = new PreviewWithdrawal(desk.Books).Run(desk.CoOp.Code, number);
        if (!preview.IsRefused) return View("Undo", new UndoForm { Preview = preview.Value });
        return preview.Refusal!.Code == "import-withdrawn" ? RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, number }) : NotFound();
    }

    [Requires(Permission.UndoImport)]
    [HttpPost("{number:int}/undo")]
    public IActionResult Undo(int number, UndoForm form)
    {
        var preview = new PreviewWithdrawal(desk.Books).Run(desk.CoOp.Code, number);
        if (preview.IsRefused) return preview.Refusal!.Code == "import-withdrawn" ? RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, number }) : NotFound();
        form.Preview = preview.Value;
        if (AsksForSecondFactor(preview.Value.Kind) && desk.Standing?.SecondFactor != true) return LocalRedirect(SecondFactor($"/office/{desk.CoOp.Code}/imports/{number}/undo"));
        if (string.IsNullOrWhiteSpace(form.Reason))
        {
            ModelState.AddModelError(nameof(form.Reason), "Say why the import is withdrawn; the reason stays with it.");
            return Again("Undo", form);
        }
        var withdrawn = new WithdrawImport(desk.Books).Run(new(desk.CoOp.Code, number, desk.Person, form.Reason));
        if (withdrawn.IsRefused)
        {
            ModelState.Refuse(withdrawn.Refusal!);
            return Again("Undo", form);
        }
        TempData.Say($"Import {number} is withdrawn. Its report stays here.");
        return RedirectToAction(nameof(Show), new { coop = desk.CoOp.Code, number });
    }

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
