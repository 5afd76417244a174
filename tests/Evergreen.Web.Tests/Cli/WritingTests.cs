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
        var reversal = office.DoneHere(["dividends", "reverse", "2023-1", "--reason", "Hours were missing", "--on", "2024-04-30", "--json", .. Ana]).Json;
        Assert.That(reversal.GetProperty("reason").GetString(), Is.EqualTo("Hours were missing"));
        Assert.That(office.DoneHere("dividends", "show").Out, Does.Contain("reversed"));
        Assert.That(office.DoneHere("check").Out, Does.Contain("sound"));
    }

    [Test]
    public void AnImportIsListedShownAndWithdrawn()
    {
        office.DoneHere(["import", "purchases", "purchases.csv", "--source", "till", "--expect-total", "12.34", .. Ana]);
        var number = office.DoneHere("import", "list", "--json").Json.GetProperty("imports").EnumerateArray().Single(import => import.GetProperty("kind").GetString() == "purchases").GetProperty("number").GetInt32();
        Assert.That(office.DoneHere("import", "show", $"{number}", "--json").Json.GetProperty("rows").GetProperty("accepted").GetInt64(), Is.EqualTo(1));
        office.DoneHere(["import", "undo", $"{number}", "--reason", "Wrong till", .. Ana]);
        Assert.That(office.DoneHere("import", "list").Out, Does.Contain("withdrawn"));
    }

    [TestCase("--member", "M2")]
    [TestCase("--non-member", null)]
    public void AHeldRowIsResolved(string way, string? member)
    {
        var held = office.DoneHere("import", "held", "--json").Json.GetProperty("held");
        Assert.That(held[0].GetProperty("memberNumber").GetString(), Is.EqualTo("M9"));
        string[] how = member is null ? [way] : [way, member];
        office.DoneHere(["import", "resolve", "M9", .. how, "--reason", "Asked at the desk", .. Ana]);
        Assert.That(office.DoneHere("import", "held", "--json").Json.GetProperty("held").GetArrayLength(), Is.Zero);
        Assert.That(office.DoneHere("check").Out, Does.Contain("sound"));
    }

    [Test]
    public void BooksThatWereChangedBehindTheProgramAreFound()
    {
        Dump.Tamper(office.At("evergreen.db"), "UPDATE Allocations SET CashCents = CashCents + 1, QualifiedCents = QualifiedCents - 1 WHERE MemberId = (SELECT min(MemberId) FROM Allocations)");
        var check = office.RunHere("check", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(check.Code, Is.EqualTo(1));
            Assert.That(check.Json.GetProperty("sound").GetBoolean(), Is.False);
            Assert.That(check.ErrorCode, Is.EqualTo("books-unsound"));
        });
    }
}
