using Evergreen.Documents.Drawing;
using Evergreen.Domain.Statements;

namespace Evergreen.Documents.Statements;

/// <summary>How a member's dividend came about, line by line, in words that are ready to be read: a companion of the statement, in the same dress.</summary>
/// <param name="Facts">Label and value of each, beside the address.</param>
/// <param name="Figure">The one number on top, with <paramref name="Headline"/> before it.</param>
/// <param name="Story">What it comes to in plain sentences, below the number.</param>
/// <param name="Glossary">Terms and what they mean.</param>
/// <param name="PageOf">Page and number of pages, as they are written in the foot.</param>
/// <param name="Language">BCP 47 tag of the language of the text.</param>
/// <param name="DatedOn">A date of the document's own, so that the same document has the same bytes.</param>
public sealed record Explanation(
    StatementCoOp CoOp, StatementMember Member, string Title, IReadOnlyList<(string Label, string Value)> Facts, string Headline, string Figure, IReadOnlyList<(string Label, string Value)> Under, IReadOnlyList<string> Story,
    IReadOnlyList<ExplanationPart> Parts, string GlossaryTitle, IReadOnlyList<(string Term, string Meaning)> Glossary, string Foot, Func<int, int, string> PageOf, string Language, DateOnly DatedOn)
{
    private const float Margin = 54, TopOfLaterSheets = 46, Padding = 16, Indent = 10;
    private static readonly TextStyle Small = new(Weight.Regular, 16);
    private static readonly TextStyle Body = new(Weight.Regular, 18);
    private static readonly TextStyle Strong = new(Weight.Semibold, 18);
    private static readonly TextStyle Heading = new(Weight.Semibold, 23);
    private static readonly TextStyle Name = new(Weight.Semibold, 31);
    private static readonly TextStyle Big = new(Weight.Semibold, 70);
    private static readonly TextStyle Part = new(Weight.Semibold, 27);

    /// <returns>The PDF; the same explanation has the same bytes.</returns>
    /// <exception cref="FormatException">The co-op's colour or logo cannot be read.</exception>
    public byte[] Draw(PaperSize paper)
    {
        using var setter = new TextSetter(TypefaceFamily.SourceSans);
        var palette = new Palette(CoOp.BrandColour);
        var flow = new Flow(paper, Margin, TopOfLaterSheets, paper.Height - Footer.Height);
        DrawMasthead(flow, setter, palette);
        DrawHeadline(flow, setter, palette);
        DrawStory(flow, setter, palette);
        foreach (var part in Parts) DrawPart(flow, setter, palette, part);
        DrawGlossary(flow, setter, palette);
        DrawFoot(flow, setter, palette);
        return PdfFile.Print(new PdfTitle($"{Title}: {Member.Name}", CoOp.Name, Title, Language, DatedOn), flow.Sheets);
    }

    private void DrawMasthead(Flow flow, TextSetter setter, Palette palette)
    {
        var sheet = flow.Sheet;
        if (CoOp.Logo is { } bytes) new Logo(bytes).Draw(sheet, flow.Left, 32, 190, 36);
        else
        {
            var name = setter.Lines(CoOp.Name, Name, flow.Width * 0.62f);
            for (var i = 0; i < name.Count; i++) sheet.Text(name[i], flow.Left, 50 + i * 19, palette.BrandText);
            flow.Y = 40 + name.Count * 19;
        }
        var y = 38f;
        foreach (var line in (string[])[.. CoOp.Logo is null ? [] : (string[])[CoOp.Name], .. CoOp.AddressLines])
        {
            sheet.TextRight(setter.Line(line, Small), flow.Right, y, palette.Grey);
            y += 10.8f;
        }
        flow.Y = Math.Max(Math.Max(78, flow.Y), y) + 20;
        var (top, facts) = (flow.Y, flow.Right - 212);
        foreach (var line in setter.Lines(Member.Name, Heading, facts - 18 - flow.Left))
        {
            sheet.Text(line, flow.Left, flow.Y + 10, palette.Ink);
            flow.Y += 15;
        }
        foreach (var line in setter.Lines(Title, Body, facts - 18 - flow.Left))
        {
            sheet.Text(line, flow.Left, flow.Y + 10, palette.Grey);
            flow.Y += 13;
        }
        var factY = top;
        foreach (var (label, value) in Facts)
        {
            sheet.Text(setter.Line(label, Small), facts, factY + 10, palette.Grey);
            sheet.TextRight(setter.Line(value, Body), flow.Right, factY + 10, palette.Ink);
            sheet.Rule(facts, factY + 14.5f, flow.Right, factY + 14.5f, palette.Hairline);
            factY += 15.5f;
        }
        flow.Y = Math.Max(flow.Y, factY) + 16;
    }

    private void DrawHeadline(Flow flow, TextSetter setter, Palette palette)
    {
        var (sheet, top) = (flow.Sheet, flow.Y);
        sheet.Box(flow.Left, top, flow.Width, 92, palette.Tint, 5);
        sheet.Text(setter.Line(Headline, Heading), flow.Left + Padding, top + 27, palette.Ink);
        sheet.Text(setter.Line(Figure, Big), flow.Left + Padding, top + 68, palette.BrandText);
        var (x, step) = (flow.Left + flow.Width * 0.46f, (flow.Width * 0.54f - Padding) / Math.Max(1, Under.Count));
        foreach (var (label, value) in Under)
        {
            sheet.Text(setter.Line(label, Small), x, top + 45, palette.Grey);
            sheet.Text(setter.Line(value, Part), x, top + 66, palette.Ink);
            x += step;
        }
        flow.Y = top + 92;
    }

    private void DrawStory(Flow flow, TextSetter setter, Palette palette)
    {
        if (Story.Count == 0) return;
        flow.Y += 10;
        foreach (var sentence in Story)
        {
            Put(flow, setter, sentence, Body, flow.Left, flow.Width, palette.Ink);
            flow.Y += 3;
        }
    }

    private static void DrawPart(Flow flow, TextSetter setter, Palette palette, ExplanationPart part)
    {
        flow.Y += 18;
        flow.Need(70);
        flow.Sheet.Mark(part.Title, flow.Y);
        flow.Sheet.Text(setter.Line(part.Title, Heading), flow.Left, flow.Y + 9, palette.BrandText);
        flow.Y += 18;
        if (part.Lead is { } lead)
        {
            Put(flow, setter, lead, Body, flow.Left, flow.Width, palette.Grey);
            flow.Y += 3;
        }
        foreach (var line in part.Lines) DrawLine(flow, setter, palette, line);
    }

    private static void DrawLine(Flow flow, TextSetter setter, Palette palette, ExplanationLine line)
    {
        var style = line.IsTotal ? Strong : Body;
        var figure = setter.Line(line.Figure, style);
        // A fraction of many digits stands below its label, broken where it must.
        var beside = figure.Width <= flow.Width * 0.45f;
        var room = beside ? flow.Width - figure.Width - 14 : flow.Width;
        var labels = setter.Lines(line.Label, style, room);
        var sources = line.Source is { } source ? setter.Lines(source, Small, flow.Width * 0.8f - Indent) : [];
        flow.Need(labels.Count * style.Leading + sources.Count * Small.Leading + 6);
        if (line.IsTotal) flow.Sheet.Rule(flow.Left, flow.Y + 1, flow.Right, flow.Y + 1, palette.Grey, 0.8f);
        flow.Y += 3;
        if (beside) flow.Sheet.TextRight(figure, flow.Right, flow.Y + style.Size, palette.Ink);
        foreach (var label in labels)
        {
            flow.Sheet.Text(label, flow.Left, flow.Y + style.Size, palette.Ink);
            flow.Y += style.Leading;
        }
        if (!beside) Put(flow, setter, Breakable(line.Figure), style, flow.Left + Indent, flow.Width - Indent, palette.Ink);
        foreach (var text in sources)
        {
            flow.Sheet.Text(text, flow.Left + Indent, flow.Y + Small.Size, palette.Grey);
            flow.Y += Small.Leading;
        }
    }

    private void DrawGlossary(Flow flow, TextSetter setter, Palette palette)
    {
        if (Glossary.Count == 0) return;
        flow.Y += 18;
        flow.Need(70);
        flow.Sheet.Mark(GlossaryTitle, flow.Y);
        flow.Sheet.Text(setter.Line(GlossaryTitle, Heading), flow.Left, flow.Y + 9, palette.BrandText);
        flow.Y += 18;
        foreach (var (term, meaning) in Glossary)
        {
            flow.Need(Strong.Leading + 2 * Small.Leading);
            flow.Sheet.Text(setter.Line(term, Strong), flow.Left, flow.Y + Strong.Size, palette.Ink);
            flow.Y += Strong.Leading;
            Put(flow, setter, meaning, Small, flow.Left + Indent, flow.Width - Indent, palette.Ink);
            flow.Y += 3;
        }
    }

    private void DrawFoot(Flow flow, TextSetter setter, Palette palette)
    {
        for (var i = 0; i < flow.Sheets.Count; i++)
        {
            var sheet = flow.Sheets[i];
            var baseline = sheet.Paper.Height - 26;
            sheet.Box(0, 0, sheet.Paper.Width, 7, palette.Brand);
            sheet.Rule(flow.Left, baseline - 12, flow.Right, baseline - 12, palette.Hairline);
            sheet.Text(setter.Line(Foot, Small), flow.Left, baseline, palette.Grey);
            sheet.TextRight(setter.Line(PageOf(i + 1, flow.Sheets.Count), Small), flow.Right, baseline, palette.Grey);
        }
    }

    private static void Put(Flow flow, TextSetter setter, string text, TextStyle style, float x, float width, SkiaSharp.SKColor colour)
    {
        foreach (var line in setter.Lines(text, style, width))
        {
            flow.Need(style.Leading);
            flow.Sheet.Text(line, x, flow.Y + style.Size, colour);
            flow.Y += style.Leading;
        }
    }

    /// <summary>A long figure can be broken beside its slash and its signs.</summary>
    private static string Breakable(string figure) => figure.Replace("/", " / ", StringComparison.Ordinal);
}

/// <summary>A stretch of the way: the whole co-op, a pool, the member's share, the payment.</summary>
public sealed record ExplanationPart(string Title, string? Lead, IReadOnlyList<ExplanationLine> Lines);

/// <summary>One figure, where it comes from and how it was rounded.</summary>
public sealed record ExplanationLine(string Label, string Figure, string? Source, bool IsTotal = false);
