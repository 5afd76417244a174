using Evergreen.Application.Storage;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

public sealed class TransientTests
{
    [Test]
    public void DatabaseThatIsAwayIsToldFromWorkThatIsWrong()
    {
        foreach (var nowhere in (DatabaseAddress[])[DatabaseAddress.PostgreSql("Host=127.0.0.1;Port=1;Database=books;Username=eva;Timeout=2"), DatabaseAddress.Sqlite(Path.Combine(Path.GetTempPath(), "no-such-folder", "books.db"))])
        {
            var fault = Assert.Catch(() => new Books(nowhere, TimeProvider.System).Read(db => db.CoOps.Count()))!;
            Assert.That(Transient.IsAway(fault), Is.True, fault.ToString());
        }
        Assert.That(Transient.IsAway(new SqliteException("UNIQUE constraint failed", 19)), Is.False);
        Assert.That(Transient.IsAway(new InvalidOperationException("The work is wrong.", new ArgumentException("It is."))), Is.False);
    }
}
