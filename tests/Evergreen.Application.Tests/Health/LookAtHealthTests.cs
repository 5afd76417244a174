using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Audit;
using Evergreen.Application.Health;
using Evergreen.Application.Jobs;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Equity;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Health;

/// <summary>Each thing that health looks at is broken on purpose: it must be found, and nothing else with it.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class LookAtHealthTests(TestDatabase databases)
{
    private const long Gigabyte = 1_000_000_000;
    private static readonly Version Patched = new(10, 0, 12);

    private OpenTestDatabase database = null!;
    private string folder = null!;
    private KeyFile keys = null!;
    private Drive drive = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-health-").FullName;
        keys = new KeyFile(Path.Combine(folder, "books.keys"));
        drive = new("/data", "ext4", IsNetwork: false, 40 * Gigabyte, 100 * Gigabyte);
        if (database.Address.Path is { } path && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private HealthReport Look(Version? aspNetCore = null, Books? books = null) =>
        new LookAtHealth(books ?? database.Books, () => keys, _ => drive).Run(new(aspNetCore ?? Patched, new JobFiles(folder)));

    private Finding Look(string code, Books? books = null) => Look(books: books).Findings.Single(finding => finding.Code == code);

    /// <summary>What is wrong and what it is called outside. A test server may have been told to trust its disk, for speed.</summary>
    private (string Bad, string Warnings, string Word) Wrong(Version? aspNetCore = null)
    {
        var report = Look(aspNetCore);
        var server = databases.Kind != DatabaseKind.Sqlite;
        var kept = report with { Findings = [.. report.Findings.Where(finding => !server || finding.Code != "settings")] };
        Assert.That(kept.Findings.Where(finding => finding.State != HealthState.Good && string.IsNullOrEmpty(finding.ToDo)), Is.Empty, "what is wrong says what helps");
        return (Codes(HealthState.Bad), Codes(HealthState.Warning), kept.Word);

        string Codes(HealthState state) => string.Join(' ', kept.Findings.Where(finding => finding.State == state).Select(finding => finding.Code));
    }

    private void MakeKeys() => Assert.That(new OpenConnectKeys(database.Books, new SealingKeys(() => keys)).Run().IsRefused, Is.False);

    [Test]
    public void BooksOfWhichNothingIsWrongAreWell()
    {
        MakeKeys();
        var report = Look();
        string[] files = databases.Kind == DatabaseKind.Sqlite ? OperatingSystem.IsWindows() ? ["file-system"] : ["file-system", "rights"] : [];
        Assert.That(report.Findings.Select(finding => finding.Code), Is.EqualTo((string[])["database", "schema", "settings", "disk", .. files, "key-file", "keys", "mail", "ledger", "clock", "aspnetcore"]));
        Assert.That(Wrong(), Is.EqualTo(("", "", "ready")));
        if (databases.Kind == DatabaseKind.Sqlite)
        {
            Assert.That(report.Sentence, Is.EqualTo("All is well."));
            Assert.That(Look("settings").Measured, Is.EqualTo("journal_mode wal, synchronous full, foreign_keys on."));
            Assert.That(Look("file-system").Measured, Is.EqualTo("ext4 at /data."));
            Assert.That(Look("disk").Measured, Is.EqualTo("40 GB free of 100 GB at /data, where the books and files of long work and temporary files lie."));
        }
        if (databases.Kind == DatabaseKind.PostgreSql)
        {
            var settings = Look("settings");
            Assert.That(settings.State, Is.EqualTo(settings.Measured.Contains(" off", StringComparison.Ordinal) ? HealthState.Bad : HealthState.Good));
            Assert.That(settings.Measured, Does.Match("^fsync (on|off), full_page_writes (on|off), synchronous_commit \\w+"));
        }
        Assert.That(database.Books.Read(db => db.AuditRecords.Count()), Is.EqualTo(1), "looking writes nothing: the one record is of the keys");
    }

    [Test]
    public void DiskThatFillsUpIsFoundBeforeItIsFull()
    {
        drive = drive with { FreeBytes = 1_400_000_000 };
        Assert.That(Wrong(), Is.EqualTo(("", "", "ready")));
        drive = drive with { FreeBytes = 812_345_678 };
        Assert.That(Wrong(), Is.EqualTo(("", "disk", "ready")));
        Assert.That(Look("disk").Measured, Does.StartWith("812 MB free of 100 GB"));
        drive = drive with { FreeBytes = 99_000_000 };
        Assert.That(Wrong(), Is.EqualTo(("disk", "", "disk")));
    }

    [Test]
    public void BooksOfOneFileDoNotBelongOnANetworkFileSystem()
    {
        drive = drive with { Format = "nfs4", IsNetwork = true };
        Assert.That(Wrong(), Is.EqualTo(("", databases.Kind == DatabaseKind.Sqlite ? "file-system" : "", "ready")));
    }

    [Test]
    public void EveryPathLiesOnSomeDisk()
    {
        var here = Drive.Of(folder)!;
        Assert.That((here.FreeBytes > 0, here.FreeBytes <= here.TotalBytes, folder.StartsWith(here.Place, StringComparison.Ordinal)), Is.EqualTo((true, true, true)), $"{here}");
        Assert.That(Drive.Of(Path.Combine(folder, "not", "there", "yet")), Is.Not.Null);
    }

    [Test]
    public void KeyRingMustBeThereClosedAndTheRightOne()
    {
        Assert.That(Look("key-file").Measured, Does.StartWith("Not made yet"));
        MakeKeys();
        Assert.That(Look("key-file").Measured, Does.EndWith("holds 1 key and is closed to others."));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keys.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.That(Wrong(), Is.EqualTo(("key-file", "", "keys")));
            Assert.That(Look("key-file").ToDo, Does.Contain("chmod 600"));
        }
        File.Delete(keys.Path);
        Assert.That(Wrong(), Is.EqualTo(("key-file", "", "keys")));
        keys.Create(new DateOnly(2026, 1, 15));
        Assert.That(Wrong(), Is.EqualTo(("keys", "", "keys")));
        Assert.That(Look("keys").Measured, Is.EqualTo("2 of 2 keys in the books cannot be opened with the key file."));
        File.WriteAllText(keys.Path, "{}");
        Assert.That(Wrong(), Is.EqualTo(("key-file", "", "keys")));
        Assert.That(new LookAtHealth(database.Books, () => Application.Access.Refusals.KeysNowhere()).Run(new(Patched, new JobFiles(folder))).Findings.Single(finding => finding.Code == "key-file").ToDo, Does.Contain(KeyFile.Variable));
    }

    [Test]
    public void KeysOfTokensThatNobodyRenewsAreFound()
    {
        MakeKeys();
        database.Clock.Advance(TimeSpan.FromDays(90));
        Assert.That(Look("keys"), Has.Property("State").EqualTo(HealthState.Good).And.Property("Measured").EqualTo("2 keys, all of them open; those that sign tokens are 90 days old."));
        database.Clock.Advance(TimeSpan.FromDays(8));
        Assert.That(Wrong(), Is.EqualTo(("", "keys", "ready")));
        MakeKeys();
        Assert.That(Wrong(), Is.EqualTo(("", "", "ready")));
    }

    [Test]
    public void MailThatNobodyTakesIsFoundByItsAge()
    {
        var letter = MailLetter.Of("News", ["There is news."], null, "The Bakery");
        foreach (var key in (string[])["k1", "k2"])
        {
            Assert.That(new QueueMail(database.Books).Run(new(key, null, null, "ann@example.coop", "Ann", letter, "bea")).IsRefused, Is.False);
            database.Clock.Advance(TimeSpan.FromMinutes(59));
            Assert.That(Wrong(), key == "k1" ? Is.EqualTo(("", "", "ready")) : Is.EqualTo(("", "mail", "ready")));
        }
        Assert.That(Look("mail").Measured, Is.EqualTo("2 mails, the oldest for 118 minutes."));
        database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(Wrong(), Is.EqualTo(("mail", "", "attention")), "the site works all the same");
        Assert.That(database.Sql("""UPDATE "Mails" SET "State" = 4"""), Is.Null);
        Assert.That(Look("mail"), Has.Property("State").EqualTo(HealthState.Good).And.Property("Measured").EqualTo("None. Of the last 7 days, 2 mails could not be sent."));
    }

    [Test]
    public void LedgerThatEndsOtherwiseThanNotedIsFound()
    {
        var laundry = Laundry.In(database);
        database.Books.Write<Posted>(dryRun: false, db => LedgerGuard.Append(db, laundry.CoOp, Enumerable.Range(1, 3).Select(item => laundry.Contribution(item)), database.Books.Now));
        database.Clock.Advance(TimeSpan.FromHours(50));
        Assert.That(Look("ledger").Measured, Is.EqualTo("3 entries in 1 ledger, each ending as noted; the last entry was recorded 2 days ago."));
        Assert.That(database.Sql("""UPDATE "LedgerHeads" SET "Sequence" = 2"""), Is.Null);
        Assert.That(Wrong(), Is.EqualTo(("ledger", "", "attention")));
        Assert.That(database.Sql("""UPDATE "LedgerHeads" SET "Sequence" = 4"""), Is.Null);
        Assert.That(Wrong(), Is.EqualTo(("ledger", "", "attention")));
        Assert.That(database.Sql("""UPDATE "LedgerHeads" SET "Sequence" = 3"""), Is.Null);
        Assert.That(Wrong(), Is.EqualTo(("", "", "ready")));
        Assert.That(database.Books.Write<bool>(dryRun: false, db => { db.LedgerHeads.Single().Hash = LedgerChain.Genesis; return true; }).Value, Is.True);
        Assert.That(Wrong(), Is.EqualTo(("ledger", "", "attention")));
        Assert.That(Look("ledger").ToDo, Does.Contain("evergreen check").And.Not.Contain("laundry"), "the page of one co-op names no other");
    }

    [Test]
    public void ClockThatWentBackIsShownByTheRecordsAndByTheLedger()
    {
        database.Books.Write<bool>(dryRun: false, db => { AuditTrail.Add(db, null, database.Books.Now, "bea", "test", "clock"); return true; });
        Assert.That(Look("clock").Measured, Is.EqualTo("2026-01-15 10:00:00 UTC; the newest record is of 2026-01-15 10:00:00 UTC."));
        Assert.That(Look("clock", Earlier(TimeSpan.FromSeconds(4))).State, Is.EqualTo(HealthState.Good));
        Assert.That(Look("clock", Earlier(TimeSpan.FromSeconds(20))).State, Is.EqualTo(HealthState.Warning));
        var anHour = Look("clock", Earlier(TimeSpan.FromHours(1)));
        Assert.That((anHour.State, anHour.Stops), Is.EqualTo((HealthState.Bad, (string?)null)));
        Assert.That(anHour.Measured, Is.EqualTo("2026-01-15 09:00:00 UTC, which is 60 minutes before the newest record in the books (2026-01-15 10:00:00 UTC): the clock went back, or was ahead then."));

        // Ten years ahead for one entry: the chain bears that time on, and it shows until the clock has caught up.
        var laundry = Laundry.In(database);
        database.Books.Write<Posted>(dryRun: false, db => LedgerGuard.Append(db, laundry.CoOp, [laundry.Contribution(1)], database.Books.Now.AddYears(10)));
        Assert.That(Look("clock"), Has.Property("State").EqualTo(HealthState.Bad).And.Property("Measured").Contains("3,652 days before"));
        Assert.That(Look("ledger").Measured, Does.EndWith("the last entry is dated ahead of the clock."));

        Books Earlier(TimeSpan by) => new(database.Address, new FakeTimeProvider(database.Clock.GetUtcNow() - by));
    }

    [TestCase("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT MAX("MigrationId") FROM "__EFMigrationsHistory")""", "schema-older")]
    [TestCase("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20990101000000_Later', '99')""", "schema-newer")]
    public void BooksOfAnotherVersionAreNotWorkedWith(string edit, string word)
    {
        Assert.That(database.Sql(edit), Is.Null);
        Assert.That(Wrong(), Is.EqualTo(("schema", "", word)));
        Assert.That(Look().Findings.Select(finding => finding.Code), Has.None.EqualTo("ledger"), "what is in them is not read");
    }

    [Test]
    public void BooksThatAreNotThereAreNotMade()
    {
        var nothing = Path.Combine(folder, "nothing.db");
        var missing = Look(books: new Books(DatabaseAddress.Sqlite(nothing), database.Clock));
        Assert.That((missing.Word, missing.State, File.Exists(nothing)), Is.EqualTo(("schema-missing", HealthState.Bad, false)));
        var gone = Look("database", new Books(DatabaseAddress.Parse("postgresql:Host=127.0.0.1;Port=1;Database=books;Username=eva;Password=hunter2;Timeout=2").Value, database.Clock));
        Assert.That((gone.State, gone.Stops, gone.Measured.Contains("hunter2", StringComparison.Ordinal)), Is.EqualTo((HealthState.Bad, "database-unreachable", false)));
        File.WriteAllText(nothing, "These are not books, and long enough that SQLite looks at what they say.".PadRight(200));
        Assert.That(Look("database", new Books(DatabaseAddress.Sqlite(nothing), database.Clock)).State, Is.EqualTo(HealthState.Bad));
    }

    [Test]
    public void FrameworkWithKnownHolesIsFound()
    {
        Assert.That(Wrong(new Version(10, 0, 11)), Is.EqualTo(("", "aspnetcore", "ready")));
        Assert.That(Wrong(new Version(10, 1, 0)), Is.EqualTo(("", "", "ready")));
    }

    [Test]
    public void BooksThatOthersMayOpenAreFound()
    {
        if (database.Address.Path is not { } path || OperatingSystem.IsWindows()) return;
        var own = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, own | UnixFileMode.OtherRead);
        Assert.That(Wrong(), Is.EqualTo(("", "rights", "ready")));
        File.SetUnixFileMode(path, own | UnixFileMode.OtherWrite);
        Assert.That(Wrong(), Is.EqualTo(("rights", "", "attention")));
        File.SetUnixFileMode(path, own);

        var open = Directory.CreateDirectory(Path.Combine(folder, "open"), own | UnixFileMode.UserExecute);
        var copy = Path.Combine(open.FullName, "books.db");
        File.Copy(path, copy);
        File.SetUnixFileMode(copy, own | UnixFileMode.OtherRead);
        Assert.That(Look("rights", Copy()).State, Is.EqualTo(HealthState.Good), "nobody gets as far");
        File.SetUnixFileMode(folder, own | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        open.UnixFileMode |= UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.That(Look("rights", Copy()).State, Is.EqualTo(HealthState.Bad));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        Books Copy() => new(DatabaseAddress.Sqlite(copy), database.Clock);
    }
}
