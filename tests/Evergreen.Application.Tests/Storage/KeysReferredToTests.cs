using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

public sealed class KeysReferredToTests
{
    /// <summary>
    /// The planner of PostgreSQL looks for the row that another refers to through any index that begins as the key does, and while a table still looks small
    /// to it, takes the wrong one: a posting of 10,000 members then read the co-op's ledger 30,000 times.
    /// </summary>
    [Test]
    public void NoOtherIndexBeginsLikeAKeyThatRowsReferTo()
    {
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        var referredTo = database.Books.Read(db => db.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()).Select(reference => reference.PrincipalKey).Where(key => key.Properties.Count > 1).Distinct()
            .Select(key => (Key: key, Others: Others(key))).ToList());
        Assert.That(referredTo.Select(one => one.Key.DeclaringEntityType.ClrType.Name), Does.Contain("LedgerEntry"));
        Assert.That(referredTo.SelectMany(one => one.Others.Select(index => $"{one.Key.DeclaringEntityType.ClrType.Name}: {string.Join(", ", index.Properties.Select(property => property.Name))}")), Is.Empty);
    }

    private static List<IIndex> Others(IKey key) =>
        [.. key.DeclaringEntityType.GetIndexes().Where(index => index.Properties[0] == key.Properties[0] && index.GetFilter() is null && index.Properties.Count > 1 && index.Properties[1] != key.Properties[1])];
}
