using System.ComponentModel.DataAnnotations;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Access;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Portal.Welcome;

/// <summary>A member comes in with the code of an invitation: with a new account, or with the one that is there already. Where an authority stands in the place of passwords, a new account is made for whom it sends back.</summary>
[AllowAnonymous]
[Route("welcome")]
public sealed class WelcomeController(Door door, PassingCookie passing, Arrivals arrivals, FindMemberInvitation find, PageLanguage language, PortalWords words) : Controller
{
    private const string Kept = "welcome";

    public sealed class CodeForm
    {
        [Required(ErrorMessage = "@code.missing")]
        public string Code { get; set; } = "";

        [Required(ErrorMessage = "@number.missing")]
        public string Number { get; set; } = "";
    }

    public sealed class AccountForm
    {
        [Required(ErrorMessage = "@mail.missing")]
        public string Mail { get; set; } = "";
        public string? Password { get; set; }

        /// <summary>The button that was pressed: a passkey in place of the password.</summary>
        public bool Passkey { get; set; }

        [BindNever, ValidateNever]
        public FindMemberInvitation.Result Invited { get; set; } = null!;

        /// <summary>The account's mail address; null where nobody is signed in.</summary>
        [BindNever, ValidateNever]
        public string? SignedInAs { get; set; }

        /// <summary>As whom the person came back from the authority; null for whoever did not go there yet.</summary>
        [BindNever, ValidateNever]
        public string? CameAs { get; set; }
    }

    private OutsideSettings? Alone => OutsideSettings.AloneAt(HttpContext);

    [HttpGet("")]
    public IActionResult Show(string? code)
    {
        ModelState.Clear();
        return View("Welcome", new CodeForm { Code = code ?? "" });
    }

    [HttpPost("")]
    public IActionResult Check(CodeForm form)
    {
        if (ModelState.IsValid)
        {
            var found = find.Run(new FindMemberInvitation.Request(form.Code, form.Number, door.From));
            if (!found.IsRefused)
            {
                passing.Keep(Kept, $"{SecretCode.AsMeant(form.Code)}|{found.Value.MemberNumber}");
                return LocalRedirect("/welcome/account");
            }
            ModelState.Refuse(found.Refusal!, found.Refusal!.Code == "member-invitation-unknown" ? nameof(form.Code) : "");
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Welcome", form);
    }

    [HttpGet("account")]
    public IActionResult Account() => Invited() is { } invited ? View("Account", Page(invited, new AccountForm { Mail = invited.Mail ?? "" })) : Begin();

    [HttpPost("account")]
    public async Task<IActionResult> Account([FromServices] AcceptMembership accept, [FromServices] AddressMail mail, AccountForm form)
    {
        if (Invited() is not { } invited) return Begin();
        if (Alone is not null) return await Join(accept, invited);
        if (!form.Passkey && string.IsNullOrEmpty(form.Password)) ModelState.AddModelError(nameof(form.Password), "@password.missing");
        if (ModelState.IsValid)
        {
            var (code, number) = Remembered()!.Value;
            var accepted = accept.Run(new AcceptMembership.Request(code, number, null, new AcceptMembership.NewAccount(form.Mail, form.Passkey ? null : form.Password), door.From));
            if (!accepted.IsRefused)
            {
                passing.Drop(Kept);
                var home = $"/my/{accepted.Value.CoOpCode}";
                if (!await door.Open(accepted.Value.UserId, Proof.Password)) return LocalRedirect("/sign-in");
                // What was typed may be typed wrong: before it is used for anything, a link goes there.
                var sent = accepted.Value.MailConfirmed ? (Outcome<string>?)null : mail.Send(accepted.Value.UserId, door.From);
                TempData.Say(words["linked", invited.CoOp] + (sent is null ? "" : " " + (sent.Value.IsRefused ? words["address.not-sent"] : words["address.sent", sent.Value.Value])));
                return LocalRedirect(form.Passkey ? $"/account/passkey?returnUrl={Uri.EscapeDataString(home)}" : home);
            }
            ModelState.Refuse(accepted.Refusal!, accepted.Refusal!.Code switch { "mail-form" or "account-there" => nameof(form.Mail), var refused when refused.StartsWith("password-", StringComparison.Ordinal) => nameof(form.Password), _ => "" });
        }
        return Again(invited, form);
    }

    /// <summary>For someone who came back from the authority, which has checked the address.</summary>
    private async Task<IActionResult> Join(AcceptMembership accept, FindMemberInvitation.Result invited)
    {
        ModelState.Clear();
        if (arrivals.Waiting(Alone) is not { Person: { } person } came) return Again(invited, new AccountForm());
        var (code, number) = Remembered()!.Value;
        var accepted = accept.Run(new AcceptMembership.Request(code, number, null, new AcceptMembership.NewAccount(person.Mail, null, person), door.From));
        if (accepted.IsRefused)
        {
            ModelState.Refuse(accepted.Refusal!);
            return Again(invited, new AccountForm());
        }
        passing.Drop(Kept);
        TempData.Say(words["linked", invited.CoOp]);
        return LocalRedirect(await arrivals.Open(accepted.Value.UserId, came) ? $"/my/{accepted.Value.CoOpCode}" : "/sign-in");
    }

    [HttpPost("link")]
    public IActionResult Link([FromServices] AcceptMembership accept)
    {
        if (Invited() is not { } invited) return Begin();
        if (door.UserId is not { } user) return LocalRedirect("/sign-in?returnUrl=%2Fwelcome%2Faccount");
        var (code, number) = Remembered()!.Value;
        var accepted = accept.Run(new AcceptMembership.Request(code, number, user, null, door.From));
        if (accepted.IsRefused)
        {
            ModelState.Refuse(accepted.Refusal!);
            return Again(invited, new AccountForm());
        }
        passing.Drop(Kept);
        TempData.Say(words["linked", invited.CoOp]);
        return LocalRedirect($"/my/{accepted.Value.CoOpCode}");
    }

    private (string Code, string Number)? Remembered() => passing.Read(Kept)?.Split('|', 2) is [var code, var number] ? (code, number) : null;

    /// <summary>The invitation that this browser showed the code of; its member's language is spoken from here on.</summary>
    private FindMemberInvitation.Result? Invited()
    {
        if (Remembered() is not var (code, number) || find.Again(code, number) is not { IsRefused: false } found) return null;
        language.Speak(found.Value.Language, found.Value.Country);
        return found.Value;
    }

    private AccountForm Page(FindMemberInvitation.Result invited, AccountForm form)
    {
        (form.Invited, form.SignedInAs, form.CameAs) = (invited, door.UserId is null ? null : User.Identity!.Name, arrivals.Waiting(Alone)?.Mail);
        return form;
    }

    private ViewResult Again(FindMemberInvitation.Result invited, AccountForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Account", Page(invited, form));
    }

    private LocalRedirectResult Begin()
    {
        TempData.Say(words["too-long"]);
        return LocalRedirect("/welcome");
    }
}
