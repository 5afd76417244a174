using Evergreen.Application.Access.Apps;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Web.Tests.Pages;
using Npgsql;

namespace Evergreen.Web.Tests.Api;

/// <summary>Two programs of the site, each a process of its own, on one database: a till that sends to both is taken in once.</summary>
public sealed class TwoProcessesTests
{
    private const string Server = "EVERGREEN_TEST_POSTGRES";
    private const string Receipt = """{"receipt":"five-hundred","member":"1001","on":"2026-06-12","amount":"12.34"}""";
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("evergreen-two-").FullName;

    [TearDown]
    public void Drop()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>SQLite always; PostgreSQL where a server is named, and in CI in any case.</summary>
    private static IEnumerable<DatabaseKind> Kinds()
    {
        yield return DatabaseKind.Sqlite;
        if (Environment.GetEnvironmentVariable(Server) is { Length: > 0 } || string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) yield return DatabaseKind.PostgreSql;
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task FiveHundredPostsOfOneKeyToTwoProcessesMakeOneEntryAndTheSameAnswer(DatabaseKind kind)
    {
        var (address, written) = kind == DatabaseKind.Sqlite ? OfAFile() : OfAServer();
        try
        {
            Migrator.Run(address);
            var books = new Books(address, TimeProvider.System);
            var program = TillOf(books);
            using var one = await SiteProcess.Start(SiteProcess.FreeAddress(), written, folder: folder);
            using var two = await SiteProcess.Start(SiteProcess.FreeAddress(), written, folder: folder);
            Assert.That(one.Id, Is.Not.EqualTo(two.Id));
            using var first = await new HttpClient { BaseAddress = one.Address }.Enter(program);
            using var second = await new HttpClient { BaseAddress = two.Address }.Enter(program);
            var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => PostUntilDone(i % 2 == 0 ? first : second)));
            Assert.Multiple(() =>
            {
                Assert.That(answers.Count(answer => answer is { Status: 201, Replayed: false }), Is.EqualTo(1));
                Assert.That(answers.Count(answer => answer is { Status: 200, Replayed: true }), Is.EqualTo(499), string.Join(", ", answers.Select(answer => answer.Status).Distinct()));
                Assert.That(answers.Select(answer => answer.Body).Distinct().Count(), Is.EqualTo(1));
                Assert.That(books.Read(db => db.Purchases.Count()), Is.EqualTo(1));
                Assert.That(books.Read(db => db.AuditRecords.Count(record => record.Subject == "receipt five-hundred")), Is.EqualTo(1));
                Assert.That(new CheckBooks(books).Run(new("tills")).Value.Findings, Is.Empty);
            });
        }
        finally
        {
            if (kind == DatabaseKind.PostgreSql)
            {
                using var db = new EvergreenDb(address.Options());
                db.Database.EnsureDeleted();
            }
        }
    }

    /// <summary>As a till does: told that the first is still at work, or that the books are busy, it comes again with the same key.</summary>
    private static async Task<Answered> PostUntilDone(HttpClient till)
    {
        while (true)
        {
            var answer = await till.Post("/api/v1/purchases", Receipt, "key-500");
            if (answer.Code is not ("idempotency-key-in-progress" or "busy")) return answer;
            await Task.Delay(answer.Message.Headers.RetryAfter!.Delta!.Value);
        }
    }

    private static RegisterApp.Result TillOf(Books books)
    {
        Assert.That(new CreateCoOp(books).Run(new("tills", "Two Tills", "US", "USD", 12, TaxRegime.SubchapterT, "test")).Refusal, Is.Null);
        Assert.That(new EnrolMember(books).Run(new("tills", "1001", new Particulars { GivenName = "Ruth", FamilyName = "Okafor" }, [], new DateOnly(2024, 3, 1), "test")).Refusal, Is.Null);
        return new RegisterApp(books).Run(new(books.Read(db => db.CoOps.Single().Id), "Till", AppKind.Program, [AppScopes.PurchasesWrite], "test", "192.0.2.7")).Value;
    }

    private (DatabaseAddress Address, string Written) OfAFile()
    {
        var path = Path.Combine(folder, "evergreen.db");
        return (DatabaseAddress.Sqlite(path), path);
    }

    /// <summary>A database of its own, which the migration makes.</summary>
    private static (DatabaseAddress Address, string Written) OfAServer()
    {
        var server = Environment.GetEnvironmentVariable(Server) ?? throw new InvalidOperationException($"Set {Server} to the connection string of a server, e.g. \"Host=localhost;Username=postgres\".");
        var address = DatabaseAddress.PostgreSql(new NpgsqlConnectionStringBuilder(server) { Database = $"evergreen_two_{Environment.ProcessId}", MaxPoolSize = 20 }.ToString());
        return (address, $"postgresql:{address.ConnectionString}");
    }
}
