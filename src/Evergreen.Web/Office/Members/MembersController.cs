using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>The list of members, and one member's pages.</summary>
[Route("office/{coop}/members")]
public sealed class MembersController(Desk desk) : Controller
{
    public sealed record ListPage(CoOp CoOp, MemberQuery Query, MemberList.Page Members, IReadOnlyList<MemberClass> Classes, int Waiting);

    /// <summary>What is asked of a member's timeline; it stands in the address.</summary>
    public sealed record TimelineQuery
    {
        public string? What { get; init; }
        public string? By { get; init; }
        public DateOnly? From { get; init; }
        public DateOnly? To { get; init; }

        internal MemberTimeline.Filter Filter => new(What, By, From, To);
    }

    public sealed record TimelinePage(MemberTimeline.Page Shown, TimelineQuery Query);

    private string Code => desk.CoOp.Code;

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult List(MemberQuery query) => Listed(query);

    private IActionResult Listed(MemberQuery query)
    {
        var list = new MemberList(desk.Books).Run(new(Code, query.Filter(desk.Today), query.SortOrNumber, query.After));
        if (list.IsRefused) return NotFound();
        return View("List", new ListPage(desk.CoOp, query, list.Value, new ListClasses(desk.Books).Run(Code).Value, new ListApplications(desk.Books).Waiting(Code).Value));
    }

    [HttpGet("members" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult Download(MemberQuery query, string format)
    {
        var file = new MemoryStream();
        var written = new MemberList(desk.Books).Export(new(Code, query.Filter(desk.Today), query.SortOrNumber) { Columns = query.Columns }, file, format == "xlsx");
        return written.IsRefused ? NotFound() : File(file.ToArray(), format == "xlsx" ? HandedOut.Xlsx : HandedOut.Csv, $"{Code}-members.{format}");
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
    public IActionResult Show(string number) => new MemberPage(desk.Books).Run(Code, number) is { IsRefused: false } page ? View("Show", page.Value) : NotFound();

    [HttpGet("{number}/account"), Requires(Permission.SeeMembers)]
    public IActionResult Account(string number) => new MemberAccount(desk.Books).Run(Code, number) is { IsRefused: false } page ? View("Account", page.Value) : NotFound();

    [HttpGet("{number}/patronage"), Requires(Permission.SeeMembers)]
    public IActionResult Patronage(string number) => new MemberPatronage(desk.Books).Run(Code, number) is { IsRefused: false } page ? View("Patronage", page.Value) : NotFound();

    [HttpGet("{number}/timeline"), Requires(Permission.SeeMembers)]
    public IActionResult Timeline(string number, [FromQuery] TimelineQuery query, string? after) =>
        new MemberTimeline(desk.Books).Run(Code, number, after, query.Filter) is { IsRefused: false } page ? View("Timeline", new TimelinePage(page.Value, query)) : NotFound();

    [HttpGet("{number}/timeline" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult TimelineFile(string number, [FromQuery] TimelineQuery query, string format)
    {
        var timeline = new MemberTimeline(desk.Books);
        if (timeline.Run(Code, number) is not { IsRefused: false } first) return NotFound();
        var events = HandedOut.All(after =>
        {
            var page = timeline.Run(Code, number, after, query.Filter).Value;
            return (page.Events, page.Next);
        });
        return this.HandOut(format, $"{Code}-{first.Value.Number}-timeline", "Timeline", ["When", "What", "Changes", "Who", "From where"],
            events.Select(one => (IReadOnlyList<Cell>)[HandedOut.Moment(one.At), one.Record == first.Value.Number ? one.What : $"{one.What} (record {one.Record})", string.Join("; ", one.Changes.Select(change => $"{change.Field}: {change.Before ?? "nothing"} → {change.After ?? "nothing"}")), one.By, one.From]));
    }

    [HttpGet("{number}/documents"), Requires(Permission.SeeMembers)]
    public IActionResult Documents(string number) => new MemberPage(desk.Books).Run(Code, number) is { IsRefused: false } page ? View("Documents", page.Value) : NotFound();

    [HttpGet("{number}/mail"), Requires(Permission.SeeMembers)]
    public IActionResult Mail(string number, int? after) => new MemberMails(desk.Books).Run(Code, number, after) is { IsRefused: false } page ? View("Mail", page.Value) : NotFound();

    /// <summary>Handed out to be kept, never to be shown by the browser in our name.</summary>
    [HttpGet("{number}/documents/{id:length(32)}"), Requires(Permission.SeeMembers)]
    public IActionResult Document(string number, string id)
    {
        var document = new ReadDocument(desk.Books).Run(Code, number, id, desk.Person);
        return document.IsRefused ? NotFound() : File(document.Value.Bytes, document.Value.MediaType, document.Value.FileName);
    }

    private LocalRedirectResult Away(string number) => LocalRedirect($"/office/{Code}/members/{Uri.EscapeDataString(number)}");
}
