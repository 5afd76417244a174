using System.Globalization;
using System.Text;

namespace Evergreen.Application.Imports;

public enum Severity
{
    Error,
    Warning,
}

/// <summary>One thing wrong with one row (or with the file), said so that the person with the file can mend it.</summary>
/// <param name="Code">For machines and for grouping, e.g. <c>amount-decimals</c>.</param>
/// <param name="Sheet">The sheet's name; null for text files.</param>
/// <param name="Line">As an editor or spreadsheet shows it; 0 for the file as a whole.</param>
/// <param name="Column">The column's name in the file; null for the whole row.</param>
/// <param name="Value">What stands there, cut after 80 characters; masked where the column is secret.</param>
public sealed record Problem(Severity Severity, string Code, string? Sheet, long Line, string? Column, string? Value, string Expected, string Remedy)
{
    private const int LongestValue = 80;

    public static readonly Problem EncodingAssumed = new(Severity.Warning, "encoding-assumed", null, 0, null, null,
        "text in UTF-8", "The file is not UTF-8 and was read as Windows-1252. Look at the names with accents in the preview; if they are wrong, name the encoding.");

    /// <summary>The problem of a row that could not be taken apart.</summary>
    public static Problem Of(RowSource row) =>
        new(Severity.Error, row.Fault!.Code, row.Sheet, row.FaultLine, null, null, row.Fault.Expected, row.Fault.Remedy);

    /// <summary>What may be shown of a value: of a secret one its length only.</summary>
    public static string Show(ReadOnlySpan<byte> value, bool secret)
    {
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * LongestValue)]);
        if (secret) return value.IsEmpty ? "" : $"•••• ({Encoding.UTF8.GetCharCount(value).ToString(CultureInfo.InvariantCulture)} characters)";
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
    }

    /// <summary>One sentence for a terminal or a log of the import.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? "file" : $"line {Line.ToString(CultureInfo.InvariantCulture)}";
        if (Sheet is not null) place = $"sheet {Sheet}, {place}";
        if (Column is not null) place += $", {Column}";
        var value = Value is null ? "" : $" '{Value}':";
        return $"{place}:{value} expected {Expected}. {Remedy}";
    }
}
