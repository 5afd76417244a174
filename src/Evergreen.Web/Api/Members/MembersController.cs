using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Members;

/// <summary>A member as the register has them today.</summary>
/// <param name="Number">Text; its leading zeros count.</param>
/// <param name="Kind"><c>person</c> or <c>organisation</c>.</param>
/// <param name="Status"><c>active</c>, <c>on-leave</c>, <c>suspended</c>, <c>left</c> or <c>deceased</c>; left out where none is known.</param>
/// <param name="Classes">Codes of the classes they belong to.</param>
/// <param name="HouseholdOf">Number of the household's primary owner, where it is another.</param>
/// <param name="MergedInto">Number of the record that this one was merged into, for which everything counts now.</param>
public sealed record MemberEntry(string Number, string Name, string Kind, string? Status, IReadOnlyList<string> Classes, DateOnly? JoinedOn, string? HouseholdOf, string? MergedInto)
{
    internal static MemberEntry Of(MembersByNumber.Row row) => new(row.Number, row.Name, row.Kind == MemberKind.Person ? "person" : "organisation", row.Status switch
    {
        MemberStatus.Active => "active",
        MemberStatus.OnLeave => "on-leave",
        MemberStatus.Suspended => "suspended",
        MemberStatus.Left => "left",
        MemberStatus.Deceased => "deceased",
        _ => null,
    }, row.Classes, row.JoinedOn, row.HouseholdOf, row.MergedInto);
}

/// <summary>The register, for programs that need to know whom a card belongs to.</summary>
[Area("Api")]
public sealed class MembersController(ApiDesk desk, MembersByNumber read) : ApiController(desk)
{
    /// <summary>Lists the members by number.</summary>
    [HttpGet("/api/v1/members")]
    [RequiresScope(AppScopes.MembersRead)]
    [ProducesResponseType<Page<MemberEntry>>(StatusCodes.Status200OK)]
    public IActionResult List([FromQuery] PageQuery page)
    {
        if (ReadPage(page, 1, out var limit, out var after) is { } problem) return problem;
        var found = read.Run(new(Desk.CoOp, limit, after?[0]));
        return Tagged(new Page<MemberEntry>([.. found.Rows.Select(MemberEntry.Of)], found.Next is { } next ? Cursor.Of(next) : null));
    }

    /// <summary>Shows one member.</summary>
    /// <param name="number">The member's number.</param>
    [HttpGet("/api/v1/members/{number}")]
    [RequiresScope(AppScopes.MembersRead)]
    [ProducesResponseType<MemberEntry>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Show(string number) => read.Run(new(Desk.CoOp, 1, Only: number)).Rows is [var row] ? Tagged(MemberEntry.Of(row)) : Missing();
}
