using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Evergreen.Benchmarks.Plain;

/// <summary>One prepared INSERT on SQLite, bound again for each row: as little as an insert can cost.</summary>
internal sealed class PreparedInsert : IDisposable
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;
    private int at;

    public PreparedInsert(SqliteConnection connection, string table, params string[] columns)
    {
        handle = connection.Handle!;
        var names = string.Join(", ", columns.Select(column => $"\"{column}\""));
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, $"INSERT INTO \"{table}\" ({names}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})", out statement), handle);
    }

    public PreparedInsert Number(long value)
    {
        raw.sqlite3_bind_int64(statement, ++at, value);
        return this;
    }

    public PreparedInsert Text(ReadOnlySpan<byte> utf8)
    {
        raw.sqlite3_bind_text(statement, ++at, utf8);
        return this;
    }

    public PreparedInsert Bytes(ReadOnlySpan<byte> bytes)
    {
        raw.sqlite3_bind_blob(statement, ++at, bytes);
        return this;
    }

    public PreparedInsert Nothing()
    {
        raw.sqlite3_bind_null(statement, ++at);
        return this;
    }

    public void Go()
    {
        var done = raw.sqlite3_step(statement);
        if (done != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(done, handle);
        raw.sqlite3_reset(statement);
        at = 0;
    }

    public void Dispose() => statement.Dispose();
}
