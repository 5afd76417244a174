using System.Runtime.InteropServices;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Evergreen.Documents.Drawing;

/// <summary>One weight of one family: shaped with the whole font, embedded as the few glyphs a document needs.</summary>
/// <remarks>
/// Skia embeds the font file it is given whole: 430 KB. So documents are given the everyday alphabet, cut once for the process, and
/// beside it whatever other letters their own names need (<see cref="EmbeddedLetters"/>). Neither depends on which other documents are drawn
/// or in what order: a statement drawn alone has the bytes it had in its batch. Safe for many threads.
/// </remarks>
public sealed class Typeface
{
    private readonly byte[] bytes;
    private readonly Blob blob;
    private readonly Face face;
    private readonly Font font;
    private readonly IntPtr prepared;
    private readonly Dictionary<ushort, int> codePoints = [];
    private readonly int[] advances;
    private readonly Lazy<TypefaceSlice> everyday;

    /// <param name="file">A TrueType file, as embedded in this assembly.</param>
    internal Typeface(string file)
    {
        using var stream = typeof(Typeface).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The typeface {file} is not embedded: build Evergreen.Documents with npm at hand.");
        bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length, pinned: true);
        stream.ReadExactly(bytes);
        blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0), bytes.Length, MemoryMode.ReadOnly);
        face = new Face(blob, 0);
        UnitsPerEm = face.UnitsPerEm;
        GlyphCount = face.GlyphCount;
        font = new Font(face);
        prepared = HarfBuzzSubset.Prepare(face.Handle);
        font.SetScale(UnitsPerEm, UnitsPerEm);
        font.SetFunctionsOpenType();
        advances = font.GetHorizontalGlyphAdvances([.. Enumerable.Range(0, GlyphCount).Select(glyph => (uint)glyph)]);
        ReadCharacterMap();
        everyday = new Lazy<TypefaceSlice>(() => Cut(codePoints.Where(pair => IsEveryday(pair.Key, pair.Value)).ToDictionary()));
    }

    public int UnitsPerEm { get; }
    public int GlyphCount { get; }

    /// <summary>Sets text in this typeface: marks placed, pairs kerned, figures tabular, ligatures off so that every letter can be searched.</summary>
    internal void Shape(Buffer buffer) => font.Shape(buffer, TabularUnligated);

    /// <summary>Leaves out kerning too fine to be seen, a tenth of a point in body text: each kerned pair is written into the file.</summary>
    internal int WithoutFaintKerning(ushort glyph, int advance)
    {
        const int faint = 12;
        return Math.Abs(advance - advances[glyph]) <= faint ? advances[glyph] : advance;
    }

    /// <summary>The first character a glyph stands for, or null for a variant that only shaping reaches.</summary>
    internal int? CodePointOf(ushort glyph) => codePoints.TryGetValue(glyph, out var codePoint) ? codePoint : null;

    /// <summary>The glyphs of English text, figures and amounts.</summary>
    internal TypefaceSlice Everyday => everyday.Value;

    internal bool IsEveryday(ushort glyph, int codePoint) =>
        (codePoint < 0x7F ? !RareAscii.Contains((char)codePoint) : codePoint < 0x10000 && Typography.Contains((char)codePoint))
        && codePoints.TryGetValue(glyph, out var usual) && usual == codePoint;

    /// <summary>A font file of these glyphs alone, each with the character it stands for, or a negative number.</summary>
    internal TypefaceSlice Cut(IReadOnlyDictionary<ushort, int> glyphs)
    {
        var oldToNew = new Dictionary<ushort, ushort>();
        var file = HarfBuzzSubset.Make(prepared, glyphs, oldToNew);
        return new TypefaceSlice(file, oldToNew);
    }

    /// <summary>In the wording of every statement: dashes, quotes, ellipsis, minus, times, middle dot, pound and euro.</summary>
    private const string Typography = "\u2013\u2014\u2018\u2019\u201C\u201D\u2026\u2212\u00D7\u00B7\u00A3\u20AC";

    private const string RareAscii = "\"#*<>[\\]^_`{|}~";

    private static readonly Feature[] TabularUnligated =
        [Feature.Parse("tnum"), Feature.Parse("-liga"), Feature.Parse("-clig"), Feature.Parse("-calt")];

    private void ReadCharacterMap()
    {
        for (var codePoint = 0x20; codePoint < 0x10000; codePoint++)
            if (font.TryGetNominalGlyph(codePoint, out var glyph) && glyph != 0) codePoints.TryAdd((ushort)glyph, codePoint);

        using var digits = new Buffer();
        digits.AddUtf16("0123456789");
        digits.GuessSegmentProperties();
        Shape(digits);
        var shaped = digits.GetGlyphInfoSpan();
        for (var digit = 0; digit < 10; digit++)
        {
            if (font.TryGetNominalGlyph('0' + digit, out var proportional)) codePoints.Remove((ushort)proportional);
            codePoints[(ushort)shaped[digit].Codepoint] = '0' + digit;
        }
    }
}
