using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Evergreen.Application.Storage;

/// <summary>The right to migrate a database, held by one program at a time: a lock file beside a SQLite database, an advisory lock on PostgreSQL, EF's own lock on SQL Server.</summary>
/// <remarks>All three vanish with the program that held them. EF's lock on SQLite is a row that stays after a crash, and EF then waits for ever; under our lock file such a row is stale.</remarks>
internal sealed class MigrationTurn : IDisposable
{
    private const long AdvisoryKey = 0x45_76_65_72_67_72_65_65;
    private FileStream? lockFile;
    private EvergreenDb? held;

    public static MigrationTurn Take(EvergreenDb db, DatabaseAddress address, TimeSpan patience)
    {
        var turn = new MigrationTurn();
        if (db.Kind == DatabaseKind.SqlServer) return turn;
        var since = Stopwatch.GetTimestamp();
        while (!(address.Path is { } path ? turn.TryFile(path + ".migrating") : turn.TryAdvisory(address)))
        {
            if (Stopwatch.GetElapsedTime(since) >= patience)
            {
                turn.Dispose();
                throw new StorageFault("migration-busy", $"Another program has been migrating {address} for more than {patience.TotalSeconds:0} seconds. Nothing was changed; start again when it is done.");
            }
            Thread.Sleep(50);
        }
        return turn;
    }

    /// <summary>Clears what a crashed migration left, and copies a SQLite database that already holds something.</summary>
    /// <returns>Path of the copy, or null where none was made.</returns>
    public string? Prepare(EvergreenDb db, string firstPending)
    {
        if (lockFile is null || !File.Exists(db.Database.GetDbConnection().DataSource)) return null;
        if (Count(db, $"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'") > 0)
            db.Database.ExecuteSql($"DELETE FROM \"__EFMigrationsLock\"");
        if (Count(db, $"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = 'CoOps'") == 0) return null;
        var copy = Unused($"{db.Database.GetDbConnection().DataSource}.before-{firstPending}");
        var partial = copy + ".partial";
        File.Delete(partial);
        db.Database.ExecuteSql($"VACUUM INTO {partial}");
        File.Move(partial, copy);
        return copy;
    }

    /// <remarks>The lock file stays: deleting it would let one program lock the old file and another the new.</remarks>
    public void Dispose()
    {
        held?.Dispose();
        lockFile?.Dispose();
    }

    /// <summary>An older copy is never overwritten: it may be the last good one.</summary>
    private static string Unused(string path)
    {
        var name = path;
        for (var n = 2; File.Exists(name); n++) name = $"{path}-{n}";
        return name;
    }

    private static int Count(EvergreenDb db, FormattableString sql) => db.Database.SqlQuery<int>(sql).AsEnumerable().Single();

    private bool TryFile(string path)
    {
        try
        {
            lockFile = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>On a connection of its own, so that it is held however often the migration's connection opens and closes.</summary>
    private bool TryAdvisory(DatabaseAddress address)
    {
        if (held is null)
        {
            if (!CreateIfMissing(address)) return false;
            held = new EvergreenDb(Unpooled(address, null).Options());
            held.Database.OpenConnection();
        }
        return TryLock(held);
    }

    /// <summary>Advisory locks belong to one database; where it is not there yet, the server's own <c>postgres</c> keeps two programs from creating it at once.</summary>
    /// <returns>False while another program is creating a database there.</returns>
    private static bool CreateIfMissing(DatabaseAddress address)
    {
        using var db = new EvergreenDb(Unpooled(address, null).Options());
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (creator.Exists()) return true;
        using var server = new EvergreenDb(Unpooled(address, "postgres").Options());
        server.Database.OpenConnection();
        if (!TryLock(server)) return false;
        if (!creator.Exists()) creator.Create();
        return true;
    }

    private static bool TryLock(EvergreenDb db) => db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({AdvisoryKey}) AS \"Value\"").AsEnumerable().Single();

    private static DatabaseAddress Unpooled(DatabaseAddress address, string? database)
    {
        var parts = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false };
        if (database is not null) parts.Database = database;
        return DatabaseAddress.PostgreSql(parts.ToString());
    }
}
