using System.Buffers;
using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Evergreen.Documents.Drawing;

/// <summary>One glyph in its place, in the units of its own typeface.</summary>
/// <param name="Start">Index in the text of the first character of the letter it belongs to.</param>
/// <param name="CodePoint">The character it stands for, when it stands for one alone; else <see cref="PartOfALetter"/>.</param>
internal readonly record struct ShapedGlyph(Typeface Typeface, ushort Id, int Advance, int OffsetX, int OffsetY, int Start, int CodePoint)
{
    public const int PartOfALetter = -1;

    public bool IsEveryday => CodePoint >= 0 && Typeface.IsEveryday(Id, CodePoint);
}

/// <summary>A text turned into glyphs, left to right.</summary>
internal sealed class ShapedText
{
    [ThreadStatic] private static Buffer? reused;

    private ShapedText(string text, List<ShapedGlyph> glyphs) => (Text, Glyphs) = (text, glyphs);

    public string Text { get; }
    public List<ShapedGlyph> Glyphs { get; }

    /// <summary>Shapes with the first typeface; only where that lacks a letter, the letter with all its marks is taken from the next.</summary>
    public static ShapedText Shape(string text, IReadOnlyList<Typeface> typefaces)
    {
        var glyphs = new List<ShapedGlyph>(text.Length);
        if (text.Length == 0) return new ShapedText(text, glyphs);
        if (!TryShape(text, 0, text.Length, typefaces[0], glyphs))
        {
            glyphs.Clear();
            ShapeByLetter(text, typefaces, glyphs);
        }
        return new ShapedText(text, glyphs);
    }

    /// <summary>The letters of a text for which no typeface has a glyph; empty for every Latin, Greek and Cyrillic name.</summary>
    public static IEnumerable<string> Missing(string text, IReadOnlyList<Typeface> typefaces)
    {
        // Every typeface has these; most names need not be shaped to know it.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || TryShape(text, 0, text.Length, typefaces[0], [])) yield break;
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var start = at;
            at += length;
            if (!typefaces.Any(typeface => TryShape(text, start, length, typeface, []))) yield return text.Substring(start, length);
        }
    }

    private static void ShapeByLetter(string text, IReadOnlyList<Typeface> typefaces, List<ShapedGlyph> glyphs)
    {
        Typeface Choose(int start, int length) =>
            typefaces.FirstOrDefault(typeface => TryShape(text, start, length, typeface, [])) ?? typefaces[0];

        for (var start = 0; start < text.Length;)
        {
            var end = start + StringInfo.GetNextTextElementLength(text, start);
            var typeface = Choose(start, end - start);
            while (end < text.Length)
            {
                var length = StringInfo.GetNextTextElementLength(text, end);
                if (Choose(end, length) != typeface) break;
                end += length;
            }
            TryShape(text, start, end - start, typeface, glyphs);
            start = end;
        }
    }

    /// <returns>False when the typeface lacks a glyph; the glyphs are added all the same, with boxes in the gaps.</returns>
    private static bool TryShape(string text, int start, int length, Typeface typeface, List<ShapedGlyph> glyphs)
    {
        var buffer = reused ??= new Buffer();
        buffer.Reset();
        buffer.ClusterLevel = ClusterLevel.MonotoneCharacters;
        buffer.AddUtf16(text.AsSpan(), start, length);
        buffer.GuessSegmentProperties();
        buffer.Direction = Direction.LeftToRight;
        typeface.Shape(buffer);

        var complete = true;
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        for (var i = 0; i < infos.Length; i++)
        {
            complete &= infos[i].Codepoint != 0;
            var (id, at) = ((ushort)infos[i].Codepoint, (int)infos[i].Cluster);
            var isAlone = (i == 0 || infos[i - 1].Cluster != at) && (i + 1 == infos.Length || infos[i + 1].Cluster != at);
            var end = i + 1 < infos.Length ? (int)infos[i + 1].Cluster : start + length;
            var codePoint = isAlone ? CodePoint(typeface, id, text.AsSpan(at..end)) : ShapedGlyph.PartOfALetter;
            glyphs.Add(new ShapedGlyph(typeface, id, typeface.WithoutFaintKerning(id, positions[i].XAdvance), positions[i].XOffset, positions[i].YOffset, at, codePoint));
        }
        return complete;
    }

    /// <summary>The text decides, not the font: in some weights the Greek and the Latin alpha are one glyph.</summary>
    private static int CodePoint(Typeface typeface, ushort glyph, ReadOnlySpan<char> letter) =>
        Rune.DecodeFromUtf16(letter, out var rune, out var read) == OperationStatus.Done && read == letter.Length
            ? rune.Value
            : typeface.CodePointOf(glyph) ?? ShapedGlyph.PartOfALetter;
}
