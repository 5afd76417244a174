using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Search;

/// <summary>The one box at the top: what it finds, and nothing that the person may not open.</summary>
[Route("office/{coop}/search")]
public sealed class SearchController(Desk desk) : Controller
{
    public sealed record SearchPage(string Text, SearchOffice.Result Found, IReadOnlyList<(string Name, string Url)> Pages);

    /// <summary>Pages by the words that people look for them with.</summary>
    private static readonly (string Name, string Path, Permission Needs, string Words)[] Pages =
    [
        ("Overview", "", Permission.SeeMembers, "overview home tasks dashboard"),
        ("Members", "/members", Permission.SeeMembers, "members list people"),
        ("Enrol a member", "/members/new", Permission.EditMembers, "enrol new member add"),
        ("Applications", "/members/applications", Permission.SeeMembers, "applications approve decline join"),
        ("Requests of members", "/members/requests", Permission.SeeMembers, "requests reports missing wrong leave withdraw erasure answer"),
        ("Register as of a date", "/members/register", Permission.SeeMembers, "register date history"),
        ("Households", "/members/households", Permission.SeeMembers, "households family"),
        ("Duplicates", "/members/duplicates", Permission.SeeMembers, "duplicates merge twins"),
        ("Imports", "/imports", Permission.Import, "imports upload file csv"),
        ("Dividends", "/dividends", Permission.SeeLedger, "dividends patronage run policy close year"),
        ("Statements", "/statements", Permission.SeeLedger, "statements letters print notices"),
        ("Audit", "/audit", Permission.SeeAudit, "audit who did what"),
        ("Settings", "/settings", Permission.EditSettings, "settings details fiscal year logo departments retention"),
        ("Users and roles", "/settings/users", Permission.ManageUsers, "users roles invite people access"),
    ];

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult Find(string? q)
    {
        var text = q?.Trim() ?? "";
        var found = new SearchOffice(desk.Books).Run(new(desk.CoOp.Code, text, desk.May(Permission.SeeMembers), desk.May(Permission.SeeLedger), desk.May(Permission.Import) || desk.May(Permission.SeeLedger))).Value;
        var words = Domain.Members.SearchKey.Words(text);
        var pages = words.Count == 0 ? [] : Pages.Where(page => desk.Holds(page.Needs) && words.All(word => page.Words.Contains(word, StringComparison.Ordinal))).Select(page => (page.Name, $"/office/{desk.CoOp.Code}{page.Path}")).ToList();
        return View("Found", new SearchPage(text, found, pages));
    }
}
