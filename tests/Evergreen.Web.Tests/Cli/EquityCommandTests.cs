namespace Evergreen.Web.Tests.Cli;

/// <summary>Paying capital back from the command line: by a year and to one member, listed, and taken back.</summary>
public sealed class EquityCommandTests
{
    [Test]
    public void CapitalIsPaidBackListedAndTakenBack()
    {
        using var office = new Office();
        CornerShop.WriteFiles(office);
        office.Write("notices.csv", """
            source_id,member_number,account,fiscal_year,posted_on,amount
            E1,M1,qualified_notice,2018,2023-01-02,20.00
            E2,M1,nonqualified_notice,2019,2023-01-02,10.00
            E3,M2,qualified_notice,2020,2023-01-02,5.00
            E4,M1,membership_share,,2023-01-02,100.00

            """);
        office.DoneHere([.. CornerShop.Create, .. CornerShop.Ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. CornerShop.Ana]);
        office.DoneHere(["import", "equity", "notices.csv", .. CornerShop.Ana]);
        string[] through = ["equity", "redeem", "--through", "2019", "--resolution", "2023/05", "--on", "2023-06-01", .. CornerShop.Ana];
        var done = office.DoneHere([.. through, "--json"]).Json;
        var redemption = done.GetProperty("redemption");
        Assert.Multiple(() =>
        {
            Assert.That(redemption.GetProperty("paid").GetString(), Is.EqualTo("30.00"));
            Assert.That(redemption.GetProperty("nonqualified").GetString(), Is.EqualTo("10.00"));
            Assert.That(redemption.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()), Is.EqualTo(new[] { "qualified", "nonqualified" }));
            Assert.That(done.GetProperty("lots").EnumerateArray().Select(lot => lot.GetProperty("amount").GetString()), Is.EqualTo(new[] { "20.00", "10.00" }));
            Assert.That(office.DoneHere(through).Out, Does.Contain("Redemption 1 was posted before as of 2023-06-01: 30.00 to 1 member").And.Contain("10.00 were nonqualified notices"));
            Assert.That(office.DoneHere(["equity", "redeem", "--member", "M1", "--amount", "40.00", "--kinds", "shares,preferred", "--order", "percentage", "--resolution", "2023/06", "--on", "2023-07-01", .. CornerShop.Ana]).Out, Does.Contain("40.00"));
            Assert.That(office.RunHere(["equity", "redeem", "--member", "M1", "--amount", "60.01", "--kinds", "all", "--resolution", "2023/07", "--on", "2023-07-01", "--json", .. CornerShop.Ana]).ErrorCode, Is.EqualTo("redemption-too-much"));
            Assert.That(office.DoneHere(["equity", "reverse-redemption", "2", "--reason", "The cheque came back", "--on", "2023-08-01", .. CornerShop.Ana]).Out, Does.Contain("Redemption 2 is taken back as of 2023-08-01: entries"));
            var list = office.DoneHere("equity", "redemptions").Out;
            Assert.That(list, Does.Contain("an amount of M1: preferred, shares, percentage").And.Contain("taken back on 2023-08-01 by Ana: The cheque came back").And.Contain("qualified, nonqualified up to 2019"));
            Assert.That(office.DoneHere("equity", "redemptions", "--json").Json.GetProperty("redemptions")[1].GetProperty("reversal").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(office.DoneHere("check").Code, Is.Zero);
        });
    }
}
