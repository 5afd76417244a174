using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>Members who may be one person twice, and the merging of two records: looked at first, then done.</summary>
[Route("office/{coop}/members/duplicates")]
public sealed class DuplicatesController(Desk desk) : Controller
{
    private string Code => desk.CoOp.Code;

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult List() => View("Duplicates", new MemberDuplicates(desk.Books).Run(Code).Value);

    [HttpGet("/office/{coop}/members/duplicates" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult Download(string format) => this.HandOut(format, $"{Code}-duplicates", "Duplicates", ["One", "Name", "Other", "Name of the other", "What is the same"],
        new MemberDuplicates(desk.Books).Run(Code).Value.Select(pair => (IReadOnlyList<Cell>)[pair.One.Number, pair.One.Name, pair.Other.Number, pair.Other.Name, pair.SameTaxId ? "Tax number" : "Name and address"]));

    [HttpGet("merge"), Requires(Permission.MergeMembers)]
    public IActionResult Merge(string? kept, string? other) => View("Merge", new MergeForm { Kept = kept, Other = other });

    /// <summary>Says what would be done and keeps nothing, until it is sent with <paramref name="step"/> <c>merge</c>.</summary>
    [HttpPost("merge"), Requires(Permission.MergeMembers)]
    public IActionResult Merge(MergeForm form, string? step)
    {
        var look = step != "merge";
        var done = new MergeMembers(desk.Books).Run(new(Code, form.Kept?.Trim() ?? "", form.Other?.Trim() ?? "", form.Reason, desk.Person, look));
        if (done.IsRefused) return this.Redrawn("Merge", form, done.Refusal!, done.Refusal!.Code == "member-unknown" ? (done.Refusal.Sentence.Contains($"'{form.Other?.Trim()}'", StringComparison.Ordinal) ? "Other" : "Kept") : null);
        if (look)
        {
            ViewData["Preview"] = done.Value;
            return View("Merge", form);
        }
        TempData.Say($"Member {form.Other!.Trim()} is shown under member {form.Kept!.Trim()} from now on.");
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(form.Kept.Trim())}");
    }
}
