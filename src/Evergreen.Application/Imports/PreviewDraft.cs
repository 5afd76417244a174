using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>What a draft would bring, as its last check found it: for the page on which someone decides.</summary>
public sealed record DraftPreview
{
    public required int Draft { get; init; }
    public required int Version { get; init; }
    public required DraftState State { get; init; }
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }
    public required long Bytes { get; init; }
    public required string Sha256 { get; init; }
    public required string? Source { get; init; }
    public required DateTime UploadedAt { get; init; }
    public required string UploadedBy { get; init; }
    public required DateTime? CheckedAt { get; init; }
    public required string? CheckedBy { get; init; }
    public required int? ImportNumber { get; init; }

    /// <summary>The file itself was thrown away.</summary>
    public required bool FileGone { get; init; }
    public required Money? ExpectTotal { get; init; }

    /// <summary>Null where the draft was not checked, or something was chosen since.</summary>
    public required ImportReport? Report { get; init; }

    /// <summary>Figures of each amount column beside those of the last import.</summary>
    public required IReadOnlyList<ColumnComparison> Columns { get; init; }

    /// <summary>The rejected rows can be downloaded.</summary>
    public required bool HasRejects { get; init; }
    public required bool HasProblems { get; init; }

    /// <summary>Some rows are good although others are not.</summary>
    public bool MayTakeGoodRows => Report is { Totals: { Rejected: > 0 } totals } && totals.Accepted + totals.Held > 0;

    /// <summary>The control totals look wrong, and whoever commits must say why they are right.</summary>
    public bool MustSayWhy => Report is { TotalsWarnings.Count: > 0 };

    /// <summary>What neither of these two can put right: another total than expected, no good row at all.</summary>
    public Refusal? Against => Report?.NotTaken switch
    {
        null => null,
        { Code: "totals-implausible" } => null,
        { Code: "rows-rejected" } when MayTakeGoodRows => ExpectTotal is { } expected && Report.Total != expected ? Refusals.TotalDiffers(expected, Report.Total!.Value) : null,
        var other => other,
    };

    public bool MayCommit => State == DraftState.Checked && !FileGone && Report is not null && Against is null;
}

/// <param name="Now">Null where no row has a value in the column.</param>
/// <param name="Warnings">What looks wrong, in words.</param>
public sealed record ColumnComparison(string Column, string Label, ColumnTotals? Now, ColumnTotals? Before, ColumnTotals? Held, IReadOnlyList<Problem> Warnings);

/// <summary>Reads a draft and the report of its last check.</summary>
public sealed class PreviewDraft(Books books, UploadFolder? uploads = null)
{
    public Outcome<DraftPreview> Run(string? coOp, int draft)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        var found = books.Read(db => FindDraft.Run(db, coOp, draft));
        return found.IsRefused ? found.Refusal! : Of(found.Value, folder.Value);
    }

    private static DraftPreview Of(FoundDraft found, UploadFolder uploads)
    {
        var (_, draft, file) = found;
        var isCurrent = draft.State is DraftState.Checked or DraftState.Committed && file.RemovedAt is null;
        var report = isCurrent ? DraftPapers.Report(uploads, file.Id) : null;
        return new DraftPreview
        {
            Draft = draft.Id,
            Version = draft.Version,
            State = draft.State,
            Kind = draft.Kind,
            FileName = file.FileName,
            Bytes = file.Bytes,
            Sha256 = file.Sha256,
            Source = draft.Source,
            UploadedAt = file.ReceivedAt,
            UploadedBy = file.ReceivedBy,
            CheckedAt = draft.CheckedAt,
            CheckedBy = draft.CheckedBy,
            ImportNumber = draft.ImportNumber,
            FileGone = file.RemovedAt is not null,
            ExpectTotal = draft.ExpectTotalCents is { } cents ? new Money(cents) : null,
            Report = report,
            Columns = report is null ? [] : Compare(found.Form, report),
            HasRejects = isCurrent && uploads.Has(file.Id, UploadFolder.Rejects),
            HasProblems = isCurrent && uploads.Has(file.Id, UploadFolder.Problems),
        };
    }

    private static List<ColumnComparison> Compare(CanonicalFile form, ImportReport report) =>
        [.. from column in form.Columns
            let now = report.Totals.Columns.GetValueOrDefault(column.Name)
            let before = report.Before?.Totals.Columns.GetValueOrDefault(column.Name)
            let held = report.Totals.HeldColumns.GetValueOrDefault(column.Name)
            where now is not null || before is not null || held is not null
            select new ColumnComparison(column.Name, FieldWords.Label(column.Name), now, before, held, [.. report.TotalsWarnings.Where(warning => warning.Column == column.Name)])];
}
