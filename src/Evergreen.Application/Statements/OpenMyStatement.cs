using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Statements;

/// <summary>One of a member's own statements, with the bytes that were issued. That it was opened is recorded as a delivery.</summary>
public sealed class OpenMyStatement(Books books)
{
    /// <param name="Statement">Name of its run; one in which the member has no part is unknown to them.</param>
    /// <param name="Record">Number of the record that it was issued to, where the member has several.</param>
    public sealed record Request(CoOp CoOp, int MemberId, string Statement, string By, string? Record = null);

    public Outcome<StatementCopyPdf.Result> Run(Request request)
    {
        var row = new MyStatements(books).Run(request.CoOp, request.MemberId).FirstOrDefault(row => row.Run == request.Statement && (request.Record is null || row.Record == request.Record));
        return row is null ? Refusals.NoneOfMine(request.Statement) : new StatementCopyPdf(books).Run(new(request.CoOp.Code, row.Run, row.Record, request.By));
    }
}
