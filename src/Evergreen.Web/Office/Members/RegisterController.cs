using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Members;

/// <summary>The register of members as it was on a day, and the households in it.</summary>
[Route("office/{coop}/members")]
public sealed class RegisterController(Desk desk) : Controller
{
    /// <summary>Rows shown at once; the file holds them all.</summary>
    private const int PageSize = 200;

    /// <param name="After">Number of the last member shown before.</param>
    public sealed record RegisterPage(DateOnly AsOf, int Count, int Members, IReadOnlyList<MemberRegister.Entry> Entries, string? Next, string Sort);

    private string Code => desk.CoOp.Code;

    [HttpGet("register"), Requires(Permission.SeeMembers)]
    public IActionResult Register(DateOnly? asOf, string? after, string? sort)
    {
        var day = asOf ?? desk.Today;
        var known = sort?.TrimStart('-') is "number" or "name" or "status" ? sort : "number";
        var all = MemberRegister.Sorted(new MemberRegister(desk.Books).AsOf(Code, day).Value, known);
        var from = after is null ? 0 : all.TakeWhile(entry => entry.Number != after).Count() + 1;
        var entries = all.Skip(from).Take(PageSize).ToList();
        var members = all.Count(entry => entry.Status is not (null or Domain.Members.MemberStatus.Left or Domain.Members.MemberStatus.Deceased));
        return View("Register", new RegisterPage(day, all.Count, members, entries, from + entries.Count < all.Count && entries.Count > 0 ? entries[^1].Number : null, known));
    }

    [HttpGet("register" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult Download(DateOnly? asOf, string? sort, string format)
    {
        var day = asOf ?? desk.Today;
        var file = new MemoryStream();
        new MemberRegister(desk.Books).Export(Code, day, file, format == "xlsx", sort, ColumnChoice.Of(Request).Shows);
        return File(file.ToArray(), format == "xlsx" ? HandedOut.Xlsx : HandedOut.Csv, $"{Code}-register-{day:yyyy-MM-dd}.{format}");
    }

    [HttpGet("households"), Requires(Permission.SeeMembers)]
    public IActionResult Households(string? after, string? sort) => View("Households", new ListHouseholds(desk.Books).Run(Code, after, sort).Value);

    [HttpGet("households" + HandedOut.Ending), Requires(Permission.SeeMembers)]
    public IActionResult HouseholdsFile(string? sort, string format)
    {
        var households = HandedOut.All(after =>
        {
            var page = new ListHouseholds(desk.Books).Run(Code, after, sort).Value;
            return (page.Households, page.Next);
        });
        return this.HandOut(format, $"{Code}-households", "Households", ["Primary owner", "Name", "With", "Name of the other"],
            households.SelectMany(household => household.Others.Select(other => (IReadOnlyList<Cell>)[household.Owner.Number, household.Owner.Name, other.Number, other.Name])));
    }
}
