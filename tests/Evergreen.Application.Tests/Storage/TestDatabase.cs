using Evergreen.Application.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

/// <summary>A kind of database to test on; <see cref="Create"/> gives a fresh, migrated one in milliseconds.</summary>
public sealed class TestDatabase(DatabaseKind kind, string? server)
{
    private static readonly Lock Making = new();
    private static readonly Dictionary<DatabaseKind, string> Templates = [];
    private static int made;

    public DatabaseKind Kind => kind;

    public override string ToString() => kind.ToString();

    /// <summary>A migrated database of its own; the clock stands at 15 January 2026, 10:00 UTC until moved.</summary>
    public OpenTestDatabase Create()
    {
        if (kind == DatabaseKind.PostgreSql && server is null)
            Assert.Fail("These tests run on PostgreSQL too: set EVERGREEN_TEST_POSTGRES to the connection string of a server, e.g. \"Host=localhost;Username=postgres\".");
        var name = $"evergreen_test_{Environment.ProcessId}_{Interlocked.Increment(ref made)}";
        return new(kind, kind switch
        {
            DatabaseKind.Sqlite => CopySqlite(name),
            DatabaseKind.PostgreSql => CopyPostgreSql(name),
            _ => MakeSqlServer(name),
        });
    }

    /// <summary>Another database with everything that is in this one, on SQLite and PostgreSQL. Nobody may be at work in the original.</summary>
    public OpenTestDatabase Copy(OpenTestDatabase original)
    {
        var address = AddressOf($"evergreen_test_{Environment.ProcessId}_{Interlocked.Increment(ref made)}");
        if (kind == DatabaseKind.Sqlite)
        {
            lock (Making)
            {
                using var connection = new SqliteConnection(original.Address.ConnectionString);
                connection.Open();
                using var checkpoint = connection.CreateCommand();
                checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                checkpoint.ExecuteNonQuery();
                File.Copy(original.Address.Path!, address.Path!, overwrite: true);
            }
        }
        else
        {
            lock (Making)
            {
                // Nobody may be in a database while it is copied, and its books keep connections in more pools than one.
                NpgsqlConnection.ClearAllPools();
                PostgreSqlServer.Copy(server!, new NpgsqlConnectionStringBuilder(original.Address.ConnectionString).Database!, new NpgsqlConnectionStringBuilder(address.ConnectionString).Database!);
            }
        }
        return new(kind, address);
    }

    /// <summary>Where a database of this kind and name is, or would be.</summary>
    public DatabaseAddress AddressOf(string name) => kind switch
    {
        DatabaseKind.Sqlite => DatabaseAddress.Sqlite(Path.Combine(Path.GetTempPath(), name + ".db")),
        DatabaseKind.PostgreSql => DatabaseAddress.PostgreSql(new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 30 }.ToString()),
        _ => DatabaseAddress.SqlServer(new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ToString()),
    };

    private DatabaseAddress CopySqlite(string name)
    {
        lock (Making)
        {
            if (!Templates.TryGetValue(kind, out var template))
            {
                template = $"evergreen_template_{Environment.ProcessId}";
                var origin = AddressOf(template);
                File.Delete(origin.Path!);
                Migrator.Run(origin);
                SqliteConnection.ClearAllPools();
                Templates[kind] = template;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(origin.Path!);
            }
            var address = AddressOf(name);
            File.Copy(AddressOf(template).Path!, address.Path!, overwrite: true);
            return address;
        }
    }

    private DatabaseAddress CopyPostgreSql(string name)
    {
        lock (Making)
        {
            if (!Templates.TryGetValue(kind, out var template))
            {
                template = $"evergreen_template_{Environment.ProcessId}";
                PostgreSqlServer.Run(server!, $"CREATE DATABASE {template}");
                Migrator.Run(AddressOf(template));
                NpgsqlConnection.ClearAllPools();
                Templates[kind] = template;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => PostgreSqlServer.Run(server!, $"DROP DATABASE IF EXISTS {template} WITH (FORCE)");
            }
            PostgreSqlServer.Copy(server!, template, name);
            return AddressOf(name);
        }
    }

    private DatabaseAddress MakeSqlServer(string name)
    {
        var address = AddressOf(name);
        Migrator.Run(address);
        return address;
    }
}

/// <summary>One fresh database and its books; dropped when disposed of.</summary>
public sealed class OpenTestDatabase(DatabaseKind kind, DatabaseAddress address) : IDisposable
{
    public DatabaseKind Kind => kind;
    public DatabaseAddress Address => address;
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 15, 10, 0, 0, TimeSpan.Zero));
    public Books Books => field ??= new Books(address, Clock, null, AlsoOnSqlServer.Each);

    /// <summary>Runs statements as someone with the database's own tools would, in one transaction.</summary>
    /// <returns>What the database said against it, or null when it was done.</returns>
    public string? Sql(params string[] statements)
    {
        using var db = Books.Open();
        db.Database.OpenConnection();
        using var transaction = db.Database.GetDbConnection().BeginTransaction();
        try
        {
            foreach (var statement in statements)
            {
                using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = statement;
                command.Transaction = transaction;
                command.ExecuteNonQuery();
            }
            transaction.Commit();
            return null;
        }
        catch (System.Data.Common.DbException refused)
        {
            return refused.Message;
        }
    }

    public void Dispose()
    {
        switch (kind)
        {
            case DatabaseKind.Sqlite:
                SqliteConnection.ClearAllPools();
                foreach (var file in Directory.GetFiles(Path.GetDirectoryName(address.Path!)!, Path.GetFileName(address.Path!) + "*")) File.Delete(file);
                break;
            case DatabaseKind.PostgreSql:
                NpgsqlConnection.ClearPool(new NpgsqlConnection(address.ConnectionString));
                var parts = new NpgsqlConnectionStringBuilder(address.ConnectionString);
                var name = parts.Database;
                parts.Database = "postgres";
                PostgreSqlServer.Run(parts.ToString(), $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                break;
            default:
                using (var db = new EvergreenDb(address.Options())) db.Database.EnsureDeleted();
                break;
        }
    }
}

internal static class PostgreSqlServer
{
    public static void Run(string server, string sql) => Run(server, _ => sql);

    /// <summary>By its files where the server can: it takes half the time of going through the log, for a thousand databases.</summary>
    public static void Copy(string server, string original, string copy) => Run(server, connection => $"CREATE DATABASE {copy} TEMPLATE {original}{(connection.PostgreSqlVersion.Major >= 15 ? " STRATEGY FILE_COPY" : "")}");

    private static void Run(string server, Func<NpgsqlConnection, string> sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand(sql(connection), connection);
        command.ExecuteNonQuery();
    }
}
