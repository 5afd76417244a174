using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>A column of a table: its head, and its width in points. Figures stand right-aligned under their head.</summary>
public sealed record TableColumn(string Head, float Width, bool IsFigures = true);

/// <summary>A table that may run over several sheets; its head is repeated on each.</summary>
public sealed class Table(Flow flow, TextSetter setter, Palette palette, IReadOnlyList<TableColumn> columns)
{
    private const float RowHeight = 14.5f;
    private static readonly TextStyle HeadStyle = new(Weight.Semibold, 16);
    private static readonly TextStyle Body = new(Weight.Regular, 18);
    private static readonly TextStyle Strong = new(Weight.Semibold, 18);

    /// <summary>The head and the first rows stay together.</summary>
    public void Begin(int rowsToKeep = 2)
    {
        flow.Need(RowHeight * (rowsToKeep + 1));
        Head();
    }

    public void Row(IReadOnlyList<string> cells)
    {
        if (flow.Need(RowHeight)) Head();
        Cells(cells, Body, palette.Ink, kept: false);
        flow.Sheet.Rule(flow.Left, flow.Y + RowHeight, flow.Right, flow.Y + RowHeight, palette.Hairline, 0.4f);
        flow.Y += RowHeight;
    }

    public void Total(IReadOnlyList<string> cells)
    {
        if (flow.Need(RowHeight)) Head();
        flow.Sheet.Rule(flow.Left, flow.Y, flow.Right, flow.Y, palette.Ink, 0.8f);
        Cells(cells, Strong, palette.Ink, kept: false);
        flow.Y += RowHeight + 1;
    }

    private void Head()
    {
        Cells([.. columns.Select(column => column.Head)], HeadStyle, palette.Grey, kept: true);
        flow.Sheet.Rule(flow.Left, flow.Y + RowHeight, flow.Right, flow.Y + RowHeight, palette.Grey, 0.8f);
        flow.Y += RowHeight;
    }

    private void Cells(IReadOnlyList<string> cells, TextStyle style, SKColor colour, bool kept)
    {
        var x = flow.Left;
        var baseline = flow.Y + 10.2f;
        for (var i = 0; i < columns.Count; i++)
        {
            var line = kept || i == 0 ? setter.Wording(cells[i], style) : setter.Line(cells[i], style);
            if (columns[i].IsFigures) flow.Sheet.TextRight(line, x + columns[i].Width, baseline, colour);
            else flow.Sheet.Text(line, x, baseline, colour);
            x += columns[i].Width;
        }
    }
}
