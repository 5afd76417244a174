using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>The header of a file and the values of its first rows.</summary>
internal sealed class FileLook
{
    private const int MostValues = 200;
    private readonly List<List<string>> values;

    private FileLook(RowSource rows)
    {
        Header = rows.Header;
        Sheet = rows.Sheet;
        IsWorkbook = rows is XlsxReader;
        values = [.. Header.Select(_ => new List<string>())];
    }

    public IReadOnlyList<string> Header { get; }
    public string? Sheet { get; }
    public bool IsWorkbook { get; }

    public static Outcome<FileLook> At(ImportFile file, ReadingOptions options, int mostRows)
    {
        var opened = file.OpenRows(options);
        if (opened.IsRefused) return opened.Refusal!;
        using var rows = opened.Value;
        var look = new FileLook(rows);
        var seen = look.Header.Select(_ => new HashSet<string>(StringComparer.Ordinal)).ToList();
        for (var row = 0; row < mostRows && rows.Read(); row++)
        {
            if (rows.Fault is not null) continue;
            for (var i = 0; i < look.Header.Count; i++)
            {
                var text = System.Text.Encoding.UTF8.GetString(FormulaSafe.Read(Blanks.Trim(rows.Field(i))));
                if (text.Length > 0 && look.values[i].Count < MostValues && seen[i].Add(text)) look.values[i].Add(text);
            }
        }
        return rows.Refusal is { } refusal ? refusal : look;
    }

    /// <summary>The header as it stands in the file; null where it has none of that name.</summary>
    public string? Find(string name) => Header.FirstOrDefault(there => ColumnMapping.Normalise(there) == ColumnMapping.Normalise(name));

    public int PlaceOf(string header)
    {
        for (var i = 0; i < Header.Count; i++)
            if (Header[i] == header) return i;
        throw new ArgumentException($"The file has no column '{header}'.", nameof(header));
    }

    /// <summary>Different values of a column, in the order of the file.</summary>
    public IReadOnlyList<string> Values(string? header) => header is null ? [] : values[PlaceOf(header)];
}
