using System.Globalization;
using System.Text;

namespace Evergreen.Documents.Drawing;

/// <summary>Names in the catalogue of a finished PDF its language, which screen readers need, and the list of its sections: Skia has no way to do either.</summary>
/// <remarks>Reads only what Skia writes: one classic cross-reference table, one trailer. The table's later offsets are moved by what is inserted.</remarks>
internal static class PdfCatalogue
{
    private const int RowLength = 20;
    private const int LastLines = 64;

    /// <exception cref="InvalidOperationException">The bytes are not laid out as expected; nothing is guessed.</exception>
    public static byte[] Add(ReadOnlySpan<byte> pdf, string language, PdfOutline outline) => Insert(pdf, 0, language, outline);

    /// <summary>The same for a file of any length: what comes before the catalogue is neither read nor written.</summary>
    /// <exception cref="InvalidOperationException">The file is not laid out as expected; it is as it was.</exception>
    public static void AddTo(FileStream pdf, string language, PdfOutline outline)
    {
        var end = Read(pdf, Math.Max(0, pdf.Length - LastLines));
        var table = Number(end, Find(end, "startxref\n", 0) + "startxref\n".Length);
        var catalogue = new Layout(Read(pdf, table), table).Catalogue;
        if (catalogue > table) throw Unexpected("catalogue");
        var tail = Insert(Read(pdf, catalogue), catalogue, language, outline);
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
            var count = Find(tail, "xref\n0 ", table) + "xref\n0 ".Length;
            Objects = Number(tail, count);
            Rows = Find(tail, "\n", count) + 1;
            Catalogue = Number(tail, Rows + (int)Number(tail, Find(tail, "/Root ", Trailer) + "/Root ".Length) * RowLength);
        }

        public int StartLine { get; }
        public long Table { get; }
        public int Trailer { get; }
        public int Rows { get; }
        public long Objects { get; }
        public long Catalogue { get; }
    }

    /// <param name="tail">The file from this offset on.</param>
    private static byte[] Insert(ReadOnlySpan<byte> tail, long origin, string language, PdfOutline outline)
    {
        if (!language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')) throw new ArgumentException($"'{language}' is not a language tag.", nameof(language));
        var layout = new Layout(tail, origin);
        var catalogue = (int)(layout.Catalogue - origin);
        var at = Find(tail, "<</Type /Catalog", catalogue) + "<</Type /Catalog".Length;
        var (table, objects) = ((int)(layout.Table - origin), layout.Objects);
        if (at > table || at - catalogue > 40) throw Unexpected("catalogue");

        var inserted = Encoding.ASCII.GetBytes($"\n/Lang ({language})" + (outline.IsEmpty ? "" : $"\n/Outlines {Written(objects)} 0 R"));
        var (list, offsets) = outline.IsEmpty ? ([], []) : outline.Write(objects, layout.Table + inserted.Length);

        var result = new MemoryStream(tail.Length + inserted.Length + list.Length + RowLength * (offsets.Count + 1));
        result.Write(tail[..at]);
        result.Write(inserted);
        result.Write(tail[at..table]);
        result.Write(list);
        Write(result, $"xref\n0 {Written(objects + offsets.Count)}\n");
        for (var row = layout.Rows; row < layout.Trailer; row += RowLength)
        {
            var offset = Number(tail, row);
            var isMoved = tail[row + 17] == 'n' && offset - origin > at;
            Write(result, (isMoved ? offset + inserted.Length : offset).ToString("0000000000", CultureInfo.InvariantCulture));
            result.Write(tail[(row + 10)..(row + RowLength)]);
        }
        foreach (var offset in offsets) Write(result, $"{offset.ToString("0000000000", CultureInfo.InvariantCulture)} 00000 n \n");
        var size = Find(tail, "/Size ", layout.Trailer) + "/Size ".Length;
        if (Number(tail, size) != objects) throw Unexpected("number of objects");
        result.Write(tail[layout.Trailer..size]);
        Write(result, Written(objects + offsets.Count));
        result.Write(tail[(size + Written(objects).Length)..layout.StartLine]);
        Write(result, $"startxref\n{Written(layout.Table + inserted.Length + list.Length)}\n%%EOF\n");
        return result.ToArray();
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

    private static void Write(MemoryStream pdf, string text) => pdf.Write(Encoding.ASCII.GetBytes(text));

    private static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static InvalidOperationException Unexpected(string what) => new($"The PDF is not laid out as Skia lays it out: no {what.Trim()} where it should be.");
}
