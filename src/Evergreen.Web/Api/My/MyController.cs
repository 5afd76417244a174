using Evergreen.Application.Access.Apps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Statements;
using Evergreen.Domain.Members;
using Evergreen.Web.Api.Equity;
using Evergreen.Web.Api.Patronage;
using Evergreen.Web.Api.Statements;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.My;

/// <summary>What a run gave the member by one pool.</summary>
/// <param name="Reversed">The run was taken back.</param>
public sealed record MyDividend(string Run, int FiscalYear, string Pool, string Dividend, string Cash, string Retained, string Currency, bool Reversed);

/// <summary>The member's dividends, the latest year first.</summary>
public sealed record MyDividends(IReadOnlyList<MyDividend> Items);

/// <summary>One line of the working, from what the co-op earned to the member's cent.</summary>
/// <param name="Part">Where in the chain it stands: co-op, pool, member, payment.</param>
/// <param name="Figure">The amount, number or fraction, as text.</param>
/// <param name="Source">Where the figure comes from, or how it was rounded.</param>
public sealed record WorkingStep(string Part, string Text, string Figure, string Source);

/// <summary>A year's dividend and how it was worked out.</summary>
public sealed record MyDividendExplained(string Run, int FiscalYear, string Dividend, string Cash, string Retained, string Payable, string Currency, IReadOnlyList<WorkingStep> Steps);

/// <summary>For an app that a member let in: that member's own account and nobody else's. Whose it is follows from the token.</summary>
[Area("Api")]
public sealed class MyController(ApiDesk desk, FindSeat findSeat, EquityByMember equity, MemberPatronage patronage, ExplainDividend explain, PatronageById rows, StatementsByRun statements, StatementCopyPdf pdf) : ApiController(desk)
{
    /// <summary>Shows what the member owns of the co-op, lot by lot.</summary>
    [HttpGet("/api/v1/my/stake")]
    [RequiresScope(AppScopes.MyStake)]
    [ProducesResponseType<EquityEntry>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Stake() => Seat(Share.Stake) is { } seat && equity.Run(new(Desk.CoOp, 1, Only: seat.MemberNumber)).Rows is [var row] ? Tagged(EquityEntry.Of(row, Desk.CoOp.Currency)) : Missing();

    /// <summary>Lists the member's dividends.</summary>
    [HttpGet("/api/v1/my/dividends")]
    [RequiresScope(AppScopes.MyDividends)]
    [ProducesResponseType<MyDividends>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Dividends()
    {
        if (Seat(Share.Stake) is not { } seat) return Missing();
        var found = patronage.Run(Desk.CoOp.Code, seat.MemberNumber);
        return found.IsRefused ? Missing() : Tagged(new MyDividends([.. found.Value.Dividends.Select(one => new MyDividend(one.Run, one.FiscalYear, one.Pool, one.Amount.ToString(), one.Cash.ToString(), one.Retained.ToString(), Desk.CoOp.Currency, one.Reversed))]));
    }

    /// <summary>Explains the member's dividend of a year, line by line.</summary>
    /// <param name="year">The fiscal year.</param>
    [HttpGet("/api/v1/my/dividends/{year:int}")]
    [RequiresScope(AppScopes.MyDividends)]
    [ProducesResponseType<MyDividendExplained>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Dividend(int year)
    {
        if (Seat(Share.Stake) is not { } seat || explain.Run(Desk.CoOp.Code, year, seat.MemberNumber) is not { IsRefused: false } found) return Missing();
        var working = found.Value;
        return Tagged(new MyDividendExplained(working.Run.Name, working.Run.FiscalYear, working.Dividend.ToString(), working.Cash.ToString(), working.Retained.ToString(), working.Payable.ToString(), Desk.CoOp.Currency,
            [.. working.Steps.Select(step => new WorkingStep(step.Part, step.Text, step.Figure, step.Source))]));
    }

    /// <summary>Lists the member's purchases by date.</summary>
    [HttpGet("/api/v1/my/purchases")]
    [RequiresScope(AppScopes.MyActivity)]
    [ProducesResponseType<Page<ListedPurchase>>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Purchases([FromQuery] PageQuery page)
    {
        if (PatronagePages.Read(this, page, ofOneMember: true, out var limit, out var after) is { } problem) return problem;
        if (Seat(Share.Records) is not { } seat) return Missing();
        var found = rows.Purchases(new(Desk.CoOp, limit, after, Records(seat)));
        return Tagged(new Page<ListedPurchase>([.. found.Rows.Select(row => ListedPurchase.Of(row, Desk.CoOp.Currency))], PatronagePages.Next(found.Next)));
    }

    /// <summary>Lists the member's hours by date.</summary>
    [HttpGet("/api/v1/my/hours")]
    [RequiresScope(AppScopes.MyActivity)]
    [ProducesResponseType<Page<ListedHours>>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Hours([FromQuery] PageQuery page)
    {
        if (PatronagePages.Read(this, page, ofOneMember: true, out var limit, out var after) is { } problem) return problem;
        if (Seat(Share.Records) is not { } seat) return Missing();
        var found = rows.Hours(new(Desk.CoOp, limit, after, Records(seat)));
        return Tagged(new Page<ListedHours>([.. found.Rows.Select(row => ListedHours.Of(row, Desk.CoOp.Currency))], PatronagePages.Next(found.Next)));
    }

    /// <summary>Lists the member's statements, the latest run first.</summary>
    [HttpGet("/api/v1/my/statements")]
    [RequiresScope(AppScopes.MyStatements)]
    [ProducesResponseType<Page<StatementEntry>>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Statements([FromQuery] PageQuery page)
    {
        if (ReadPage(page, 3, out var limit, out var after) is { } problem) return problem;
        return Seat(Share.Statements) is { } seat ? Tagged(StatementEntry.Page(statements.Run(new(Desk.CoOp, limit, StatementEntry.Key(after), Records(seat))))) : Missing();
    }

    /// <summary>Gives the member's statement of a run as a PDF.</summary>
    /// <param name="run">The run's name, such as 2025-1.</param>
    [HttpGet("/api/v1/my/statements/{run}")]
    [RequiresScope(AppScopes.MyStatements)]
    [ProducesResponseType<FileContentResult>(StatusCodes.Status200OK, "application/pdf")]
    [Refuses("statements-not-issued", "not-found")]
    public IActionResult Statement(string run)
    {
        if (Seat(Share.Statements) is not { } seat) return Missing();
        var found = pdf.Run(new(Desk.CoOp.Code, run, seat.MemberNumber, Desk.By));
        return found.IsRefused ? new ProblemResult(KnownProblem.StatementsMissing) : Tagged(found.Value.Pdf, found.Value.FileName);
    }

    /// <summary>The member for whom the token's person stands at the app's co-op; null where there is none, or they do not see this part.</summary>
    private FindSeat.Result? Seat(Share share) => Desk.Account is { } account ? findSeat.Run(new(account, Desk.CoOp.Code, share)) : null;

    private IReadOnlyList<int> Records(FindSeat.Result seat) => Desk.Books.Read(db => MemberIdentities.Of(db, seat.MemberId));
}
