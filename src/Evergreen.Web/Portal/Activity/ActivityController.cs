using Evergreen.Application.Patronage;
using Evergreen.Domain.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Activity;

/// <summary>A member's purchases and hours, as the co-op counts them.</summary>
public sealed class ActivityController(MemberDesk desk, PortalWords words) : Controller
{
    /// <summary>What to show; it stands in the address, so that it can be kept and sent.</summary>
    public sealed class Query
    {
        public PatronageKind? Kind { get; set; }
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }

        /// <summary>Code of the department or kind of hours.</summary>
        public string? Category { get; set; }
        public string? After { get; set; }

        public bool IsNarrow => From is not null || To is not null || !string.IsNullOrEmpty(Category);
    }

    [HttpGet("/my/{coop}/activity"), ForMember(Share.Records)]
    public IActionResult Show(Query query)
    {
        if (query.From > query.To)
        {
            ModelState.AddModelError(nameof(query.To), words["unreadable-days"]);
            query.To = null;
        }
        return View("Activity", (new MemberActivity(desk.Books).Run(Asked(query)).Value, query));
    }

    [HttpGet("/my/{coop}/activity.csv"), ForMember(Share.Records)]
    public IActionResult Download(Query query)
    {
        query.Kind ??= new MemberActivity(desk.Books).Run(Asked(query)).Value.About;
        var file = new MemoryStream();
        string[] columns = [words["col.day"], words["col.period-from"], words["col.period-to"], words[query.Kind == PatronageKind.Purchases ? "col.amount" : "col.hours"], words[$"col.where.{query.Kind}"], words["col.store"], words["col.reference"], words["col.import"]];
        new MemberActivity(desk.Books).Export(Asked(query), file, columns);
        Response.Headers.CacheControl = "no-store";
        return File(file.ToArray(), "text/csv; charset=utf-8", $"{desk.Seat.CoOp.Code}-{(query.Kind == PatronageKind.Purchases ? "purchases" : "hours")}.csv");
    }

    private MemberActivity.Request Asked(Query query) =>
        new(desk.Seat.CoOp.Code, desk.Seat.MemberNumber, query.Kind is { } kind && Enum.IsDefined(kind) ? kind : null) { From = query.From, To = query.To, Category = query.Category, After = query.After };
}
