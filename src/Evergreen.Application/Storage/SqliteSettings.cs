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
    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";
        command.ExecuteNonQuery();
    }
}
