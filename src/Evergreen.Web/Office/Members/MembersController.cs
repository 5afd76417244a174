using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>The list of members, and one member's pages.</summary>
[Route("office/{coop}/members")]
public sealed class MembersController(Desk desk) : Controller
{
    private const string Csv = "text/csv; charset=utf-8", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public sealed record ListPage(CoOp CoOp, MemberQuery Query, MemberList.Page Members, IReadOnlyList<MemberClass> Classes, IReadOnlyList<SavedFilter> Filters, int Waiting);

    private string Code => desk.CoOp.Code;

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult List(MemberQuery query) => Listed(query);

    private IActionResult Listed(MemberQuery query)
    {
        var list = new MemberList(desk.Books).Run(new(Code, query.Filter(desk.Today), query.SortOrNumber, query.After));
        if (list.IsRefused) return NotFound();
        return View("List", new ListPage(desk.CoOp, query, list.Value, new ListClasses(desk.Books).Run(Code).Value, new SaveFilter(desk.Books).Of(Code, "members", desk.Person).Value, new ListApplications(desk.Books).Waiting(Code).Value));
    }

    [HttpGet("members.{format:regex(^(csv|xlsx)$)}"), Requires(Permission.SeeMembers)]
    public IActionResult Download(MemberQuery query, string format)
    {
        var file = new MemoryStream();
        var written = new MemberList(desk.Books).Export(new(Code, query.Filter(desk.Today), query.SortOrNumber) { Columns = query.Columns }, file, format == "xlsx");
        return written.IsRefused ? NotFound() : File(file.ToArray(), format == "xlsx" ? Xlsx : Csv, $"{Code}-members.{format}");
    }

    [HttpPost("filters"), Requires(Permission.SeeMembers)]
    public IActionResult KeepFilter(FilterForm form)
    {
        var saved = new SaveFilter(desk.Books).Run(new(Code, "members", form.Name, form.Query, form.Shared, desk.Person));
        TempData.Say(saved.IsRefused ? saved.Refusal!.Sentence : $"The filter “{saved.Value.Name}” is kept.");
        return LocalRedirect($"/office/{Code}/members{(form.Query.StartsWith('?') ? form.Query : "")}");
    }

    [HttpPost("filters/{id:int}/remove"), Requires(Permission.SeeMembers)]
    public IActionResult RemoveFilter(int id)
    {
        if (new SaveFilter(desk.Books).Remove(Code, id, desk.Person).IsRefused) return NotFound();
        TempData.Say("The filter is removed.");
        return LocalRedirect($"/office/{Code}/members");
    }

    [HttpGet("new"), Requires(Permission.EditMembers)]
    public IActionResult New() => View("New", Enrolling(new EnrolForm { JoinedOn = desk.Today, Country = desk.CoOp.Country }));

    [HttpPost("new"), Requires(Permission.EditMembers)]
    public IActionResult New(EnrolForm form)
    {
        if (this.Lacks(form.JoinedOn, "JoinedOn") || !ModelState.IsValid) return this.Redrawn("New", Enrolling(form));
        var made = new EnrolMember(desk.Books).Run(new(Code, form.Number, form.Particulars, string.IsNullOrWhiteSpace(form.Class) ? [] : [form.Class], form.JoinedOn!.Value, desk.Person, form.Consent, form.ConsentOn));
        if (made.IsRefused) return this.Redrawn("New", Enrolling(form), made.Refusal!);
        TempData.Say($"{made.Value.Name} is enrolled as member {made.Value.Number}.");
        return Away(made.Value.Number);
    }

    private EnrolForm Enrolling(EnrolForm form)
    {
        form.NextNumber = new EnrolMember(desk.Books).NextNumber(Code).Value;
        form.Classes = new ListClasses(desk.Books).Run(Code).Value;
        return form;
    }

    [HttpGet("{number}"), Requires(Permission.SeeMembers)]
    public IActionResult Show(string number) => new MemberPage(desk.Books).Run(Code, number) is { IsRefused: false } page ? Seen("Show", number, page.Value) : NotFound();

    [HttpGet("{number}/account"), Requires(Permission.SeeMembers)]
    public IActionResult Account(string number) => new MemberAccount(desk.Books).Run(Code, number) is { IsRefused: false } page ? Seen("Account", number, page.Value) : NotFound();

    [HttpGet("{number}/patronage"), Requires(Permission.SeeMembers)]
    public IActionResult Patronage(string number) => new MemberPatronage(desk.Books).Run(Code, number) is { IsRefused: false } page ? Seen("Patronage", number, page.Value) : NotFound();

    [HttpGet("{number}/timeline"), Requires(Permission.SeeMembers)]
    public IActionResult Timeline(string number, string? after) => new MemberTimeline(desk.Books).Run(Code, number, after) is { IsRefused: false } page ? Seen("Timeline", number, page.Value) : NotFound();

    [HttpGet("{number}/documents"), Requires(Permission.SeeMembers)]
    public IActionResult Documents(string number) => new MemberPage(desk.Books).Run(Code, number) is { IsRefused: false } page ? Seen("Documents", number, page.Value) : NotFound();

    /// <summary>Handed out to be kept, never to be shown by the browser in our name.</summary>
    [HttpGet("{number}/documents/{id:length(32)}"), Requires(Permission.SeeMembers)]
    public IActionResult Document(string number, string id)
    {
        var document = new ReadDocument(desk.Books).Run(Code, number, id, desk.Person);
        return document.IsRefused ? NotFound() : File(document.Value.Bytes, document.Value.MediaType, document.Value.FileName);
    }

    /// <summary>A page about one member: that it was opened is written down, once a day for each person, so that the member can see who looked.</summary>
    private ViewResult Seen(string view, string number, object page)
    {
        new NoteLook(desk.Books).Run(desk.CoOp.Id, number, desk.Person);
        return View(view, page);
    }

    private LocalRedirectResult Away(string number) => LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(number)}");
}
