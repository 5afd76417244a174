using System.Security.Cryptography;

namespace Evergreen.Web.Tests.Cli;

/// <summary>The two sample co-ops, from their CSV files to statements on disk, twice over.</summary>
public sealed class DemoTests
{
    private static readonly (string CoOp, int Year)[] Years = [("laundry", 2024), ("laundry", 2025), ("laundry", 2026), ("grocery", 2023), ("grocery", 2024), ("grocery", 2025)];
    private static readonly string Database = Path.Combine("demo", "evergreen.db");
    private Office first = null!, second = null!;
    private Office.Answer loaded = null!;

    [OneTimeSetUp]
    public void LoadTwice()
    {
        first = new Office();
        second = new Office();
        loaded = first.Done("demo", "load");
        Pages.DemoSite.CopyFolder(DemoBooks.Folder, second.At("demo"));
        foreach (var office in (Office[])[first, second])
            foreach (var (coOp, year) in Years) office.Done("export", $"{year}-1", $"{coOp}-{year}.csv", "--co-op", coOp, "--database", Database);
    }

    [OneTimeTearDown]
    public void Close()
    {
        first.Dispose();
        second.Dispose();
    }

    [TestCaseSource(nameof(Years))]
    public void EveryDividendIsTheExpectedOneToTheCent((string CoOp, int Year) of)
    {
        var expected = Csv.Read(Path.Combine(Office.Books(of.CoOp), $"expected-{of.Year}.csv")).Where(row => row["takes_part"] == "true").ToDictionary(row => row["member_number"], row => (row["units"], row["dividend_cents"]), StringComparer.Ordinal);
        var exported = Csv.Read(first.At($"{of.CoOp}-{of.Year}.csv")).ToDictionary(row => row["member_number"], row => (row["units"], row["dividend_cents"]), StringComparer.Ordinal);
        Assert.That(exported, Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(Years))]
    public void TheExportAloneRecomputesTheRun((string CoOp, int Year) of) =>
        Assert.That(AllocationsFile.Faults(first.At($"{of.CoOp}-{of.Year}.csv")), Is.Empty);

    [TestCaseSource(nameof(Years))]
    public void EveryMemberHasAStatementAndTheManifestNamesIt((string CoOp, int Year) of)
    {
        var folder = first.At(Path.Combine("demo", "statements", $"{of.CoOp}-{of.Year}"));
        var manifest = File.ReadAllText(Path.Combine(folder, "manifest.json"));
        var statements = Directory.GetFiles(folder, "*.pdf", SearchOption.AllDirectories);
        Assert.Multiple(() =>
        {
            Assert.That(statements, Has.Length.EqualTo(Csv.Read(first.At($"{of.CoOp}-{of.Year}.csv")).Count));
            foreach (var statement in statements) Assert.That(manifest, Does.Contain(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(statement)))));
            Assert.That(statements.Max(statement => new FileInfo(statement).Length), Is.LessThanOrEqualTo(25 * 1024));
            Assert.That(File.Exists($"{folder}.zip"), Is.True);
        });
        first.Done("check", "--co-op", of.CoOp, "--database", Database, "--against", Path.Combine(folder, "manifest.json"));
    }

    [Test]
    public void LoadingElsewhereGivesTheSameBytes()
    {
        Assert.That(Hashes(second), Is.EqualTo(Hashes(first)));
        // The databases themselves differ: tax and bank numbers are sealed under keys of their own.
        Assert.That(Heads(second), Is.EqualTo(Heads(first)));
    }

    [Test]
    public void LoadingAgainChangesNothing()
    {
        var (before, files) = (Dump.Of(second.At(Database)), Hashes(second));
        second.Done("demo", "load");
        Assert.That((Dump.Of(second.At(Database)), string.Join('\n', Hashes(second))), Is.EqualTo((before, string.Join('\n', files))));
    }

    [Test]
    public void TheBooksAreSound() => Assert.That(first.Done("check", "--database", Database).Out, Does.Contain("The books are sound."));

    [Test]
    public void ItEndsWithWhereThingsAreAndWhatToTry()
    {
        Assert.That(loaded.Out, Does.Contain("laundry-2026").And.Contain("evergreen check --database demo/evergreen.db"));
        var tries = loaded.Out.Split('\n').Where(line => line.StartsWith("  evergreen ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[1..]).ToList();
        Assert.That(tries, Has.Count.GreaterThanOrEqualTo(3));
        foreach (var command in tries) first.Done(command);
        File.Delete(first.At("allocations.csv"));
    }

    private static string Heads(Office office) => office.Done("check", "--json", "--database", Database).Json.GetProperty("heads").GetRawText();

    private static List<string> Hashes(Office office) =>
        [.. Directory.GetFiles(office.Folder, "*", SearchOption.AllDirectories).Where(path => path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".pdf", StringComparison.Ordinal) || path.EndsWith(".zip", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal))
            .Select(path => $"{Path.GetRelativePath(office.Folder, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}").Order(StringComparer.Ordinal)];
}
