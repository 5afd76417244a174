using Evergreen.Documents.Drawing;

namespace Evergreen.Documents.Notices;

/// <summary>What is kept about a person, printed so that it can be read: headings, each with lines of what and how much.</summary>
/// <param name="Language">BCP 47 tag of the language of the text.</param>
public sealed record RecordPaper(string CoOpName, string BrandColour, string Title, string Whom, string Date, DateOnly On, string Language, IReadOnlyList<string> Introduction, IReadOnlyList<RecordPaper.Part> Parts)
{
    private const float Margin = 54, Bottom = 54, LabelWidth = 150;
    private static readonly TextStyle Small = new(Weight.Regular, 16);
    private static readonly TextStyle Body = new(Weight.Regular, 18);
    private static readonly TextStyle Head = new(Weight.Semibold, 23);
    private static readonly TextStyle Big = new(Weight.Semibold, 31);

    /// <param name="Nothing">Said where there are no lines.</param>
    public sealed record Part(string Heading, IReadOnlyList<Line> Lines, string Nothing);

    public sealed record Line(string Label, string Text);

    /// <returns>The PDF; the same record has the same bytes.</returns>
    public byte[] Draw(PaperSize paper)
    {
        using var setter = new TextSetter(TypefaceFamily.SourceSans);
        var palette = new Palette(BrandColour);
        var flow = new Flow(paper, Margin, Margin, paper.Height - Bottom);
        flow.Sheet.Box(0, 0, paper.Width, 7, palette.Brand);
        flow.Y = 34;
        Put(flow, setter, palette, Title, Big, 0, after: 2);
        Put(flow, setter, palette, $"{Whom} · {CoOpName} · {Date}", Small, 0, after: 12);
        foreach (var paragraph in Introduction) Put(flow, setter, palette, paragraph, Body, 0, after: 6);
        foreach (var part in Parts)
        {
            flow.Y += 12;
            flow.Need(Head.Leading + Body.Leading * 2 + 8);
            flow.Sheet.Mark(part.Heading, flow.Y);
            Put(flow, setter, palette, part.Heading, Head, 0, after: 2);
            flow.Sheet.Rule(flow.Left, flow.Y, flow.Right, flow.Y, palette.Grey, 0.8f);
            flow.Y += 4;
            if (part.Lines.Count == 0) Put(flow, setter, palette, part.Nothing, Body, 0, after: 0);
            foreach (var line in part.Lines) Put(flow, setter, palette, line);
        }
        return PdfFile.Print(new PdfTitle($"{Title}: {Whom}", CoOpName, Title, Language, On), flow.Sheets);
    }

    private static void Put(Flow flow, TextSetter setter, Palette palette, Line line)
    {
        var labels = setter.Lines(line.Label, Small, LabelWidth - 10);
        var texts = setter.Lines(line.Text.Length == 0 ? "–" : line.Text, Body, flow.Width - LabelWidth);
        for (var i = 0; i < Math.Max(labels.Count, texts.Count); i++)
        {
            flow.Need(Body.Leading);
            if (i < labels.Count) flow.Sheet.Text(labels[i], flow.Left, flow.Y + Body.Size, palette.Grey);
            if (i < texts.Count) flow.Sheet.Text(texts[i], flow.Left + LabelWidth, flow.Y + Body.Size, palette.Ink);
            flow.Y += Body.Leading;
        }
        flow.Y += 1.5f;
    }

    private static void Put(Flow flow, TextSetter setter, Palette palette, string text, TextStyle style, float left, float after)
    {
        foreach (var line in setter.Lines(text, style, flow.Width - left))
        {
            flow.Need(style.Leading);
            flow.Sheet.Text(line, flow.Left + left, flow.Y + style.Size, palette.Ink);
            flow.Y += style.Leading;
        }
        flow.Y += after;
    }
}
