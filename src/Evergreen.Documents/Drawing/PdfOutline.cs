using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>A section that begins on a sheet, this far down.</summary>
internal readonly record struct Bookmark(string Title, float Y);

/// <summary>The list of sections that readers show beside the pages. Skia marks the places and has no list, so the list is written here.</summary>
internal sealed class PdfOutline
{
    private readonly List<string> titles = [];

    public bool IsEmpty => titles.Count == 0;

    /// <summary>One entry more, for a place on the page that is being drawn.</summary>
    public void Add(SKCanvas canvas, Bookmark bookmark)
    {
        canvas.DrawNamedDestinationAnnotation(new SKPoint(0, bookmark.Y), Place(titles.Count));
        titles.Add(bookmark.Title);
    }

    /// <summary>The objects of the list, the list itself first and then its entries.</summary>
    /// <param name="number">Of the first of them.</param>
    /// <param name="offset">Where in the file they begin.</param>
    /// <returns>The bytes, and where each object begins in the file.</returns>
    public (byte[] Objects, IReadOnlyList<long> Offsets) Write(long number, long offset)
    {
        var bytes = new MemoryStream();
        var offsets = new List<long>(titles.Count + 1);
        void Object(string what)
        {
            offsets.Add(offset + bytes.Length);
            // Latin-1, because a title is written in it where it can be.
            bytes.Write(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number + offsets.Count - 1} 0 obj\n<<{what}>>\nendobj\n")));
        }
        string Reference(int entry) => string.Create(CultureInfo.InvariantCulture, $"{number + 1 + entry} 0 R");

        Object(string.Create(CultureInfo.InvariantCulture, $"/First {Reference(0)}/Last {Reference(titles.Count - 1)}/Count {titles.Count}"));
        for (var i = 0; i < titles.Count; i++)
        {
            var before = i > 0 ? $"/Prev {Reference(i - 1)}" : "";
            var after = i + 1 < titles.Count ? $"/Next {Reference(i + 1)}" : "";
            Object(string.Create(CultureInfo.InvariantCulture, $"/Title{Text(titles[i])}/Parent {number} 0 R{before}{after}/Dest/{Place(i)}"));
        }
        return (bytes.ToArray(), offsets);
    }

    private static string Place(int entry) => string.Create(CultureInfo.InvariantCulture, $"s{entry}");

    /// <summary>A text as PDF writes it: in its own Latin alphabet where that has every letter, else in UTF-16.</summary>
    private static string Text(string text) =>
        text.All(letter => letter is >= ' ' and <= '~' or >= '\u00A1' and <= '\u00FF' and not '\u00AD')
            ? $"({text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)})"
            : $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
