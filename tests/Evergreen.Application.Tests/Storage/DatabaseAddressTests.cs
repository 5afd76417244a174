using Evergreen.Application.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

public sealed class DatabaseAddressTests
{
    [TestCase("books.db", "books.db")]
    [TestCase("sqlite:my books/2025.db", "my books/2025.db")]
    public void PlainTextIsAFile(string text, string path)
    {
        var address = DatabaseAddress.Parse(text).Value;
        Assert.That((address.Kind, address.Path), Is.EqualTo((DatabaseKind.Sqlite, Path.GetFullPath(path))));
    }

    [TestCase("postgres://ann:p%40ss%3B@db.example:5433/books?sslmode=require")]
    [TestCase("postgresql://ann:p%40ss%3B@db.example:5433/books?sslmode=require")]
    [TestCase("postgresql:Host=db.example;Port=5433;Database=books;Username=ann;Password='p@ss;';SSL Mode=Require")]
    public void PostgreSqlIsNamedByAddressOrByKeywords(string text)
    {
        var address = DatabaseAddress.Parse(text).Value;
        var parts = new Npgsql.NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.That((address.Kind, parts.Host, parts.Port, parts.Database, parts.Username, parts.Password, parts.SslMode),
            Is.EqualTo((DatabaseKind.PostgreSql, "db.example", 5433, "books", "ann", "p@ss;", Npgsql.SslMode.Require)));
        Assert.That(address.ToString(), Is.EqualTo("PostgreSQL books on db.example"), "neither user nor password is shown");
    }

    [Test]
    public void SqlServerIsNamedByKeywords()
    {
        var address = DatabaseAddress.Parse("sqlserver:Server=db.example;Database=books;User Id=ann;Password=secret").Value;
        Assert.That((address.Kind, address.ToString()), Is.EqualTo((DatabaseKind.SqlServer, "SQL Server books on db.example")));
    }

    [TestCase("")]
    [TestCase("sqlite:")]
    [TestCase("postgresql:Nonsense=1")]
    [TestCase("sqlserver:Nonsense=1")]
    [TestCase("postgres://")]
    public void OtherTextIsRefusedWithTheFormsThatWork(string text) => Assert.That(DatabaseAddress.Parse(text).Refusal!.Code, Is.EqualTo("database-address"));
}
