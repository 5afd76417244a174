using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application;

/// <summary>Takes a checked file into the books: all of its good rows in one transaction, or nothing. The same file a second time changes nothing.</summary>
/// <param name="uploads">Where files wait; null asks <see cref="UploadFolder.Of"/>.</param>
public sealed class CommitDraft(Books books, UploadFolder? uploads = null, KeyFile? keys = null)
{
    /// <param name="TakeGoodRows">Although others were rejected; they can be corrected and sent again alone.</param>
    /// <param name="DespiteTotals">Why the control totals are right although they look wrong; null where they do not.</param>
    public sealed record Request(string? CoOp, int Draft, string By, bool TakeGoodRows = false, string? DespiteTotals = null);

    /// <param name="progress">Told every few thousand rows.</param>
    /// <returns>Refused where something stands against it: nothing was changed then. Otherwise the report of the import.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop before the commit. Nothing was changed.</exception>
    public Outcome<ImportReport> Run(Request request, Action<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        var found = books.Read(db => FindDraft.Open(db, request.CoOp, request.Draft));
        if (found.IsRefused) return found.Refusal!;
        var (_, draft, file) = found.Value;
        if (draft.State != DraftState.Checked) return Imports.Refusals.DraftNotChecked();
        var reason = string.IsNullOrWhiteSpace(request.DespiteTotals) ? null : request.DespiteTotals.Trim();
        var taken = TakeDraft.Run(books, folder.Value, keys, DraftPapers.Request(found.Value, folder.Value, request.By) with
        {
            TakeGoodRows = request.TakeGoodRows, DespiteTotals = reason is not null, AndThen = (db, import) => End(db, request, import, reason),
        }, draft.Kind, progress, cancel);
        if (taken.IsRefused) return taken;
        if (taken.Value.AlreadyImported) books.Write<int>(dryRun: false, db => End(db, request, draft.Kind, file.Sha256));
        else if (taken.Value.NotTaken is { } why) return why.Code == "totals-implausible" ? Imports.Refusals.OverrideReasonMissing(taken.Value.TotalsWarnings[0]) : why;
        DraftPapers.Keep(folder.Value, file.Id, taken.Value);
        // What is in the books need not lie about a second time.
        folder.Value.Delete(file.Id, UploadFolder.Rows);
        return taken;
    }

    /// <summary>In the import's own transaction: the draft has become that import.</summary>
    private void End(EvergreenDb db, Request request, ImportBatch import, string? reason)
    {
        var draft = FindDraft.Open(db, request.CoOp, request.Draft).Value.Draft;
        (draft.State, draft.ImportNumber, draft.EndedAt, draft.EndedBy) = (DraftState.Committed, import.Number, books.Now, request.By);
        draft.Version++;
        if (reason is not null) AuditTrail.Add(db, draft.CoOpId, books.Now, request.By, "import.override", $"import {import.Number}", reason);
    }

    private Outcome<int> End(EvergreenDb db, Request request, ImportKind kind, string sha256)
    {
        var found = FindDraft.Open(db, request.CoOp, request.Draft);
        if (found.IsRefused) return found.Refusal!;
        var draft = found.Value.Draft;
        draft.ImportNumber = db.Imports.Where(import => import.CoOpId == draft.CoOpId && import.Kind == kind && import.Sha256 == sha256 && import.WithdrawnAt == null).Select(import => (int?)import.Number).SingleOrDefault();
        (draft.State, draft.EndedAt, draft.EndedBy) = (DraftState.Committed, books.Now, request.By);
        return ++draft.Version;
    }
}
