using Evergreen.Application.Storage;
using Evergreen.Domain.Members;
using Evergreen.House.Tests.Walls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NUnit.Framework;

namespace Evergreen.House.Tests;

/// <summary>Every change of the model has its migration, for all three databases. Needs no server.</summary>
public sealed class MigrationTests
{
    private static readonly DatabaseAddress[] Addresses =
    [
        DatabaseAddress.Sqlite("model.db"),
        DatabaseAddress.PostgreSql("Host=localhost;Database=model"),
        DatabaseAddress.SqlServer("Server=localhost;Database=model"),
    ];

    [TestCaseSource(nameof(Addresses))]
    public void ModelHasNoChangesWithoutMigration(DatabaseAddress address)
    {
        using var db = new EvergreenDb(address.Options());
        Assert.That(db.Database.GetMigrations(), Is.Not.Empty);
        Assert.That(db.Database.HasPendingModelChanges(), Is.False);
    }

    [TestCaseSource(nameof(Addresses))]
    public void APlantedColumnIsCaught(DatabaseAddress address)
    {
        using var db = new EvergreenDb(new DbContextOptionsBuilder<EvergreenDb>(address.Options()).ReplaceService<IModelCustomizer, OneColumnMore>().Options);
        Assert.That(db.Database.HasPendingModelChanges(), Is.True);
    }

    [Test]
    public void MigrationsHaveTheSameNamesOnEveryDatabase()
    {
        var migrations = Addresses.ToDictionary(address => address.Kind.ToString(), address =>
        {
            using var db = new EvergreenDb(address.Options());
            return (IReadOnlyList<string>)[.. db.Database.GetMigrations()];
        });
        Assert.That(MigrationNames.Violations(migrations), Is.Empty);
    }

    [TestCase("20261101_First", "20261102_Secondly", "Secondly")]
    [TestCase("20261102_Second", "20261103_First", "Second First")]
    [TestCase("20261101_First", null, "First")]
    public void APlantedMigrationIsCaught(string one, string? two, string named)
    {
        var migrations = new Dictionary<string, IReadOnlyList<string>>
        {
            ["here"] = ["20261101_First", "20261102_Second"], ["alike"] = ["20261104_First", "20261105_Second"], ["there"] = [.. new[] { one, two }.OfType<string>()],
        };
        Assert.That(MigrationNames.Violations(migrations).Single(), Does.StartWith("there has ").And.Contains(named));
    }

    private sealed class OneColumnMore(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Member>().Property<string>("Planted");
        }
    }
}
