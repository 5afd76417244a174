using System.Text.Json;
using System.Text.Json.Serialization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>What is kept of a report beside the import's own columns. Changes of members are not: they may hold personal facts that must be erasable.</summary>
internal sealed record KeptReport(ControlTotals Totals, long Lines, long? TotalCents, IReadOnlyList<Problem> TotalsWarnings, long Errors, long Warnings, IReadOnlyList<ProblemGroup> ProblemGroups,
    IReadOnlyList<string> UnreadColumns, IReadOnlyList<string> Created, IReadOnlyList<KeptReport.Year> Years, MemberCounts? Members)
{
    internal sealed record Year(int FiscalYear, long Rows, long TotalCents);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Of(KeptReport report) => JsonSerializer.Serialize(report, Json);

    public static string Of(ImportReport report) => Of(new KeptReport(report.Totals, report.Lines, report.Total?.Cents, report.TotalsWarnings, report.Errors, report.Warnings,
        report.ProblemGroups, report.UnreadColumns, report.Created, [.. report.Years.Select(year => new Year(year.FiscalYear, year.Rows, year.Total.Cents))], report.Members));

    /// <exception cref="JsonException">The text is not what <see cref="Of"/> writes.</exception>
    public static KeptReport Read(string json) => JsonSerializer.Deserialize<KeptReport>(json, Json) ?? throw new JsonException("The report is empty.");

    public ImportReport Of(ImportBatch import, string coOp, string source) => new()
    {
        Kind = import.Kind,
        CoOp = coOp,
        Source = source,
        Profile = import.Profile,
        FileName = import.FileName,
        Sha256 = import.Sha256,
        Number = import.Number,
        At = import.At,
        By = import.By,
        Committed = true,
        Totals = Totals,
        Lines = Lines,
        Total = TotalCents is { } cents ? new Money(cents) : null,
        TotalsWarnings = TotalsWarnings,
        Errors = Errors,
        Warnings = Warnings,
        ProblemGroups = ProblemGroups,
        UnreadColumns = UnreadColumns,
        Created = Created,
        Years = [.. Years.Select(year => new YearPart(year.FiscalYear, year.Rows, new Money(year.TotalCents)))],
        Members = Members,
    };
}
