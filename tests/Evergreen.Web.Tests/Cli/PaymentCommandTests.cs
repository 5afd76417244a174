using System.Text;
using Evergreen.Domain.Payments;

namespace Evergreen.Web.Tests.Cli;

/// <summary>A dividend paid by file from the command line: one member by the bank, one whose payment comes back, and the rest by check.</summary>
public sealed class PaymentCommandTests
{
    [Test]
    public void ADividendIsPaidByFileAndWhatComesBackByCheck()
    {
        using var office = new Office();
        CornerShop.Post(office);
        office.Write("banks.csv", "member_number,name,bank_scheme,bank_routing,bank_account,bank_account_type\nM1,Ada Bell,ach,231380104,987654321,checking\nM2,Ben Cole,ach,021000021,44400,savings\n");
        office.DoneHere(["import", "members", "banks.csv", .. CornerShop.Ana]);
        Assert.That(office.DoneHere("payments", "list").Out, Does.Contain("No payment run yet."));
        var prepared = office.DoneHere(["payments", "prepare", "2023-1", .. CornerShop.Ana]).Out;
        Assert.That(prepared, Does.Contain("no bank details").And.Contain("evergreen payments approve 1").And.Not.Contain("987654321"));
        Assert.That(office.RunHere(["payments", "approve", "1", "--json", .. CornerShop.Ana]).ErrorCode, Is.EqualTo("payment-approval-by-same-person"));
        Assert.That(office.DoneHere(["payments", "approve", "1", .. CornerShop.Joy]).Out, Does.Contain("evergreen payments file 1 OUT"));
        string[] file = ["payments", "file", "1", "out/dividend.ach", "--json", .. CornerShop.Ana];
        Assert.That((office.RunHere(file).ErrorCode, File.Exists(office.At("out/dividend.ach"))), Is.EqualTo(("payment-originator-missing", false)));
        var written = office.DoneHere([.. file, "--bank-routing", "121042882", "--bank-name", "First Bank", "--company-id", "1123456789"]).Json;
        var bytes = File.ReadAllBytes(office.At("out/dividend.ach"));
        var totals = NachaTotals.Verify(Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Value;
        Assert.That((totals.Entries, totals.Credits.ToString(), totals.EntryHash.ToString("0000000000")), Is.EqualTo((2L, "13.34", written.GetProperty("standing").GetProperty("entryHash").GetString())));
        Assert.That(written.GetProperty("standing").GetProperty("file").GetProperty("sha256").GetString(), Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(office.At("out/dividend.ach")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), "it holds account numbers");
        Assert.That((office.DoneHere(file).Json.GetProperty("alreadyThere").GetBoolean(), File.ReadAllBytes(office.At("out/dividend.ach"))), Is.EqualTo((true, bytes)));
        Assert.That(office.DoneHere(["payments", "settle", "1", "--reference", "ACH 7", "--on", "2024-04-02", .. CornerShop.Ana]).Out, Does.Contain("is settled as of 2024-04-02: 13.34 to 2 members."));
        Assert.That(office.DoneHere(["payments", "void", "1", "--member", "M2", "--reason", "R03", "--on", "2024-04-05", .. CornerShop.Ana]).Out, Does.Contain("1 payments of payment run 1, 6.67, owed again."));
        Assert.That(office.DoneHere("payments", "show", "1").Out, Does.Contain("2024-04-05: R03"));
        var again = office.DoneHere(["payments", "prepare", "2023-1", "--form", "by-hand", "--json", .. CornerShop.Ana]).Json;
        Assert.That(again.GetProperty("payments").EnumerateArray().Select(payment => $"{payment.GetProperty("member").GetString()} {payment.GetProperty("amount").GetString()}"), Is.EqualTo(new[] { "M2 6.67", "M3 6.67" }));
        office.DoneHere(["payments", "approve", "2", .. CornerShop.Joy]);
        office.DoneHere(["payments", "settle", "2", "--reference", "Checks 11 and 12", "--on", "2024-04-08", .. CornerShop.Ana]);
        Assert.That(office.DoneHere("payments", "list", "--json").Json.GetProperty("paymentRuns").EnumerateArray().Select(run => run.GetProperty("state").GetString()), Is.EqualTo(new[] { "settled", "settled" }));
        Assert.That(office.DoneHere("check").Out, Does.Not.Contain("still owed"));
    }
}
