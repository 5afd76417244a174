using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Npgsql;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

/// <summary>From the SQLite file of an empty folder to a server, in the middle of the set-up.</summary>
public sealed class ChooseBooksTests
{
    private readonly string name = $"evergreen_chosen_{Environment.ProcessId}", poor = $"evergreen_poor_{Environment.ProcessId}";
    private string server = "";
    private string folder = "";
    private string code = "";
    private Office office = null!;

    [SetUp]
    public void Open()
    {
        server = Environment.GetEnvironmentVariable("EVERGREEN_TEST_POSTGRES") is { Length: > 0 } named ? named : throw new IgnoreException("This test is of PostgreSQL: set EVERGREEN_TEST_POSTGRES to the connection string of a server.");
        PostgreSqlServer.Run(server, $"CREATE DATABASE {name}");
        folder = Directory.CreateTempSubdirectory("evergreen-chosen-").FullName;
        office = new Office(new TestDatabase(DatabaseKind.Sqlite, null), setUp: false);
        code = new PrepareSetUp(office.Database.Books, office.Mode).Run()!;
    }

    [TearDown]
    public void Close()
    {
        if (folder.Length == 0) return;
        office.Dispose();
        PostgreSqlServer.Run(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        Directory.Delete(folder, recursive: true);
    }

    private ChosenBooks Chosen => new(folder);

    private ChooseBooks.Request Wanted
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(server);
            return new(code, DatabaseKind.PostgreSql, parts.Host, parts.Port, name, parts.Username, parts.Password ?? "a secret word", Verified: false, Office.From);
        }
    }

    private Outcome<DatabaseAddress> Choose(ChooseBooks.Request request) => new ChooseBooks(office.Database.Books, office.Mode, Chosen).Run(request);

    [Test]
    public void SetUpGoesOnOnTheServerAndTheNextStartFindsIt()
    {
        office.Database.Books.Write<int>(false, db =>
        {
            db.SiteKeys.Add(new SiteKey { Name = "key-1", Sealed = "sealed" });
            return 1;
        });
        Assert.That(Chosen.IsOpen(null), Is.True);
        Assert.That(Choose(Wanted).Value.ToString(), Is.EqualTo($"PostgreSQL {name} on {Wanted.Host}"));
        var found = Chosen.Find(null).Value;
        var there = new Books(found, office.Database.Clock);
        Assert.That((found.Kind, found.Path, KeyFile.Of(found).Value.Path), Is.EqualTo((DatabaseKind.PostgreSql, (string?)null, Path.Combine(folder, "evergreen.db.keys"))));
        Assert.That((there.Read(db => db.SiteKeys.Single().Name), new SetUpHouse(there, office.Mode).CheckCode(code, Office.From).IsRefused), Is.EqualTo(("key-1", false)), "cookies and the code stay good");
        Assert.That((Chosen.IsOpen(null), Chosen.Find(Path.Combine(folder, "other.db")).Value.Path), Is.EqualTo((false, Path.Combine(folder, "other.db"))), "who names books gets those");
        var written = File.ReadAllText(Chosen.FilePath);
        Assert.That((written.Contains(name, StringComparison.Ordinal), written.Contains(Wanted.Password!, StringComparison.Ordinal)), Is.EqualTo((false, false)));
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(Chosen.FilePath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        Assert.That(Choose(Wanted).IsRefused, Is.False, "a try that was broken off is done again");
        new SetUpHouse(there, office.Mode).Run(new(code, Office.LaundryRequest, Office.Mail, "Ruth", Office.Password, Office.From));
        Assert.That(Choose(Wanted).Refusal!.Code, Is.EqualTo("database-taken"));
        File.WriteAllText(Chosen.FilePath, written[..^4]);
        Assert.That(Chosen.Find(null).Refusal!.Code, Is.EqualTo("database-choice"), "and never the empty file in its place");
    }

    [Test]
    public void WhatIsWrongIsSaidInASentenceOfItsOwn()
    {
        Assert.That(Choose(Wanted with { Code = "00000-00000-00000-00000", Host = "" }).Refusal!.Code, Is.EqualTo("set-up-code-wrong"), "a stranger learns nothing of the servers around");
        foreach (var (wrong, expected) in ((ChooseBooks.Request, string)[])
        [
            (Wanted with { Host = "https://db.example" }, "database-host"), (Wanted with { Port = 0 }, "database-port"), (Wanted with { Database = " " }, "database-unnamed"), (Wanted with { User = null }, "database-user"),
            (Wanted with { Host = "127.0.0.1", Port = 9 }, "database-silent"), (Wanted with { User = "evergreen_nobody" }, "database-login"), (Wanted with { Database = name + "_not" }, "database-absent"), (Wanted with { Verified = true }, "database-line"),
        ]) Assert.That(Choose(wrong).Refusal!.Code, Is.EqualTo(expected));

        PostgreSqlServer.Run(server, $"CREATE ROLE {poor} LOGIN PASSWORD '{Wanted.Password}'");
        try
        {
            Assert.That(Choose(Wanted with { User = poor }).Refusal!.Code, Is.EqualTo("database-rights"));
        }
        finally
        {
            PostgreSqlServer.Run(server, $"DROP ROLE {poor}");
        }
        PostgreSqlServer.Run(server, $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        Assert.That(Choose(Wanted).Refusal!.Code, Is.EqualTo("database-other"));
        PostgreSqlServer.Run(server, $"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        Assert.That(File.Exists(Chosen.FilePath), Is.False);
        using (var another = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ToString()))
        {
            another.Open();
            using var table = new NpgsqlCommand("CREATE TABLE something (x int)", another);
            table.ExecuteNonQuery();
        }
        Assert.That(Choose(Wanted).Refusal!.Code, Is.EqualTo("database-taken"), "tables of another program");
    }
}
