using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Evergreen.Application.Storage;

/// <summary>What every SQLite connection is told when it opens: write-ahead log, flushed at each commit, foreign keys held.</summary>
public sealed class SqliteSettings : DbConnectionInterceptor
{
    public const int BusySeconds = 5;
    public static readonly SqliteSettings OnOpen = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Apply(connection);
        return Task.CompletedTask;
    }

    /// <remarks>FULL, because in WAL mode NORMAL may lose the last commits when the power goes.</remarks>
    public static void Apply(DbConnection connection) =>
        Tell(connection, "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000;");

    /// <summary>For the one connection that writes, until it is closed: 32 MB of pages, since rows by the million touch their index all over.</summary>
    public static void PrepareToWrite(DbConnection connection) => Tell(connection, "PRAGMA cache_size = -32768;");

    private static void Tell(DbConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
}
