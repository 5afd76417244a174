using System.Runtime.InteropServices;
using System.Text;
using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>Weight and size; colour is given when it is drawn.</summary>
/// <param name="Steps">Size in steps of 125/256 of a point.</param>
/// <remarks>
/// In such a step a font unit is a whole number of 1/2048 points, so Skia's sums of advances are exact. At other sizes
/// they differ from ours in the last bit, and Skia then writes every letter's place into the file, which doubles the page.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextStyle(Weight Weight, int Steps)
{
    /// <summary>In points.</summary>
    public float Size => Steps * 125f / 256f;

    /// <summary>Distance from one baseline to the next.</summary>
    public float Leading => Size * 1.36f;
}

/// <summary>One line set in its type, and how wide it is in points.</summary>
public sealed class TextLine : IDisposable
{
    private readonly ShapedText shaped;
    private readonly int from, to;
    private readonly float size;
    private SKTextBlob? blob;

    internal TextLine(ShapedText shaped, int from, int to, float size)
    {
        (this.shaped, this.from, this.to, this.size) = (shaped, from, to, size);
        IsEveryday = true;
        for (var i = from; i < to; i++)
        {
            var glyph = shaped.Glyphs[i];
            Width += Points(glyph.Advance, glyph);
            IsEveryday &= glyph.IsEveryday;
        }
    }

    /// <summary>In points.</summary>
    public float Width { get; }

    internal bool IsEmpty => from == to;

    /// <summary>Needs no letters but the everyday ones, so every document can use the same glyph run.</summary>
    internal bool IsEveryday { get; }

    /// <summary>Kept by the setter for every document; otherwise it belongs to the sheet it is drawn on.</summary>
    internal bool IsKept { get; set; }

    internal ReadOnlySpan<ShapedGlyph> Glyphs => CollectionsMarshal.AsSpan(shaped.Glyphs)[from..to];

    internal void Draw(SKCanvas canvas, float x, float baseline, SKPaint paint, EmbeddedLetters letters)
    {
        if (IsKept && IsEveryday && letters.SharesEveryday)
        {
            var drawn = Volatile.Read(ref blob);
            if (drawn is null)
            {
                var built = Build(letters);
                drawn = Interlocked.CompareExchange(ref blob, built, null) ?? built;
                if (drawn != built) built.Dispose();
            }
            canvas.DrawText(drawn, x, baseline, paint);
            return;
        }
        using var once = Build(letters);
        canvas.DrawText(once, x, baseline, paint);
    }

    public void Dispose() => blob?.Dispose();

    /// <summary>The line's glyphs as runs that each come from one embedded slice.</summary>
    private SKTextBlob Build(EmbeddedLetters letters)
    {
        using var builder = new SKTextBlobBuilder();
        var glyphs = shaped.Glyphs;
        var x = 0f;
        for (var start = from; start < to;)
        {
            var slice = letters.SliceOf(glyphs[start]);
            var end = start + 1;
            if (glyphs[start].CodePoint == ShapedGlyph.PartOfALetter)
            {
                while (end < to && glyphs[end].Start == glyphs[start].Start) end++;
                x = AddLetter(builder, start, end, slice, x);
            }
            else
            {
                while (end < to && glyphs[end].CodePoint != ShapedGlyph.PartOfALetter && letters.SliceOf(glyphs[end]) == slice) end++;
                var run = builder.AllocateRawPositionedRun(slice.AtSize(size), end - start, null);
                x = Place(run.Glyphs, run.Positions, start, slice, x);
            }
            start = end;
        }
        return builder.Build() ?? throw new InvalidOperationException($"Skia made nothing of '{shaped.Text}'.");
    }

    /// <summary>A letter of several glyphs: its text is written beside them, so that it is still found when searching.</summary>
    private float AddLetter(SKTextBlobBuilder builder, int start, int end, TypefaceSlice slice, float x)
    {
        var endOfText = end < shaped.Glyphs.Count ? shaped.Glyphs[end].Start : shaped.Text.Length;
        var text = Encoding.UTF8.GetBytes(shaped.Text[shaped.Glyphs[start].Start..endOfText]);
        var run = builder.AllocateRawPositionedTextRun(slice.AtSize(size), end - start, text.Length, null);
        text.CopyTo(run.Text);
        run.Clusters.Clear();
        return Place(run.Glyphs, run.Positions, start, slice, x);
    }

    private float Place(Span<ushort> ids, Span<SKPoint> positions, int start, TypefaceSlice slice, float x)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            var glyph = shaped.Glyphs[start + i];
            ids[i] = slice[glyph.Id];
            positions[i] = new SKPoint(x + Points(glyph.OffsetX, glyph), -Points(glyph.OffsetY, glyph));
            x += Points(glyph.Advance, glyph);
        }
        return x;
    }

    private float Points(int units, ShapedGlyph glyph) => units * (size / glyph.Typeface.UnitsPerEm);
}
