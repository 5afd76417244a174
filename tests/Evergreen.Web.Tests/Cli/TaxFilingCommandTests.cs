using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Cli;

/// <summary>The forms of a year filed from the command line: made, made again, sent, and no others after that.</summary>
public sealed class TaxFilingCommandTests
{
    private static readonly string[] File = ["tax-forms", "file", "2024", "--out", "irs", .. CornerShop.Ana];

    [Test]
    public void FormsAreFiledOnceWithATableThatHoldsThemAgainstTheLedger()
    {
        using var office = new Office();
        Release(office);
        Assert.That(office.DoneHere("tax-forms", "filings", "2024").Out, Does.Contain("No file of 2024 was made yet."));
        var before = Dump.Of(office.At("evergreen.db"));
        Assert.That(office.DoneHere([.. File, "--dry-run"]).Out, Does.Contain("Dry run: nothing was kept."));
        Assert.That((Dump.Of(office.At("evergreen.db")), Directory.Exists(office.At("irs"))), Is.EqualTo((before, false)));

        var told = office.DoneHere([.. File, "--forms-a-file", "2"]).Out;
        Assert.That(told, Does.Contain("on 2025-03-31, through the IRIS Taxpayer Portal").And.Contain("In the 2 files").And.Contain("evergreen tax-forms filed 2024 --receipt … --receipt …").And.Not.Contain("900000101"));
        var rows = Csv.Read(office.At("irs/corner-1099-patr-2024-1-01.csv")).Concat(Csv.Read(office.At("irs/corner-1099-patr-2024-1-02.csv"))).ToList();
        Assert.That(rows.Select(row => (row["Recipient Taxpayer ID Number"], row["Recipient Last Name (Surname)"], row["Box 1 - Patronage dividends"])), Is.EqualTo(new[] { ("900000101", "BELL", "33.34"), ("900000102", "COLE", "33.33"), ("900000103", "DIAZ", "33.33") }));
        if (!OperatingSystem.IsWindows()) Assert.That(System.IO.File.GetUnixFileMode(office.At("irs/corner-1099-patr-2024-1-01.csv")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), "it holds tax numbers");

        office.Write("template.csv", string.Join(',', rows[0].Keys.Reverse().Append("State 1")));
        var made = office.DoneHere([.. File, "--template", "template.csv", "--json"]).Json;
        Assert.That(made.GetProperty("totals").EnumerateArray().Select(total => total.GetProperty("boxes").GetProperty("box1").GetString()), Is.EqualTo(new[] { "100.00", "100.00", "100.00", "0.00", "0.00", "100.00" }));
        Assert.That((made.GetProperty("filing").GetProperty("number").GetInt32(), made.GetProperty("unknownColumns")[0].GetString(), made.GetProperty("dueOn").GetString()), Is.EqualTo((2, "State 1", "2025-03-31")));
        Assert.That(office.RunHere([.. File, "--template", "none.csv", "--json"]).ErrorCode, Is.EqualTo("file-missing"));

        string[] filed = ["tax-forms", "filed", "2024", "--receipt", "2025-000123", .. CornerShop.Ana];
        office.DoneHere([.. filed, "--dry-run"]);
        Assert.That(office.RunHere([.. filed, "--filing", "1", "--json"]).ErrorCode, Is.EqualTo("tax-filing-receipts"));
        Assert.That(office.DoneHere(filed).Out, Does.Contain("Filing 2 of 2024 is noted as sent: 3 forms, receipt 2025-000123."));
        Assert.That(office.DoneHere([.. File, "--template", "template.csv", "--json"]).Json.GetProperty("alreadyThere").GetBoolean(), Is.True);
        Assert.That(office.RunHere([.. File, "--json"]).ErrorCode, Is.EqualTo("tax-filing-sent"));
        var filings = office.DoneHere("tax-forms", "filings", "2024", "--json").Json.GetProperty("filings").EnumerateArray().ToList();
        Assert.That(filings.Select(filing => $"{filing.GetProperty("number")} {filing.GetProperty("state")}"), Is.EqualTo(new[] { "2 sent", "1 made" }));
        Assert.That(office.DoneHere("tax-forms", "filings", "2024").Out, Does.Contain("2025-000123"));
    }

    /// <summary>The dividend is paid and the statements are issued in 2024; the accountant releases the forms on the site.</summary>
    private static void Release(Office office)
    {
        CornerShop.Post(office);
        office.Write("homes.csv", "member_number,name,address_line1,city,region,postal_code\nM1,Ada Bell,1 Oak St,Galesburg,IL,61401\nM2,Ben Cole,2 Oak St,Galesburg,IL,61401\nM3,Cleo Diaz,3 Oak St,Galesburg,IL,61401\n");
        office.DoneHere(["import", "members", "homes.csv", .. CornerShop.Ana]);
        office.DoneHere(["dividends", "pay", "2023-1", "--reference", "ACH 8", "--on", "2024-04-02", .. CornerShop.Ana]);
        office.DoneHere(["statements", "issue", "2023-1", "--out", "statements", "--on", "2024-04-01", .. CornerShop.Ana]);
        var books = new Books(DatabaseAddress.Sqlite(office.At("evergreen.db")), TimeProvider.System);
        books.Write<int>(false, db => db.CoOps.ExecuteUpdate(set => set.SetProperty(coOp => coOp.ContactPhone, "309 555 0100")));
        Assert.That(new ReleaseTaxForms(books).Run(new(null, 2024, "12-3456789", "Ana", "https://corner.example/my/corner/statements")).Refusal, Is.Null);
    }
}
