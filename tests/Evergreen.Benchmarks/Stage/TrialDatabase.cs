using Evergreen.Application.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Evergreen.Benchmarks.Stage;

/// <summary>A database of its own for a part of the benchmark: a file in the working folder, or a database on the server that was named.</summary>
internal static class TrialDatabase
{
    /// <param name="where"><c>sqlite</c>, or the address of a PostgreSQL server on which databases may be created.</param>
    public static DatabaseAddress Create(string where, string folder, string name)
    {
        if (where == "sqlite") return DatabaseAddress.Sqlite(Path.Combine(folder, name + ".db"));
        var server = DatabaseAddress.Parse(where).Value;
        if (server.Kind != DatabaseKind.PostgreSql) throw new ArgumentException($"{server} is no PostgreSQL server.", nameof(where));
        var own = $"evergreen_bench_{Environment.ProcessId}_{name.Replace('-', '_')}";
        OnServer(server, $"CREATE DATABASE \"{own}\"");
        return DatabaseAddress.PostgreSql(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = own, Pooling = false }.ToString());
    }

    public static void Drop(DatabaseAddress address, string where)
    {
        SqliteConnection.ClearAllPools();
        if (address.Path is { } path)
            foreach (var file in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(file);
        else
            OnServer(DatabaseAddress.Parse(where).Value, $"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(address.ConnectionString).Database}\" WITH (FORCE)");
    }

    private static void OnServer(DatabaseAddress server, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
