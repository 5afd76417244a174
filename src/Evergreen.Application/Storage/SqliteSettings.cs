using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Evergreen.Application.Storage;

/// <summary>What every SQLite connection is told when it opens: write-ahead log, flushed at each commit, foreign keys held, what is deleted overwritten.</summary>
public sealed class SqliteSettings : DbConnectionInterceptor
{
    public const int BusySeconds = 5;
    public static readonly SqliteSettings OnOpen = new();

    /// <summary>The connections that were told, and whether they have their pages for writing.</summary>
    private static readonly ConditionalWeakTable<object, StrongBox<bool>> Told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    /// <remarks>
    /// FULL, because in WAL mode NORMAL may lose the last commits when the power goes. Secure delete, because what is erased of a person would else stand in the free places of the file until something is written over it. A pooled connection keeps what it was told, and is told again only that it writes no more.
    /// </remarks>
    public static void Apply(DbConnection connection)
    {
        if (HandleOf(connection) is { } handle && Told.TryGetValue(handle, out var widened))
        {
            if (!widened.Value) return;
            Tell(connection, "PRAGMA cache_size = -2000;");
            widened.Value = false;
            return;
        }
        Tell(connection, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -2000;");
        if (HandleOf(connection) is { } fresh) Told.AddOrUpdate(fresh, new StrongBox<bool>());
    }

    /// <summary>For the one connection that writes, until it is closed: 32 MB of pages, since rows by the million touch their index all over.</summary>
    public static void PrepareToWrite(DbConnection connection)
    {
        Tell(connection, "PRAGMA cache_size = -32768;");
        if (HandleOf(connection) is { } handle && Told.TryGetValue(handle, out var widened)) widened.Value = true;
    }

    /// <summary>Brings the write-ahead log into the file and empties it, unless somebody is reading just then: an earlier state of a page is left nowhere.</summary>
    public static void EmptyLog(DbConnection connection) => Tell(connection, "PRAGMA wal_checkpoint(TRUNCATE);");

    /// <summary>What holds on this connection now. Not everything that it is told can be had everywhere: some file systems know no write-ahead log.</summary>
    /// <returns>Synchronous: 0 off, 1 normal, 2 full, 3 extra.</returns>
    public static (string JournalMode, long Synchronous, bool ForeignKeys) Of(DbConnection connection) =>
        (Ask(connection, "PRAGMA journal_mode;") as string ?? "", Ask(connection, "PRAGMA synchronous;") as long? ?? 0, Ask(connection, "PRAGMA foreign_keys;") is 1L);

    private static object? HandleOf(DbConnection connection) => (connection as SqliteConnection)?.Handle;

    private static object? Ask(DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return command.ExecuteScalar();
    }

    private static void Tell(DbConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
}
