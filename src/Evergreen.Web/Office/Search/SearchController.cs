using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Search;

/// <summary>The one box at the top: what it finds, and nothing that the person may not open.</summary>
[Route("office/{coop}/search")]
public sealed class SearchController(Desk desk) : Controller
{
    public sealed record SearchPage(string Text, SearchOffice.Result Found, IReadOnlyList<(string Name, string Url)> Pages);

    /// <summary>Pages by their names, and by other words that people look for them with.</summary>
    private static readonly (string Name, string Path, Permission Needs, string Words)[] Pages =
    [
        ("Overview", "", Permission.SeeMembers, "overview home tasks dashboard"),
        ("Members", "/members", Permission.SeeMembers, "members list people"),
        ("Enrol a member", "/members/new", Permission.EditMembers, "enrol new member add"),
        ("Applications", "/members/applications", Permission.SeeMembers, "applications approve decline join"),
        ("Requests of members", "/members/requests", Permission.SeeMembers, "requests reports missing wrong leave withdraw erasure answer"),
        ("Invite members", "/members/invitations", Permission.EditMembers, "members invitations portal sign-in letters"),
        ("Register as of a date", "/members/register", Permission.SeeMembers, "register date history"),
        ("Households", "/members/households", Permission.SeeMembers, "households family"),
        ("Duplicates", "/members/duplicates", Permission.SeeMembers, "duplicates merge twins"),
        ("Imports", "/imports", Permission.Import, "imports upload file csv"),
        ("Import a file", "/imports/new", Permission.Import, "import upload file csv xlsx new"),
        ("Rows that wait for a member", "/imports/held", Permission.Import, "held rows unknown member wait match"),
        ("Dividends", "/dividends", Permission.SeeLedger, "dividends patronage run policy close year"),
        ("Ledger", "/ledger", Permission.SeeLedger, "ledger accounts trial balance entries debits credits capital reserve"),
        ("Statements", "/statements", Permission.SeeLedger, "statements letters print notices"),
        ("Audit", "/audit", Permission.SeeAudit, "audit who did what"),
        ("Long work", "/jobs", Permission.SeeJobs, "long work jobs progress"),
        ("Settings", "/settings", Permission.EditSettings, "settings details fiscal year logo departments retention mail"),
        ("Details of the co-op", "/settings/details", Permission.EditSettings, "settings details name address contact colour redemption time zone"),
        ("Logo", "/settings/logo", Permission.EditSettings, "settings logo statement"),
        ("Departments and kinds of hours", "/settings/departments", Permission.EditSettings, "settings eligible eligibility"),
        ("Letters and mails", "/settings/texts", Permission.EditSettings, "settings templates texts words wording welcome farewell invitation notice"),
        ("Retention", "/settings/retention", Permission.EditSettings, "settings years keep privacy"),
        ("Records that are over their term", "/settings/retention/over-term", Permission.EraseMembers, "settings retention erase erasure privacy old"),
        ("Members’ sign-in", "/settings/sign-in", Permission.EditSettings, "settings members' link by mail password passkey portal"),
        ("Changes of bank details", "/settings/bank-hold", Permission.EditSettings, "settings hold days wait account payment"),
        ("Mail", "/settings/mail", Permission.EditSettings, "settings mail server test smtp"),
        ("Health of the site", "/settings/health", Permission.EditSettings, "settings health state doctor database migrations disk space key ring mail queue ledger chain clock"),
        ("People and roles", "/settings/people", Permission.ManageUsers, "settings users access accounts"),
        ("Invite someone", "/settings/people/invite", Permission.ManageUsers, "settings a person people user"),
        ("What each role may do", "/settings/people/roles", Permission.ManageUsers, "settings roles permissions see can this"),
        ("Apps", "/settings/apps", Permission.ManageUsers, "settings programs tills payroll api keys secrets"),
        ("Register a program of the co-op", "/settings/apps/new-program", Permission.ManageUsers, "settings apps new till payroll api key secret"),
        ("Register an app for members", "/settings/apps/new-app", Permission.ManageUsers, "settings apps new"),
        ("Webhooks", "/settings/webhooks", Permission.ManageUsers, "settings events other programs told"),
        ("Register a webhook", "/settings/webhooks/new", Permission.ManageUsers, "settings webhooks new event"),
    ];

    [HttpGet(""), Requires(Permission.SeeMembers)]
    public IActionResult Find(string? q)
    {
        var text = q?.Trim() ?? "";
        var found = new SearchOffice(desk.Books).Run(new(desk.CoOp.Code, text, desk.May(Permission.SeeMembers), desk.May(Permission.SeeLedger), desk.May(Permission.Import))).Value;
        var here = OutsideSettings.AloneAt(HttpContext) is null;
        var words = Domain.Members.SearchKey.Words(text);
        var pages = words.Count == 0 ? [] : Pages.Where(page => desk.Holds(page.Needs) && (here || page.Path != "/settings/sign-in") && words.All(word => page.Words.Contains(word, StringComparison.Ordinal) || Domain.Members.SearchKey.Fold(page.Name).Contains(word, StringComparison.Ordinal))).Select(page => (page.Name, $"/office/{desk.CoOp.Code}{page.Path}")).ToList();
        return View("Found", new SearchPage(text, found, pages));
    }
}
