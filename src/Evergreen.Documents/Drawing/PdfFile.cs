using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>What a PDF says about itself.</summary>
/// <param name="Language">BCP 47 tag of the language the text is written in, e.g. <c>en-US</c>.</param>
/// <param name="DatedOn">Written as the day it was made; a date of the document's own, so that the same document has the same bytes.</param>
public sealed record PdfTitle(string Title, string Author, string Subject, string Language, DateOnly DatedOn);

/// <summary>Prints sheets into a PDF.</summary>
public static class PdfFile
{
    public static byte[] Print(PdfTitle title, IReadOnlyList<Sheet> sheets)
    {
        using var letters = new EmbeddedLetters(sheets);
        var outline = new PdfOutline();
        using var stream = new SKDynamicMemoryWStream();
        using (var document = SKDocument.CreatePdf(stream, Metadata(title)))
        {
            foreach (var sheet in sheets)
            {
                using var canvas = document.BeginPage(sheet.Paper.Width, sheet.Paper.Height);
                sheet.Print(canvas, letters);
                foreach (var bookmark in sheet.Bookmarks) outline.Add(canvas, bookmark);
                document.EndPage();
            }
            document.Close();
        }
        using var data = stream.DetachAsData();
        return PdfCatalogue.Add(data.AsSpan(), title.Language, outline);
    }

    internal static SKDocumentPdfMetadata Metadata(PdfTitle title)
    {
        var dated = title.DatedOn.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return new SKDocumentPdfMetadata
        {
            Title = title.Title,
            Author = title.Author,
            Subject = title.Subject,
            Creator = "Evergreen",
            Producer = "Evergreen",
            Creation = dated,
            Modified = dated,
            RasterDpi = 72,
            EncodingQuality = 90,
        };
    }
}
