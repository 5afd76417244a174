using System.Net;
using Evergreen.Application.Storage;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Health;

public sealed class HealthTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("evergreen-web-").FullName;

    [TearDown]
    public void DeleteFolder()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task TheProgramSaysThatItIsRunning()
    {
        await using var site = await Start("nothing.db");
        using var answer = await site.Visitor().GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.ReadAsStringAsync().Result, Is.EqualTo("""{"status":"live"}"""));
        });
    }

    [Test]
    public async Task TheSiteIsReadyWhenTheSchemaIsThisVersions()
    {
        Migrator.Run(DatabaseAddress.Sqlite(Path.Combine(folder, "books.db")));
        await using var site = await Start("books.db");
        using var answer = await site.Visitor().GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.ReadAsStringAsync().Result, Is.EqualTo("""{"status":"ready"}"""));
        });
    }

    [TestCase("nothing.db", "schema-missing")]
    [TestCase("postgresql:Host=127.0.0.1;Port=1;Database=books;Username=eva;Password=hunter2;Timeout=2", "database-unreachable")]
    public async Task TheSiteIsNotReadyWithoutItsDatabase(string address, string state)
    {
        await using var site = await Start(address);
        using var answer = await site.Visitor().GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That(answer.Content.ReadAsStringAsync().Result, Is.EqualTo($$"""{"status":"{{state}}"}"""));
            Assert.That(File.Exists(Path.Combine(folder, "nothing.db")), Is.False, "looking must not make a database");
        });
    }

    [Test]
    public void TheSiteDoesNotStartWhereItsBooksCannotBeNamed() => Assert.That(Evergreen.Web.Site.Run(["--urls=http://127.0.0.1:0", $"--{DatabaseAddress.Variable}=sqlserver:nonsense"]), Is.EqualTo(1));

    [TestCase("/health/live")]
    [TestCase("/")]
    [TestCase("/office")]
    public async Task EveryAnswerForbidsWhatItDoesNotNeed(string path)
    {
        await using var site = await Start("nothing.db");
        using var answer = await site.Visitor().GetAsync(new Uri(path, UriKind.Relative));
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(path == "/health/live" ? HttpStatusCode.OK : HttpStatusCode.Redirect));
            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
            Assert.That(answer.Headers.Contains("Server"), Is.False);
        });
    }

    private Task<RunningSite> Start(string address) => RunningSite.Start(address.EndsWith(".db", StringComparison.Ordinal) ? Path.Combine(folder, address) : address);
}
