using System.CommandLine;
using System.Security.Cryptography;
using CommandTree = Evergreen.Cli.CommandTree;

namespace Evergreen.Web.Tests.Cli;

/// <summary>Every command of the tree through a year's work, each first as a dry run, which succeeds and leaves nothing, and then in earnest, which leaves what it should.</summary>
public sealed class DryRunTests
{
    [Flags]
    private enum Leaves { Nothing = 0, Books = 1, Files = 2 }

    private sealed record Step(string Command, Leaves Leaves, params string[] Arguments)
    {
        public string By { get; init; } = "Ana";
    }

    private static readonly Step[] Year =
    [
        new("database migrate", Leaves.Books | Leaves.Files),
        new("co-op create", Leaves.Books, [.. CornerShop.Create[2..]]),
        // The first numbers that are sealed bring the file of their keys.
        new("import members", Leaves.Books | Leaves.Files, "members.csv", "--create-classes"),
        new("import equity", Leaves.Books, "equity.csv"),
        new("import hours", Leaves.Books, "hours.csv"),
        new("import purchases", Leaves.Books, "purchases.csv", "--source", "till"),
        new("import held", Leaves.Nothing),
        new("import resolve", Leaves.Books, "M9", "--non-member", "--reason", "Asked at the desk"),
        new("member status", Leaves.Books, "M2", "on-leave", "--on", "2024-05-01"),
        new("member class", Leaves.Books, "M2", "driver", "--create", "--on", "2024-05-01"),
        new("member consent", Leaves.Books, "M2", "written", "--on", "2024-05-01"),
        new("member register", Leaves.Nothing),
        new("year close", Leaves.Books, "2023", "--figures", "surplus.csv"),
        new("year reason", Leaves.Books, "2023", "Interest", "On idle reserves"),
        new("dividends policy", Leaves.Books, "2023", "--file", "policy.json"),
        new("dividends calculate", Leaves.Books, "2023"),
        new("dividends approve", Leaves.Books, "2023-1", "--resolution", "2024/03") { By = "Joy" },
        new("dividends post", Leaves.Books, "2023-1", "--on", "2024-03-31"),
        new("import members", Leaves.Books, "banks.csv"),
        new("payments prepare", Leaves.Books, "2023-1"),
        new("payments approve", Leaves.Books, "1") { By = "Joy" },
        new("payments file", Leaves.Books | Leaves.Files, "1", "dividend.ach", "--bank-routing", "121042882", "--bank-name", "First Bank", "--company-id", "1123456789"),
        new("payments settle", Leaves.Books, "1", "--reference", "ACH 7", "--on", "2024-04-02"),
        new("payments void", Leaves.Books, "1", "--member", "M1", "--reason", "R03, no account", "--on", "2024-04-03"),
        new("payments list", Leaves.Nothing),
        new("payments show", Leaves.Nothing, "1"),
        new("dividends show", Leaves.Nothing),
        new("statements issue", Leaves.Books | Leaves.Files, "2023-1", "--out", "statements", "--zip", "statements.zip", "--on", "2024-04-01"),
        new("explain dividend", Leaves.Files, "2023", "--member", "M1", "--csv", "working.csv"),
        new("export", Leaves.Files, "2023-1", "allocations.csv"),
        new("dividends export", Leaves.Files, "2023-1", "core-pos.csv", "--layout", "core-pos"),
        new("export members", Leaves.Books | Leaves.Files, "out-members.csv", "--secrets-because", "Tax forms"),
        new("export members", Leaves.Files, "out-plain.csv"),
        new("export hours", Leaves.Files, "out-hours.csv"),
        new("export purchases", Leaves.Files, "out-purchases.csv"),
        new("export equity", Leaves.Files, "out-equity.csv"),
        new("export figures", Leaves.Files, "2023", "out-figures.csv"),
        new("export journal", Leaves.Files, "out.journal", "--form", "beancount", "--year", "2023"),
        new("dividends reverse", Leaves.Books, "2023-1", "--reason", "Hours were missing", "--recovery", "Set off next year", "--on", "2024-04-30"),
        new("equity redeem", Leaves.Books, "--member", "M1", "--amount", "30.00", "--kinds", "shares", "--resolution", "2024/05", "--on", "2024-05-02"),
        new("equity redemptions", Leaves.Nothing),
        new("equity reverse-redemption", Leaves.Books, "1", "--reason", "The cheque came back", "--on", "2024-05-20"),
        new("dividends calculate", Leaves.Books, "2023"),
        new("dividends approve", Leaves.Books, "2023-2", "--resolution", "2024/04") { By = "Joy" },
        new("dividends post", Leaves.Books, "2023-2", "--on", "2024-05-01"),
        new("dividends pay", Leaves.Books, "2023-2", "--reference", "ACH 8", "--on", "2024-05-02"),
        new("import list", Leaves.Nothing),
        new("import show", Leaves.Nothing, "4"),
        new("import undo", Leaves.Books, "4", "--reason", "Wrong till"),
        new("keys rotate", Leaves.Books),
        new("check", Leaves.Nothing),
        new("co-op list", Leaves.Nothing),
        new("database status", Leaves.Nothing),
    ];

    /// <summary>Each has a test of its own, below, in DoctorTests, SocietyCommandTests or TaxFilingCommandTests: what it loads takes long, it does not end, it may find something bad, it is for societies alone, or for forms that the site releases.</summary>
    private static readonly string[] Apart = ["demo load", "serve", "doctor", "co-op share-limit", "member nominations", "year annual-return", "tax-forms file", "tax-forms filed", "tax-forms filings"];

    [Test]
    public void NoCommandIsLeftOut() =>
        Assert.That(Year.Select(step => step.Command).Concat(Apart).Distinct(), Is.EquivalentTo(Commands("", CommandTree.Grow())));

    [Test]
    public void EveryCommandLeavesTheBooksAsTheyWere()
    {
        using var office = new Office();
        CornerShop.WriteFiles(office);
        office.Write("banks.csv", "member_number,name,bank_scheme,bank_routing,bank_account,bank_account_type\nM1,Ada Bell,ach,231380104,987654321,checking\n");
        Assert.Multiple(() =>
        {
            foreach (var step in Year)
            {
                string[] command = [.. step.Command.Split(' '), .. step.Arguments, "--as", step.By];
                var (books, files) = (Books(office), Papers(office));
                var dry = office.RunHere([.. command, "--dry-run"]);
                Assert.That((dry.Code, dry.Out.Contains("Dry run: nothing was kept.", StringComparison.Ordinal)), Is.EqualTo((0, true)), () => $"{step.Command}: {dry}");
                Assert.That((Books(office), Papers(office)), Is.EqualTo((books, files)), $"{step.Command} on a dry run");
                var wet = office.RunHere(command);
                Assert.That(wet.Code, Is.Zero, () => $"{step.Command}: {wet}");
                Assert.That((Books(office) != books, Papers(office) != files), Is.EqualTo((step.Leaves.HasFlag(Leaves.Books), step.Leaves.HasFlag(Leaves.Files))), $"{step.Command} in earnest leaves something in the books, and files");
            }
        });
    }

    [Test]
    public void ADemoOnADryRunIsLoadedElsewhereAndThrownAway()
    {
        using var office = new Office();
        var years = office.DoneHere("demo", "load", "--dry-run", "--json").Json;
        Assert.That((years.GetProperty("dryRun").GetBoolean(), years.GetProperty("years").GetArrayLength()), Is.EqualTo((true, 6)));
        Assert.That(years.GetProperty("years")[0].GetProperty("folder").GetString(), Is.EqualTo(Path.Combine("demo", "statements", "grocery-2023")));
        Assert.That(Directory.GetFileSystemEntries(office.Folder), Is.Empty);
    }

    [TestCase("the books in")]
    [TestCase("the demo in", "--demo")]
    public void ASiteOnADryRunIsNotServed(string with, params string[] demo)
    {
        using var office = new Office();
        Assert.That(office.DoneHere(["serve", "--dry-run", .. demo]).Out, Does.Contain(with).And.Contain("Dry run: nothing was kept."));
        Assert.That(Directory.GetFileSystemEntries(office.Folder), Is.Empty);
    }

    /// <summary>Whatever does something: the leaves, and the export of a run, which has the other exports under it.</summary>
    private static IEnumerable<string> Commands(string path, Command command)
    {
        if (command.Action is not null) yield return path;
        foreach (var below in command.Subcommands)
            foreach (var found in Commands(path.Length == 0 ? below.Name : $"{path} {below.Name}", below)) yield return found;
    }

    private static string Books(Office office) => File.Exists(office.At("evergreen.db")) ? Dump.Of(office.At("evergreen.db")) : "none";

    /// <summary>Every file beside the database, with what it holds.</summary>
    private static string Papers(Office office) =>
        string.Join('\n', Directory.GetFiles(office.Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is not ("evergreen.db" or "evergreen.db-wal" or "evergreen.db-shm"))
            .Select(path => $"{Path.GetRelativePath(office.Folder, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}").Order(StringComparer.Ordinal));
}
