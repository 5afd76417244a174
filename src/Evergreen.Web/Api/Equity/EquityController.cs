using Evergreen.Application.Access.Apps;
using Evergreen.Application.Equity;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Equity;

/// <summary>What a member holds of one account and year.</summary>
/// <param name="Account">Code in the co-op's chart.</param>
/// <param name="FiscalYear">The year of the allocation; left out for shares and interest.</param>
/// <param name="Owned">Part of the co-op's capital; otherwise the co-op owes it to the member.</param>
public sealed record EquityLot(string Account, string Name, int? FiscalYear, string Balance, bool Owned);

/// <summary>A member's account, lot by lot.</summary>
/// <param name="Capital">What the member owns of the co-op.</param>
/// <param name="Owed">What the co-op owes the member and has not paid.</param>
public sealed record EquityEntry(string Member, string Capital, string Owed, string Currency, IReadOnlyList<EquityLot> Lots)
{
    internal static EquityEntry Of(EquityByMember.Row row, string currency) => new(row.Member, row.Capital.ToString(), row.Owed.ToString(), currency,
        [.. row.Lots.Select(lot => new EquityLot(lot.AccountCode, lot.AccountName, lot.FiscalYear, lot.Balance.ToString(), lot.Owned))]);
}

/// <summary>Members' capital accounts.</summary>
[Area("Api")]
public sealed class EquityController(ApiDesk desk, EquityByMember read) : ApiController(desk)
{
    /// <summary>Lists the members' accounts by number, each with its lots.</summary>
    [HttpGet("/api/v1/equity")]
    [RequiresScope(AppScopes.EquityRead)]
    [ProducesResponseType<Page<EquityEntry>>(StatusCodes.Status200OK)]
    public IActionResult List([FromQuery] PageQuery page)
    {
        if (ReadPage(page, 1, out var limit, out var after) is { } problem) return problem;
        var found = read.Run(new(Desk.CoOp, limit, after?[0]));
        return Tagged(new Page<EquityEntry>([.. found.Rows.Select(row => EquityEntry.Of(row, Desk.CoOp.Currency))], found.Next is { } next ? Cursor.Of(next) : null));
    }

    /// <summary>Shows one member's account.</summary>
    /// <param name="number">The member's number.</param>
    [HttpGet("/api/v1/members/{number}/equity")]
    [RequiresScope(AppScopes.EquityRead)]
    [ProducesResponseType<EquityEntry>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Show(string number) => read.Run(new(Desk.CoOp, 1, Only: number)).Rows is [var row] ? Tagged(EquityEntry.Of(row, Desk.CoOp.Currency)) : Missing();
}
