using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>A draft with its file and its co-op.</summary>
internal sealed record FoundDraft(CoOp CoOp, ImportDraft Draft, UploadedFile File)
{
    public CanonicalFile Form => FindDraft.FormOf(Draft.Kind);

    public ImportFile Rows(UploadFolder uploads) => new(File.FileName, () => uploads.Open(File.Id, UploadFolder.Rows));

    public ReadingOptions Options => Draft.OptionsJson is { } json ? ReadingOptions.FromJson(json) : ReadingOptions.Default;

    public Profile Profile => Profiles.Find(Draft.Profile ?? Imports.Profile.CanonicalName, Form) ?? Imports.Profile.Canonical(Form);
}

/// <summary>A draft of the co-op, by its id.</summary>
internal static class FindDraft
{
    public static Outcome<FoundDraft> Run(EvergreenDb db, string? coOpCode, int id)
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (db.ImportDrafts.SingleOrDefault(draft => draft.Id == id && draft.CoOpId == coOp.Id) is not { } draft) return Refusals.DraftUnknown();
        return new FoundDraft(coOp, draft, db.UploadedFiles.AsNoTracking().Single(file => file.Id == draft.UploadId));
    }

    /// <summary>As <see cref="Run"/>, refused where it has ended or its file is gone.</summary>
    public static Outcome<FoundDraft> Open(EvergreenDb db, string? coOpCode, int id)
    {
        var found = Run(db, coOpCode, id);
        if (found.IsRefused) return found;
        if (!found.Value.Draft.IsOpen) return Refusals.DraftEnded(found.Value.Draft);
        return found.Value.File.RemovedAt is null ? found : Refusals.DraftFileGone(EmptyUploads.Days);
    }

    public static CanonicalFile FormOf(ImportKind kind) => kind switch
    {
        ImportKind.Members => CanonicalFile.Members,
        ImportKind.Hours => CanonicalFile.Hours,
        ImportKind.Purchases => CanonicalFile.Purchases,
        _ => CanonicalFile.Equity,
    };
}
