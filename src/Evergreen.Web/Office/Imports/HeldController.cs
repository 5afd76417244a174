using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Imports;

/// <summary>Rows that wait because their member is not in the register: whose are they?</summary>
[Area("Office")]
[Route("office/{coop}/imports/held")]
public sealed class HeldController(Desk desk) : Controller
{
    [Requires(Permission.Import)]
    [HttpGet("")]
    public IActionResult List(string? after, string? sort)
    {
        var page = new HeldPage(desk.Books).Run(desk.CoOp.Code, after, sort);
        return page.IsRefused ? NotFound() : View("Held", page.Value);
    }

    [Requires(Permission.Import)]
    [HttpGet("/office/{coop}/imports/held" + HandedOut.Ending)]
    public IActionResult Download(string? sort, string format)
    {
        var numbers = HandedOut.All(after =>
        {
            var page = new HeldPage(desk.Books).Run(desk.CoOp.Code, after, sort).Value;
            return (page.Numbers, page.Next);
        });
        return this.HandOut(format, $"{desk.CoOp.Code}-held", "Held rows", ["Number in the file", "May be", "Rows", "Purchases", "Hours", "From", "To"],
            numbers.Select(held => (IReadOnlyList<Cell>)[held.MemberNumber, string.Join(", ", held.Candidates.Select(member => $"{member.Number} {member.Name}")), (long?)held.Rows, (Money?)held.Purchases, held.Hours.ToString(), (DateOnly?)held.First, (DateOnly?)held.Last]));
    }

    [Requires(Permission.Import)]
    [HttpGet("rows")]
    public IActionResult Resolve(string number, long after = 0)
    {
        var held = new HeldPage(desk.Books).Of(desk.CoOp.Code, number ?? "", after);
        if (held.IsRefused) return NotFound();
        var candidate = held.Value.Number.Candidates is [var only] ? only.Number : null;
        return View("Resolve", new ResolveForm { Number = number!, Whose = candidate is null ? null : "member", Member = candidate, Held = held.Value });
    }

    [Requires(Permission.Import)]
    [HttpPost("rows")]
    public IActionResult Resolve(ResolveForm form)
    {
        var held = new HeldPage(desk.Books).Of(desk.CoOp.Code, form.Number);
        if (held.IsRefused) return NotFound();
        form.Held = held.Value;
        if (form.Whose is not ("member" or "nobody")) ModelState.AddModelError(nameof(form.Whose), "Say whose rows these are.");
        if (form.Whose == "member" && string.IsNullOrWhiteSpace(form.Member)) ModelState.AddModelError(nameof(form.Member), "Give the member's number.");
        if (string.IsNullOrWhiteSpace(form.Reason)) ModelState.AddModelError(nameof(form.Reason), "Say how you know; it stays with the rows.");
        if (ModelState.IsValid)
        {
            var resolved = new ResolveHeldRows(desk.Books).Run(new(desk.CoOp.Code, form.Number, form.Whose == "member" ? form.Member!.Trim() : null, desk.Person, form.Reason!, form.Row));
            if (!resolved.IsRefused)
            {
                TempData.Say($"{ImportWords.Count(resolved.Value.Rows)} {(resolved.Value.Rows == 1 ? "row is" : "rows are")} now {(resolved.Value.Member is { } member ? $"member {member}’s" : "business with no member")}.");
                return RedirectToAction(nameof(List), new { coop = desk.CoOp.Code });
            }
            ModelState.Refuse(resolved.Refusal!, resolved.Refusal!.Code == "held-member-unknown" ? nameof(form.Member) : "");
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Resolve", form);
    }
}
