using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Writes down every row that a copy of the books gains, changes or loses, by triggers of its own: so nothing that happens there can be overlooked.</summary>
internal sealed class ChangeLog : IDisposable
{
    /// <param name="Before">Column to value as SQL writes it; empty for a new row.</param>
    /// <param name="After">Empty for a row that is gone.</param>
    public sealed record Change(string Table, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After)
    {
        public IEnumerable<string> Columns => After.Count == 0 ? Before.Keys : Before.Count == 0 ? After.Keys : After.Where(column => Before[column.Key] != column.Value).Select(column => column.Key);

        public string What => After.Count == 0 ? "gone" : Before.Count == 0 ? "new" : "changed";

        public override string ToString() => $"{Table} {What}: {string.Join(", ", Columns.Select(column => $"{column}={(After.Count == 0 ? Before : After)[column]}"))}";
    }

    private readonly SqliteConnection books;
    private long last;

    private ChangeLog(SqliteConnection books) => this.books = books;

    public static ChangeLog Of(string database)
    {
        var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false, DefaultTimeout = 30 }.ToString());
        copy.Open();
        var log = new ChangeLog(copy);
        log.Run("CREATE TABLE IF NOT EXISTS proof_log (no INTEGER PRIMARY KEY, tab TEXT, before TEXT, after TEXT)");
        foreach (var table in log.Ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__EF%' AND name NOT IN ('proof_log', 'AuditSeals', 'AuditAddresses')").ToList())
        {
            // A record's number and hash follow from all the records before it, and tell nothing of what was done.
            var columns = log.Ask($"SELECT name FROM pragma_table_info('{table}')").Where(column => table != "AuditRecords" || column is not ("Number" or "Hash")).ToList();
            foreach (var (when, before, after) in ((string, bool, bool)[])[("INSERT", false, true), ("UPDATE", true, true), ("DELETE", true, false)])
                log.Run($"CREATE TRIGGER IF NOT EXISTS \"proof_{table}_{when}\" AFTER {when} ON \"{table}\" BEGIN INSERT INTO proof_log (tab, before, after) VALUES ('{table}', {(before ? Row("OLD") : "'{}'")}, {(after ? Row("NEW") : "'{}'")}); END");

            string Row(string which) => $"json_object({string.Join(", ", columns.Select(column => $"'{column}', quote({which}.\"{column}\")"))})";
        }
        log.Take();
        return log;
    }

    /// <summary>What happened since it was asked last.</summary>
    public IReadOnlyList<Change> Take()
    {
        using var ask = books.CreateCommand();
        ask.CommandText = "SELECT no, tab, before, after FROM proof_log WHERE no > $last ORDER BY no";
        ask.Parameters.AddWithValue("$last", last);
        using var rows = ask.ExecuteReader();
        var changes = new List<Change>();
        while (rows.Read())
        {
            last = rows.GetInt64(0);
            changes.Add(new Change(rows.GetString(1), Columns(rows.GetString(2)), Columns(rows.GetString(3))));
        }
        return changes;
    }

    public IEnumerable<string> Ask(string question)
    {
        using var ask = books.CreateCommand();
        ask.CommandText = question;
        using var rows = ask.ExecuteReader();
        while (rows.Read()) yield return Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture)!;
    }

    private void Run(string statement)
    {
        using var run = books.CreateCommand();
        run.CommandText = statement;
        run.ExecuteNonQuery();
    }

    private static IReadOnlyDictionary<string, string> Columns(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    public void Dispose() => books.Dispose();
}
