using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Jobs;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Access;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>Invites all active members who have no sign-in: letters in one file to print, or mails.</summary>
[Route("office/{coop}/members/invitations")]
public sealed class InvitationsController(Desk desk, Door door, MailSettings mail) : Controller
{
    private string Site => mail.Site ?? $"{Request.Scheme}://{Request.Host}";

    [HttpGet(""), Requires(Permission.EditMembers)]
    public IActionResult Show() => View("Invitations", new InviteMembers(desk.Books).HowMany(desk.CoOp.Code).Value);

    /// <summary>The next so many letters, in the order of the post. Not kept: the codes stand in it.</summary>
    [HttpPost("letters"), Requires(Permission.EditMembers)]
    public IActionResult Letters()
    {
        var invited = new InviteMembers(desk.Books).Run(new(desk.CoOp.Code, InvitationWay.Letter, InviteMembers.Most, desk.Person, door.From));
        if (invited.IsRefused) return Again(invited.Refusal!);
        if (invited.Value.Count == 0) return Done("Nobody is waiting for an invitation.");
        var letters = EntryLetters.Invitations(desk.Books.Read(db => CoOpTexts.Of(db, invited.Value[0].CoOp)), invited.Value, Site, desk.Today);
        return File(letters.Pdf, "application/pdf", letters.FileName);
    }

    [HttpPost("mails"), Requires(Permission.EditMembers)]
    public IActionResult Mails([FromServices] JobKinds kinds)
    {
        var started = new StartJob(desk.Books, kinds).Run(new(InvitationJobs.ByMail, desk.CoOp.Id, "members without a sign-in", new InvitationJobs.Order(desk.CoOp.Code, Site), $"{desk.CoOp.Id} {Request.Form[OnceFilter.FieldName]}", desk.Person, desk.PageOfJob));
        return started.IsRefused ? Again(started.Refusal!) : LocalRedirect(desk.PageOfJob(started.Value.JobId));
    }

    private LocalRedirectResult Done(string said)
    {
        TempData.Say(said);
        return LocalRedirect($"/office/{desk.CoOp.Code}/members/invitations");
    }

    private IActionResult Again(Refusal refusal)
    {
        ModelState.Refuse(refusal);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Show();
    }
}
