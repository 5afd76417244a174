namespace Evergreen.Web.Tests.Cli;

/// <summary>The contract: whatever the books hold comes out as the files that go in, and goes in again without change.</summary>
public sealed class CanonicalFilesTests
{
    private static readonly string[] Ana = CornerShop.Ana;

    private static readonly (string Kind, string[] Export, string[] Import)[] Kinds =
    [
        ("members", ["members", "members-out.csv", "--secrets-because", "A copy", "--as", "Ana"], ["import", "members", "members-out.csv", "--create-classes"]),
        ("equity", ["equity", "equity-out.csv"], ["import", "equity", "equity-out.csv"]),
        ("hours", ["hours", "hours-out.csv"], ["import", "hours", "hours-out.csv"]),
        ("purchases", ["purchases", "purchases-out.csv", "--source", "till"], ["import", "purchases", "purchases-out.csv", "--source", "till"]),
        ("figures", ["figures", "2023", "figures-out.csv"], ["year", "close", "2023", "--figures", "figures-out.csv"]),
    ];

    [Test]
    public void EveryFileComesOutAndGoesInAgainWithoutChange()
    {
        using var office = new Office();
        CornerShop.Calculate(office);
        office.DoneHere(["import", "purchases", "purchases.csv", "--source", "till", .. Ana]);
        Export(office);
        Assert.That(File.ReadAllText(office.At("members-out.csv")), Does.Contain("SSN,900000101"));
        Assert.That(File.ReadAllText(office.At("hours-out.csv")), Does.Contain("H4,M9,2024-03-01"), "a held row goes out with the number it came with");
        Assert.That(File.ReadAllText(office.At("figures-out.csv")), Is.EqualTo("line,amount,sourced,pool,reason\r\nSales,1000.00,patronage,,\r\nCosts,-900.00,patronage,,\r\nInterest,5.00,nonpatronage,,On idle reserves\r\n"), "the reason was given after the closing");

        var rows = Rows(office);
        foreach (var (kind, _, import) in Kinds)
        {
            var again = office.DoneHere([.. import, "--json", .. Ana]).Json;
            if (kind == "figures") Assert.That(again.GetProperty("alreadyThere").GetBoolean(), Is.True);
            else if (kind == "members") Assert.That((again.GetProperty("members").GetProperty("unchanged").GetInt64(), again.GetProperty("changes").GetArrayLength()), Is.EqualTo((3, 0)));
            else if (!again.GetProperty("alreadyImported").GetBoolean()) Assert.That(again.GetProperty("rows").GetProperty("skipped").GetInt64(), Is.EqualTo(again.GetProperty("rows").GetProperty("inFile").GetInt64()), kind);
        }
        Assert.That(Rows(office), Is.EqualTo(rows), "nothing came in a second time");

        using var other = new Office();
        other.DoneHere([.. CornerShop.Create, .. Ana]);
        foreach (var (kind, _, import) in Kinds)
        {
            File.Copy(office.At($"{kind}-out.csv"), other.At($"{kind}-out.csv"));
            other.DoneHere([.. import, .. Ana]);
            File.Delete(other.At($"{kind}-out.csv"));
        }
        Export(other);
        foreach (var (kind, _, _) in Kinds) Assert.That(File.ReadAllText(other.At($"{kind}-out.csv")), Is.EqualTo(File.ReadAllText(office.At($"{kind}-out.csv"))), kind);
    }

    [Test]
    public void NumbersOfTaxAndBankLeaveOnlyForAReasonThatIsWrittenDown()
    {
        using var office = new Office();
        CornerShop.Calculate(office);
        var audit = Count(office, "AuditRecords");
        office.DoneHere("export", "members", "plain.csv");
        Assert.That((File.ReadAllText(office.At("plain.csv")).Contains("900000101", StringComparison.Ordinal), Count(office, "AuditRecords")), Is.EqualTo((false, audit)));
        Assert.That(office.DoneHere(["import", "members", "plain.csv", "--check", "--json", .. Ana]).Json.GetProperty("changes").GetArrayLength(), Is.Zero, "what is left empty changes nothing");
        office.DoneHere(["export", "members", "whole.csv", "--secrets-because", "Tax forms of 2023", .. Ana]);
        Assert.That(Count(office, "AuditRecords"), Is.EqualTo(audit + 1));
        Assert.That(OperatingSystem.IsWindows() || File.GetUnixFileMode(office.At("whole.csv")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), Is.True, "nobody else may read it");
    }

    private static void Export(Office office)
    {
        foreach (var (_, export, _) in Kinds) office.DoneHere(["export", .. export]);
    }

    private static string Rows(Office office) => string.Join(' ', ((string[])["Members", "HoursWorked", "HeldRows", "Purchases", "EquityRows", "SurplusLines", "LedgerEntries"]).Select(table => $"{table} {Count(office, table)}"));

    private static long Count(Office office, string table) => Dump.Count(office.At("evergreen.db"), table);
}
