using System.Text.Json;
using System.Text.Json.Serialization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>What a draft is taken in with, and what its checks leave behind: the report, every problem, the rejected rows. They go when the file goes.</summary>
internal static class DraftPapers
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MoneyText() },
    };

    /// <summary>The request by which the importer takes the draft.</summary>
    public static ImportRequest Request(FoundDraft found, UploadFolder uploads, string by) => new(found.CoOp.Code, found.Rows(uploads), by)
    {
        Source = found.Draft.Source,
        Profile = found.Draft.Profile,
        Options = found.Options,
        OptionsAreWhole = true,
        CreateClasses = found.Draft.CreateClasses,
        ExpectTotal = found.Draft.ExpectTotalCents is { } cents ? new Money(cents) : null,
        RejectsPath = UploadFolder.Rejects,
        ProblemsPath = UploadFolder.Problems,
        OpenPaper = what => uploads.Create(found.File.Id, what),
    };

    public static void Keep(UploadFolder uploads, string upload, ImportReport report)
    {
        if (report.Totals.Rejected == 0) uploads.Delete(upload, UploadFolder.Rejects);
        if (report.Errors + report.Warnings == 0) uploads.Delete(upload, UploadFolder.Problems);
        using var to = uploads.Create(upload, UploadFolder.Report);
        // The problems stand in a file of their own, all of them.
        JsonSerializer.Serialize(to, report with { Problems = [] }, Json);
    }

    /// <summary>The report of the last check; null where there is none.</summary>
    public static ImportReport? Report(UploadFolder uploads, string upload)
    {
        if (!uploads.Has(upload, UploadFolder.Report)) return null;
        using var from = uploads.Open(upload, UploadFolder.Report);
        return JsonSerializer.Deserialize<ImportReport>(from, Json);
    }

    /// <summary>Every problem, in the order of the file.</summary>
    public static IEnumerable<Problem> Problems(UploadFolder uploads, string upload)
    {
        if (!uploads.Has(upload, UploadFolder.Problems)) yield break;
        using var lines = new StreamReader(uploads.Open(upload, UploadFolder.Problems));
        while (lines.ReadLine() is { } line) yield return JsonSerializer.Deserialize<Problem>(line, ProblemList.Json)!;
    }

    private sealed class MoneyText : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Money.Parse(reader.GetString()!);
        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
