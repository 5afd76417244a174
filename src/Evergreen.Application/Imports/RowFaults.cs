namespace Evergreen.Application.Imports;

/// <summary>Why a row cannot be taken apart into fields.</summary>
public static class RowFaults
{
    public static readonly Fault OpenQuote = new("quote-open",
        "a quote that is closed again, with a separator or the end of the line after it",
        "Close the quote that opens on this line, or double it if it belongs to the text. The lines after this one were read as rows of their own.");

    public static readonly Fault SwallowedRows = new("quote-swallows-rows",
        "a quoted text without whole rows inside it",
        "A quote on this line closes only some lines further down, and the lines between look like rows. Close the quote on its own line, or put the text on one line. None of these lines was read.");

    public static readonly Fault StrayQuote = new("quote-stray",
        "quotes only around a whole field",
        "Put the whole field in quotes and double each quote inside it, for example \"5\"\" bolt\".");

    public static readonly Fault TextAfterQuote = new("quote-text-after",
        "a separator or the end of the line after a closing quote",
        "Remove the text after the closing quote, or double the quote if it belongs to the text.");

    public static readonly Fault NullByte = new("nul-byte",
        "text without NUL bytes",
        "The row holds a byte of value zero: the file is damaged, or it is UTF-16 and should be read as such. Export it again as UTF-8.");

    public static readonly Fault FieldTooLong = new("field-too-long",
        $"fields of at most {RowSource.MaxFieldBytes / 1024} KB",
        "Shorten the long field of this row, or look for a quote that was never closed.");

    public static readonly Fault LineTooLong = new("line-too-long",
        $"rows of at most {RowSource.MaxRecordBytes / 1024} KB",
        "Shorten this line, or look for missing line ends.");

    public static readonly Fault TooManyColumns = new("too-many-columns",
        $"at most {RowSource.MaxColumns} columns",
        "Remove the surplus separators of this row.");

    public static readonly Fault NotUtf8 = new("encoding-invalid",
        "text in UTF-8",
        "Save the file as UTF-8, or name its encoding (for example windows-1252) when importing it.");

    internal const string RaggedCode = "row-ragged";

    public static Fault Ragged(int expected, int found) => new(RaggedCode,
        $"{expected} fields, as in the header; this row has {found}",
        found > expected
            ? "Put a field that holds the separator in quotes, or remove the surplus fields."
            : "Add the missing fields (empty ones keep their separator), or join a row that was broken in two.");

    public static Fault CellError(string cell, string error) => new("cell-error",
        "a value in every cell",
        $"Cell {cell} shows {error}: mend its formula, or type the value.");
}
