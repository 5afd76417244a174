namespace Evergreen.Application.Imports;

/// <summary>Why a row could not be taken apart, in words for the person who will mend the file.</summary>
/// <param name="Code">For machines and for grouping; never changes with the row.</param>
public sealed record RowFault(string Code, string Expected, string Remedy)
{
    public static readonly RowFault OpenQuote = new("quote-open",
        "a quote that is closed again, with a separator or the end of the line after it",
        "Close the quote that opens on this line, or double it if it belongs to the text. The lines after this one were read as rows of their own.");

    public static readonly RowFault SwallowedRows = new("quote-swallows-rows",
        "a quoted text without whole rows inside it",
        "A quote on this line closes only some lines further down, and the lines between look like rows. Close the quote on its own line, or put the text on one line. None of these lines was read.");

    public static readonly RowFault StrayQuote = new("quote-stray",
        "quotes only around a whole field",
        "Put the whole field in quotes and double each quote inside it, for example \"5\"\" bolt\".");

    public static readonly RowFault TextAfterQuote = new("quote-text-after",
        "a separator or the end of the line after a closing quote",
        "Remove the text after the closing quote, or double the quote if it belongs to the text.");

    public static readonly RowFault NullByte = new("nul-byte",
        "text without NUL bytes",
        "The row holds a byte of value zero: the file is damaged, or it is UTF-16 and should be read as such. Export it again as UTF-8.");

    public static readonly RowFault FieldTooLong = new("field-too-long",
        $"fields of at most {RowSource.MaxFieldBytes / 1024} KB",
        "Shorten the long field of this row, or look for a quote that was never closed.");

    public static readonly RowFault LineTooLong = new("line-too-long",
        $"rows of at most {RowSource.MaxRecordBytes / 1024} KB",
        "Shorten this line, or look for missing line ends.");

    public static readonly RowFault TooManyColumns = new("too-many-columns",
        $"at most {RowSource.MaxColumns} columns",
        "Remove the surplus separators of this row.");

    public static readonly RowFault NotUtf8 = new("encoding-invalid",
        "text in UTF-8",
        "Save the file as UTF-8, or name its encoding (for example windows-1252) when importing it.");

    public static RowFault Ragged(int expected, int found) => new("row-ragged",
        $"{expected} fields, as in the header; this row has {found}",
        found > expected
            ? "Put a field that holds the separator in quotes, or remove the surplus fields."
            : "Add the missing fields (empty ones keep their separator), or join a row that was broken in two.");

    public static RowFault CellError(string cell, string error) => new("cell-error",
        "a value in every cell",
        $"Cell {cell} shows {error}: mend its formula, or type the value.");
}
