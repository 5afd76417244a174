using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
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
    public async Task TheSiteIsNotReadyWithoutTheKeysOfItsSecrets()
    {
        var books = DatabaseAddress.Sqlite(Path.Combine(folder, "books.db"));
        Migrator.Run(books);
        await using var site = await Start("books.db");
        Assert.That(new Application.Access.Apps.RotateConnectKeys(new Books(books, TimeProvider.System), new SealingKeys(() => KeyFile.Of(books))).Run("ann").IsRefused, Is.False);
        File.Move(Path.Combine(folder, "books.db.keys"), Path.Combine(folder, "elsewhere.keys"));
        Assert.That(await Ready(site), Is.EqualTo((HttpStatusCode.ServiceUnavailable, """{"status":"keys"}""")));
    }

    [Test]
    public async Task TheSiteThatWorksWithSomethingWrongSaysNoMoreThanThat()
    {
        var address = DatabaseAddress.Sqlite(Path.Combine(folder, "books.db"));
        Migrator.Run(address);
        RecordAhead(new Books(address, TimeProvider.System));
        await using var site = await Start("books.db");
        Assert.That(await Ready(site), Is.EqualTo((HttpStatusCode.OK, """{"status":"attention"}""")));
    }

    [Test]
    public async Task AdministratorsSeeWhatIsWrongAndWhatHelps()
    {
        await using var site = await DemoSite.Start();
        using var administrator = await site.Enter(Role.Administrator);
        Assert.That(await administrator.GetStringAsync(new Uri("/office/grocery/settings", UriKind.Relative)), Does.Contain("/office/grocery/settings/health"));
        Assert.That(await administrator.GetStringAsync(new Uri("/office/grocery/search?q=disk+space", UriKind.Relative)), Does.Contain("/office/grocery/settings/health"));
        Assert.That(await Shown(), Does.Contain("All is well.").And.Contain("each ending as noted").And.Not.Contain("chip bad"));
        RecordAhead(site.Books);
        Assert.That(await Shown(), Does.Contain("1 thing must be put right.").And.Contain("the clock went back").And.Contain("Set the clock of this machine").And.Contain("chip bad"));

        Task<string> Shown() => administrator.GetStringAsync(new Uri("/office/grocery/settings/health", UriKind.Relative));
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

    /// <summary>As if the clock had been an hour ahead when somebody did something.</summary>
    private static void RecordAhead(Books books) => books.Write<bool>(dryRun: false, db => { AuditTrail.Add(db, null, books.Now.AddHours(1), "ann", "test", "clock"); return true; });

    private static async Task<(HttpStatusCode, string)> Ready(RunningSite site)
    {
        using var answer = await site.Visitor().GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<RunningSite> Start(string address) => RunningSite.Start(address.EndsWith(".db", StringComparison.Ordinal) ? Path.Combine(folder, address) : address);
}
