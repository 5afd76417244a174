using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>Keeps what the operator says of a file: which column is which, how dates and numbers are written, what they must sum to. What was checked before must be checked again.</summary>
public sealed class ChooseMapping(Books books, UploadFolder? uploads = null)
{
    /// <param name="Version">Of the draft, as it was shown.</param>
    /// <param name="Columns">Header by our column; empty where the column gets no value.</param>
    public sealed record Request(string? CoOp, int Draft, int Version, string Profile, IReadOnlyDictionary<string, string> Columns, string By)
    {
        public string? Source { get; init; }
        public IReadOnlyDictionary<string, string> Texts { get; init; } = ReadingOptions.Default.Texts;

        /// <summary>By our column, our code for each of theirs; empty where none was chosen.</summary>
        public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Codes { get; init; } = ReadingOptions.Default.Codes;
        public DateOrder? DateOrder { get; init; }
        public NumberForm? Numbers { get; init; }
        public string? TimeZone { get; init; }
        public FileEncoding Encoding { get; init; }
        public char? Separator { get; init; }
        public string? Sheet { get; init; }

        /// <summary>What the amounts (for hours: the hours) must sum to.</summary>
        public Money? ExpectTotal { get; init; }
        public bool CreateClasses { get; init; }
    }

    /// <returns>The draft's new version; refused where the file cannot be read so.</returns>
    public Outcome<int> Run(Request request)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        var source = string.IsNullOrWhiteSpace(request.Source) ? null : request.Source.Trim();
        if (source?.Length > ReceiveUpload.LongestSource) return Refusals.SourceTooLong(ReceiveUpload.LongestSource);
        var found = books.Read(db => FindDraft.Open(db, request.CoOp, request.Draft));
        if (found.IsRefused) return found.Refusal!;
        if (found.Value.Draft.Version != request.Version) return Refusals.DraftChanged();
        if (request.ExpectTotal is not null && found.Value.Draft.Kind == ImportKind.Members) return Refusals.NothingToTotal(found.Value.Form);
        var options = OptionsOf(request, found.Value, folder.Value);
        if (options.IsRefused) return options.Refusal!;
        return books.Write<int>(dryRun: false, db => Choose(db, request, source, options.Value));
    }

    /// <summary>The options as they are kept: what the form of file says by itself is left out, so that its next file may have other headers.</summary>
    private static Outcome<ReadingOptions> OptionsOf(Request request, FoundDraft found, UploadFolder uploads)
    {
        if (Profiles.Find(request.Profile, found.Form) is not { } profile) return Refusals.ProfileUnknown(request.Profile, found.Form);
        foreach (var (column, table) in request.Codes)
            if (table.FirstOrDefault(code => string.IsNullOrEmpty(code.Value)) is { Key: { } untold }) return Refusals.CodeWithoutMeaning(FieldWords.Label(column), untold);
        var file = found.Rows(uploads);
        var options = new ReadingOptions
        {
            Texts = request.Texts, Codes = request.Codes, DateOrder = profile.IsCanonical ? null : request.DateOrder, Numbers = profile.IsCanonical ? null : request.Numbers,
            TimeZone = string.IsNullOrWhiteSpace(request.TimeZone) ? null : request.TimeZone.Trim(), Encoding = request.Encoding, Separator = request.Separator, Sheet = string.IsNullOrEmpty(request.Sheet) ? null : request.Sheet,
        };
        var opened = file.OpenRows(options);
        if (opened.IsRefused) return opened.Refusal!;
        using var rows = opened.Value;
        options = options with
        {
            Columns = request.Columns.Where(choice => choice.Value != (ColumnMapping.FedBy(profile, choice.Key, rows.Header) ?? "")).ToDictionary(choice => choice.Key, choice => choice.Value, StringComparer.Ordinal),
        };
        var plan = FieldPlan.Make(profile, options, rows.Header, file);
        return plan.IsRefused ? plan.Refusal! : options;
    }

    private Outcome<int> Choose(EvergreenDb db, Request request, string? source, ReadingOptions options)
    {
        var found = FindDraft.Open(db, request.CoOp, request.Draft);
        if (found.IsRefused) return found.Refusal!;
        var draft = found.Value.Draft;
        if (draft.Version != request.Version) return Refusals.DraftChanged();
        (draft.Source, draft.Profile, draft.OptionsJson) = (source, request.Profile, options.ToJson());
        (draft.ExpectTotalCents, draft.CreateClasses) = (request.ExpectTotal?.Cents, request.CreateClasses && draft.Kind == ImportKind.Members);
        (draft.State, draft.CheckedAt, draft.CheckedBy) = (DraftState.Mapped, null, null);
        draft.Version++;
        AuditTrail.Add(db, draft.CoOpId, books.Now, request.By, "import.map", $"draft {draft.Id}", $"form {request.Profile}{(source is null ? "" : $", source {source}")}");
        return draft.Version;
    }
}
