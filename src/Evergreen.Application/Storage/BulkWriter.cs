using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Evergreen.Application.Storage;

/// <summary>Writes rows by the hundred thousand inside the transaction that is open: prepared statement, binary COPY or bulk copy. Rows stream; memory stays flat.</summary>
/// <remarks>Bypasses the change tracker: save what the rows refer to first. Columns that the database numbers are left to it.</remarks>
public static class BulkWriter
{
    /// <summary>Rows staged at a time where duplicates must be told apart on a server.</summary>
    private const int Batch = 50_000;

    /// <summary>Up to this many rows go along with a statement on PostgreSQL; to set up a staging table for them would take longer than the rest.</summary>
    private const int Few = 1_000;

    /// <returns>How many rows were written: all of them.</returns>
    /// <exception cref="System.Data.Common.DbException">A row breaks a rule of the table.</exception>
    public static long Insert<T>(EvergreenDb db, IEnumerable<T> rows) where T : class
    {
        RequireTransaction(db);
        var table = BulkTable<T>.Of(db);
        switch (db.Kind)
        {
            case DatabaseKind.Sqlite:
                using (var insert = SqliteRows<T>.Insert(db, table))
                {
                    long written = 0;
                    foreach (var row in rows)
                    {
                        insert.Write(row);
                        written++;
                    }
                    return written;
                }
            case DatabaseKind.PostgreSql: return PostgreSqlCopy.Write(Postgres(db), $"\"{table.Name}\"", table.Columns, rows, ordinal: false);
            default: return SqlServerCopy.Write(Connection<SqlConnection>(db), Transaction<SqlTransaction>(db), $"[{table.Name}]", table.Columns, rows, ordinal: false);
        }
    }

    /// <summary>Inserts the rows whose key is not there yet, and reports each row whose key is, or came before among these rows: the first one stays.</summary>
    /// <param name="onRepeat">The row that was not written, and whether the row that is there says the same.</param>
    /// <param name="beside">Properties that do not count when contents are compared: which import brought the row, and where it stood.</param>
    /// <returns>How many rows were written.</returns>
    public static long InsertOrSkip<T>(EvergreenDb db, IEnumerable<T> rows, Action<T, bool> onRepeat, params string[] beside) where T : class
    {
        RequireTransaction(db);
        var table = BulkTable<T>.Of(db);
        if (db.Kind != DatabaseKind.Sqlite) return rows.Chunk(Batch).Sum(chunk => BulkStaging.InsertOrSkip(db, table, chunk, onRepeat, beside));
        var content = table.Content(beside);
        var asked = table.Columns.Where(c => table.Key.Contains(c.Name, StringComparer.Ordinal)).Concat(content).ToList();
        var same = string.Join(" AND ", asked.Select((c, i) => $"\"{c.Name}\" IS ?{i + 1}"));
        using var insert = SqliteRows<T>.Insert(db, table, " ON CONFLICT DO NOTHING");
        using var compare = new SqliteRows<T>(db, $"SELECT EXISTS (SELECT 1 FROM \"{table.Name}\" WHERE {same})", asked);
        long written = 0;
        foreach (var row in rows)
        {
            if (insert.Write(row)) written++;
            else onRepeat(row, compare.Read(row) != 0);
        }
        return written;
    }

    /// <summary>Adds each row's amounts to the row with its key, or inserts it where there is none: how kept totals grow.</summary>
    /// <param name="summed">The properties that are added up; the rest of the row is its key.</param>
    public static void InsertOrAdd<T>(EvergreenDb db, IEnumerable<T> rows, params string[] summed) where T : class
    {
        RequireTransaction(db);
        var table = BulkTable<T>.Of(db);
        var sums = table.Columns.Where(c => summed.Contains(c.Property, StringComparer.Ordinal)).Select(c => c.Name).ToList();
        if (db.Kind != DatabaseKind.Sqlite)
        {
            foreach (var chunk in rows.Chunk(Batch))
            {
                if (db.Kind == DatabaseKind.PostgreSql && chunk.Length <= Few && PostgreSqlFew.TryInsertOrAdd(db, table, chunk, sums)) continue;
                BulkStaging.InsertOrAdd(db, table, chunk, sums);
            }
            return;
        }
        var key = string.Join(", ", table.Key.Select(c => $"\"{c}\""));
        var set = string.Join(", ", sums.Select(c => $"\"{c}\" = \"{c}\" + excluded.\"{c}\""));
        using var upsert = SqliteRows<T>.Insert(db, table, $" ON CONFLICT ({key}) DO UPDATE SET {set}");
        foreach (var row in rows) upsert.Write(row);
    }

    internal static NpgsqlConnection Postgres(EvergreenDb db) => Connection<NpgsqlConnection>(db);
    internal static TConnection Connection<TConnection>(EvergreenDb db) where TConnection : IDbConnection => (TConnection)(IDbConnection)db.Database.GetDbConnection();
    internal static TTransaction Transaction<TTransaction>(EvergreenDb db) where TTransaction : IDbTransaction =>
        (TTransaction)(IDbTransaction)(db.Database.CurrentTransaction ?? throw new InvalidOperationException("No transaction is open.")).GetDbTransaction();

    private static void RequireTransaction(EvergreenDb db)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Bulk writing needs an open transaction: use Books.Write.");
    }
}
