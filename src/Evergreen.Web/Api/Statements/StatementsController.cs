using System.Globalization;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Statements;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Statements;

/// <summary>A member's statement that was issued.</summary>
/// <param name="Run">The run it tells of, such as 2025-1.</param>
/// <param name="Paper"><c>letter</c> or <c>a4</c>.</param>
/// <param name="Sha256">Of the PDF as it was issued.</param>
/// <param name="Bytes">Its length.</param>
public sealed record StatementEntry(string Run, int FiscalYear, string Member, DateOnly IssuedOn, string Paper, string Sha256, int Bytes)
{
    internal static StatementEntry Of(StatementsByRun.Row row) => new(row.Run, row.FiscalYear, row.Member, row.IssuedOn, row.Paper, row.Sha256, row.Bytes);

    internal static Page<StatementEntry> Page(Evergreen.Application.Storage.Slice<StatementsByRun.Row, StatementsByRun.Key> found) =>
        new([.. found.Rows.Select(Of)], found.Next is { } next ? Cursor.Of(next.RunId, next.MemberId, next.Paper) : null);

    internal static StatementsByRun.Key? Key(string[]? after) =>
        after is not null && int.TryParse(after[0], NumberStyles.None, CultureInfo.InvariantCulture, out var run) && int.TryParse(after[1], NumberStyles.None, CultureInfo.InvariantCulture, out var member) ? new(run, member, after[2]) : null;
}

/// <summary>Members' statements.</summary>
[Area("Api")]
public sealed class StatementsController(ApiDesk desk, StatementsByRun read, StatementCopyPdf pdf) : ApiController(desk)
{
    /// <summary>Lists the statements that were issued and stand, the latest run first.</summary>
    [HttpGet("/api/v1/statements")]
    [RequiresScope(AppScopes.StatementsRead)]
    [ProducesResponseType<Page<StatementEntry>>(StatusCodes.Status200OK)]
    public IActionResult List([FromQuery] PageQuery page)
    {
        if (ReadPage(page, 3, out var limit, out var after) is { } problem) return problem;
        return Tagged(StatementEntry.Page(read.Run(new(Desk.CoOp, limit, StatementEntry.Key(after)))));
    }

    /// <summary>Gives one statement as a PDF.</summary>
    /// <remarks>Who fetched it is written into the co-op's audit.</remarks>
    /// <param name="run">The run's name, such as 2025-1.</param>
    /// <param name="number">The member's number.</param>
    [HttpGet("/api/v1/statements/{run}/{number}")]
    [RequiresScope(AppScopes.StatementsRead)]
    [ProducesResponseType<FileContentResult>(StatusCodes.Status200OK, "application/pdf")]
    [Refuses("statements-not-issued")]
    public IActionResult Show(string run, string number)
    {
        var found = pdf.Run(new(Desk.CoOp.Code, run, number, Desk.By));
        return found.IsRefused ? new ProblemResult(KnownProblem.StatementsMissing) : Tagged(found.Value.Pdf, found.Value.FileName);
    }
}
