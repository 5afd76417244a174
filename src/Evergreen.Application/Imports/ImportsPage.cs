using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <param name="LeftUntil">The day on which the file is thrown away.</param>
public sealed record OpenDraft(int Id, ImportKind Kind, string FileName, string? Source, DraftState State, DateTime At, string By, DateOnly LeftUntil);

/// <summary>The folder of imports: those in the making, those past (newest first, a page at a time), and what waits for a person.</summary>
public sealed class ImportsPage(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<Plain> Order = ListOrder<Plain>.Keyed("-number", import => import.Number).By("file", import => import.FileName).By("source", import => import.Source).By("by", import => import.By)
        .By("accepted", import => import.Accepted).By("rejected", import => import.Rejected).By("held", import => import.Held);

    /// <param name="After">What the page before gave as its next; null for the first.</param>
    /// <param name="Sort">One of <c>number</c>, <c>file</c>, <c>source</c>, <c>by</c>, <c>accepted</c>, <c>rejected</c> and <c>held</c>; with a minus sign in front the other way round.</param>
    public sealed record Request(string? CoOp, ImportKind? Kind = null, string? After = null, string? Sort = null);

    /// <param name="Next">To ask for the next page with; null at the end.</param>
    /// <param name="Count">Past imports, on all pages.</param>
    /// <param name="Held">Rows that wait because their member is unknown.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Result(IReadOnlyList<OpenDraft> Drafts, IReadOnlyList<ImportSummary> Imports, long Count, string? Next, long Held, IReadOnlyList<string> Sources, string Sort);

    private sealed record Plain
    {
        public required int Number { get; init; }
        public required ImportKind Kind { get; init; }
        public required string Source { get; init; }
        public required string FileName { get; init; }
        public required DateTime At { get; init; }
        public required string By { get; init; }
        public required long Accepted { get; init; }
        public required long Rejected { get; init; }
        public required long Held { get; init; }
        public required long Skipped { get; init; }
        public required long Waiting { get; init; }
        public required DateTime? WithdrawnAt { get; init; }
        public required string? WithdrawnBy { get; init; }
        public required string? WithdrawnReason { get; init; }
    }

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        var drafts = (from draft in db.ImportDrafts
                      join file in db.UploadedFiles on draft.UploadId equals file.Id
                      where draft.CoOpId == id && draft.State <= DraftState.Checked && file.RemovedAt == null && (request.Kind == null || draft.Kind == request.Kind)
                      orderby draft.Id descending
                      select new { draft.Id, draft.Kind, file.FileName, draft.Source, draft.State, draft.CreatedAt, draft.CreatedBy }).Take(PageSize).ToList()
            .ConvertAll(draft => new OpenDraft(draft.Id, draft.Kind, draft.FileName, draft.Source, draft.State, draft.CreatedAt, draft.CreatedBy, DateOnly.FromDateTime(draft.CreatedAt.AddDays(EmptyUploads.Days))));
        var page = Order.Page(from import in db.Imports
                              join source in db.ImportSources on import.SourceId equals source.Id
                              where import.CoOpId == id && (request.Kind == null || import.Kind == request.Kind)
                              select new Plain
                              {
                                  Number = import.Number, Kind = import.Kind, Source = source.Name, FileName = import.FileName, At = import.At, By = import.By, Accepted = import.Accepted, Rejected = import.Rejected, Held = import.Held, Skipped = import.Skipped,
                                  Waiting = db.HeldRows.LongCount(row => row.ImportId == import.Id && row.ResolvedAt == null), WithdrawnAt = import.WithdrawnAt, WithdrawnBy = import.WithdrawnBy, WithdrawnReason = import.WithdrawnReason,
                              }, request.Sort, request.After, PageSize);
        var imports = page.Rows.Select(import => new ImportSummary(import.Number, import.Kind, import.Source, import.FileName, import.At, import.By, import.Accepted, import.Rejected, import.Held, import.Skipped,
            import.Waiting, import.WithdrawnAt, import.WithdrawnBy, import.WithdrawnReason)).ToList();
        return new Result(drafts, imports, db.Imports.LongCount(import => import.CoOpId == id && (request.Kind == null || import.Kind == request.Kind)), page.Next, db.HeldRows.LongCount(row => row.CoOpId == id && row.ResolvedAt == null),
            db.ImportSources.Where(source => source.CoOpId == id && (request.Kind == null || source.Kind == request.Kind)).OrderBy(source => source.Name).Select(source => source.Name).Distinct().ToList(), page.Sort);
    });
}

/// <summary>One past import: its report, which stays for ever, and what is still at hand of it.</summary>
public sealed class ImportPage(Books books, UploadFolder? uploads = null)
{
    /// <param name="Draft">The draft that it came of, while its papers are there; null otherwise.</param>
    /// <param name="Waiting">Held rows that no one has resolved yet.</param>
    /// <param name="Override">Why it was committed although its totals looked wrong.</param>
    public sealed record Result(ImportReport Report, ImportSummary Summary, int? Draft, bool HasRejects, bool HasProblems, long Waiting, string? Override);

    public Outcome<Result> Run(string? coOp, int number)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        return books.Read<Outcome<Result>>(db =>
        {
            var report = ListImports.Show(db, coOp, number);
            if (report.IsRefused) return report.Refusal!;
            var id = FindCoOp.Run(db, coOp).Value.Id;
            var import = db.Imports.Single(i => i.CoOpId == id && i.Number == number);
            var waiting = db.HeldRows.Count(row => row.ImportId == import.Id && row.ResolvedAt == null);
            var summary = new ImportSummary(import.Number, import.Kind, report.Value.Source, import.FileName, import.At, import.By, import.Accepted, import.Rejected, import.Held, import.Skipped, waiting, import.WithdrawnAt, import.WithdrawnBy, import.WithdrawnReason);
            var draft = (from d in db.ImportDrafts
                         join file in db.UploadedFiles on d.UploadId equals file.Id
                         where d.CoOpId == id && d.ImportNumber == number && d.State == DraftState.Committed && file.RemovedAt == null
                         orderby d.Id
                         select new { d.Id, d.UploadId }).FirstOrDefault();
            var subject = $"import {number}";
            var reason = db.AuditRecords.Where(record => record.CoOpId == id && record.Verb == "import.override" && record.Subject == subject).OrderBy(record => record.Id).Select(record => record.Detail).FirstOrDefault();
            return new Result(report.Value, summary, draft?.Id, draft is not null && folder.Value.Has(draft.UploadId, UploadFolder.Rejects), draft is not null && folder.Value.Has(draft.UploadId, UploadFolder.Problems), waiting, reason);
        });
    }
}
