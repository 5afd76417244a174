using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application;

/// <summary>Takes a file that waits through the whole importer, and keeps nothing but the report: what would be new, what is wrong, what it adds up to.</summary>
/// <param name="uploads">Where files wait; null asks <see cref="UploadFolder.Of"/>.</param>
public sealed class CheckDraft(Books books, UploadFolder? uploads = null, KeyFile? keys = null)
{
    public sealed record Request(string? CoOp, int Draft, string By);

    /// <param name="progress">Told every few thousand rows.</param>
    /// <returns>Refused where the file cannot be read; otherwise the report, which says what stands against it.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop. Nothing was changed.</exception>
    public Outcome<ImportReport> Run(Request request, Action<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        var found = books.Read(db => FindDraft.Open(db, request.CoOp, request.Draft));
        if (found.IsRefused) return found.Refusal!;
        var (_, draft, file) = found.Value;
        if (draft.State == DraftState.Uploaded) return Imports.Refusals.DraftNotMapped();
        var taken = TakeDraft.Run(books, folder.Value, keys, DraftPapers.Request(found.Value, folder.Value, request.By) with { CheckOnly = true }, draft.Kind, progress, cancel);
        if (taken.IsRefused) return taken;
        if (taken.Value.AlreadyImported)
        {
            folder.Value.Delete(file.Id, UploadFolder.Rejects);
            folder.Value.Delete(file.Id, UploadFolder.Problems);
        }
        DraftPapers.Keep(folder.Value, file.Id, taken.Value);
        var marked = books.Write<int>(dryRun: false, db => Mark(db, request, draft.Version), db => LookUp(db, request, draft.Version));
        return marked.IsRefused ? marked.Refusal! : taken;
    }

    private Outcome<int> Mark(EvergreenDb db, Request request, int version)
    {
        var found = FindDraft.Open(db, request.CoOp, request.Draft);
        if (found.IsRefused) return found.Refusal!;
        var draft = found.Value.Draft;
        if (draft.Version != version) return Imports.Refusals.DraftChanged();
        (draft.State, draft.CheckedAt, draft.CheckedBy) = (DraftState.Checked, books.Now, request.By);
        AuditTrail.Add(db, draft.CoOpId, books.Now, request.By, "import.check", $"draft {draft.Id}");
        return draft.Id;
    }

    private static Outcome<int>? LookUp(EvergreenDb db, Request request, int version) =>
        FindDraft.Run(db, request.CoOp, request.Draft) is { IsRefused: false } found && found.Value.Draft is { State: DraftState.Checked } draft && draft.Version == version ? draft.Id : (Outcome<int>?)null;
}
