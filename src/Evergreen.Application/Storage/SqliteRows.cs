using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Evergreen.Application.Storage;

/// <summary>One prepared statement, bound again for each row. Runs in the transaction that is open on the connection.</summary>
internal sealed class SqliteRows<T> : IDisposable where T : class
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;
    private readonly Action<T>[] binders;
    private byte[] buffer = new byte[1024];

    /// <param name="tail">What follows VALUES (…).</param>
    public static SqliteRows<T> Insert(EvergreenDb db, BulkTable<T> table, string tail = "") =>
        new(db, $"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"?{i + 1}"))}){tail}", table.Columns);

    /// <param name="parameters">Bound in this order to ?1, ?2 …</param>
    public SqliteRows(EvergreenDb db, string sql, IReadOnlyList<BulkColumn<T>> parameters)
    {
        handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle ?? throw new InvalidOperationException("The connection is closed.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, sql, out statement), handle);
        binders = [.. parameters.Select((column, i) => Binder(column, i + 1))];
    }

    /// <returns>False when the statement changed nothing.</returns>
    public bool Write(T row)
    {
        Step(row, raw.SQLITE_DONE);
        raw.sqlite3_reset(statement);
        return raw.sqlite3_changes(handle) != 0;
    }

    /// <returns>The first column of the one row that the statement reads.</returns>
    public long Read(T row)
    {
        Step(row, raw.SQLITE_ROW);
        var value = raw.sqlite3_column_int64(statement, 0);
        raw.sqlite3_reset(statement);
        return value;
    }

    public void Dispose() => statement.Dispose();

    private void Step(T row, int expected)
    {
        foreach (var bind in binders) bind(row);
        var result = raw.sqlite3_step(statement);
        if (result == expected) return;
        try
        {
            SqliteException.ThrowExceptionForRC(result, handle);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
        throw new InvalidOperationException($"SQLite answered {result} instead of {expected}.");
    }

    private Action<T> Binder(BulkColumn<T> column, int at) => column.Kind switch
    {
        BulkKind.Integer or BulkKind.BigInteger when column.Number is { } get => row => { if (get(row) is { } v) raw.sqlite3_bind_int64(statement, at, v); else Null(at); },
        BulkKind.Flag when column.Flag is { } get => row => { if (get(row) is { } v) raw.sqlite3_bind_int64(statement, at, v ? 1 : 0); else Null(at); },
        BulkKind.Text when column.Text is { } get => row => { if (get(row) is { } v) Text(at, v); else Null(at); },
        BulkKind.Day when column.Day is { } get => row =>
        {
            if (get(row) is not { } v) { Null(at); return; }
            v.TryFormat(buffer, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            raw.sqlite3_bind_text(statement, at, buffer.AsSpan(0, length));
        },
        BulkKind.Moment when column.Moment is { } get => row =>
        {
            if (get(row) is not { } v) { Null(at); return; }
            v.TryFormat(buffer, out var length, @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture);
            raw.sqlite3_bind_text(statement, at, buffer.AsSpan(0, length));
        },
        BulkKind.Bytes when column.Bytes is { } get => row =>
        {
            if (get(row) is not { } v) Null(at);
            else if (v.Length == 0) raw.sqlite3_bind_zeroblob(statement, at, 0);
            else raw.sqlite3_bind_blob(statement, at, v);
        },
        _ => throw new NotSupportedException(column.Kind.ToString()),
    };

    private void Null(int at) => raw.sqlite3_bind_null(statement, at);

    private void Text(int at, string text)
    {
        if (text.Length == 0)
        {
            // An empty span has no address, which SQLite takes for NULL.
            raw.sqlite3_bind_text(statement, at, "");
            return;
        }
        if (text.Length * 3 > buffer.Length) buffer = new byte[text.Length * 3];
        raw.sqlite3_bind_text(statement, at, buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
    }
}
