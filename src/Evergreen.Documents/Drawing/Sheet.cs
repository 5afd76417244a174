using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>One page on the table: what stands on it, in points from its upper left corner, until all pages are known and it is printed.</summary>
public sealed class Sheet(PaperSize paper)
{
    private readonly List<(TextLine Line, float X, float Baseline, SKColor Colour)> texts = [];
    private readonly List<Action<SKCanvas, SKPaint>> shapes = [];

    private readonly List<Bookmark> bookmarks = [];

    public PaperSize Paper { get; } = paper;

    internal IEnumerable<TextLine> Lines => texts.Select(text => text.Line);

    /// <summary>The sections that begin on this sheet, in the order in which they were placed.</summary>
    internal IReadOnlyList<Bookmark> Bookmarks => bookmarks;

    /// <summary>A section begins here: readers find it in the list beside the page.</summary>
    public void Mark(string title, float y) => bookmarks.Add(new Bookmark(title, y));

    /// <summary>Sets a line with its left edge at x.</summary>
    public void Text(TextLine line, float x, float baseline, SKColor colour)
    {
        if (!line.IsEmpty) texts.Add((line, x, baseline, colour));
    }

    /// <summary>Sets a line with its right edge at x.</summary>
    public void TextRight(TextLine line, float right, float baseline, SKColor colour) => Text(line, right - line.Width, baseline, colour);

    public void TextCentred(TextLine line, float centre, float baseline, SKColor colour) => Text(line, centre - line.Width / 2, baseline, colour);

    public void Box(float x, float y, float width, float height, SKColor colour, float corner = 0) => shapes.Add((canvas, paint) =>
    {
        paint.Style = SKPaintStyle.Fill;
        paint.Color = colour;
        if (corner > 0) canvas.DrawRoundRect(x, y, width, height, corner, corner, paint);
        else canvas.DrawRect(x, y, width, height, paint);
    });

    public void Outline(float x, float y, float width, float height, SKColor colour, float thickness) => shapes.Add((canvas, paint) =>
    {
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = thickness;
        paint.Color = colour;
        canvas.DrawRect(x, y, width, height, paint);
    });

    /// <summary>A line. Thin ones are 0.5 and strong ones 0.8 everywhere, because the file describes every thickness it holds.</summary>
    public void Rule(float x1, float y1, float x2, float y2, SKColor colour, float thickness = 0.5f) => shapes.Add((canvas, paint) =>
    {
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = thickness;
        paint.Color = colour;
        canvas.DrawLine(x1, y1, x2, y2, paint);
    });

    /// <summary>Anything else that draws itself.</summary>
    public void Picture(Action<SKCanvas> draw) => shapes.Add((canvas, _) => draw(canvas));

    /// <summary>Shapes first, in the order they were placed, then the texts.</summary>
    internal void Print(SKCanvas canvas, EmbeddedLetters letters)
    {
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var shape in shapes) shape(canvas, paint);
        paint.Style = SKPaintStyle.Fill;
        foreach (var (line, x, baseline, colour) in texts)
        {
            paint.Color = colour;
            line.Draw(canvas, x, baseline, paint, letters);
        }
    }
}
