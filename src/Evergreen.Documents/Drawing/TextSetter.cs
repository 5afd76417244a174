using System.Collections.Concurrent;

namespace Evergreen.Documents.Drawing;

/// <summary>Turns texts into lines. Wording that every document repeats is set once and kept.</summary>
/// <remarks>Safe for many threads. What is kept lives until the setter is disposed of; what is not belongs to the sheets it is drawn on.</remarks>
public sealed class TextSetter(TypefaceFamily family) : IDisposable
{
    private const int MostKept = 4096, SmallestSteps = 9;
    private readonly ConcurrentDictionary<(string Text, TextStyle Style, float Width), IReadOnlyList<TextLine>> kept = new();
    private int keptCount;

    /// <summary>One line, not broken, that other documents repeat.</summary>
    public TextLine Wording(string text, TextStyle style) => Wording(text, style, float.PositiveInfinity)[0];

    /// <summary>Lines that other documents repeat, broken as <see cref="Lines"/> breaks them.</summary>
    public IReadOnlyList<TextLine> Wording(string text, TextStyle style, float width)
    {
        var key = (text, style, width);
        if (kept.TryGetValue(key, out var lines)) return lines;
        lines = Lines(text, style, width);
        if (Volatile.Read(ref keptCount) >= MostKept) return lines;
        foreach (var line in lines) line.IsKept = true;
        if (kept.TryAdd(key, lines)) Interlocked.Increment(ref keptCount);
        return lines;
    }

    /// <summary>One line, not broken.</summary>
    public TextLine Line(string text, TextStyle style) => Lines(text, style, float.PositiveInfinity)[0];

    /// <summary>One line, not broken, in smaller type where it would be wider than the width in points; never smaller than can be read.</summary>
    public TextLine Fitted(string text, TextStyle style, float width)
    {
        var line = Line(text, style);
        if (line.Width <= width) return line;
        var steps = Math.Max(SmallestSteps, (int)(style.Steps * width / line.Width));
        line.Dispose();
        return Line(text, style with { Steps = steps });
    }

    /// <summary>Lines no wider than the width in points, broken at spaces. A word wider than that stands alone, uncut.</summary>
    public IReadOnlyList<TextLine> Lines(string text, TextStyle style, float width) =>
        Break(ShapedText.Shape(text, family.Of(style.Weight)), style.Size, width);

    /// <summary>Letters that would be printed as an empty box: outside the Latin, Greek and Cyrillic scripts.</summary>
    public IReadOnlyList<string> Missing(string text) => [.. ShapedText.Missing(text, family.Of(Weight.Regular)).Distinct(StringComparer.Ordinal)];

    private static List<TextLine> Break(ShapedText shaped, float size, float width)
    {
        var glyphs = shaped.Glyphs;
        var lines = new List<TextLine>();
        var start = 0;
        var x = 0f;
        var lastSpace = -1;
        for (var i = 0; i < glyphs.Count; i++)
        {
            if (shaped.Text[glyphs[i].Start] == ' ') lastSpace = i;
            x += glyphs[i].Advance * size / glyphs[i].Typeface.UnitsPerEm;
            if (x <= width || lastSpace <= start || lastSpace == i) continue;
            lines.Add(new TextLine(shaped, start, lastSpace, size));
            start = lastSpace + 1;
            x = 0;
            for (var j = start; j <= i; j++) x += glyphs[j].Advance * size / glyphs[j].Typeface.UnitsPerEm;
        }
        lines.Add(new TextLine(shaped, start, glyphs.Count, size));
        return lines;
    }

    public void Dispose()
    {
        foreach (var line in kept.Values.SelectMany(lines => lines)) line.Dispose();
        kept.Clear();
    }
}
