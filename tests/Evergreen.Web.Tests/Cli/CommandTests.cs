using System.Text.Json;

namespace Evergreen.Web.Tests.Cli;

/// <summary>Every command once, on the corner shop's posted run.</summary>
public sealed class CommandTests
{
    private Office office = null!;

    [OneTimeSetUp]
    public void PostARun()
    {
        office = new Office();
        CornerShop.Post(office);
    }

    [OneTimeTearDown]
    public void Close() => office.Dispose();

    [Test]
    public void TheListNamesTheCoOp()
    {
        var row = office.Done("co-op", "list", "--json").Json.GetProperty("coOps")[0];
        Assert.That((row.GetProperty("code").GetString(), row.GetProperty("members").GetInt32(), row.GetProperty("lastYearClosed").GetInt32()), Is.EqualTo(("corner", 3, 2023)));
    }

    [Test]
    public void TheRunIsShownWithEveryoneWhoActed()
    {
        var standing = office.Done("dividends", "show", "2023-1", "--json").Json.GetProperty("standing");
        Assert.Multiple(() =>
        {
            Assert.That(standing.GetProperty("state").GetString(), Is.EqualTo("posted"));
            Assert.That(standing.GetProperty("calculation").GetProperty("allocated").GetString(), Is.EqualTo("100.00"), "amounts are text");
            Assert.That(standing.GetProperty("calculation").GetProperty("calculatedBy").GetString(), Is.EqualTo("Ana"));
            Assert.That(standing.GetProperty("approval").GetProperty("by").GetString(), Is.EqualTo("Joy"));
            Assert.That(standing.GetProperty("approval").GetProperty("resolution").GetString(), Is.EqualTo("2024/03"));
            Assert.That(standing.GetProperty("posting").GetProperty("on").GetString(), Is.EqualTo("2024-03-31"));
        });
    }

    [Test]
    public void RunsAreListedInAlignedColumns()
    {
        var lines = office.Done("dividends", "show").Out.Split('\n');
        var heading = lines.Single(line => line.Contains("Dividend", StringComparison.Ordinal));
        var row = lines.Single(line => line.Contains("2023-1", StringComparison.Ordinal));
        var end = heading.IndexOf("Dividend", StringComparison.Ordinal) + "Dividend".Length;
        Assert.That(row[..end], Does.EndWith("100.00"), "figures stand under the end of their heading");
    }

    [Test]
    public void ARunIsShownWithItsPaymentPeriodAndTheFifthInMoney()
    {
        var shown = office.Done("dividends", "show", "2023-1").Out;
        Assert.That(shown, Does.Contain("2024-09-15 (26 USC 1382(d))").And.Contain("Note: The payment period of 2023 ended on 15 September 2024."));
        Assert.That(office.Done("check").Out, Does.Contain("sound").And.Contain("run 2023-1 is posted, and its cash is not noted as paid"));
        TestContext.Out.WriteLine(shown);
    }

    [Test]
    public void NoColoursGoIntoAFile() => Assert.That(office.Done("dividends", "show", "2023-1").Out, Does.Not.Contain('\u001b'));

    [Test]
    public void ADividendIsExplainedToTheLastDigit()
    {
        var document = office.Done("explain", "dividend", "2023", "--member", "M1", "--csv", "working.csv", "--json").Json;
        var steps = document.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("figure").GetString()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(document.GetProperty("dividend").GetString(), Is.EqualTo("33.34"));
            Assert.That(document.GetProperty("cash").GetString(), Is.EqualTo("6.67"));
            Assert.That(steps, Does.Contain("1/3"));
            Assert.That(File.ReadAllText(office.At("working.csv")), Does.StartWith("part,text,figure,source\r\n").And.Contain("1/3"));
        });
    }

    [TestCase("export", "allocations", "member_number,name,pool,unit,units,total_units,pool_amount_cents,share_numerator")]
    [TestCase("dividends export", "core-pos", "Member Number,Gross Purchases,Discounts,Rewards,Net Purchases,Total Patronage,Paid Out Patronage,Retained Patronage,Fiscal Year")]
    [TestCase("dividends export", "payroll", "member_number,name,fiscal_year,run,pool,unit,units,amount")]
    public void ARunIsExportedInItsLayouts(string command, string layout, string header)
    {
        office.Done([.. command.Split(' '), "2023-1", $"{layout}.csv", "--layout", layout]);
        Assert.That(File.ReadAllText(office.At($"{layout}.csv")), Does.StartWith(header));
    }

    [Test]
    public void TheLedgerIsExportedAsAJournal()
    {
        var year = office.DoneHere("export", "journal", "ledger.csv", "--form", "quickbooks", "--year", "2024", "--json").Json;
        Assert.That((year.GetProperty("openingBalances").GetBoolean(), year.GetProperty("from").GetString(), year.GetProperty("to").GetString()), Is.EqualTo((true, "2024-01-01", "2024-12-31")));
        Assert.That(File.ReadAllText(office.At("ledger.csv")), Does.StartWith("Journal No,Journal Date,").And.Contain(",Net income of the year:2023,"));
        Assert.That(office.DoneHere("export", "journal", "whole.journal").Out, Does.Match("^[0-9]+ entries in whole.journal"));
        Assert.That(File.ReadAllText(office.At("whole.journal")), Does.Contain("    ; sequence: 1\n").And.Contain("Equity:Qualified notices of allocation:M"));
        Assert.That(office.RunHere("export", "journal", "none.journal", "--year", "2024", "--to", "2024-03-31", "--json").ErrorCode, Is.EqualTo("journal-year-and-days"));
        Assert.That(File.Exists(office.At("none.journal")), Is.False);
    }

    [Test]
    public void ThePolicyInForceIsShown() =>
        Assert.That(office.Done("dividends", "policy", "2023").Out, Does.Contain("version 1, adopted by Ana").And.Contain("\"collectiveReserve\": \"0%\""));

    [Test]
    public void TheFormOfAPolicyIsPrinted()
    {
        Assert.That(office.Done("dividends", "policy", "--example").Out, Does.Contain("\"memberRatio\": \"records\""));
        Assert.That(JsonDocument.Parse(office.Done("dividends", "policy", "--schema").Out).RootElement.TryGetProperty("$schema", out _), Is.True);
    }

    [Test]
    public void WhatIsPaidAfterThePaymentPeriodIsSaidToBeLate()
    {
        string Paid(params string[] on) => office.Done(["dividends", "pay", "2023-1", "--reference", "ACH 1", "--dry-run", .. on, .. CornerShop.Ana]).Out;
        Assert.That(Paid(), Does.Contain("Note: The payment period of 2023 ended on 15 September 2024."));
        Assert.That(Paid("--on", "2024-09-15"), Does.Not.Contain("payment period"));
    }

    [Test]
    public void StatementsAreIssuedForEveryMember()
    {
        Assert.That(office.Done("statements", "issue", "2023-1", "--out", "late", "--dry-run", "--as", "Ana").Out, Does.Contain("Note: The payment period of 2023 ended"), "today is long after it");
        var issued = office.Done("statements", "issue", "2023-1", "--out", "statements", "--zip", "statements.zip", "--on", "2024-04-01", "--json", "--as", "Ana").Json;
        Assert.Multiple(() =>
        {
            Assert.That(issued.GetProperty("written").GetInt32(), Is.EqualTo(3));
            Assert.That(Directory.GetFiles(office.At("statements"), "*.pdf"), Has.Length.EqualTo(3));
            Assert.That(File.Exists(office.At("statements.zip")), Is.True);
            Assert.That(issued.ToString(), Does.Not.Contain("payment period"));
        });
        Assert.That(office.Done("check", "--against", Path.Combine("statements", "manifest.json")).Out, Does.Contain("sound"));
    }

    [Test]
    public void SoundBooksAreSaidToBeSound()
    {
        var check = office.Done("check", "--json").Json;
        Assert.That((check.GetProperty("sound").GetBoolean(), check.GetProperty("runs").GetInt32()), Is.EqualTo((true, 1)));
    }

    [Test]
    public void TheStatusSaysWhereTheBooksAreAndThatTheSchemaIsCurrent()
    {
        var status = office.Done("database", "status", "--json").Json;
        Assert.That((status.GetProperty("database").GetString(), status.GetProperty("schema").GetString()), Is.EqualTo((office.At("evergreen.db"), "current")));
    }

    [Test]
    public void MigratingAgainChangesNothing()
    {
        var before = Dump.Of(office.At("evergreen.db"));
        Assert.That(office.Done("database", "migrate").Out, Does.Contain("already"));
        Assert.That(Dump.Of(office.At("evergreen.db")), Is.EqualTo(before));
    }

    [Test]
    public void DoingItAgainChangesNothingAndSaysSo()
    {
        var before = Dump.Of(office.At("evergreen.db"));
        Assert.Multiple(() =>
        {
            Assert.That(office.Done(["dividends", "post", "2023-1", "--on", "2024-03-31", "--json", .. CornerShop.Ana]).Json.GetProperty("alreadyThere").GetBoolean(), Is.True);
            Assert.That(office.Done(["year", "close", "2023", "--figures", "surplus.csv", "--json", .. CornerShop.Ana]).Json.GetProperty("alreadyThere").GetBoolean(), Is.True);
            Assert.That(office.Done(["import", "hours", "hours.csv", "--json", .. CornerShop.Ana]).Json.GetProperty("alreadyImported").GetBoolean(), Is.True);
        });
        Assert.That(Dump.Of(office.At("evergreen.db")), Is.EqualTo(before));
    }

    [Test]
    public void TheVersionIsTold() => Assert.That(office.Done("--version").Out, Does.Match(@"^\d+\.\d+\.\d+"));
}
