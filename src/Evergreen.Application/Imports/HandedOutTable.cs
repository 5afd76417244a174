using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>A table as it is shown, to be handed out as CSV or as a workbook. Text never runs as a formula in either.</summary>
/// <param name="Rows">Read once, while the file is written.</param>
public sealed record HandedOutTable(string Name, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<Cell>> Rows)
{
    /// <summary>UTF-8, CRLF, as every CSV of the house.</summary>
    public void WriteCsv(Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        Write(new CsvWriter(writer));
    }

    /// <summary>A workbook of one sheet. The same rows give the same bytes.</summary>
    public void WriteXlsx(Stream to)
    {
        using var workbook = new XlsxWriter(to, Name);
        Write(workbook);
    }

    private void Write(RowWriter file)
    {
        file.Header(Columns);
        foreach (var row in Rows)
        {
            foreach (var cell in row)
            {
                if (cell.Day is { } day) file.Date(day);
                else if (cell.Amount is { } amount) file.Amount(amount);
                else if (cell.Number is { } number) file.Integer(number);
                else file.Text(cell.Text);
            }
            file.EndRow();
        }
    }
}
