using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>Gives up an import in the making: the file and all that was found in it are thrown away. Nothing of it was in the books.</summary>
public sealed class DropDraft(Books books, UploadFolder? uploads = null)
{
    public sealed record Request(string? CoOp, int Draft, string By);

    public Outcome<int> Run(Request request)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        var dropped = books.Write<string>(dryRun: false, db => Drop(db, request), db => LookUp(db, request));
        if (dropped.IsRefused) return dropped.Refusal!;
        folder.Value.Remove(dropped.Value);
        return request.Draft;
    }

    private Outcome<string> Drop(EvergreenDb db, Request request)
    {
        var found = FindDraft.Run(db, request.CoOp, request.Draft);
        if (found.IsRefused) return found.Refusal!;
        var draft = found.Value.Draft;
        if (!draft.IsOpen) return Refusals.DraftEnded(draft);
        (draft.State, draft.EndedAt, draft.EndedBy) = (DraftState.Dropped, books.Now, request.By);
        draft.Version++;
        db.UploadedFiles.Single(file => file.Id == draft.UploadId).RemovedAt = books.Now;
        AuditTrail.Add(db, draft.CoOpId, books.Now, request.By, "import.drop", $"draft {draft.Id}");
        return draft.UploadId;
    }

    private static Outcome<string>? LookUp(EvergreenDb db, Request request) =>
        FindDraft.Run(db, request.CoOp, request.Draft) is { IsRefused: false } found && found.Value.Draft.State == DraftState.Dropped ? found.Value.Draft.UploadId : (Outcome<string>?)null;
}
