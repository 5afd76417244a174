using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>One member's statement of a run as a PDF, drawn when it is asked for: the same bytes as were issued, as long as nothing printed on it has changed.</summary>
public sealed class StatementCopyPdf(Books books)
{
    /// <param name="Paper">As it was issued, where it is null.</param>
    public sealed record Request(string? CoOp, string Run, string Member, string By, PaperKind? Paper = null);

    /// <param name="AsIssued">The bytes are those that were issued. False where a name, an address or the co-op's letterhead has changed since, or where this paper was not issued.</param>
    public sealed record Result(byte[] Pdf, string FileName, string Sha256, bool AsIssued);

    private sealed record Sheet(IssuedRun Issued, int MemberId, MemberStatement Statement, StatementCopy? Copy, PaperKind Paper);

    public Outcome<Result> Run(Request request)
    {
        var found = books.Read(db => Find(db, request));
        if (found.IsRefused) return found.Refusal!;
        var (issued, memberId, statement, copy, paper) = found.Value;
        using var batch = new StatementBatch(paper == PaperKind.A4 ? PaperSize.A4 : PaperSize.Letter);
        if (IssueStatements.Unprintable(batch, statement) is { } refusal) return refusal;
        var pdf = batch.Draw(statement);
        var sha256 = IssueStatements.Sha256(pdf);
        var recorded = books.Write<int>(false, db =>
        {
            var reference = string.Create(CultureInfo.InvariantCulture, $"{books.Now:O} {Guid.NewGuid():N}");
            db.StatementDeliveries.Add(new StatementDelivery { RunId = issued.Run.Id, MemberId = memberId, Way = StatementDeliveryWay.Downloaded, At = books.Now, By = request.By, Reference = reference });
            Audit.AuditTrail.Add(db, issued.CoOp.Id, books.Now, request.By, "statements.open", $"run {issued.Run.Name}", $"member {request.Member}");
            return 1;
        });
        return recorded.IsRefused ? recorded.Refusal! : new Result(pdf, IssueStatements.FileName(issued.CoOp, issued.Run, request.Member), sha256, copy?.Sha256 == sha256);
    }

    private static Outcome<Sheet> Find(EvergreenDb db, Request request)
    {
        var issued = IssuedRun.Find(db, request.CoOp, request.Run);
        if (issued.IsRefused) return issued.Refusal!;
        var (coOp, run, issue) = issued.Value;
        var member = db.Members.Where(member => member.CoOpId == coOp.Id && member.Number == request.Member && db.Allocations.Any(row => row.RunId == run.Id && row.MemberId == member.Id)).Select(member => (int?)member.Id).SingleOrDefault();
        if (member is not { } id) return Refusals.NoStatement(request.Member, run.Name);
        var copies = db.StatementCopies.Where(copy => copy.RunId == run.Id && copy.MemberId == id).ToList();
        var paper = request.Paper ?? (copies.Exists(copy => copy.Paper == IssueStatements.Name(PaperKind.Letter)) || copies.Count == 0 ? PaperKind.Letter : PaperKind.A4);
        return new Sheet(issued.Value, id, new PrepareStatements(db, coOp, run, issue.On).Of(db, [id]).Single().Statement, copies.Find(copy => copy.Paper == IssueStatements.Name(paper)), paper);
    }
}
