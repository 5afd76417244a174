namespace Evergreen.Application.Imports;

/// <summary>Where every physical line of a file went: header, record, bad row or blank. Nothing is counted twice and nothing is left out.</summary>
/// <remarks>A record or a bad row may span several lines (a quoted field with line breaks); a blank row is one line.</remarks>
public sealed class RowAccount
{
    public long HeaderLines { get; private set; }
    public long Records { get; private set; }
    public long RecordLines { get; private set; }
    public long BadRows { get; private set; }
    public long BadLines { get; private set; }

    /// <summary>Empty lines and rows of nothing but separators and blanks, as spreadsheets leave them.</summary>
    public long Blanks { get; private set; }
    public long BlankLines { get; private set; }

    /// <summary>Every row below the header: records + bad rows + blanks.</summary>
    public long Rows => Records + BadRows + Blanks;

    /// <summary>Every physical line of the file, as an editor counts them.</summary>
    public long Lines => HeaderLines + RecordLines + BadLines + BlankLines;

    internal void CountHeader(long lines) => HeaderLines += lines;
    internal void CountRecord(long lines) { Records++; RecordLines += lines; }
    internal void CountBad(long lines) { BadRows++; BadLines += lines; }
    internal void CountBlank(long rows, long lines) { Blanks += rows; BlankLines += lines; }
}
