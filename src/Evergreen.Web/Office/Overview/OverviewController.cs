using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Overview;

/// <summary>The first page of the office: what is to be done for the year, and how the co-op stands.</summary>
[Area("Office")]
[Route("office/{coop}")]
public sealed class OverviewController(Desk desk) : Controller
{
    [HttpGet("")]
    [Requires(Permission.SeeMembers)]
    public IActionResult Show()
    {
        ViewData["Waits"] = new WhatWaits(desk.Books).Run(new(desk.CoOp.Code, desk.May(Permission.DecideApplications), desk.May(Permission.AnswerRequests), desk.May(Permission.Import), desk.May(Permission.EditMembers), desk.May(Permission.EraseMembers))).Value;
        ViewData["Missing"] = new WhatIsMissing(desk.Books).Run(desk.CoOp.Code).Value;
        return View("Overview", new YearOverview(desk.Books).Run(desk.CoOp.Code).Value);
    }

    /// <summary>Who does a task of the year, and where.</summary>
    public static (Permission Needs, string Url) Place(YearTask task, string code, int year)
    {
        var dividends = $"/office/{code}/dividends";
        return task.Kind switch
        {
            YearTaskKind.CloseBooks => (Permission.CloseYear, $"{dividends}/{year}/close"),
            YearTaskKind.MatchHeldRows => (Permission.Import, $"/office/{code}/imports"),
            YearTaskKind.GiveReasons => (Permission.CloseYear, $"{dividends}/{year}"),
            YearTaskKind.AdoptPolicy => (Permission.EditPolicy, $"{dividends}/{year}/policy"),
            YearTaskKind.Calculate => (Permission.CalculateDividend, $"{dividends}/{year}"),
            YearTaskKind.Review => (Permission.CalculateDividend, $"{dividends}/runs/{task.Run}/rehearsal"),
            YearTaskKind.Approve => (Permission.ApproveDividend, $"{dividends}/runs/{task.Run}/approve"),
            YearTaskKind.Post => (Permission.PostDividend, $"{dividends}/runs/{task.Run}/post"),
            YearTaskKind.Pay => (Permission.PostDividend, $"{dividends}/runs/{task.Run}/pay"),
            _ => (Permission.IssueStatements, $"/office/{code}/statements"),
        };
    }
}
