using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Storage;

/// <summary>What a migration did: the names applied, and where the copy of the database from before is, if one was made.</summary>
public sealed record Migrated(IReadOnlyList<string> Applied, string? CopyBefore);

/// <summary>Brings a database to this version's schema at start-up. It never waits for ever, and it refuses a schema that is newer than the program.</summary>
public static class Migrator
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="StorageFault"><c>schema-newer</c>: a later version has used this database. <c>migration-busy</c>: another program kept migrating for too long.</exception>
    public static Migrated Run(DatabaseAddress address, TimeSpan? patience = null)
    {
        if (address.Path is { } path) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var db = new EvergreenDb(address.Options());
        if (Pending(db, address).Count == 0 && !AuditGuard.WaitsForSeal(db)) return new([], null);
        using var turn = MigrationTurn.Take(db, address, patience ?? Patience);
        var pending = Pending(db, address);
        if (pending.Count == 0)
        {
            // The one that migrated was stopped before it came to that, or has done it meanwhile.
            AuditGuard.SealOlder(db);
            return new([], null);
        }
        var copy = turn.Prepare(db, pending[0]);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        db.Database.Migrate();
        SearchKeys.Fill(db);
        AuditGuard.SealOlder(db);
        return new(pending, copy);
    }

    /// <summary>Throws unless the schema is exactly this version's: for commands that must not change it.</summary>
    /// <exception cref="StorageFault"><c>schema-missing</c> or <c>schema-newer</c>.</exception>
    public static void Require(DatabaseAddress address)
    {
        using var db = new EvergreenDb(address.Options());
        if ((address.Path is { } path && !File.Exists(path)) || Pending(db, address).Count > 0)
            throw new StorageFault("schema-missing", $"{address} has not been brought to this version. Run: evergreen database migrate");
    }

    private static List<string> Pending(EvergreenDb db, DatabaseAddress address)
    {
        var known = db.Database.GetMigrations().ToList();
        if (address.Path is { } path && !File.Exists(path)) return known;
        var applied = db.Database.GetAppliedMigrations().ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
            throw new StorageFault("schema-newer", $"{address} was used by a later version of Evergreen (its schema has {unknown}). Use that version, or restore a copy from before.");
        return [.. known.Except(applied, StringComparer.Ordinal)];
    }
}
