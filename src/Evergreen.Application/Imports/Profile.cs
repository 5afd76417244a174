namespace Evergreen.Application.Imports;

/// <summary>Where a canonical field comes from in a foreign file.</summary>
public abstract record Origin
{
    /// <summary>The field of the first of these columns that the file has.</summary>
    public sealed record Column(params string[] Names) : Origin;

    /// <summary>The same text in every row.</summary>
    public sealed record Constant(string Value) : Origin;

    /// <summary>A text the operator gives with the file, because the file does not hold it.</summary>
    public sealed record Option(string Name) : Origin;

    /// <summary>Several origins with a text between them; empty ones are left out.</summary>
    public sealed record Joined(string Between, params Origin[] Parts) : Origin;

    /// <summary>The column's date as <c>YYYY-MM-DD</c>, for use inside an id.</summary>
    public sealed record DateOf(Column Of) : Origin;

    /// <summary>The column's text with <c>/1</c>, <c>/2</c> … for consecutive rows that bear the same text.</summary>
    public sealed record Numbered(Column Of) : Origin;

    /// <summary>One line, counted from 1, of a field that holds several.</summary>
    public sealed record LineOf(Column Of, int Number) : Origin;

    /// <summary><paramref name="Then"/> where the column is a number above one, otherwise <paramref name="Otherwise"/>: CORE-POS numbers the people of a household from 1, the owner.</summary>
    public sealed record WhenAboveOne(Column Of, Origin Then, Origin? Otherwise = null) : Origin;
}

/// <summary>One canonical row made of a foreign row.</summary>
/// <param name="OnlyWith">The row is made only where this column is neither empty nor zero.</param>
public sealed record RowPart(IReadOnlyDictionary<string, Origin> Fields, string? OnlyWith = null);

/// <summary>How the file of another system becomes one of ours. Where order of dates is null it is left open: the values must prove it or the operator must choose.</summary>
/// <param name="Parts">One canonical row each; most files need one.</param>
/// <param name="Options">Texts the operator must give with the file, and what they mean.</param>
/// <param name="TotalsIn">Columns in which "Total …" marks a row of totals: shown and counted, never imported.</param>
/// <param name="Instead">Name of the system's other file, which tells of the same sales: of one day only one of the two is taken.</param>
public sealed record Profile(
    string Name,
    string Title,
    CanonicalFile File,
    IReadOnlyList<RowPart> Parts,
    DateOrder? DateOrder = null,
    NumberForm? Numbers = null,
    IReadOnlyDictionary<string, string>? Options = null,
    IReadOnlyList<string>? TotalsIn = null,
    string? Instead = null)
{
    public bool IsCanonical => Name == CanonicalName;

    public const string CanonicalName = "canonical", OtherName = "other";

    /// <summary>A file of a system that we do not know: our columns, fed by whichever of its own the operator says, dates and numbers in the form the source writes them.</summary>
    public static Profile Other(CanonicalFile file) => Canonical(file) with { Name = OtherName, Title = "Another system's file", DateOrder = null, Numbers = null };

    /// <summary>The contract itself: our columns by name, strict dates and amounts.</summary>
    public static Profile Canonical(CanonicalFile file) => new(CanonicalName, $"Evergreen {file.Name}.csv", file,
        [new RowPart(file.Columns.ToDictionary(c => c.Name, Origin (c) => new Origin.Column(c.Name), StringComparer.Ordinal))],
        Imports.DateOrder.YearFirst, NumberForm.Canonical);
}
