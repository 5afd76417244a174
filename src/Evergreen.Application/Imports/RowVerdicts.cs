namespace Evergreen.Application.Imports;

/// <summary>What the database said of a row: known only after the row was read on.</summary>
internal enum RowVerdict : byte
{
    New,

    /// <summary>Its key is there, with the same content.</summary>
    Repeated,

    /// <summary>Its key is there, with other content.</summary>
    Differs,

    /// <summary>It is not there, and its year is closed.</summary>
    YearClosed,

    /// <summary>It is not there, and cannot go in as it stands.</summary>
    Wrong,

    /// <summary>It takes back more than the lot holds.</summary>
    BelowZero,

    /// <summary>It gives a member more shares than one may hold.</summary>
    AboveLimit,
}

/// <summary>The verdicts that are not plainly new, by the row's place in the file: a byte a row, and only for stretches of the file that have any.</summary>
internal sealed class RowVerdicts
{
    private const int Stretch = 1 << 16;
    private readonly List<byte[]?> stretches = [];

    public bool Any { get; private set; }

    public RowVerdict this[long row]
    {
        get => row / Stretch < stretches.Count && stretches[(int)(row / Stretch)] is { } stretch ? (RowVerdict)stretch[row % Stretch] : RowVerdict.New;
        set
        {
            Any = true;
            while (stretches.Count <= row / Stretch) stretches.Add(null);
            (stretches[(int)(row / Stretch)] ??= new byte[Stretch])[row % Stretch] = (byte)value;
        }
    }
}
