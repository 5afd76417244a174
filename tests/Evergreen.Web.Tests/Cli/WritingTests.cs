namespace Evergreen.Web.Tests.Cli;

/// <summary>Commands that change the corner shop further: each test starts from its own copy of the posted run.</summary>
public sealed class WritingTests
{
    private static readonly string[] Ana = CornerShop.Ana;
    private Office office = null!;
    private byte[] posted = [];

    [OneTimeSetUp]
    public void PostARun()
    {
        office = new Office();
        CornerShop.Post(office);
        posted = File.ReadAllBytes(office.At("evergreen.db"));
    }

    [OneTimeTearDown]
    public void Close() => office.Dispose();

    [SetUp]
    public void PutBack()
    {
        foreach (var left in (string[])["evergreen.db-wal", "evergreen.db-shm"]) File.Delete(office.At(left));
        File.WriteAllBytes(office.At("evergreen.db"), posted);
    }

    [Test]
    public void AReversalLeavesBothInTheLedger()
    {
        var reversal = office.Done(["dividends", "reverse", "2023-1", "--reason", "Hours were missing", "--on", "2024-04-30", "--json", .. Ana]).Json;
        Assert.That(reversal.GetProperty("reason").GetString(), Is.EqualTo("Hours were missing"));
        Assert.That(office.Done("dividends", "show").Out, Does.Contain("reversed"));
        Assert.That(office.Done("check").Out, Does.Contain("sound"));
    }

    [Test]
    public void AnImportIsListedShownAndWithdrawn()
    {
        office.Done(["import", "purchases", "purchases.csv", "--source", "till", "--expect-total", "12.34", .. Ana]);
        var number = office.Done("import", "list", "--json").Json.GetProperty("imports").EnumerateArray().Single(import => import.GetProperty("kind").GetString() == "purchases").GetProperty("number").GetInt32();
        Assert.That(office.Done("import", "show", $"{number}", "--json").Json.GetProperty("rows").GetProperty("accepted").GetInt64(), Is.EqualTo(1));
        office.Done(["import", "undo", $"{number}", "--reason", "Wrong till", .. Ana]);
        Assert.That(office.Done("import", "list").Out, Does.Contain("withdrawn"));
    }

    [TestCase("--member", "M2")]
    [TestCase("--non-member", null)]
    public void AHeldRowIsResolved(string way, string? member)
    {
        var held = office.Done("import", "held", "--json").Json.GetProperty("held");
        Assert.That(held[0].GetProperty("memberNumber").GetString(), Is.EqualTo("M9"));
        string[] how = member is null ? [way] : [way, member];
        office.Done(["import", "resolve", "M9", .. how, "--reason", "Asked at the desk", .. Ana]);
        Assert.That(office.Done("import", "held", "--json").Json.GetProperty("held").GetArrayLength(), Is.Zero);
        Assert.That(office.Done("check").Out, Does.Contain("sound"));
    }

    [Test]
    public void BooksThatWereChangedBehindTheProgramAreFound()
    {
        Dump.Tamper(office.At("evergreen.db"), "UPDATE Allocations SET CashCents = CashCents + 1, QualifiedCents = QualifiedCents - 1 WHERE MemberId = (SELECT min(MemberId) FROM Allocations)");
        var check = office.Run("check", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(check.Code, Is.EqualTo(1));
            Assert.That(check.Json.GetProperty("sound").GetBoolean(), Is.False);
            Assert.That(check.ErrorCode, Is.EqualTo("books-unsound"));
        });
    }

    private static IEnumerable<string[]> Writers =>
    [
        ["co-op", "create", "Second", "--code", "second", "--country", "US", "--currency", "USD", "--fiscal-year-end", "06-30", "--regime", "subchapter-t"],
        ["import", "purchases", "purchases.csv", "--source", "till"],
        ["import", "members", "more.csv", "--create-classes"],
        ["year", "close", "2024", "--figures", "surplus.csv"],
        ["dividends", "policy", "2024", "--file", "policy.json"],
        ["dividends", "reverse", "2023-1", "--reason", "A try", "--on", "2024-04-30"],
        ["import", "undo", "2", "--reason", "A try"],
        ["statements", "issue", "2023-1", "--out", "never", "--zip", "never.zip"],
        ["export", "2023-1", "never.csv"],
        ["database", "migrate"],
    ];

    [TestCaseSource(nameof(Writers))]
    public void ADryRunChangesNothing(params string[] command)
    {
        office.Write("more.csv", "member_number,name,classes,joined_on\nM4,Dan Eve,baker,2024-01-01\n");
        var before = Dump.Of(office.At("evergreen.db"));
        var answer = office.Run([.. command, "--dry-run", .. Ana]);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.LessThan(2), () => answer.ToString());
            Assert.That(answer.Code == 1 || answer.Out.Contains("Dry run: nothing was kept.", StringComparison.Ordinal), Is.True, () => answer.ToString());
            Assert.That(Dump.Of(office.At("evergreen.db")), Is.EqualTo(before));
            Assert.That(Directory.GetFileSystemEntries(office.Folder, "never*"), Is.Empty);
        });
    }
}
