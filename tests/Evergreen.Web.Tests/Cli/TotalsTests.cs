namespace Evergreen.Web.Tests.Cli;

/// <summary>What is shown of a file before anybody decides: its control totals whole, beside those of the last import, and each field that would change.</summary>
public sealed class TotalsTests
{
    private static readonly string[] Ana = CornerShop.Ana;
    private Office office = null!;

    [OneTimeSetUp]
    public void ImportOnce()
    {
        office = new Office();
        CornerShop.WriteFiles(office);
        office.DoneHere([.. CornerShop.Create, .. Ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. Ana]);
        office.DoneHere(["import", "purchases", "purchases.csv", "--source", "till", .. Ana]);
        office.Write("march.csv", "source_id,member_number,purchased_on,amount\nR2,M1,2024-03-02,1250.40\nR3,M2,2024-03-30,-8.15\nR4,M9,2024-03-31,7.00\n");
        office.Write("moved.csv", "member_number,email,city,tax_id_type,tax_id\nM1,ada@bell.example,Galesburg,SSN,900000109\nM2,,,,\n");
    }

    [OneTimeTearDown]
    public void Close() => office.Dispose();

    [Test]
    public void ControlTotalsAreShownWholeBesideTheLastImport()
    {
        string[] check = ["import", "purchases", "march.csv", "--source", "till", "--check", "--despite-totals", .. Ana];
        var before = Dump.Of(office.At("evergreen.db"));
        var shown = office.DoneHere(check).Out.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(shown, Does.Contain("Control totals Values Sum Smallest Largest Below zero"));
            Assert.That(shown, Does.Contain("amount accepted 2 1,242.25 −8.15 1,250.40 1"));
            Assert.That(shown, Does.Contain("held 1 7.00 7.00 7.00 0"));
            Assert.That(shown, Does.Contain("in import 2 1 12.34 12.34 12.34 0"));
            Assert.That(shown, Has.One.StartsWith("Beside import 2, purchases.csv, of "));
            Assert.That(shown, Does.Contain("purchased_on 2024-03-02 to 2024-03-30, in import 2 2024-02-01 to 2024-02-01"));
        });
        var json = office.DoneHere([.. check, "--json"]).Json;
        var (amount, last) = (json.GetProperty("controlTotals").GetProperty("columns").GetProperty("amount"), json.GetProperty("lastImport"));
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', ((string[])["values", "sum", "smallest", "largest", "belowZero"]).Select(name => amount.GetProperty(name).ToString())), Is.EqualTo("2 1242.25 -8.15 1250.40 1"));
            Assert.That(json.GetProperty("controlTotals").GetProperty("held").GetProperty("amount").GetProperty("sum").GetString(), Is.EqualTo("7.00"));
            Assert.That(json.GetProperty("controlTotals").GetProperty("dates").GetProperty("purchased_on").GetProperty("last").GetString(), Is.EqualTo("2024-03-30"));
            Assert.That((last.GetProperty("number").GetInt32(), last.GetProperty("file").GetString(), last.GetProperty("totals").GetProperty("columns").GetProperty("amount").GetProperty("sum").GetString()), Is.EqualTo((2, "purchases.csv", "12.34")));
            Assert.That(Dump.Of(office.At("evergreen.db")), Is.EqualTo(before));
        });
    }

    [Test]
    public void EachFieldOfAMemberThatWouldChangeIsShownBeforeItIsKept()
    {
        string[] import = ["import", "members", "moved.csv", .. Ana];
        var before = Dump.Of(office.At("evergreen.db"));
        var shown = office.DoneHere([.. import, "--check"]).Out.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(shown, Does.Contain("Member Field Before After"));
            Assert.That(shown, Does.Contain("M1 email – ada@bell.example").And.Contain("M1 city – Galesburg"));
            Assert.That(shown, Has.None.StartsWith("M2 ").And.None.Contains("900000109"), "an empty field changes nothing, and a secret is masked");
            Assert.That(shown, Has.One.StartsWith("M1 tax_id ").And.One.Contains("0109"));
            Assert.That(Dump.Of(office.At("evergreen.db")), Is.EqualTo(before));
        });
        var changes = office.DoneHere([.. import, "--dry-run", "--json"]).Json.GetProperty("changes").EnumerateArray().ToList();
        Assert.That(changes.ConvertAll(change => $"{change.GetProperty("memberNumber")} {change.GetProperty("field")}"), Is.EquivalentTo(["M1 email", "M1 city", "M1 tax_id"]));
    }
}
