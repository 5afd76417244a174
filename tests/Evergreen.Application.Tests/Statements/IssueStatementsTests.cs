using System.IO.Compression;
using System.Text.Json;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class IssueStatementsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-statements-").FullName;
        Bakery.In(database, Bakery.SevenWorkers).UpToApproval().Post();
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private IssueStatements.Result Issue(string into, string? zip = null) => new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", into, zip)).Value;

    [Test]
    public void EveryMemberOfTheRunGetsOneAndTheManifestNamesItsBytes()
    {
        var result = Issue(folder);
        Assert.That((result.Written, result.AlreadyThere), Is.EqualTo((7, 0)));
        using var manifest = JsonDocument.Parse(File.ReadAllText(result.ManifestPath!));
        var statements = manifest.RootElement.GetProperty("statements").EnumerateArray().ToList();
        Assert.That(statements.Select(statement => statement.GetProperty("member").GetString()), Is.EqualTo(new[] { "0001", "0002", "0003", "0004", "0005", "0006", "0007" }));
        foreach (var statement in statements)
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, statement.GetProperty("file").GetString()!));
            Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), Is.EqualTo(statement.GetProperty("sha256").GetString()));
            Assert.That(bytes, Has.Length.LessThanOrEqualTo(25_000));
        }
        Assert.That(statements[5].GetProperty("dividend").GetString(), Is.EqualTo("5377.04"));
    }

    [Test]
    public void IssuingAgainDrawsNothingAndAnotherDayGivesTheSameBytes()
    {
        Issue(folder);
        Assert.That(Issue(folder).Written, Is.Zero);
        File.Delete(Path.Combine(folder, "bakery-2025-1-0003.pdf"));
        File.WriteAllText(Path.Combine(folder, "bakery-2025-1-0004.pdf"), "cut off");
        var resumed = Issue(folder);
        Assert.That((resumed.Written, resumed.AlreadyThere), Is.EqualTo((2, 5)));
        database.Clock.Advance(TimeSpan.FromDays(40));
        var other = Path.Combine(folder, "other");
        Issue(other);
        foreach (var file in Directory.GetFiles(other)) Assert.That(File.ReadAllBytes(file), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder, Path.GetFileName(file)))), file);
    }

    [Test]
    public void ZipHoldsEveryStatementAndTheManifest()
    {
        var zip = Path.Combine(folder, "all.zip");
        Issue(Path.Combine(folder, "pdf"), zip);
        using var archive = ZipFile.OpenRead(zip);
        Assert.That(archive.Entries.Select(entry => entry.Name), Is.EqualTo(Enumerable.Range(1, 7).Select(n => $"bakery-2025-1-{n:0000}.pdf").Append("manifest.json")));
        var first = File.ReadAllBytes(zip);
        Issue(Path.Combine(folder, "pdf"), zip + "2");
        Assert.That(File.ReadAllBytes(zip + "2"), Is.EqualTo(first));
    }

    [Test]
    public void StatementsGoStraightIntoAZipWithTheSameBytesAsIntoAFolder()
    {
        Issue(folder);
        var zip = Path.Combine(folder, "zip", "statements.zip");
        var issued = new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", null, zip)).Value;
        using var archive = System.IO.Compression.ZipFile.OpenRead(zip);
        Assert.That(archive.Entries.Select(entry => entry.Name), Is.EquivalentTo(Directory.GetFiles(folder).Select(Path.GetFileName)));
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".pdf", StringComparison.Ordinal)))
        {
            using var bytes = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(bytes);
            Assert.That(bytes.ToArray(), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder, entry.Name))), entry.Name);
        }
        Assert.That((issued.ManifestPath, issued.AlreadyThere, Directory.GetFiles(Path.GetDirectoryName(zip)!)), Is.EqualTo(((string?)null, 0, new[] { zip })));
    }

    [Test]
    public void TheOneWhoWaitsIsToldHowFarItIs()
    {
        Bakery.In(database, [.. Enumerable.Range(1, 410).Select(hours => hours * 100L)], "mill").UpToApproval().Post();
        var told = new List<(int Done, int All)>();
        var request = new IssueStatements.Request("mill", Bakery.Run, "ann", null, Path.Combine(folder, "mill.zip"));
        Assert.That(new IssueStatements(database.Books).Run(request, (done, all) => told.Add((done, all))).Refusal, Is.Null);
        Assert.That(told, Is.EqualTo(new[] { (200, 410), (400, 410), (410, 410) }));
    }

    /// <summary>Of calendar 2025, patronage dividends are paid by 15 September 2026.</summary>
    [TestCase("2026-09-15", "Paid by September 15, 2026 by check to the address above.")]
    [TestCase("2026-09-16", "Paid by check to the address above.")]
    public void NoStatementPromisesPaymentByADayThatIsPast(string issuedOn, string sentence)
    {
        Assert.That(new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", folder, On: DateOnly.Parse(issuedOn, System.Globalization.CultureInfo.InvariantCulture))).Refusal, Is.Null);
        using var pdf = new PrintedPdf(File.ReadAllBytes(Path.Combine(folder, "bakery-2025-1-0003.pdf")));
        Assert.That(pdf.Text, Does.Contain(sentence));
        Assert.That(pdf.Text, Does.Contain("except as otherwise determined by the Board"));
    }

    [Test]
    public void StatementsWithoutAPlaceAreRefused() =>
        Assert.That(new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", null)).Refusal!.Code, Is.EqualTo("statements-without-place"));

    [Test]
    public void FolderThatCannotBeWrittenToIsRefused()
    {
        var file = Path.Combine(folder, "a-file");
        File.WriteAllText(file, "");
        Assert.That(new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", Path.Combine(file, "below"))).Refusal!.Code, Is.EqualTo("folder-unusable"));
    }

    [Test]
    public void NameThatCannotBePrintedIsNamedAndNotPrintedAsBoxes()
    {
        database.Books.Write<int>(false, db =>
        {
            db.Members.Single(member => member.Number == "0002").Name = "王芳";
            return 1;
        });
        Assert.That(new IssueStatements(database.Books).Run(new IssueStatements.Request(null, Bakery.Run, "ann", folder)).Refusal!.Code, Is.EqualTo("letters-missing"));
    }

    [Test]
    public void ManifestAnchorsTheLedger()
    {
        var manifest = Issue(folder).ManifestPath!;
        Assert.That(new CheckBooks(database.Books).Run(new CheckBooks.Request(null, manifest)).Value.Findings, Is.Empty);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"hash\": \"", "\"hash\": \"0", StringComparison.Ordinal));
        Assert.That(new CheckBooks(database.Books).Run(new CheckBooks.Request(null, manifest)).Value.Findings.Single(), Does.Contain("the ledger was rewritten"));
        File.WriteAllText(manifest, "{}");
        Assert.That(new CheckBooks(database.Books).Run(new CheckBooks.Request(null, manifest)).Refusal!.Code, Is.EqualTo("manifest-unreadable"));
    }
}
