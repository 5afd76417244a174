using System.Collections;
using System.Data.Common;

namespace Evergreen.Application.Storage;

/// <summary>Rows as a forward-only reader, the form in which bulk copy takes them.</summary>
internal sealed class RowReader<T>(IReadOnlyList<BulkColumn<T>> columns, IEnumerable<T> rows, bool ordinal) : DbDataReader where T : class
{
    public const string OrdinalColumn = "evergreen_ordinal";
    private readonly IEnumerator<T> rows = rows.GetEnumerator();
    private readonly int shift = ordinal ? 1 : 0;

    public long RowsRead { get; private set; }
    public override int FieldCount => columns.Count + shift;
    public override bool HasRows => true;
    public override bool IsClosed => false;
    public override int Depth => 0;
    public override int RecordsAffected => -1;
    public override object this[int at] => GetValue(at);
    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (!rows.MoveNext()) return false;
        RowsRead++;
        return true;
    }

    public override object GetValue(int at)
    {
        if (at < shift) return RowsRead;
        var (column, row) = (columns[at - shift], rows.Current);
        object? value = column.Kind switch
        {
            BulkKind.Integer => column.Number!(row) is { } v ? (int)v : null,
            BulkKind.BigInteger => column.Number!(row),
            BulkKind.Flag => column.Flag!(row),
            BulkKind.Text => column.Text!(row),
            BulkKind.Day => column.Day!(row)?.ToDateTime(TimeOnly.MinValue),
            BulkKind.Moment => column.Moment!(row),
            _ => column.Bytes!(row),
        };
        return value ?? DBNull.Value;
    }

    public override string GetName(int at) => at < shift ? OrdinalColumn : columns[at - shift].Name;
    public override int GetOrdinal(string name) => Enumerable.Range(0, FieldCount).First(i => string.Equals(GetName(i), name, StringComparison.Ordinal));
    public override bool IsDBNull(int at) => GetValue(at) is DBNull;
    public override bool NextResult() => false;
    public override Type GetFieldType(int at) => at < shift ? typeof(long) : columns[at - shift].Kind switch
    {
        BulkKind.Integer => typeof(int),
        BulkKind.BigInteger => typeof(long),
        BulkKind.Flag => typeof(bool),
        BulkKind.Text => typeof(string),
        BulkKind.Day or BulkKind.Moment => typeof(DateTime),
        _ => typeof(byte[]),
    };
    public override string GetDataTypeName(int at) => GetFieldType(at).Name;
    public override int GetValues(object[] values)
    {
        for (var i = 0; i < FieldCount; i++) values[i] = GetValue(i);
        return FieldCount;
    }

    public override bool GetBoolean(int at) => (bool)GetValue(at);
    public override byte GetByte(int at) => (byte)GetValue(at);
    public override long GetBytes(int at, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var bytes = (byte[])GetValue(at);
        if (buffer is null) return bytes.Length;
        var count = (int)Math.Min(length, bytes.Length - dataOffset);
        Array.Copy(bytes, dataOffset, buffer, bufferOffset, count);
        return count;
    }

    public override char GetChar(int at) => (char)GetValue(at);
    public override long GetChars(int at, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var text = (string)GetValue(at);
        if (buffer is null) return text.Length;
        var count = (int)Math.Min(length, text.Length - dataOffset);
        text.CopyTo((int)dataOffset, buffer, bufferOffset, count);
        return count;
    }

    public override DateTime GetDateTime(int at) => (DateTime)GetValue(at);
    public override decimal GetDecimal(int at) => (decimal)GetValue(at);
    public override double GetDouble(int at) => throw new NotSupportedException("No such column is stored.");
    public override float GetFloat(int at) => throw new NotSupportedException("No such column is stored.");
    public override Guid GetGuid(int at) => (Guid)GetValue(at);
    public override short GetInt16(int at) => (short)GetValue(at);
    public override int GetInt32(int at) => (int)GetValue(at);
    public override long GetInt64(int at) => (long)GetValue(at);
    public override string GetString(int at) => (string)GetValue(at);
    public override IEnumerator GetEnumerator() => throw new NotSupportedException("Read row by row.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) rows.Dispose();
        base.Dispose(disposing);
    }
}
