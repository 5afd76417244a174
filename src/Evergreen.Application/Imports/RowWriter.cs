using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Writes a table row by row, as CSV or as a workbook; nothing of it is kept in memory.</summary>
public abstract class RowWriter
{
    /// <summary>Words, names, codes and ids.</summary>
    public abstract RowWriter Text(string? text);

    /// <summary>Two decimals.</summary>
    public abstract RowWriter Amount(Money? amount);
    public abstract RowWriter Hours(Hours? hours);
    public abstract RowWriter Integer(long? number);
    public abstract RowWriter Date(DateOnly? date);
    public abstract RowWriter EndRow();
    public abstract RowWriter Header(IEnumerable<string> names);
}
