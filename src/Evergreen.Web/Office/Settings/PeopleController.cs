using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Mail;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Settings;

/// <summary>The people of the office: who has which role since when, invitations, and the end of someone's access.</summary>
[Area("Office")]
[Route("office/{coop}/settings/people")]
[Requires(Permission.ManageUsers)]
public sealed class PeopleController(Desk desk, Door door, MailSettings mail) : Controller
{
    public sealed class InviteForm
    {
        [Required(ErrorMessage = "Give the person's name.")]
        public string DisplayName { get; set; } = "";

        [Required(ErrorMessage = "Give the person's mail address.")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "Choose a role.")]
        public Role? Role { get; set; }

        /// <summary>By mail, at once; otherwise as a letter to print.</summary>
        public bool ByMail { get; set; }
    }

    /// <summary>A role for someone who has an account and is not listed here.</summary>
    public sealed class GrantForm
    {
        [Required(ErrorMessage = "Give the mail address of the account.")]
        public string Mail { get; set; } = "";

        [Required(ErrorMessage = "Choose a role.")]
        public Role? Role { get; set; }
    }

    /// <param name="Invited">Told once, and not kept.</param>
    /// <param name="Problem">Why it did not go by mail, where it was to.</param>
    public sealed record Letter(string DisplayName, string Mail, InvitePerson.Result Invited, bool NewPassword, string Site, string? Problem = null);

    [HttpGet("")]
    public IActionResult Show([FromServices] ListPeople people, string? sort) => View("People", people.Run(desk.CoOp.Id, sort));

    [HttpGet("/office/{coop}/settings/people" + HandedOut.Ending)]
    public IActionResult Download([FromServices] ListPeople people, string? sort, string format) => this.HandOut(format, $"{desk.CoOp.Code}-people", "People", ["Person", "Mail", "Roles", "Second factor", "Last here", "Access"],
        people.Run(desk.CoOp.Id, sort).People.Select(person => (IReadOnlyList<Cell>)
        [
            person.DisplayName, person.Mail, string.Join(", ", person.Roles.Select(held => held.ForAll ? $"{held.Role}, all co-ops" : held.Role.ToString())), person.SecondFactor ? "yes" : "no", HandedOut.Moment(person.LastSignInAt), person.DisabledAt is null ? "open" : "ended",
        ]));

    [HttpGet("roles")]
    public IActionResult Roles() => View("Roles");

    [HttpGet("invite")]
    public IActionResult Invite() => View("Invite", new InviteForm { Role = Role.Clerk });

    [HttpPost("invite")]
    public IActionResult Invite([FromServices] InvitePerson invite, InviteForm form)
    {
        if (ModelState.IsValid)
        {
            var invited = invite.Run(new InvitePerson.Request(desk.CoOp.Id, form.Mail, form.DisplayName, form.Role!.Value, desk.UserId!.Value, desk.Person, door.From));
            if (!invited.IsRefused) return Handed(new Letter(form.DisplayName, form.Mail.Trim(), invited.Value, NewPassword: false, Site), form.ByMail);
            ModelState.Refuse(invited.Refusal!, invited.Refusal!.Code switch { "mail-form" or "person-known" => nameof(form.Mail), "name-missing" => nameof(form.DisplayName), _ => "" });
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Invite", form);
    }

    [HttpPost("invitations/{id:int}/withdraw")]
    public IActionResult TakeBack([FromServices] WithdrawInvitation withdraw, int id) =>
        Done(withdraw.Run(new WithdrawInvitation.Request(id, desk.CoOp.Id, desk.UserId!.Value, desk.Person, door.From)), "The invitation is taken back.");

    [HttpPost("{id:int}/grant")]
    public IActionResult Grant([FromServices] GrantRole grant, int id, Role role) =>
        Done(grant.Run(new GrantRole.Request(id, desk.CoOp.Id, role, desk.UserId!.Value, desk.Person, door.From)), "The role is given.");

    [HttpPost("grant")]
    public IActionResult GrantTo([FromServices] GrantRoleByMail grant, GrantForm form)
    {
        if (ModelState.IsValid)
        {
            var given = grant.Run(new GrantRoleByMail.Request(form.Mail, desk.CoOp.Id, form.Role!.Value, desk.UserId!.Value, desk.Person, door.From));
            if (!given.IsRefused) return Done(given, "The role is given.");
            ModelState.Refuse(given.Refusal!, given.Refusal!.Code switch { "account-unknown" or "person-unknown" => nameof(form.Mail), "role-held" => nameof(form.Role), _ => "" });
        }
        ViewData["Grant"] = form;
        return Again();
    }

    [HttpPost("grants/{id:int}/withdraw")]
    public IActionResult Withdraw([FromServices] WithdrawRole withdraw, int id) =>
        Done(withdraw.Run(new WithdrawRole.Request(id, desk.CoOp.Id, desk.UserId!.Value, desk.Person, door.From)), "The role is withdrawn.");

    [HttpPost("{id:int}/end")]
    public IActionResult End([FromServices] DisablePerson disable, int id) =>
        Done(disable.Run(new DisablePerson.Request(id, desk.CoOp.Id, desk.UserId!.Value, desk.Person, door.From)), "The access is ended, and every session with it.");

    [HttpPost("{id:int}/again")]
    public IActionResult LetInAgain([FromServices] DisablePerson disable, int id) =>
        Done(disable.Run(new DisablePerson.Request(id, desk.CoOp.Id, desk.UserId!.Value, desk.Person, door.From, Again: true)), "The access is given back.");

    [HttpPost("{id:int}/password"), SignsInHere]
    public IActionResult NewPassword([FromServices] ForgottenPassword forgotten, [FromServices] ListPeople people, int id, bool secondFactorLost)
    {
        var made = forgotten.Run(new ForgottenPassword.Request(id, desk.CoOp.Id, secondFactorLost, desk.UserId!.Value, desk.Person, door.From));
        if (made.IsRefused) return Done(made, "");
        var person = people.Run(desk.CoOp.Id).People.First(person => person.UserId == id);
        return View("Letter", new Letter(person.DisplayName, person.Mail, made.Value, NewPassword: true, Site));
    }

    /// <summary>Mailed, or on a page to be printed. What the mail server did not take is printed after all: the code is told only now.</summary>
    private IActionResult Handed(Letter letter, bool byMail)
    {
        if (!byMail) return View("Letter", letter);
        var text = MailLetter.Of($"Your invitation to the office of {desk.CoOp.Name}",
        [
            $"Dear {letter.DisplayName},",
            $"{desk.CoOp.Name} invites you to its office. You will sign in as {letter.Mail}.",
            $"Open the page below and type this code: {letter.Invited.Code}",
            $"It is good once, until {letter.Invited.UntilAt.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}. If you did not expect this mail, tell us and do not use it.",
        ], ("Accept the invitation", new Uri($"{Site}/invitation")), desk.CoOp.Name);
        var sent = new MailAtOnce(desk.Books, mail.Route).Run(new(desk.CoOp.Id, "access.invite-mail", $"invitation {letter.Invited.InvitationId}", letter.Mail, letter.DisplayName, text, desk.Person));
        return sent.IsRefused ? View("Letter", letter with { Problem = sent.Refusal!.Sentence }) : Done(sent, $"The invitation is on its way to {letter.Mail}.");
    }

    private string Site => mail.Site ?? $"{Request.Scheme}://{Request.Host}";

    private IActionResult Done<T>(Outcome<T> outcome, string said)
    {
        if (!outcome.IsRefused)
        {
            TempData.Say(said);
            return LocalRedirect($"/office/{desk.CoOp.Code}/settings/people");
        }
        ModelState.Clear();
        ModelState.Refuse(outcome.Refusal!);
        return Again();
    }

    private ViewResult Again()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("People", HttpContext.RequestServices.GetRequiredService<ListPeople>().Run(desk.CoOp.Id));
    }
}
