using System.Security.Cryptography;

namespace Evergreen.Web.Tests.Cli;

/// <summary>The same year from the same files, their rows in another order: the run, the statements and the working come out byte for byte.</summary>
public sealed class RowOrderTests
{
    [TestCase("laundry", "2024", "06-30", "hours")]
    [TestCase("grocery", "2023", "12-31", "purchases")]
    public void TheOrderOfRowsChangesNoByte(string coOp, string year, string yearEnd, string patronage)
    {
        using var first = new Office();
        using var second = new Office();
        var random = new Random(20261129);
        var files = (string[])["members.csv", "equity.csv", $"{patronage}-{year}.csv", $"surplus-{year}.csv", $"policy-{year}.json"];
        foreach (var file in files)
        {
            File.Copy(Path.Combine(Office.Books(coOp), file), first.At(file));
            File.WriteAllText(second.At(file), file.EndsWith(".json", StringComparison.Ordinal) || file.StartsWith("surplus", StringComparison.Ordinal) ? File.ReadAllText(first.At(file)) : Shuffle(random, File.ReadAllText(first.At(file))));
        }
        Assert.That(File.ReadAllText(second.At("members.csv")), Is.Not.EqualTo(File.ReadAllText(first.At("members.csv"))));
        foreach (var office in (Office[])[first, second]) Distribute(office, coOp, year, yearEnd, patronage);
        Assert.Multiple(() =>
        {
            foreach (var file in Directory.GetFiles(first.At("out"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(first.Folder, path)).Where(file => Path.GetFileName(file) != "manifest.json"))
                Assert.That(Sha256(second.At(file)), Is.EqualTo(Sha256(first.At(file))), file);
            Assert.That(Directory.GetFiles(second.At("out"), "*", SearchOption.AllDirectories), Has.Length.EqualTo(Directory.GetFiles(first.At("out"), "*", SearchOption.AllDirectories).Length).And.Length.GreaterThan(40));
        });
    }

    private static void Distribute(Office office, string coOp, string year, string yearEnd, string patronage)
    {
        string[] ana = CornerShop.Ana, joy = CornerShop.Joy;
        var later = (int.Parse(year, System.Globalization.CultureInfo.InvariantCulture) + (yearEnd == "12-31" ? 1 : 0)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        office.DoneHere(["co-op", "create", "The Shop", "--code", coOp, "--country", "US", "--currency", "USD", "--fiscal-year-end", yearEnd, "--regime", "subchapter-t", "--address", "1 Main Street", "--redemption", "Within five years.", .. ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. ana]);
        office.DoneHere(["import", "equity", "equity.csv", .. ana]);
        office.DoneHere(["import", patronage, $"{patronage}-{year}.csv", "--source", "it", .. ana]);
        office.DoneHere(["dividends", "policy", year, "--file", $"policy-{year}.json", .. ana]);
        office.DoneHere(["year", "close", year, "--figures", $"surplus-{year}.csv", .. ana]);
        office.DoneHere(["dividends", "calculate", year, .. ana]);
        office.DoneHere(["dividends", "approve", $"{year}-1", "--resolution", "7", .. joy]);
        office.DoneHere(["dividends", "post", $"{year}-1", "--on", $"{later}-09-30", .. ana]);
        office.DoneHere(["statements", "issue", $"{year}-1", "--out", "out", "--on", $"{later}-10-01", .. ana]);
        office.DoneHere("export", $"{year}-1", Path.Combine("out", "allocations.csv"));
        foreach (var row in Csv.Read(office.At(Path.Combine("out", "allocations.csv"))).Where((_, index) => index % 9 == 0))
            File.WriteAllText(office.At(Path.Combine("out", $"explained-{row["member_number"]}.txt")), office.DoneHere("explain", "dividend", year, "--member", row["member_number"]).Out);
    }

    /// <summary>Everything below the header in another order; what takes capital back stays behind what it takes.</summary>
    private static string Shuffle(Random random, string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines[1..];
        random.Shuffle(rows);
        return string.Join('\n', [lines[0], .. rows.OrderBy(row => lines[0].StartsWith("source_id,member_number,account", StringComparison.Ordinal) && row.Contains(",-", StringComparison.Ordinal)), ""]);
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
