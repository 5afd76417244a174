using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Mail;
using Evergreen.Web.Office.Lists;
using Evergreen.Web.Portal.Letters;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>What members report and ask for in the portal, and the office's answers.</summary>
[Route("office/{coop}/members/requests")]
public sealed class RequestsController(Desk desk, MailSettings mail) : Controller
{
    private string Code => desk.CoOp.Code;
    private string Site => mail.Site ?? $"{Request.Scheme}://{Request.Host}";

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult Queue(bool closed, RequestKind? kind, string? after, string? sort)
    {
        ViewData["Closed"] = closed;
        ViewData["Kind"] = kind;
        return View("Requests", new ListRequests(desk.Books).Run(Code, closed, kind, after, sort).Value);
    }

    [HttpGet("/office/{coop}/members/requests" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult Download(bool closed, RequestKind? kind, string? sort, string format) => this.HandOut(format, $"{Code}-requests", "Requests", ["No.", "What", "Member", "Name", "Asked", "About", "File", "Answer"],
        HandedOut.All(after => new ListRequests(desk.Books).Run(Code, closed, kind, after, sort).Value is var page ? (page.Rows, page.Next) : default).Select(row => (IReadOnlyList<Cell>)
        [
            (long?)row.Request.Number, MemberWords.Asked(row.Request.Kind), row.Member, row.Name, HandedOut.Moment(row.Request.At), MemberWords.AskedAbout(row.Request, desk.CoOp.Currency), row.DocumentName, row.Closing is { } closing ? MemberWords.Ended(closing.Ending) : null,
        ]), [null, null, "member", "member", "asked", "about", "answer", "answer"]);

    [HttpGet("{request:int}"), Requires(Permission.SeeMembers)]
    public IActionResult Show(int request) => Shown(request, new AnswerForm());

    private IActionResult Shown(int request, AnswerForm form)
    {
        var row = new ListRequests(desk.Books).One(Code, request);
        if (row.IsRefused) return NotFound();
        ViewData["Row"] = row.Value;
        return View("Request", form);
    }

    [HttpPost("{request:int}/answer"), Requires(Permission.AnswerRequests)]
    public IActionResult Answer(int request, AnswerForm form)
    {
        if (form.Outcome is not ("granted" or "declined") && ModelState.IsValid) ModelState.AddModelError(nameof(form.Outcome), "Choose one.");
        if (!ModelState.IsValid) return Again(request, form);
        var (letters, texts) = (new PortalLetters(desk.CoOp, Site), desk.Books.Read(db => CoOpTexts.Of(db, desk.CoOp)));
        var done = new AnswerRequest(desk.Books).Run(new(Code, request, form.Outcome == "granted", form.Words, form.Import, form.Row, desk.Person, language => letters.RequestAnswered(texts, language)));
        if (done.IsRefused)
        {
            if (done.Refusal!.Code == "request-unknown") return NotFound();
            ModelState.Refuse(done.Refusal!, Redrawing.FieldOf(done.Refusal!));
            return Again(request, form);
        }
        TempData.Say($"Request {request} is answered.{(done.Value.Mailed ? " A mail tells the member that there is an answer." : " The member has no mail address and sees the answer in the portal only.")}");
        return LocalRedirect($"/office/{Code}/members/requests");
    }

    [HttpPost("{request:int}/erase"), Requires(Permission.EraseMembers)]
    public IActionResult Erase(int request, AnswerForm form)
    {
        var row = new ListRequests(desk.Books).One(Code, request);
        if (row.IsRefused) return NotFound();
        if (form.Typed?.Trim() != row.Value.Member)
        {
            ModelState.AddModelError(nameof(form.Typed), "Type the member’s number.");
            return Again(request, form);
        }
        var done = new ErasePerson(desk.Books).Run(new(Code, request, null, desk.Person));
        if (done.IsRefused)
        {
            ModelState.Refuse(done.Refusal!);
            return Again(request, form);
        }
        // The last mail is handed over at once: the address is kept nowhere any more.
        var told = done.Value.Address is { } address && QueueMail.IsAddress(address)
            && !new MailAtOnce(desk.Books, mail.Route).Run(new(desk.CoOp.Id, "members.erase-mail", $"member {done.Value.Member}", address, done.Value.Name, new PortalLetters(desk.CoOp, Site).Erased(done.Value.Language), desk.Person)).IsRefused;
        TempData.Say($"What was known of member {done.Value.Member} is erased.{(told ? " The person was told by mail." : " Tell the person by letter, if you have the address at hand.")}");
        return LocalRedirect($"/office/{Code}/members/requests?closed=true");
    }

    private IActionResult Again(int request, AnswerForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Shown(request, form);
    }
}

public sealed class AnswerForm
{
    public string? Outcome { get; set; }
    public string? Words { get; set; }
    public int? Import { get; set; }
    public long? Row { get; set; }

    /// <summary>The member's number, typed by whoever erases.</summary>
    public string? Typed { get; set; }
}
