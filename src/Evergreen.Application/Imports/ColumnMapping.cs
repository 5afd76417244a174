using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Which column of a file feeds which canonical column; matched by name, never by position.</summary>
public sealed class ColumnMapping
{
    private readonly Dictionary<string, int> positions;

    private ColumnMapping(Dictionary<string, int> positions, Dictionary<string, string> columns, IReadOnlyList<string> absent, IReadOnlyList<string> unread)
    {
        this.positions = positions;
        Columns = columns;
        Absent = absent;
        Unread = unread;
    }

    /// <summary>By canonical column, the header (as it stands in the file) that feeds it.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; }

    /// <summary>Optional canonical columns that nothing feeds: all their fields are empty.</summary>
    public IReadOnlyList<string> Absent { get; }

    /// <summary>Headers that feed nothing, in the order of the file: to be shown, never dropped in silence.</summary>
    public IReadOnlyList<string> Unread { get; }

    /// <param name="chosen">Header by canonical column, where the operator says other than the profile; an empty one leaves the column without a value.</param>
    /// <returns>Refused where a header stands twice, a chosen one is not there, or a required column is missing.</returns>
    public static Outcome<ColumnMapping> Match(Profile profile, IReadOnlyList<string> header, IReadOnlyDictionary<string, string>? chosen = null)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
            if (Normalise(header[i]) is { Length: > 0 } name && !places.TryAdd(name, i))
                return Refusals.HeaderTwice(header[i]);
        foreach (var (column, name) in chosen ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (!profile.File.Has(column)) return Refusals.ColumnUnknown(column, profile.File);
            if (name.Length > 0 && !places.ContainsKey(Normalise(name))) return Refusals.ChosenColumnMissing(column, name);
        }
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        var absent = new List<string>();
        var read = new HashSet<int>();
        foreach (var column in profile.File.Columns)
        {
            var origins = Origins(profile, column.Name, chosen);
            var fed = false;
            foreach (var from in origins.SelectMany(ColumnsOf))
            {
                if (Position(places, from) is not { } position) continue;
                read.Add(position);
                fed = true;
                columns.TryAdd(column.Name, header[position]);
            }
            fed |= origins.Any(o => o is Origin.Constant or Origin.Option);
            if (fed) continue;
            // A till's file without its customer column would turn every sale into non-member business.
            if (column.Required || (column.Name == "member_number" && !profile.IsCanonical)) return Refusals.ColumnMissing(column.Name, [.. origins.SelectMany(ColumnsOf).SelectMany(c => c.Names).Distinct(StringComparer.Ordinal)]);
            absent.Add(column.Name);
        }
        foreach (var part in profile.Parts)
            if (part.OnlyWith is { } only && places.TryGetValue(Normalise(only), out var position)) read.Add(position);
        return new ColumnMapping(places, columns, absent, [.. header.Where((name, i) => !read.Contains(i) && !RejectsFile.IsOurs(name))]);
    }

    /// <summary>The origins of a canonical column, one per part, with the operator's choice put in place of the profile's column.</summary>
    internal static IReadOnlyList<Origin> Origins(Profile profile, string column, IReadOnlyDictionary<string, string>? chosen)
    {
        var own = profile.Parts.Select(part => part.Fields.GetValueOrDefault(column)).OfType<Origin>().ToList();
        if (chosen is null || !chosen.TryGetValue(column, out var name)) return own;
        if (name.Length == 0) return [];
        return own.Count == 0 ? [new Origin.Column(name)] : [.. own.Select(origin => With(origin, new Origin.Column(name)))];
    }

    /// <summary>The header by which the profile alone feeds a canonical column; null where none of the file's does.</summary>
    internal static string? FedBy(Profile profile, string column, IReadOnlyList<string> header)
    {
        foreach (var name in Origins(profile, column, null).SelectMany(ColumnsOf).SelectMany(from => from.Names))
            if (header.FirstOrDefault(there => Normalise(there) == Normalise(name)) is { } found) return found;
        return null;
    }

    /// <summary>The profile knows the column's value without the file: the same for every row, or given by the operator.</summary>
    internal static bool IsGiven(Profile profile, string column) => Origins(profile, column, null).Any(origin => origin is Origin.Constant or Origin.Option);

    /// <summary>Where the origin's column stands in the file; null where the file has none of its names.</summary>
    internal int? Find(Origin.Column column) => Position(positions, column);

    private static int? Position(Dictionary<string, int> positions, Origin.Column column)
    {
        foreach (var name in column.Names)
            if (positions.TryGetValue(Normalise(name), out var position)) return position;
        return null;
    }

    internal static Origin With(Origin origin, Origin.Column column) => origin switch
    {
        Origin.Numbered => new Origin.Numbered(column),
        Origin.LineOf line => line with { Of = column },
        Origin.DateOf => new Origin.DateOf(column),
        _ => column,
    };

    private static IEnumerable<Origin.Column> ColumnsOf(Origin origin) => origin switch
    {
        Origin.Column column => [column],
        Origin.Numbered numbered => [numbered.Of],
        Origin.LineOf line => [line.Of],
        Origin.DateOf date => [date.Of],
        Origin.Joined joined => joined.Parts.SelectMany(ColumnsOf),
        Origin.WhenAboveOne either => [either.Of, .. ColumnsOf(either.Then), .. ColumnsOf(either.Otherwise ?? new Origin.Constant(""))],
        _ => [],
    };

    /// <summary>Names are compared after trimming (no-break spaces and byte order marks too), in lower case, with blanks inside as one underscore.</summary>
    internal static string Normalise(string name)
    {
        var words = name.Replace('\uFEFF', ' ').Replace('\u00A0', ' ').Replace('_', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join('_', words).ToLowerInvariant();
    }
}
