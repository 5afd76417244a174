namespace Evergreen.Documents.Drawing;

/// <summary>The letters one document embeds.</summary>
/// <remarks>
/// A document of everyday letters alone shares the everyday alphabet, which Skia knows already. One that needs any other, for a name such as Đorđe
/// or Νίκος, embeds exactly its own letters instead: some 0.8 ms slower, and smaller than the everyday alphabet and a slice beside it.
/// </remarks>
internal sealed class EmbeddedLetters : IDisposable
{
    private readonly Dictionary<Typeface, Dictionary<ushort, int>> wanted = [];
    private readonly Dictionary<Typeface, TypefaceSlice> cut = [];

    public EmbeddedLetters(IReadOnlyList<Sheet> sheets)
    {
        SharesEveryday = sheets.SelectMany(sheet => sheet.Lines).All(line => line.IsEveryday);
        if (SharesEveryday) return;
        foreach (var line in sheets.SelectMany(sheet => sheet.Lines)) Want(line);
    }

    /// <summary>Everyday letters come from the slice that all documents share.</summary>
    public bool SharesEveryday { get; }

    public TypefaceSlice SliceOf(ShapedGlyph glyph)
    {
        if (SharesEveryday) return glyph.Typeface.Everyday;
        if (!cut.TryGetValue(glyph.Typeface, out var slice)) cut[glyph.Typeface] = slice = glyph.Typeface.Cut(wanted[glyph.Typeface]);
        return slice;
    }

    public void Dispose()
    {
        foreach (var slice in cut.Values) slice.Dispose();
    }

    private void Want(TextLine line)
    {
        foreach (var glyph in line.Glyphs)
        {
            if (!wanted.TryGetValue(glyph.Typeface, out var glyphs)) wanted[glyph.Typeface] = glyphs = [];
            if (!glyphs.TryAdd(glyph.Id, glyph.CodePoint) && glyphs[glyph.Id] == ShapedGlyph.PartOfALetter) glyphs[glyph.Id] = glyph.CodePoint;
        }
    }
}
