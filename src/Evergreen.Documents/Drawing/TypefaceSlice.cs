using System.Collections.Concurrent;
using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>The few glyphs of a typeface that are embedded together.</summary>
internal sealed class TypefaceSlice : IDisposable
{
    private readonly SKTypeface typeface;
    private readonly Dictionary<ushort, ushort> glyphs;
    private readonly ConcurrentDictionary<float, SKFont> sizes = new();

    public TypefaceSlice(byte[] file, Dictionary<ushort, ushort> glyphs)
    {
        this.glyphs = glyphs;
        using var data = SKData.CreateCopy(file);
        typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"Skia cannot read a font subset of {file.Length} bytes.");
    }

    /// <summary>The number in this slice of a glyph of the whole typeface.</summary>
    public ushort this[ushort glyph] => glyphs[glyph];

    public SKFont AtSize(float points) => sizes.GetOrAdd(points, size => new SKFont(typeface, size)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
    });

    public void Dispose()
    {
        foreach (var font in sizes.Values) font.Dispose();
        typeface.Dispose();
    }
}
