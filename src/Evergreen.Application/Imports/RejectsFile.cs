namespace Evergreen.Application.Imports;

/// <summary>The rejected rows as they stood in the file, with two more columns, "Problem" and "How to fix": to be corrected and imported again alone.</summary>
/// <remarks>With the separator of the file they came from, and in UTF-8 with its mark where it is kept: spreadsheets know the letters by the mark, and so does an import, whatever was said of the source. A row that cannot be taken apart stands whole in the first column. Secret columns are not masked: it is the operator's own file, given back.</remarks>
public sealed class RejectsFile(TextWriter output)
{
    public const string ProblemColumn = "Problem", RemedyColumn = "How to fix";
    private CsvWriter csv = null!;
    private int columns;
    private int[] kept = [];

    public long Rows { get; private set; }

    internal void Begin(RowSource source)
    {
        var header = source.Header;
        csv = new CsvWriter(output, source is DelimitedReader text ? text.Separator : ',');
        columns = header.Count;
        csv.Header([.. header.Where(name => !IsOurs(name)), ProblemColumn, RemedyColumn]);
        kept = [.. Enumerable.Range(0, columns).Where(i => !IsOurs(header[i]))];
    }

    internal void Add(RowSource row, IReadOnlyList<Problem> problems) => Add(Fields(row), problems);

    /// <summary>What of a row is given back, for a row that is decided on after the next was read.</summary>
    internal string[] Fields(RowSource row)
    {
        var whole = row.FieldCount == columns;
        return [.. kept.Select((column, i) => whole ? row.Text(column) : i == 0 ? row.RawText : "")];
    }

    internal void Add(string[] fields, IReadOnlyList<Problem> problems)
    {
        Rows++;
        foreach (var field in fields) csv.AsRead(field);
        csv.Text(string.Join("; ", problems.Select(Describe)));
        csv.Text(string.Join(" ", problems.Select(p => p.Remedy).Distinct(StringComparer.Ordinal)));
        csv.EndRow();
    }

    private static string Describe(Problem problem) =>
        problem.Column is null ? $"expected {problem.Expected}" : $"{problem.Column}: expected {problem.Expected}";

    internal static bool IsOurs(string name) => name is ProblemColumn or RemedyColumn;
}
