using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>The inbox of applications for membership, and the answers to them.</summary>
[Route("office/{coop}/members/applications")]
public sealed class ApplicationsController(Desk desk) : Controller
{
    private string Code => desk.CoOp.Code;

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult Inbox(bool decided, string? after, string? sort)
    {
        ViewData["Decided"] = decided;
        return View("Applications", new ListApplications(desk.Books).Run(Code, decided, after, sort).Value);
    }

    [HttpGet("/office/{coop}/members/applications" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult Download(bool decided, string? sort, string format) => this.HandOut(format, $"{Code}-applications", "Applications", ["No.", "Name", "Received", "Class", "Bylaw given", "Decision", "Decided", "Member"],
        HandedOut.All(after => new ListApplications(desk.Books).Run(Code, decided, after, sort).Value is var page ? (page.Rows, page.Next) : default).Select(row => (IReadOnlyList<Cell>)
        [
            (long?)row.Application.Number, row.Application.Name, (DateOnly?)row.Application.ReceivedOn, row.Application.Class, row.Application.BylawGivenOn, row.Decision switch { null => null, { Approved: true } => "approved", _ => "declined" }, row.Decision?.On, row.Member,
        ]), [null, null, "received", "class", "decision", "decision", "decision", "decision"]);

    [HttpGet("new"), Requires(Permission.EditMembers)]
    public IActionResult Receive() => View("Receive", Receiving(new ApplicationForm { ReceivedOn = desk.Today, Country = desk.CoOp.Country }));

    [HttpPost("new"), Requires(Permission.EditMembers)]
    public IActionResult Receive(ApplicationForm form)
    {
        Receiving(form);
        if (this.Lacks(form.ReceivedOn, "ReceivedOn") || !ModelState.IsValid) return this.Redrawn("Receive", form);
        var done = new ReceiveApplication(desk.Books).Run(new(Code, form.Particulars, form.Class, form.ReceivedOn!.Value, form.BylawGivenOn, desk.Person));
        if (done.IsRefused) return this.Redrawn("Receive", form, done.Refusal!, done.Refusal!.Code == "day-not-yet" ? "ReceivedOn" : null);
        TempData.Say($"Application {done.Value.Number} of {done.Value.Name} waits for a decision.");
        return LocalRedirect($"/office/{Code}/members/applications");
    }

    private ApplicationForm Receiving(ApplicationForm form)
    {
        form.Classes = new ListClasses(desk.Books).Run(Code).Value;
        return form;
    }

    [HttpGet("{application:int}"), Requires(Permission.SeeMembers)]
    public IActionResult Show(int application) => Shown(application, null);

    private IActionResult Shown(int application, DecideForm? form)
    {
        var row = new ListApplications(desk.Books).One(Code, application);
        if (row.IsRefused) return NotFound();
        ViewData["Row"] = row.Value;
        ViewData["Classes"] = new ListClasses(desk.Books).Run(Code).Value;
        return View("Application", form ?? new DecideForm { JoinedOn = desk.Today, Class = row.Value.Application.Class });
    }

    [HttpPost("{application:int}/approve"), Requires(Permission.DecideApplications)]
    public IActionResult Approve(int application, DecideForm form)
    {
        if (this.Lacks(form.JoinedOn, "JoinedOn") || !ModelState.IsValid) return Again(application, form);
        var done = new ApproveApplication(desk.Books).Run(new(Code, application, form.JoinedOn!.Value, desk.Person, form.Class, form.Number));
        if (done.IsRefused)
        {
            ModelState.Refuse(done.Refusal!, Redrawing.FieldOf(done.Refusal!));
            return Again(application, form);
        }
        TempData.Say($"{done.Value.Name} is member {done.Value.Number}.");
        return LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(done.Value.Number)}");
    }

    [HttpPost("{application:int}/decline"), Requires(Permission.DecideApplications)]
    public IActionResult Decline(int application, DecideForm form)
    {
        var done = new DeclineApplication(desk.Books).Run(new(Code, application, form.Reason, desk.Person));
        if (done.IsRefused)
        {
            ModelState.Refuse(done.Refusal!, Redrawing.FieldOf(done.Refusal!));
            return Again(application, form);
        }
        TempData.Say($"Application {application} is declined.");
        return LocalRedirect($"/office/{Code}/members/applications/{application}");
    }

    [HttpGet("{application:int}/letter"), Requires(Permission.EditMembers)]
    public IActionResult Letter(int application)
    {
        var done = new WriteLetter(desk.Books).Declined(Code, application, desk.Person);
        return done.IsRefused ? NotFound() : File(done.Value.Pdf, "application/pdf", done.Value.FileName);
    }

    private IActionResult Again(int application, DecideForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(application, form);
    }
}
