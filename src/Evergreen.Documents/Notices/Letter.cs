using Evergreen.Documents.Drawing;

namespace Evergreen.Documents.Notices;

/// <summary>A plain letter on the co-op's paper: letterhead, address, date, subject, paragraphs, and who signs.</summary>
/// <param name="BrandColour">Six hexadecimal digits after a hash.</param>
/// <param name="Signatory">Who writes; empty where nobody is named.</param>
/// <param name="Language">BCP 47 tag of the language of the text.</param>
public sealed record Letter(
    string CoOpName, IReadOnlyList<string> CoOpLines, string BrandColour, ReadOnlyMemory<byte>? Logo, string To, IReadOnlyList<string> ToLines, DateOnly On, string Date,
    string Subject, IReadOnlyList<string> Paragraphs, string Signatory, string Language)
{
    private const float Margin = 62, Bottom = 60;
    private static readonly TextStyle Small = new(Weight.Regular, 16);
    private static readonly TextStyle Body = new(Weight.Regular, 21);
    private static readonly TextStyle Strong = new(Weight.Semibold, 23);
    private static readonly TextStyle Name = new(Weight.Semibold, 31);

    /// <returns>The PDF; the same letter has the same bytes.</returns>
    /// <exception cref="FormatException">The co-op's colour or logo cannot be read.</exception>
    public byte[] Draw(PaperSize paper) => DrawAll([this], paper);

    /// <summary>Letters to several people in one file for the printer, each on a sheet of its own; its title is the first one's where there are more.</summary>
    /// <exception cref="FormatException">A co-op's colour or logo cannot be read.</exception>
    public static byte[] DrawAll(IReadOnlyList<Letter> letters, PaperSize paper)
    {
        using var setter = new TextSetter(TypefaceFamily.SourceSans);
        var first = letters[0];
        var title = letters.Count == 1 ? $"{first.Subject}: {first.To}" : first.Subject;
        return PdfFile.Print(new PdfTitle(title, first.CoOpName, first.Subject, first.Language, first.On), [.. letters.SelectMany(letter => letter.Sheets(paper, setter))]);
    }

    private IReadOnlyList<Sheet> Sheets(PaperSize paper, TextSetter setter)
    {
        var palette = new Palette(BrandColour);
        var flow = new Flow(paper, Margin, Margin, paper.Height - Bottom);
        flow.Sheet.Box(0, 0, paper.Width, 7, palette.Brand);
        DrawHead(flow, setter, palette);
        flow.Y = Math.Max(flow.Y + 30, 150);
        Put(flow, setter, To, Strong, palette, after: 0);
        foreach (var line in ToLines) Put(flow, setter, line, Body, palette, after: 0);
        flow.Y += 26;
        Put(flow, setter, Date, Body, palette, after: 16);
        Put(flow, setter, Subject, Strong, palette, after: 8);
        foreach (var paragraph in Paragraphs) Put(flow, setter, paragraph, Body, palette, after: 8);
        flow.Y += 22;
        if (Signatory.Length > 0) Put(flow, setter, Signatory, Body, palette, after: 0);
        Put(flow, setter, CoOpName, Body, palette, after: 0);
        return flow.Sheets;
    }

    private void DrawHead(Flow flow, TextSetter setter, Palette palette)
    {
        if (Logo is { } bytes)
        {
            new Logo(bytes).Draw(flow.Sheet, flow.Left, 32, 190, 36);
            flow.Y = 76;
        }
        else
        {
            flow.Y = 34;
            foreach (var line in setter.Lines(CoOpName, Name, flow.Width * 0.6f))
            {
                flow.Sheet.Text(line, flow.Left, flow.Y + 16, palette.BrandText);
                flow.Y += 19;
            }
        }
        var y = 42f;
        foreach (var line in (IEnumerable<string>)[.. Logo is null ? [] : (string[])[CoOpName], .. CoOpLines])
        {
            flow.Sheet.TextRight(setter.Line(line, Small), flow.Right, y, palette.Grey);
            y += 11;
        }
        flow.Y = Math.Max(flow.Y, y);
    }

    private static void Put(Flow flow, TextSetter setter, string text, TextStyle style, Palette palette, float after)
    {
        foreach (var line in setter.Lines(text, style, flow.Width))
        {
            flow.Need(style.Leading);
            flow.Sheet.Text(line, flow.Left, flow.Y + style.Size, palette.Ink);
            flow.Y += style.Leading;
        }
        flow.Y += after;
    }
}
