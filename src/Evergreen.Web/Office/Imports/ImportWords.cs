using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Evergreen.Web.Office.Imports;

/// <summary>What pages of imports call things.</summary>
public static class ImportWords
{
    public static string Title(ImportKind kind) => kind switch
    {
        ImportKind.Members => "Members",
        ImportKind.Hours => "Hours",
        ImportKind.Purchases => "Purchases",
        _ => "Shares and notices",
    };

    public static string Hint(ImportKind kind) => kind switch
    {
        ImportKind.Members => "The register: numbers, names, addresses, classes, dates, tax and bank details.",
        ImportKind.Hours => "Hours worked, from payroll or time sheets.",
        ImportKind.Purchases => "Receipts, from the till.",
        _ => "Opening balances and contributions: membership shares, preferred shares, retained notices.",
    };

    public static IEnumerable<SelectListItem> Kinds() => Enum.GetValues<ImportKind>().Select(kind => new SelectListItem($"{Title(kind)} – {Hint(kind)}", kind.ToString()));

    public static string Step(DraftState state) => state switch
    {
        DraftState.Uploaded => "Columns to be chosen",
        DraftState.Mapped => "To be checked",
        DraftState.Checked => "Checked, not yet in the books",
        DraftState.Committed => "In the books",
        _ => "Dropped",
    };

    public static string State(ImportSummary import) => import.WithdrawnAt is not null ? "Withdrawn" : import.Waiting > 0 ? $"{Count(import.Waiting)} waiting" : "In the books";

    /// <summary>So many of something: <c>1 row waits</c>, <c>2,000 rows wait</c>.</summary>
    public static string Count(long number, string one, string many) => $"{Count(number)} {(number == 1 ? one : many)}";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1 << 20 => $"{(bytes + 1023) >> 10} KB",
        _ => $"{(bytes + (1 << 20) - 1) >> 20} MB",
    };

    /// <summary>An amount or hours, whole hundredths.</summary>
    public static string Hundredths(long value) => new Money(value).ToGroupedString();

    /// <summary>Sums may be wider than an amount.</summary>
    public static string Hundredths(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? new Money((long)value).ToGroupedString() : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What looks wrong beside the last import, in a word or two; the sentence stands below.</summary>
    public static string Warning(string code) => code switch
    {
        "sign-flipped" or "sign-mostly-negative" => "The sign seems turned",
        "scaled-up" => "About a hundred times too large",
        "scaled-down" => "About a hundred times too small",
        "average-changed" => "The average has changed much",
        "extreme-value" => "A value is far beyond the usual",
        "cents-lost" => "The cents are gone",
        "column-emptied" => "The column is empty now",
        "mostly-rejected" => "Most rows were rejected",
        _ => code,
    };

    public static string Skipped(string reason) => reason switch
    {
        "already-imported" => "already imported",
        "totals-row" => "rows of totals",
        "header-repeated" => "repeated headers",
        "trailing-note" => "notes below the table",
        "row-without-values" => "rows without values",
        _ => reason,
    };

    /// <summary>A refusal's sentence as it is said on a page: without the command line's options.</summary>
    public static string Say(Refusal refusal) => refusal.Code switch
    {
        "rows-rejected" => "Some rows were rejected. Correct them and send the file again, or say that the good rows go in now and the others later.",
        "totals-implausible" => "The control totals look wrong beside the last import. If they are right, say why.",
        "import-used" => $"{refusal.Sentence.Split(": evergreen", 2)[0]}.",
        _ => refusal.Sentence,
    };

    public static string Place(Problem problem) => problem.Line == 0 ? "the file" : problem.Sheet is null ? $"line {Count(problem.Line)}" : $"sheet {problem.Sheet}, row {Count(problem.Line)}";
}
