namespace Evergreen.Web.Tests.Cli;

/// <summary>How the command line says no: with 1, 2 or 3, a code and a sentence.</summary>
public sealed class RefusalTests
{
    private Office office = null!;

    [OneTimeSetUp]
    public void CalculateARun()
    {
        office = new Office();
        CornerShop.Calculate(office);
        office.Write("bad.csv", "source_id,member_number,purchased_on,amount\nR1,M1,2024-02-30,1.00\nR2,M1,2024-02-01,1.005\n");
        using var large = File.Create(office.At("large.json"));
        large.SetLength((4 << 20) + 1);
        office.Write("no-database.txt", new string('x', 5000));
    }

    [OneTimeTearDown]
    public void Close() => office.Dispose();

    [TestCase("person-missing", "dividends", "calculate", "2023")]
    [TestCase("approval-by-same-person", "dividends", "approve", "2023-1", "--resolution", "1", "--as", "Ana")]
    [TestCase("run-not-approved", "dividends", "post", "2023-1", "--as", "Ana")]
    [TestCase("run-unknown", "dividends", "show", "2023-9")]
    [TestCase("file-missing", "dividends", "policy", "2024", "--file", "absent.json", "--as", "Ana")]
    [TestCase("file-too-large", "dividends", "policy", "2024", "--file", "large.json", "--as", "Ana")]
    [TestCase("import-file-missing", "import", "hours", "absent.csv", "--as", "Ana")]
    [TestCase("rows-rejected", "import", "purchases", "bad.csv", "--as", "Ana")]
    [TestCase("rows-rejected", "import", "purchases", "bad.csv", "--check", "--as", "Ana")]
    [TestCase("nothing-held", "import", "resolve", "M8", "--non-member", "--reason", "x", "--as", "Ana")]
    [TestCase("pair-form", "import", "purchases", "purchases.csv", "--map", "amount", "--as", "Ana")]
    [TestCase("fiscal-year-end", "co-op", "create", "X", "--code", "x", "--country", "US", "--currency", "USD", "--fiscal-year-end", "06-29", "--regime", "subchapter-t", "--as", "Ana")]
    [TestCase("coop-unknown", "dividends", "show", "--co-op", "nobody")]
    [TestCase("redemption-scope", "equity", "redeem", "--all", "--resolution", "1", "--as", "Ana")]
    [TestCase("redemption-unknown", "equity", "reverse-redemption", "9", "--reason", "x", "--as", "Ana")]
    [TestCase("schema-missing", "co-op", "list", "--database", "not-there.db")]
    [TestCase("pair-form", "import", "equity", "equity.csv", "--code", "account:992", "--as", "Ana")]
    [TestCase("column-unknown", "import", "purchases", "purchases.csv", "--code", "till:992=grocery", "--check", "--as", "Ana")]
    [TestCase("year-open", "export", "figures", "2022", "figures.csv")]
    [TestCase("person-missing", "export", "members", "members-out.csv", "--secrets-because", "Tax forms")]
    public void ARefusalEndsWithOneAndItsCode(string code, params string[] command)
    {
        var answer = office.Run([.. command, "--json"]);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(1), () => answer.ToString());
            Assert.That(answer.ErrorCode, Is.EqualTo(code));
            Assert.That(File.Exists(office.At("not-there.db")), Is.False, "a look makes no database");
        });
    }

    [TestCase()]
    [TestCase("dividends")]
    [TestCase("dividends", "calculate")]
    [TestCase("dividends", "calculate", "23")]
    [TestCase("dividends", "policy")]
    [TestCase("dividends", "post", "2023-1", "--on", "31.03.2024")]
    [TestCase("year", "close", "2023", "--figures", "surplus.csv", "--expect-total", "1.005")]
    [TestCase("statements", "issue", "2023-1", "--out", "x", "--paper", "a5")]
    [TestCase("equity", "redeem", "--through", "2019", "--kinds", "notices", "--resolution", "1", "--as", "Ana")]
    [TestCase("equity", "redeem", "--through", "2019", "--as", "Ana")]
    [TestCase("co-op", "list", "--colour")]
    [TestCase("import", "resolve", "M9", "--reason", "x", "--as", "Ana")]
    [TestCase("import", "resolve", "M9", "--member", "M1", "--non-member", "--reason", "x", "--as", "Ana")]
    public void AnUnreadableCommandLineEndsWithTwo(params string[] command)
    {
        var answer = office.Run([.. command, "--json"]);
        Assert.That((answer.Code, answer.ErrorCode), Is.EqualTo((2, "usage")), () => answer.ToString());
    }

    [Test]
    public void AFaultEndsWithThreeInOneSentence()
    {
        var answer = office.Run("co-op", "list", "--database", "no-database.txt");
        var traced = office.RunWith([("EVERGREEN_TRACE", "1")], "co-op", "list", "--database", "no-database.txt");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(3), () => answer.ToString());
            Assert.That(answer.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(answer.Error, Does.Contain("(database-fault)"));
            Assert.That(traced.Error, Does.Contain("   at "));
        });
    }

    [Test]
    public void AFaultNamesNoPassword()
    {
        var answer = office.RunWith([("EVERGREEN_TRACE", "1")], "co-op", "list", "--database", "postgresql:Host=127.0.0.1;Port=1;Username=eva;Password=hunter2;Database=books;Timeout=2");
        Assert.That(answer.Code, Is.EqualTo(3), () => answer.ToString());
        Assert.That(answer.Out + answer.Error, Does.Not.Contain("hunter2"));
    }

    [Test]
    public void TheEnvironmentMayNameThePerson()
    {
        var answer = office.RunWith([("EVERGREEN_AS", "Ana")], "dividends", "calculate", "2023", "--json");
        Assert.That(answer.Json.GetProperty("calculation").GetProperty("calculatedBy").GetString(), Is.EqualTo("Ana"));
    }

    [Test]
    public void BadRowsAreReportedWithTheirLineAndRemedy()
    {
        var answer = office.Run("import", "purchases", "bad.csv", "--as", "Ana", "--rejects", "rejects.csv", "--problems", "problems.jsonl");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Code, Is.EqualTo(1));
            Assert.That(answer.Out, Does.Contain("line 2, purchased_on: '2024-02-30'").And.Contain("line 3, amount: '1.005'"));
            Assert.That(File.ReadAllLines(office.At("problems.jsonl")), Has.Length.EqualTo(2));
            Assert.That(File.ReadAllText(office.At("rejects.csv")), Does.Contain("R1").And.Contain("R2"));
        });
    }

    [Test]
    public void HelpNamesTheExitCodesAndEveryGlobalOption()
    {
        var help = office.Done("--help").Out;
        Assert.Multiple(() =>
        {
            Assert.That(help, Does.Contain("0 done").And.Contain("1 refused").And.Contain("2 the command line").And.Contain("3 fault"));
            foreach (var option in (string[])["--database", "--co-op", "--as", "--json", "--dry-run", "--version"]) Assert.That(help, Does.Contain(option));
        });
    }
}
