using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>A column of a table: its head, and its width in points. Figures stand right-aligned under their head.</summary>
public sealed record TableColumn(string Head, float Width, bool IsFigures = true);

/// <summary>A table that may run over several sheets; its head is repeated on each.</summary>
public sealed class Table(Flow flow, TextSetter setter, Palette palette, IReadOnlyList<TableColumn> columns, float rowHeight)
{
    private static readonly TextStyle HeadStyle = new(Weight.Semibold, 16);
    private static readonly TextStyle Body = new(Weight.Regular, 18);
    private static readonly TextStyle Strong = new(Weight.Semibold, 18);

    /// <summary>The head and the first rows stay together.</summary>
    public void Begin(int rowsToKeep = 2)
    {
        flow.Need(rowHeight * (rowsToKeep + 1));
        Head();
    }

    public void Row(IReadOnlyList<string> cells)
    {
        if (flow.Need(rowHeight)) Head();
        Cells(cells, Body, palette.Ink, kept: false);
        flow.Sheet.Rule(flow.Left, flow.Y + rowHeight, flow.Right, flow.Y + rowHeight, palette.Hairline);
        flow.Y += rowHeight;
    }

    public void Total(IReadOnlyList<string> cells)
    {
        if (flow.Need(rowHeight)) Head();
        flow.Sheet.Rule(flow.Left, flow.Y, flow.Right, flow.Y, palette.Ink, 0.8f);
        Cells(cells, Strong, palette.Ink, kept: false);
        flow.Y += rowHeight + 1;
    }

    private void Head()
    {
        Cells([.. columns.Select(column => column.Head)], HeadStyle, palette.Grey, kept: true);
        flow.Sheet.Rule(flow.Left, flow.Y + rowHeight, flow.Right, flow.Y + rowHeight, palette.Grey, 0.8f);
        flow.Y += rowHeight;
    }

    private void Cells(IReadOnlyList<string> cells, TextStyle style, SKColor colour, bool kept)
    {
        var x = flow.Left;
        var baseline = flow.Y + rowHeight - 4.3f;
        for (var i = 0; i < columns.Count; i++)
        {
            var line = kept || i == 0 ? setter.Wording(cells[i], style) : setter.Line(cells[i], style);
            if (columns[i].IsFigures) flow.Sheet.TextRight(line, x + columns[i].Width, baseline, colour);
            else flow.Sheet.Text(line, x, baseline, colour);
            x += columns[i].Width;
        }
    }
}
