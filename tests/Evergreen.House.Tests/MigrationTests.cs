using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
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

    [Test]
    public void MigrationsHaveTheSameNamesOnEveryDatabase()
    {
        var names = Addresses.Select(address =>
        {
            using var db = new EvergreenDb(address.Options());
            return string.Join(' ', db.Database.GetMigrations().Select(id => id.Split('_', 2)[1]));
        });
        Assert.That(names.Distinct().ToList(), Has.Count.EqualTo(1));
    }
}
