using System.ComponentModel.DataAnnotations;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access;

/// <summary>Coming in by an invitation, or choosing a new password by the code of an administrator.</summary>
[AllowAnonymous]
[Route("invitation")]
public sealed class InvitationController(Door door, FindInvitation find, PortalWords words) : Controller
{
    public sealed class Form
    {
        [Required(ErrorMessage = "@needed.invitation")]
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "@needed.name")]
        public string DisplayName { get; set; } = "";

        [Required(ErrorMessage = "@needed.choose")]
        public string Password { get; set; } = "";

        public FindInvitation.Result? Found { get; set; }
    }

    /// <summary>The page that the link in a mail leads to, or the field for the code of a letter.</summary>
    [HttpGet("")]
    public IActionResult Show(string? code) => Opened(code);

    private ViewResult Opened(string? code)
    {
        ModelState.Clear();
        if (string.IsNullOrWhiteSpace(code)) return View("Invitation", new Form());
        var found = find.Run(code);
        if (!found.IsRefused) return View("Invitation", new Form { Code = code, DisplayName = found.Value.DisplayName, Found = found.Value });
        ModelState.Refuse(found.Refusal!, nameof(Form.Code));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Invitation", new Form { Code = code });
    }

    [HttpPost("")]
    public IActionResult Accept([FromServices] AcceptInvitation accept, Form form)
    {
        // The code alone was typed: it opens the rest of the form, and stands in no address.
        if (!Request.Form.ContainsKey(nameof(Form.Password)))
        {
            if (!string.IsNullOrWhiteSpace(form.Code)) return Opened(form.Code);
            foreach (var later in (string[])[nameof(Form.DisplayName), nameof(Form.Password)]) ModelState.Remove(later);
        }
        var found = find.Run(form.Code ?? "");
        form.Found = found.IsRefused ? null : found.Value;
        if (found.IsRefused) ModelState.Refuse(found.Refusal!, nameof(Form.Code));
        if (ModelState.IsValid)
        {
            var accepted = accept.Run(new AcceptInvitation.Request(form.Code!, form.DisplayName, form.Password, door.From));
            if (!accepted.IsRefused)
            {
                TempData.Say(words["said.password-set"]);
                return LocalRedirect("/sign-in");
            }
            ModelState.Refuse(accepted.Refusal!, accepted.Refusal!.Code.StartsWith("password-", StringComparison.Ordinal) ? nameof(Form.Password) : accepted.Refusal.Code == "name-missing" ? nameof(Form.DisplayName) : nameof(Form.Code));
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Invitation", form);
    }
}
