using System.Globalization;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

public sealed class OverTermForm
{
    /// <summary>How many they are, typed by whoever erases them.</summary>
    public int? Typed { get; set; }
}

/// <summary>The people whose records are over the co-op's term, to be erased at once.</summary>
[Area("Office")]
[Route("office/{coop}/settings/retention/over-term")]
public sealed class OverTermController(Desk desk) : Controller
{
    private string CoOp => desk.CoOp.Code;

    [HttpGet(""), Requires(Permission.EraseMembers)]
    public IActionResult OverTerm(int? after) => Shown(after, new OverTermForm());

    [HttpPost(""), Requires(Permission.EraseMembers)]
    public IActionResult OverTerm(OverTermForm form)
    {
        if (form.Typed is null && ModelState.IsValid) ModelState.AddModelError(nameof(form.Typed), "Type how many they are.");
        if (ModelState.IsValid)
        {
            var erased = new EraseOverTerm(desk.Books).Run(new(CoOp, form.Typed!.Value, desk.Person));
            if (!erased.IsRefused)
            {
                TempData.Say($"Erased: what was known of {Said(erased.Value.Members, "member", "members")} and {Said(erased.Value.Applicants, "applicant", "applicants")}.");
                return LocalRedirect($"/office/{CoOp}/settings/retention");
            }
            ModelState.Refuse(erased.Refusal!, erased.Refusal!.Code == "over-term-count" ? nameof(form.Typed) : "");
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(null, form);
    }

    private static string Said(int count, string one, string many) => count == 1 ? $"one {one}" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} {many}";

    private ViewResult Shown(int? after, OverTermForm form)
    {
        ViewData["Page"] = new ListOverTerm(desk.Books).Run(CoOp, after).Value;
        return View("OverTerm", form);
    }
}
