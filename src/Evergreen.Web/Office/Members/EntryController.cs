using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>A member's way into the portal, as the office gives it: an invitation by letter or mail, a new password by letter, and its end. A code is told once, in the paper that is handed out.</summary>
[Route("office/{coop}/members/{number}/sign-in")]
public sealed class EntryController(Desk desk, Door door, MailSettings mail) : Controller
{
    private string Code => desk.CoOp.Code;

    private string Number => (string)RouteData.Values["number"]!;

    private string Site => mail.Site ?? $"{Request.Scheme}://{Request.Host}";

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult Show() => new MemberEntry(desk.Books).Run(Code, Number) is { IsRefused: false } page ? View("Entry", page.Value) : NotFound();

    [HttpPost("letter"), Requires(Permission.EditMembers)]
    public IActionResult Letter()
    {
        var invited = Invite(InvitationWay.Letter);
        return invited.IsRefused ? Again(invited.Refusal!) : Paper(EntryLetters.Invitations(desk.Books.Read(db => CoOpTexts.Of(db, invited.Value.CoOp)), [invited.Value], Site, desk.Today));
    }

    [HttpPost("mail"), Requires(Permission.EditMembers)]
    public IActionResult Mail()
    {
        var invited = Invite(InvitationWay.Mail);
        if (invited.IsRefused) return Again(invited.Refusal!);
        var sent = new MailInvitation(desk.Books, mail.Route).Run(new(invited.Value, Site, desk.Person));
        return sent.IsRefused ? Again(sent.Refusal!) : Done($"The invitation is on its way to {invited.Value.Member.Email}.");
    }

    [HttpPost("withdraw"), Requires(Permission.EditMembers)]
    public IActionResult Withdraw() => Answer(new WithdrawMemberInvitation(desk.Books).Run(new(Code, Number, desk.Person, door.From)), "The invitation is taken back; its code no longer opens anything.");

    [HttpPost("end"), Requires(Permission.EditMembers)]
    public IActionResult End() => Answer(new EndMemberSignIn(desk.Books).Run(new(Code, Number, desk.Person, door.From)), "The account no longer stands for this member.");

    /// <param name="secondFactorLost">Only for those who may manage people.</param>
    [HttpPost("password"), Requires(Permission.EditMembers), SignsInHere]
    public IActionResult Password([FromServices] MayDo mayDo, bool secondFactorLost)
    {
        var made = new MemberPasswordLetter(desk.Books, mayDo).Run(new(Code, Number, secondFactorLost, desk.UserId!.Value, desk.SecondFactor, desk.Person, door.From));
        return made.IsRefused ? Again(made.Refusal!) : Paper(EntryLetters.Password(made.Value, Site, desk.Today));
    }

    /// <summary>For a member without a second factor, who wants to be paid elsewhere.</summary>
    [HttpPost("bank-letter"), Requires(Permission.EditSecrets)]
    public IActionResult BankLetter()
    {
        var made = new MakeBankLetter(desk.Books).Run(new(Code, Number, desk.Person, door.From));
        return made.IsRefused ? Again(made.Refusal!) : Paper(EntryLetters.Bank(made.Value, Site, desk.Today));
    }

    private Outcome<InviteMember.Result> Invite(InvitationWay way) => new InviteMember(desk.Books).Run(new(Code, Number, way, desk.Person, door.From));

    /// <summary>Handed out once: it is not kept, and a browser is told not to keep it either.</summary>
    private FileContentResult Paper(WriteLetter.Written letter) => File(letter.Pdf, "application/pdf", letter.FileName);

    private IActionResult Answer(Outcome<bool> outcome, string said) => outcome.IsRefused ? Again(outcome.Refusal!) : Done(said);

    private LocalRedirectResult Done(string said)
    {
        TempData.Say(said);
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(Number)}/sign-in");
    }

    private IActionResult Again(Refusal refusal)
    {
        if (refusal.Code == "member-unknown") return NotFound();
        ModelState.Clear();
        ModelState.Refuse(refusal);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show();
    }
}
