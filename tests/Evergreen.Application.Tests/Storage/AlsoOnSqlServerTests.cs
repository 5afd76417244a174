using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

public sealed class AlsoOnSqlServerTests
{
    /// <remarks>SQLite has a function for it; SQL Server has not.</remarks>
    [Test]
    public void QueryThatOnlySqliteCanTranslateIsReported()
    {
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        Assert.That(() => database.Books.Read(db => db.Members.Count(m => EF.Functions.Glob(m.Name, "A*"))), Throws.InvalidOperationException.With.Message.Contains("SQL Server"));
    }

    [Test]
    public void QueriesThatTestsRunAreTranslated()
    {
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        var before = AlsoOnSqlServer.Count;
        var name = "x";
        _ = database.Books.Read(db => db.Members.Where(m => m.Name != name && m.Country == "QQ").GroupBy(m => m.CoOpId).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToList());
        database.Books.Write<int>(dryRun: true, db => db.ImportSources.Where(s => s.Name == name + "?").ExecuteUpdate(s => s.SetProperty(x => x.MappingJson, "{}")));
        Assert.That(AlsoOnSqlServer.Count - before, Is.EqualTo(2));
    }

    [Test]
    public void TheSameQuestionAboutOtherRowsIsAnotherQuery()
    {
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        var before = AlsoOnSqlServer.Count;
        _ = database.Books.Read(db => (db.Members.Count(row => row.Id % 7 == 3), db.MemberClasses.Count(row => row.Id % 7 == 3), db.Accounts.Count(row => row.Id % 7 == 3)));
        Assert.That(AlsoOnSqlServer.Count - before, Is.EqualTo(3));
        Assert.That((AlsoOnSqlServer.HasAsked<Domain.Equity.Account>(), AlsoOnSqlServer.HasAsked<AlsoOnSqlServerTests>()), Is.EqualTo((true, false)));
    }
}
