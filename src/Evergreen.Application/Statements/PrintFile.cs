using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>All statements of a run for the members who take paper, as one PDF in the order of the post: country, postal code, member number.</summary>
public sealed class PrintFile(Books books)
{
    private const int Step = 200;

    /// <param name="Reference">What this printing is called in the record of who received what, e.g. <c>job 12</c>: done again under the same, it is recorded once.</param>
    /// <param name="TwoSided">Each statement begins on a leaf of its own.</param>
    public sealed record Request(string? CoOp, string Run, string By, string Path, string Reference, PaperKind Paper = PaperKind.Letter, bool TwoSided = false);

    public sealed record Result(int Statements, int Pages, long Bytes);

    private sealed record Order(IssuedRun Issued, List<Recipient> Recipients);

    public Outcome<Result> Run(Request request, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        var found = books.Read(db => Gather(db, request));
        if (found.IsRefused) return found.Refusal!;
        var (issued, recipients) = found.Value;
        using var batch = new StatementBatch(request.Paper == PaperKind.A4 ? PaperSize.A4 : PaperSize.Letter);
        using var file = new FileStream(request.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        using var print = new StatementPrint(batch, file, Title(issued), request.TwoSided);
        var done = 0;
        foreach (var some in recipients.Chunk(Step))
        {
            stop.ThrowIfCancellationRequested();
            var statements = books.Read(db => new PrepareStatements(db, issued.CoOp, issued.Run, issued.Issue.On).Of(db, [.. some.Select(one => one.Id)])).ConvertAll(one => one.Statement);
            if (statements.Select(statement => IssueStatements.Unprintable(batch, statement)).FirstOrDefault(missing => missing is not null) is { } refusal) return refusal;
            print.Add(statements, stop);
            done += some.Length;
            progress?.Invoke(done, recipients.Count);
        }
        print.Finish();
        file.Flush(flushToDisk: true);
        var recorded = books.Write(false, db => Record(db, request, issued, recipients));
        return recorded.IsRefused ? recorded.Refusal! : new Result(recipients.Count, print.Pages, file.Length);
    }

    private Outcome<Order> Gather(EvergreenDb db, Request request)
    {
        var issued = IssuedRun.Find(db, request.CoOp, request.Run);
        if (issued.IsRefused) return issued.Refusal!;
        var (coOp, run, _) = issued.Value;
        var onPaper = Recipients.OnPaper(Recipients.Of(db, coOp, run, books.Today(coOp)));
        return onPaper.Count == 0 ? Refusals.NobodyOnPaper(run.Name) : new Order(issued.Value, onPaper);
    }

    private Outcome<long> Record(EvergreenDb db, Request request, IssuedRun issued, List<Recipient> recipients)
    {
        var now = books.Now;
        var fresh = BulkWriter.InsertOrSkip(db, recipients.Select(recipient => new StatementDelivery { RunId = issued.Run.Id, MemberId = recipient.Id, Way = StatementDeliveryWay.Printed, At = now, By = request.By, Reference = request.Reference }),
            (_, _) => { }, nameof(StatementDelivery.At), nameof(StatementDelivery.By));
        if (fresh > 0) AuditTrail.Add(db, issued.CoOp.Id, now, request.By, "statements.print", $"run {issued.Run.Name}", $"{fresh} statements, {request.Reference}");
        return fresh;
    }

    private static PdfTitle Title(IssuedRun issued) => new($"Statements of run {issued.Run.Name} for posting", issued.CoOp.Name, $"Run {issued.Run.Name}, in the order of country, postal code and member number",
        issued.CoOp.Regime == Domain.CoOps.TaxRegime.UkRegisteredSociety ? "en-GB" : "en-US", issued.Issue.On);
}
