using System.Globalization;
using System.Text;

namespace Evergreen.Documents.Drawing;

/// <summary>Names the language of a finished PDF in its catalogue, which Skia has no way to do and screen readers need.</summary>
/// <remarks>Reads only what Skia writes: one classic cross-reference table, one trailer. The table's later offsets are moved by what is inserted.</remarks>
internal static class PdfLanguage
{
    private const int RowLength = 20;
    private const int LastLines = 64;

    /// <exception cref="InvalidOperationException">The bytes are not laid out as expected; nothing is guessed.</exception>
    public static byte[] Add(ReadOnlySpan<byte> pdf, string language) => Insert(pdf, 0, language);

    /// <summary>The same for a file of any length: what comes before the catalogue is neither read nor written.</summary>
    /// <exception cref="InvalidOperationException">The file is not laid out as expected; it is as it was.</exception>
    public static void AddTo(FileStream pdf, string language)
    {
        var end = Read(pdf, Math.Max(0, pdf.Length - LastLines));
        var table = Number(end, Find(end, "startxref\n", 0) + "startxref\n".Length);
        var catalogue = new Layout(Read(pdf, table), table).Catalogue;
        if (catalogue > table) throw Unexpected("catalogue");
        var tail = Insert(Read(pdf, catalogue), catalogue, language);
        pdf.Position = catalogue;
        pdf.Write(tail);
        pdf.SetLength(pdf.Position);
    }

    /// <summary>Where things stand in the end of a PDF. Offsets are the file's, places are the bytes'.</summary>
    private readonly ref struct Layout
    {
        public Layout(ReadOnlySpan<byte> tail, long origin)
        {
            StartLine = Find(tail, "startxref\n", tail.Length - LastLines);
            Table = Number(tail, StartLine + "startxref\n".Length);
            var table = (int)(Table - origin);
            Trailer = Find(tail, "trailer\n", table);
            Rows = Find(tail, "\n", Find(tail, "xref\n0 ", table) + "xref\n".Length) + 1;
            Catalogue = Number(tail, Rows + (int)Number(tail, Find(tail, "/Root ", Trailer) + "/Root ".Length) * RowLength);
        }

        public int StartLine { get; }
        public long Table { get; }
        public int Trailer { get; }
        public int Rows { get; }
        public long Catalogue { get; }
    }

    /// <param name="tail">The file from this offset on.</param>
    private static byte[] Insert(ReadOnlySpan<byte> tail, long origin, string language)
    {
        if (!language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')) throw new ArgumentException($"'{language}' is not a language tag.", nameof(language));
        var layout = new Layout(tail, origin);
        var catalogue = (int)(layout.Catalogue - origin);
        var at = Find(tail, "<</Type /Catalog", catalogue) + "<</Type /Catalog".Length;
        if (at > layout.Table - origin || at - catalogue > 40) throw Unexpected("catalogue");

        var inserted = Encoding.ASCII.GetBytes($"\n/Lang ({language})");
        var result = new byte[tail.Length + inserted.Length + Digits(layout.Table + inserted.Length) - Digits(layout.Table)];
        tail[..at].CopyTo(result);
        inserted.CopyTo(result.AsSpan(at));
        tail[at..].CopyTo(result.AsSpan(at + inserted.Length));
        for (var row = layout.Rows + inserted.Length; row < layout.Trailer + inserted.Length; row += RowLength)
        {
            var offset = Number(result, row);
            if (result[row + 17] == 'n' && offset - origin > at) Write(result, row, (offset + inserted.Length).ToString("0000000000", CultureInfo.InvariantCulture));
        }
        Write(result, layout.StartLine + inserted.Length, $"startxref\n{(layout.Table + inserted.Length).ToString(CultureInfo.InvariantCulture)}\n%%EOF\n");
        return result;
    }

    private static byte[] Read(FileStream pdf, long from)
    {
        var bytes = new byte[pdf.Length - from];
        pdf.Position = from;
        pdf.ReadExactly(bytes);
        return bytes;
    }

    private static int Find(ReadOnlySpan<byte> pdf, string mark, int from)
    {
        from = Math.Max(from, 0);
        var at = pdf[from..].IndexOf(Encoding.ASCII.GetBytes(mark));
        return at < 0 ? throw Unexpected(mark) : from + at;
    }

    private static long Number(ReadOnlySpan<byte> pdf, int at)
    {
        var end = at;
        while (end < pdf.Length && char.IsAsciiDigit((char)pdf[end])) end++;
        return long.TryParse(pdf[at..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected($"number at {at}");
    }

    private static void Write(byte[] pdf, int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(pdf.AsSpan(at));

    private static int Digits(long number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static InvalidOperationException Unexpected(string what) => new($"The PDF is not laid out as Skia lays it out: no {what.Trim()} where it should be.");
}
