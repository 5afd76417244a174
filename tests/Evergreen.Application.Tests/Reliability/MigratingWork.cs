using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Bringing books of an older version to this one's schema, as a program does that starts. Each migration is there or not; what is missing is made up by the next start.</summary>
internal sealed class MigratingWork : Workload
{
    private const string Older = "20261129000000_Portal";

    public MigratingWork(TestDatabase databases, int members) : base(databases, members)
    {
        using var db = new EvergreenDb(Origin.Address.Options());
        db.GetService<IMigrator>().Migrate(Older);
    }

    public override IReadOnlyList<string> Order(DatabaseAddress address) => ["migrate"];

    /// <summary>What only this version understands cannot be read yet: the file is sound, no migration was passed over, and where one was made the copy from before is whole.</summary>
    protected override IReadOnlyList<string> Faults(Books books)
    {
        if (Standing(books) == 1) return base.Faults(books);
        using var db = new EvergreenDb(books.Address.Options());
        var (known, applied) = (db.Database.GetMigrations().ToList(), db.Database.GetAppliedMigrations().ToList());
        var faults = Damage(db).ToList();
        if (!known.Take(applied.Count).SequenceEqual(applied, StringComparer.Ordinal)) faults.Add($"Not one after the other: {string.Join(", ", applied)}");
        if (applied[^1] == Older) return faults;
        var copies = Directory.GetFiles(Path.GetDirectoryName(books.Address.Path)!, $"{Path.GetFileName(books.Address.Path)}.before-*").Where(copy => !copy.EndsWith(".partial", StringComparison.Ordinal)).ToList();
        if (copies.Count != 1) return [.. faults, $"{copies.Count} copies from before"];
        using var before = new EvergreenDb(DatabaseAddress.Sqlite(copies[0]).Options());
        faults.AddRange(Damage(before));
        if (before.Database.GetAppliedMigrations().Last() != Older || before.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM Members").AsEnumerable().Single() != Members) faults.Add("The copy is not what there was before.");
        return faults;
    }

    protected override int Standing(Books books)
    {
        using var db = new EvergreenDb(books.Address.Options());
        // The last step is no migration: the records from before the chain are sealed.
        return db.Database.GetPendingMigrations().Any() || AuditGuard.WaitsForSeal(db) ? 0 : 1;
    }

    protected override void Repeat(Books books) => Migrator.Run(books.Address);

    private static IEnumerable<string> Damage(EvergreenDb db) => db.Database.SqlQuery<string>($"PRAGMA integrity_check(20)").AsEnumerable().Where(line => line != "ok");
}
