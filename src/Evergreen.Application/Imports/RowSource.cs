using Evergreen.Domain.Arithmetic;
using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>A file read row by row, in order: records and bad rows alike, each with the line on which a person finds it. Memory does not grow with the file.</summary>
public abstract class RowSource : IDisposable
{
    public const int MaxFieldBytes = 32 * 1024;
    public const int MaxRecordBytes = 128 * 1024;

    /// <summary>Longest record in physical lines. It bounds how far an open quote is followed before reading resumes on the next line.</summary>
    public const int MaxRecordLines = 64;
    public const int MaxColumns = 256;

    /// <summary>The header's fields as they stand in the file.</summary>
    public IReadOnlyList<string> Header { get; protected set; } = [];

    /// <summary>The sheet's name; null for text files, which have none.</summary>
    public string? Sheet { get; protected init; }

    /// <summary>Warnings about the file as a whole, for example an encoding that had to be assumed.</summary>
    public IReadOnlyList<Problem> Notices { get; protected set; } = [];

    public RowAccount Account { get; } = new();

    /// <summary>Set when reading had to be given up (a damaged or hostile file). <see cref="Read"/> is then false; nothing of the file may be used.</summary>
    public Refusal? Refusal { get; protected set; }

    /// <summary>First line of the current row, counted from 1 as an editor or spreadsheet shows it.</summary>
    public long Line { get; protected set; }

    /// <summary>Physical lines of the current row.</summary>
    public long LineCount { get; protected set; }

    /// <summary>Why the current row is bad; null for a record. The fields of a bad row may be shown but never imported.</summary>
    public Fault? Fault { get; protected set; }

    /// <summary>The line to report for <see cref="Fault"/>: where the quote opened, otherwise the row's first line.</summary>
    public long FaultLine { get; protected set; }

    /// <summary>The file's size, and how much of it has been taken in: for showing progress.</summary>
    public long TotalBytes { get; protected init; }
    public abstract long BytesRead { get; }

    public int FieldCount { get; protected set; }

    /// <summary>Advances to the next record or bad row, passing over (and counting) blank ones.</summary>
    /// <returns>False at the end of the file, and when reading was given up: see <see cref="Refusal"/>.</returns>
    public abstract bool Read();

    /// <summary>The field's UTF-8 text, unquoted, otherwise untouched. Valid until the next <see cref="Read"/>.</summary>
    public abstract ReadOnlySpan<byte> Field(int index);

    /// <summary>The row as it stands in the file, cut after 8 KB: for giving a bad row back to the person who will mend it.</summary>
    public abstract string RawText { get; }

    public string Text(int index) => Encoding.UTF8.GetString(Field(index));

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
