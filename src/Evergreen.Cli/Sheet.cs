using Spectre.Console;

namespace Evergreen.Cli;

/// <summary>A table: words to the left, figures to the right.</summary>
internal sealed class Sheet
{
    private readonly Table table = new Table().Border(TableBorder.Simple);

    public Table Drawn => table;

    public Sheet Words(params string[] headings)
    {
        foreach (var heading in headings) table.AddColumn(new TableColumn(new Text(heading)).LeftAligned());
        return this;
    }

    public Sheet Figures(params string[] headings)
    {
        foreach (var heading in headings) table.AddColumn(new TableColumn(new Text(heading)).RightAligned().NoWrap());
        return this;
    }

    public Sheet Row(params string?[] cells)
    {
        table.AddRow(cells.Select(cell => new Text(cell ?? "")));
        return this;
    }
}
