using System.ComponentModel.DataAnnotations;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access.Links;

/// <summary>Links by mail for members: one that signs in where the co-op allows it, and one to choose a new password. Whoever asks gets the same answer, known or not.</summary>
[AllowAnonymous]
[SignsInHere]
[Route("sign-in")]
public sealed class MailLinkController(Door door, FirstFactor first, MailLinkBell bell) : Controller
{
    public sealed class AskForm
    {
        [Required(ErrorMessage = "@mail.missing")]
        public string Mail { get; set; } = "";
        public string? ReturnUrl { get; set; }
    }

    public sealed class LinkForm
    {
        public string Code { get; set; } = "";
    }

    public sealed class PasswordForm
    {
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "@password.missing")]
        public string Password { get; set; } = "";

        /// <summary>For the page: whose password it is; null where the link is no longer good.</summary>
        public string? Mail { get; set; }
    }

    [HttpGet("by-mail")]
    public IActionResult ByMail(string? returnUrl) => View("ByMail", new AskForm { ReturnUrl = returnUrl });

    [HttpPost("by-mail")]
    public IActionResult ByMail([FromServices] AskForMailLink ask, AskForm form) => Ask(ask, form, MailLinkKind.SignIn, "ByMail");

    [HttpGet("forgotten")]
    public IActionResult Forgotten() => View("Forgotten", new AskForm());

    [HttpPost("forgotten")]
    public IActionResult Forgotten([FromServices] AskForMailLink ask, AskForm form) => Ask(ask, form, MailLinkKind.NewPassword, "Forgotten");

    [HttpGet("mailed")]
    public IActionResult Mailed() => View("Mailed");

    /// <summary>The page that a link leads to. Opening it uses nothing up: programs that look through mail open links too.</summary>
    [HttpGet("link")]
    public IActionResult Link(string? code)
    {
        ModelState.Clear();
        return View("Link", new LinkForm { Code = code ?? "" });
    }

    [HttpPost("link")]
    public async Task<IActionResult> Link([FromServices] EnterWithMailLink enter, LinkForm form)
    {
        var entered = enter.Run(new EnterWithMailLink.Request(form.Code ?? "", door.From));
        if (!entered.IsRefused) return LocalRedirect(await first.Next(entered.Value.Entered, Proof.MailLink, entered.Value.ReturnUrl));
        ModelState.Clear();
        ModelState.Refuse(entered.Refusal!);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Link", form);
    }

    [HttpGet("new-password")]
    public IActionResult NewPassword([FromServices] ChoosePassword choose, string? code)
    {
        ModelState.Clear();
        return Chosen(choose, new PasswordForm { Code = code ?? "" });
    }

    [HttpPost("new-password")]
    public IActionResult NewPassword([FromServices] ChoosePassword choose, [FromServices] PortalWords words, PasswordForm form)
    {
        if (!ModelState.IsValid) return Chosen(choose, form);
        var chosen = choose.Run(new ChoosePassword.Request(form.Code, form.Password, door.From));
        if (chosen.IsRefused)
        {
            ModelState.Refuse(chosen.Refusal!, chosen.Refusal!.Code.StartsWith("password-", StringComparison.Ordinal) ? nameof(form.Password) : "");
            return Chosen(choose, form);
        }
        TempData.Say(words["password.set"]);
        return LocalRedirect("/sign-in");
    }

    private ViewResult Chosen(ChoosePassword choose, PasswordForm form)
    {
        var found = choose.Find(form.Code ?? "");
        form.Mail = found.IsRefused ? null : found.Value;
        if (found.IsRefused && ModelState.IsValid) ModelState.Refuse(found.Refusal!);
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("NewPassword", form);
    }

    private IActionResult Ask(AskForMailLink ask, AskForm form, MailLinkKind kind, string view)
    {
        if (ModelState.IsValid)
        {
            var asked = ask.Run(new AskForMailLink.Request(kind, form.Mail, door.From, Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl : null));
            if (!asked.IsRefused)
            {
                bell.Ring();
                return LocalRedirect("/sign-in/mailed");
            }
            ModelState.Refuse(asked.Refusal!);
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(view, form);
    }
}
