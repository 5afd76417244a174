using System.Globalization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Writes the canonical form of every CSV file of the house: commas, CRLF, quotes only where needed, text safe for spreadsheets.</summary>
/// <param name="separator">Another one only where a file is given back in the form in which it came.</param>
public sealed class CsvWriter(TextWriter output, char separator = ',') : RowWriter
{
    private bool rowStarted;

    /// <summary>Words, names, codes and ids; a formula sign in front is made harmless and reads back exactly.</summary>
    public override CsvWriter Text(string? text) => Raw(FormulaSafe.Write(text ?? ""));

    /// <summary>Two decimals, point, no separators.</summary>
    public override CsvWriter Amount(Money? amount) => Raw(amount?.ToString() ?? "");

    public override CsvWriter Hours(Hours? hours) => Raw(hours?.ToString() ?? "");

    public override CsvWriter Integer(long? number) => Raw(number?.ToString(CultureInfo.InvariantCulture) ?? "");

    /// <summary>ISO 8601, <c>2026-06-30</c>.</summary>
    public override CsvWriter Date(DateOnly? date) => Raw(date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    public CsvWriter Flag(bool? flag) => Raw(flag switch { true => "true", false => "false", null => "" });

    /// <summary>Text as it stood in a file: a plain negative number stays a number, anything else is made harmless.</summary>
    public CsvWriter AsRead(string text) => Raw(FormulaSafe.WriteField(text));

    public override CsvWriter Header(IEnumerable<string> names)
    {
        foreach (var name in names) Text(name);
        return EndRow();
    }

    public override CsvWriter EndRow()
    {
        output.Write("\r\n");
        rowStarted = false;
        return this;
    }

    private CsvWriter Raw(string field)
    {
        if (rowStarted) output.Write(separator);
        rowStarted = true;
        var quoted = field.AsSpan().IndexOfAny(",\"\r\n") >= 0 || field.Contains(separator) || field.StartsWith(' ') || field.EndsWith(' ');
        if (!quoted)
        {
            output.Write(field);
            return this;
        }
        output.Write('"');
        output.Write(field.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
        return this;
    }
}
