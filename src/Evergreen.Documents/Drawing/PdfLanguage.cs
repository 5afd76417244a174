using System.Globalization;
using System.Text;

namespace Evergreen.Documents.Drawing;

/// <summary>Names the language of a finished PDF in its catalogue, which Skia has no way to do and screen readers need.</summary>
/// <remarks>Reads only what Skia writes: one classic cross-reference table, one trailer. The table's later offsets are moved by what is inserted.</remarks>
internal static class PdfLanguage
{
    private const int RowLength = 20;

    /// <exception cref="InvalidOperationException">The bytes are not laid out as expected; nothing is guessed.</exception>
    public static byte[] Add(ReadOnlySpan<byte> pdf, string language)
    {
        if (!language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')) throw new ArgumentException($"'{language}' is not a language tag.", nameof(language));
        var startLine = Find(pdf, "startxref\n", pdf.Length - 64);
        var table = Number(pdf, startLine + "startxref\n".Length);
        var trailer = Find(pdf, "trailer\n", table);
        var root = Number(pdf, Find(pdf, "/Root ", trailer) + "/Root ".Length);
        var rows = Find(pdf, "\n", Find(pdf, "xref\n0 ", table) + "xref\n".Length) + 1;
        var catalogue = Number(pdf, rows + root * RowLength);
        var at = Find(pdf, "<</Type /Catalog", catalogue) + "<</Type /Catalog".Length;
        if (at > table || at - catalogue > 40) throw Unexpected("catalogue");

        var inserted = Encoding.ASCII.GetBytes($"\n/Lang ({language})");
        var result = new byte[pdf.Length + inserted.Length + Digits(table + inserted.Length) - Digits(table)];
        pdf[..at].CopyTo(result);
        inserted.CopyTo(result.AsSpan(at));
        pdf[at..].CopyTo(result.AsSpan(at + inserted.Length));
        for (var row = rows + inserted.Length; row < trailer + inserted.Length; row += RowLength)
        {
            var offset = Number(result, row);
            if (result[row + 17] == 'n' && offset > at) Write(result, row, (offset + inserted.Length).ToString("0000000000", CultureInfo.InvariantCulture));
        }
        Write(result, startLine + inserted.Length, $"startxref\n{(table + inserted.Length).ToString(CultureInfo.InvariantCulture)}\n%%EOF\n");
        return result;
    }

    private static int Find(ReadOnlySpan<byte> pdf, string mark, int from)
    {
        from = Math.Max(from, 0);
        var at = pdf[from..].IndexOf(Encoding.ASCII.GetBytes(mark));
        return at < 0 ? throw Unexpected(mark) : from + at;
    }

    private static int Number(ReadOnlySpan<byte> pdf, int at)
    {
        var end = at;
        while (end < pdf.Length && char.IsAsciiDigit((char)pdf[end])) end++;
        return int.TryParse(pdf[at..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unexpected($"number at {at}");
    }

    private static void Write(byte[] pdf, int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(pdf.AsSpan(at));

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static InvalidOperationException Unexpected(string what) => new($"The PDF is not laid out as Skia lays it out: no {what.Trim()} where it should be.");
}
