using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Evergreen.Application.Storage;

/// <summary>Bulk writing on a server where keys may already be there: a batch goes into an unindexed temporary table first, then on by one statement.</summary>
internal static class BulkStaging
{
    private const string Ordinal = RowReader<object>.OrdinalColumn;

    public static long InsertOrSkip<T>(EvergreenDb db, BulkTable<T> table, T[] rows, Action<T, bool> onRepeat, string[] beside) where T : class
    {
        var names = new Names(db.Kind);
        Stage(db, names, table, rows);
        var columns = List(table.Columns.Select(c => names.Quote(c.Name)));
        var target = names.Quote(table.Name);
        var sameKey = names.Same("t", "i", table.Key);

        // Mostly nothing repeats; PostgreSQL then needs no search for what does.
        if (db.Kind == DatabaseKind.PostgreSql)
        {
            Execute(db, "SAVEPOINT evergreen_batch");
            var all = Execute(db, $"INSERT INTO {target} ({columns}) SELECT {columns} FROM {names.Incoming} ORDER BY {Ordinal} ON CONFLICT DO NOTHING");
            if (all == rows.Length)
            {
                Execute(db, $"RELEASE SAVEPOINT evergreen_batch; DROP TABLE {names.Incoming}");
                return all;
            }
            Execute(db, "ROLLBACK TO SAVEPOINT evergreen_batch");
        }

        var into = db.Kind == DatabaseKind.SqlServer ? $"INTO {names.Repeats} " : "";
        var create = db.Kind == DatabaseKind.PostgreSql ? $"CREATE TEMP TABLE {names.Repeats} ON COMMIT DROP AS " : "";
        Execute(db, $"""
            {create}SELECT n.{Ordinal} {into}FROM (
                SELECT i.{Ordinal}, ROW_NUMBER() OVER (PARTITION BY {List(table.Key.Select(c => $"i.{names.Quote(c)}"))} ORDER BY i.{Ordinal}) AS nth,
                       CASE WHEN EXISTS (SELECT 1 FROM {target} AS t WHERE {sameKey}) THEN 1 ELSE 0 END AS there
                FROM {names.Incoming} AS i) AS n
            WHERE n.nth > 1 OR n.there = 1
            """);
        var written = Execute(db, $"""
            INSERT INTO {target} ({columns}) SELECT {columns} FROM {names.Incoming} AS i
            WHERE NOT EXISTS (SELECT 1 FROM {names.Repeats} AS r WHERE r.{Ordinal} = i.{Ordinal})
            """);
        var content = table.Content(beside).Select(c => names.Quote(c.Name)).ToList();
        var same = content.Count == 0 ? "1" : $"CASE WHEN EXISTS (SELECT {List(content.Select(c => $"t.{c}"))} INTERSECT SELECT {List(content.Select(c => $"i.{c}"))}) THEN 1 ELSE 0 END";
        using (var command = Command(db, $"""
            SELECT i.{Ordinal}, {same} FROM {names.Repeats} AS r JOIN {names.Incoming} AS i ON i.{Ordinal} = r.{Ordinal}
            JOIN {target} AS t ON {sameKey} ORDER BY i.{Ordinal}
            """))
        {
            var repeats = new List<(long Ordinal, bool Same)>();
            using (var reader = command.ExecuteReader())
                while (reader.Read()) repeats.Add((reader.GetInt64(0), reader.GetInt32(1) == 1));
            foreach (var (ordinal, isSame) in repeats) onRepeat(rows[ordinal - 1], isSame);
        }
        Execute(db, $"DROP TABLE {names.Repeats}; DROP TABLE {names.Incoming}");
        return written;
    }

    public static void InsertOrAdd<T>(EvergreenDb db, BulkTable<T> table, T[] rows, IReadOnlyList<string> summed) where T : class
    {
        var names = new Names(db.Kind);
        Stage(db, names, table, rows);
        var target = names.Quote(table.Name);
        var key = List(table.Key.Select(names.Quote));
        var amounts = summed.Select(names.Quote).ToList();
        var added = $"(SELECT {key}, {List(amounts.Select(c => $"CAST(SUM({c}) AS bigint) AS {c}"))} FROM {names.Incoming} GROUP BY {key})";
        Execute(db, db.Kind == DatabaseKind.PostgreSql
            ? $"UPDATE {target} AS t SET {List(amounts.Select(c => $"{c} = t.{c} + i.{c}"))} FROM {added} AS i WHERE {names.Same("t", "i", table.Key)}"
            : $"UPDATE t SET {List(amounts.Select(c => $"{c} = t.{c} + i.{c}"))} FROM {target} AS t JOIN {added} AS i ON {names.Same("t", "i", table.Key)}");
        Execute(db, $"INSERT INTO {target} ({key}, {List(amounts)}) SELECT {key}, {List(amounts)} FROM {added} AS i WHERE NOT EXISTS (SELECT 1 FROM {target} AS t WHERE {names.Same("t", "i", table.Key)})");
        Execute(db, $"DROP TABLE {names.Incoming}");
    }

    private static void Stage<T>(EvergreenDb db, Names names, BulkTable<T> table, T[] rows) where T : class
    {
        var into = db.Kind == DatabaseKind.PostgreSql ? "CREATE TEMP TABLE" : "CREATE TABLE";
        var collate = db.Kind == DatabaseKind.PostgreSql ? " COLLATE \"C\"" : " COLLATE Latin1_General_100_BIN2";
        var columns = table.Columns.Select(c => $"{names.Quote(c.Name)} {c.StoreType}{(c.Kind == BulkKind.Text ? collate : "")} NULL");
        Execute(db, $"{into} {names.Incoming} ({Ordinal} bigint NOT NULL, {List(columns)}){(db.Kind == DatabaseKind.PostgreSql ? " ON COMMIT DROP" : "")}");
        if (db.Kind == DatabaseKind.PostgreSql) PostgreSqlCopy.Write(BulkWriter.Postgres(db), names.Incoming, table.Columns, rows, ordinal: true);
        else SqlServerCopy.Write(BulkWriter.Connection<SqlConnection>(db), BulkWriter.Transaction<SqlTransaction>(db), names.Incoming, table.Columns, rows, ordinal: true);
    }

    private static int Execute(EvergreenDb db, string sql)
    {
        using var command = Command(db, sql);
        return command.ExecuteNonQuery();
    }

    private static DbCommand Command(EvergreenDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 1800;
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }

    private static string List(IEnumerable<string> parts) => string.Join(", ", parts);

    private readonly record struct Names(DatabaseKind Kind)
    {
        public string Incoming => Kind == DatabaseKind.PostgreSql ? "evergreen_incoming" : "#evergreen_incoming";
        public string Repeats => Kind == DatabaseKind.PostgreSql ? "evergreen_repeats" : "#evergreen_repeats";
        public string Quote(string name) => Kind == DatabaseKind.PostgreSql ? $"\"{name}\"" : $"[{name}]";

        public string Same(string left, string right, IEnumerable<string> columns)
        {
            var quote = Quote;
            return string.Join(" AND ", columns.Select(c => $"{left}.{quote(c)} = {right}.{quote(c)}"));
        }
    }
}
