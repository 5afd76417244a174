namespace Evergreen.Documents.Drawing;

/// <summary>The letters one document embeds: each typeface's everyday alphabet, and one slice of whatever else this document's texts need.</summary>
internal sealed class EmbeddedLetters : IDisposable
{
    private readonly Dictionary<Typeface, SortedSet<ushort>> wanted = [];
    private readonly Dictionary<Typeface, TypefaceSlice> cut = [];

    /// <summary>Asks for a glyph. All glyphs are asked for before the first slice is.</summary>
    public void Add(ShapedGlyph glyph)
    {
        if (glyph.Typeface.IsEveryday(glyph.Id)) return;
        if (!wanted.TryGetValue(glyph.Typeface, out var glyphs)) wanted[glyph.Typeface] = glyphs = [];
        glyphs.Add(glyph.Id);
    }

    public TypefaceSlice SliceOf(ShapedGlyph glyph)
    {
        if (glyph.Typeface.IsEveryday(glyph.Id)) return glyph.Typeface.Everyday;
        if (!cut.TryGetValue(glyph.Typeface, out var slice)) cut[glyph.Typeface] = slice = glyph.Typeface.Cut(wanted[glyph.Typeface]);
        return slice;
    }

    public void Dispose()
    {
        foreach (var slice in cut.Values) slice.Dispose();
    }
}
