namespace Evergreen.Documents.Drawing;

public enum Weight { Regular, Semibold }

/// <summary>The two weights documents are set in, each with a wider family behind it for letters the first one lacks.</summary>
public sealed class TypefaceFamily
{
    private static readonly Lazy<TypefaceFamily> Loaded = new(() => new TypefaceFamily());
    private readonly Typeface[][] weights;

    private TypefaceFamily() => weights =
    [
        [new Typeface("SourceSans-Regular.ttf"), new Typeface("NotoSans-Regular.ttf")],
        [new Typeface("SourceSans-Semibold.ttf"), new Typeface("NotoSans-Semibold.ttf")],
    ];

    /// <summary>Source Sans 3 backed by Noto Sans, read once for the process.</summary>
    public static TypefaceFamily SourceSans => Loaded.Value;

    /// <summary>First choice first.</summary>
    internal IReadOnlyList<Typeface> Of(Weight weight) => weights[(int)weight];
}
