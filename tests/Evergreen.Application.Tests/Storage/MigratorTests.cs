using Evergreen.Application.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class MigratorTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    /// <summary>Makes the schema look as if its last migration had never run, for tests of what happens around a migration.</summary>
    private void Forget() => Assert.That(database.Sql("DELETE FROM \"__EFMigrationsHistory\""), Is.Null);

    [Test]
    public void NothingPendingIsNothingDone()
    {
        var migrated = Migrator.Run(database.Address);
        Assert.That((migrated.Applied.Count, migrated.CopyBefore), Is.EqualTo((0, (string?)null)));
        Assert.That(() => Migrator.Require(database.Address), Throws.Nothing);
    }

    [Test]
    public void NewerSchemaIsRefused()
    {
        Assert.That(database.Sql("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231000000_Later', '99.0.0')"), Is.Null);
        Assert.That(() => Migrator.Run(database.Address), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("schema-newer"));
        Assert.That(() => Migrator.Require(database.Address), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("schema-newer"));
    }

    [Test]
    public void MissingSchemaIsNamedWhereItMustNotBeMade()
    {
        Forget();
        Assert.That(() => Migrator.Require(database.Address), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("schema-missing"));
    }

    [Test, CancelAfter(60_000)]
    public void TwoStartingAtOnceBothSucceed()
    {
        using var fresh = new OpenTestDatabase(databases.Kind, databases.AddressOf($"evergreen_test_{Environment.ProcessId}_twice"));
        Parallel.For(0, 4, _ => Migrator.Run(fresh.Address));
        Assert.That(() => Migrator.Require(fresh.Address), Throws.Nothing);
    }

    [Test, CancelAfter(60_000)]
    public void StaleLockOfACrashedMigrationDoesNotHang()
    {
        // A server's lock goes with its connection.
        if (databases.Kind != DatabaseKind.Sqlite) return;
        using var fresh = new OpenTestDatabase(databases.Kind, databases.AddressOf($"evergreen_test_{Environment.ProcessId}_stale"));
        Assert.That(fresh.Sql("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)",
            "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01 00:00:00')"), Is.Null);
        Assert.That(Migrator.Run(fresh.Address).Applied, Is.Not.Empty);
    }

    [Test]
    public void DatabaseThatHoldsSomethingIsCopiedFirst()
    {
        // A server is backed up by its own tools.
        if (databases.Kind != DatabaseKind.Sqlite) return;
        Laundry.In(database);
        Forget();
        // The tables are there already, so the migration fails; the copy was made before it began.
        Assert.That(() => Migrator.Run(database.Address), Throws.InstanceOf<SqliteException>());
        var copy = Directory.GetFiles(Path.GetDirectoryName(database.Address.Path!)!, Path.GetFileName(database.Address.Path!) + ".before-*").Single();
        using var db = new EvergreenDb(DatabaseAddress.Sqlite(copy).Options());
        Assert.That(db.CoOps.Select(c => c.Code).Single(), Is.EqualTo("laundry"));
    }

    [Test, CancelAfter(60_000)]
    public void MigrationThatAnotherProgramHoldsForLongIsReported()
    {
        // On SQL Server the turn is EF's own.
        if (databases.Kind == DatabaseKind.SqlServer) return;
        Forget();
        using (Holding(database.Address))
            Assert.That(() => Migrator.Run(database.Address, TimeSpan.FromMilliseconds(200)), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("migration-busy")
                .And.Message.Contains("Another program has been migrating"));
    }

    [Test, CancelAfter(60_000)]
    public void ADatabaseThatAnotherProgramIsCreatingForLongIsReported()
    {
        // Only there is the database itself made in turn.
        if (databases.Kind != DatabaseKind.PostgreSql) return;
        using var missing = new OpenTestDatabase(databases.Kind, databases.AddressOf($"evergreen_test_{Environment.ProcessId}_missing"));
        using (Holding(databases.AddressOf("postgres")))
            Assert.That(() => Migrator.Run(missing.Address, TimeSpan.FromMilliseconds(200)), Throws.InstanceOf<StorageFault>().With.Property(nameof(StorageFault.Code)).EqualTo("migration-busy"));
        Assert.That(Migrator.Run(missing.Address).Applied, Is.Not.Empty);
    }

    /// <summary>The turn, as another program holds it.</summary>
    private static IDisposable Holding(DatabaseAddress address)
    {
        if (address.Path is { } path) return new FileStream(path + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand("SELECT pg_advisory_lock(x'4576657267726565'::bigint)", connection);
        command.ExecuteNonQuery();
        return connection;
    }
}
