using System.ComponentModel.DataAnnotations;
using Evergreen.Application.Access;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Access;

/// <summary>Coming in by an invitation, or choosing a new password by the code of an administrator. Where an authority stands in the place of passwords, one comes in through it, and there is none to be chosen.</summary>
[AllowAnonymous]
[Route("invitation")]
public sealed class InvitationController(Door door, PassingCookie passing, Arrivals arrivals, FindInvitation find, PortalWords words) : Controller
{
    private const string Kept = "invitation";

    public sealed class Form
    {
        [Required(ErrorMessage = "@needed.invitation")]
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "@needed.name")]
        public string DisplayName { get; set; } = "";

        [Required(ErrorMessage = "@needed.choose")]
        public string Password { get; set; } = "";

        public FindInvitation.Result? Found { get; set; }

        /// <summary>As whom the person came back from the authority; null for whoever did not go there yet.</summary>
        [BindNever, ValidateNever]
        public string? CameAs { get; set; }
    }

    private OutsideSettings? Alone => OutsideSettings.AloneAt(HttpContext);

    /// <summary>The page that the link in a mail leads to, or the field for the code of a letter.</summary>
    [HttpGet("")]
    public IActionResult Show(string? code) => Opened(string.IsNullOrWhiteSpace(code) && Alone is not null ? passing.Read(Kept) : code);

    private ViewResult Opened(string? code)
    {
        ModelState.Clear();
        if (string.IsNullOrWhiteSpace(code)) return View("Invitation", new Form());
        var found = Find(code);
        // Whoever goes to the authority comes back without the code.
        if (!found.IsRefused && Alone is not null) passing.Keep(Kept, code);
        if (!found.IsRefused) return View("Invitation", new Form { Code = code, DisplayName = found.Value.DisplayName, Found = found.Value, CameAs = arrivals.Waiting(Alone)?.Mail });
        ModelState.Refuse(found.Refusal!, nameof(Form.Code));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Invitation", new Form { Code = code });
    }

    private Outcome<FindInvitation.Result> Find(string? code)
    {
        var found = find.Run(code ?? "");
        return found is { IsRefused: false, Value.Role: null } && Alone is not null ? Refusals.InvitationUnknown() : found;
    }

    [HttpPost("")]
    public async Task<IActionResult> Accept([FromServices] AcceptInvitation accept, Form form)
    {
        if (Alone is not null) return await Join(accept, form);
        // The code alone was typed: it opens the rest of the form, and stands in no address.
        if (!Request.Form.ContainsKey(nameof(Form.Password)))
        {
            if (!string.IsNullOrWhiteSpace(form.Code)) return Opened(form.Code);
            foreach (var later in (string[])[nameof(Form.DisplayName), nameof(Form.Password)]) ModelState.Remove(later);
        }
        var found = Find(form.Code);
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

    /// <summary>For someone who came back from the authority with the invitation in hand.</summary>
    private async Task<IActionResult> Join(AcceptInvitation accept, Form form)
    {
        if (arrivals.Waiting(Alone) is not { Person: { } person } came || !Request.Form.ContainsKey(nameof(Form.DisplayName))) return Opened(form.Code);
        ModelState.Remove(nameof(Form.Password));
        var found = Find(form.Code);
        (form.Found, form.CameAs) = (found.IsRefused ? null : found.Value, came.Mail);
        if (found.IsRefused) ModelState.Refuse(found.Refusal!, nameof(Form.Code));
        if (ModelState.IsValid)
        {
            var accepted = accept.Run(new AcceptInvitation.Request(form.Code, form.DisplayName, null, door.From, person));
            if (!accepted.IsRefused)
            {
                passing.Drop(Kept);
                return LocalRedirect(await arrivals.Open(accepted.Value, came) ? "/" : "/sign-in");
            }
            ModelState.Refuse(accepted.Refusal!, accepted.Refusal!.Code == "name-missing" ? nameof(Form.DisplayName) : "");
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Invitation", form);
    }
}
