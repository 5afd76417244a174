using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

/// <summary>From the released forms to the files for the IRS, which say what the forms and the ledger say, and are made of a year once.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class TaxFilingTests(TestDatabase databases)
{
    private const string Box1 = "Box 1 - Patronage dividends", Number = "Recipient Taxpayer ID Number", Account = "Form Account Number";
    private OpenTestDatabase database = null!;
    private FilingBakery filing = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        filing = new FilingBakery(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close()
    {
        filing.Dispose();
        database.Dispose();
    }

    private static byte[] Template(params string[] headers) => Encoding.UTF8.GetBytes('\uFEFF' + string.Join(',', headers) + "\r\n");

    [Test]
    public void TheFilesAreTheReleasedFormsAndTheLedgerToTheCent()
    {
        filing.Change(set => set.SetProperty(member => member.GivenName, "José").SetProperty(member => member.FamilyName, "Núñez").SetProperty(member => member.AddressLine2, "Apt. 4"), 1);
        filing.Change(set => set.SetProperty(member => member.Kind, MemberKind.Organisation).SetProperty(member => member.OrganisationName, "Bread & Roses, Bakers to the Whole of Knox County"), 2);
        filing.Number(2, "EIN", "98-7654321");
        filing.Release();
        Assert.That((filing.File(dryRun: true).Value.Files.Count, filing.Filings.Filings.Count), Is.EqualTo((1, 0)));

        var made = filing.File(size: 3).Value;
        var dividends = filing.Dividends;
        Assert.That(made.Files.Select(file => (file.Name, file.Forms)), Is.EqualTo(new[] { ("bakery-1099-patr-2026-1-01.csv", 3), ("bakery-1099-patr-2026-1-02.csv", 3), ("bakery-1099-patr-2026-1-03.csv", 1) }));
        var lines = Encoding.ASCII.GetString(made.Files[0].Bytes).Split("\r\n");
        Assert.That(lines[1], Is.EqualTo($"1099-PATR,2026,EIN,123456789,B,THE BAKERY,,,,,,US,1 MILL STREET,,GALESBURG,IL,61401,,3095550100,,SSN,900700001,I,,,JOSE,,NUNEZ,,US,1 OAK ST,APT 4,GALESBURG,IL,61401,,0001,N,{dividends[0]},,,,,,,,,,,,N"));
        Assert.That(lines[2], Does.Contain(",EIN,987654321,B,BREAD & ROSES BAKERS TO THE WHOLE OF,KNOX COUNTY,,,,,US,"));
        Assert.That(made.Changes, Is.EqualTo(new[] { new TaxFileChange("0001", "given names", "José", "JOSE"), new("0001", "surname", "Núñez", "NUNEZ") }.Concat(Enumerable.Range(3, 5).Select(member => new TaxFileChange($"000{member}", "surname, the last word", $"Worker {member}", $"{member}")))));

        var rows = made.Files.SelectMany(file => FilingBakery.Rows(file.Bytes)).ToList();
        Assert.That(rows.Select(row => (row[Account], row[Number], row[Box1])), Is.EqualTo(Enumerable.Range(1, 7).Select(member => ($"000{member}", member == 2 ? "987654321" : FilingBakery.NumberOf(member), $"{dividends[member - 1]}"))));
        var all = new PatronageBoxes(dividends.Sum(amount => amount), Money.Zero, Money.Zero);
        Assert.That(made.Totals.Select(total => (total.What, total.Forms, total.Boxes)), Is.EqualTo(new (string, int?, PatronageBoxes)[]
        {
            ("In the 3 files", 7, all), ("Released forms", 7, all), ("Ledger of the year", null, all), ("less below 10.00", 0, default), ("less exempt recipients", 0, default), ("Ledger, to be filed", null, all),
        }));
        Assert.That(made.Files.Select(file => file.Sha256), Is.EqualTo(made.Files.Select(file => Convert.ToHexStringLower(SHA256.HashData(file.Bytes)))));
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "secrets.read" && record.Detail == "tax number: Form 1099-PATR of 2026 for the IRS").Select(record => record.Subject).ToList()), Is.EquivalentTo(Enumerable.Range(1, 7).Select(member => $"member 000{member}")));
        Assert.That(new WhoLooked(database.Books).Run(null, "0003").Value.Single().Detail, Does.Contain("for the IRS"), "the member sees it too");

        database.Clock.Advance(TimeSpan.FromDays(3));
        var again = filing.File(size: 3).Value;
        Assert.That((again.AlreadyThere, again.Standing.Filing.Number, again.Files.Select(file => file.Name).SequenceEqual(made.Files.Select(file => file.Name))), Is.EqualTo((true, 1, true)));
        Assert.That(again.Files.SelectMany(file => file.Bytes), Is.EqualTo(made.Files.SelectMany(file => file.Bytes)), "the same bytes");
        Assert.That(filing.File().Value.Standing.Filing.Number, Is.EqualTo(2), "in one file it is another filing");
        Assert.That(filing.Findings, Is.Empty);
    }

    [Test]
    public void WhatStandsInTheWayIsNamedWithWhatHelps()
    {
        Assert.That(filing.File().Refusal!.Code, Is.EqualTo("tax-filing-nothing-released"));
        Assert.That((filing.File(size: 0).Refusal!.Code, filing.Sent(null, "R1").Refusal!.Code), Is.EqualTo(("tax-filing-forms-a-file", "tax-filing-missing")));
        filing.Release();
        filing.Number(6, null, null);
        Assert.That(filing.File().Refusal!.Sentence, Does.Contain("1 members").And.Contain("0006").And.Contain("--without-numbers"));
        Assert.That(filing.File().Refusal!.Code, Is.EqualTo("tax-filing-numbers-missing"));
        var without = filing.File(withoutNumbers: true, dryRun: true).Value;
        var sixth = FilingBakery.Rows(without.Files.Single().Bytes)[5];
        Assert.That((sixth["Recipient TIN Type"], sixth[Number], sixth[Box1], without.WithoutNumber.Single()), Is.EqualTo(("", "", $"{filing.Dividends[5]}", "0006")), "a form is due all the same");
        filing.Number(6, "ITIN", "900-70-0006");

        filing.ChangeCoOp(set => set.SetProperty(coOp => coOp.Address, "1 Mill Street"));
        Assert.That(filing.File().Refusal!.Code, Is.EqualTo("tax-filing-payer-address"));
        filing.ChangeCoOp(set => set.SetProperty(coOp => coOp.Address, "1 Mill Street\nGalesburg, Illinois 61401\nUSA").SetProperty(coOp => coOp.ContactPhone, "ask Ann"));
        Assert.That(filing.File().Refusal!.Code, Is.EqualTo("tax-filing-payer-phone"));
        filing.ChangeCoOp(set => set.SetProperty(coOp => coOp.ContactPhone, "309-555-0100"));

        filing.Change(set => set.SetProperty(member => member.Region, "Illinoiss").SetProperty(member => member.PostalCode, "6140"), 1);
        filing.Change(set => set.SetProperty(member => member.AddressLine1, (string?)null), 2);
        filing.Change(set => set.SetProperty(member => member.FamilyName, "李"), 3);
        filing.Change(set => set.SetProperty(member => member.TaxIdType, (string?)null), 4);
        filing.Number(5, "SSN", "111111111");
        var unfit = filing.File().Refusal!;
        Assert.That(unfit.Code, Is.EqualTo("tax-filing-incomplete"));
        foreach (var what in (string[])["0001: “Illinoiss” is no state", "0001: “6140” is no ZIP code", "0002: no address", "0003: the surname has letters that cannot be filed: 李", "0004: whether the tax number", "0005: the tax number is none"]) Assert.That(unfit.Sentence, Does.Contain(what));
        Assert.That(unfit.Sentence, Does.Not.Contain("111111111"));

        filing.Change(set => set.SetProperty(member => member.Region, "IL").SetProperty(member => member.PostalCode, "61401").SetProperty(member => member.AddressLine1, "1 Oak St").SetProperty(member => member.FamilyName, "=cmd()").SetProperty(member => member.TaxIdType, "SSN"));
        filing.Number(5, "SSN", "900700005");
        filing.Number(6, "ITIN", "900700006");
        var rows = FilingBakery.Rows(filing.File().Value.Files.Single().Bytes);
        Assert.That(rows.SelectMany(row => row.Values).Where(cell => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\''), Is.Empty, "no cell is a formula");
        Assert.That((rows[2]["Recipient Last Name (Surname)"], rows[5]["Recipient TIN Type"]), Is.EqualTo(("CMD()", "ITIN")));

        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "bea", "wrong hours") { Recovery = "set off" }).Refusal, Is.Null);
        Assert.That((filing.File().Refusal!.Code, filing.Filings.Waiting), Is.EqualTo(("tax-filing-forms-waiting", 7)));
    }

    [Test]
    public void ATemplatesColumnsAreFilledByTheirNamesInTheirOrder()
    {
        filing.Release();
        string[] headers = ["Recipient TIN", "Recipient First Name", "Recipient Surname", "Recipient Address", "Recipient City", "Recipient State", "Recipient ZIP Code", "State 1", "BOX 1: Patronage Dividends", "Payer TIN", "Payer Name", "Payer Address", "Payer City", "Payer State", "Payer ZIP", "Payer Phone Number", "Year"];
        var made = filing.File(Template([.. headers, "", ""])).Value;
        Assert.That(Encoding.UTF8.GetString(made.Files.Single().Bytes).Split("\r\n")[..2], Is.EqualTo(new[]
        {
            string.Join(',', headers), $"900700001,WORKER,1,1 OAK ST,GALESBURG,IL,61401,,{filing.Dividends[0]},123456789,THE BAKERY,1 MILL STREET,GALESBURG,IL,61401,3095550100,2026",
        }));
        Assert.That(made.Unmatched, Is.EqualTo(new[] { "State 1" }));
        Assert.That(made.LeftOut, Is.EquivalentTo(new[] { "Form Type", "Payer TIN Type", "Payer Name Type", "Payer Country", "Recipient TIN Type", "Recipient Name Type", "Recipient Country", Account, "2nd TIN Notice", "Box 13 - Specified Coop" }));

        var lacks = filing.File(Template([.. headers.Select(header => header.StartsWith("BOX", StringComparison.Ordinal) ? "Box 2 - Patronage dividends" : header).Where(header => header != "Recipient ZIP Code")])).Refusal!;
        Assert.That(lacks.Code, Is.EqualTo("iris-template-lacks"));
        Assert.That(lacks.Sentence, Does.Contain("no column known for: Box 1 - Patronage dividends, Recipient ZIP/Postal Code.").And.Contain("“Box 2 - Patronage dividends”"));
        Assert.That(filing.File(Template([.. headers, "Patronage dividends"])).Refusal!.Code, Is.EqualTo("iris-template-ambiguous"));
        Assert.That((filing.File(Template("Name", "Amount")).Refusal!.Code, filing.File([]).Refusal!.Code), Is.EqualTo(("iris-template-unreadable", "iris-template-unreadable")));

        // Two forms of one person are told apart by their account numbers, so that a template must have a column for them.
        Assert.That(new MergeMembers(database.Books).Run(new(null, "0003", "0004", "the same person", "bea")).Refusal, Is.Null);
        Assert.That(filing.File(Template(headers)).Refusal!.Sentence, Does.Contain("known for: Form Account Number."));
        var rows = FilingBakery.Rows(filing.File(Template([.. headers, "Account Number"])).Value.Files.Single().Bytes);
        Assert.That(rows[2..4].Select(row => (row["Recipient TIN"], row["Recipient Surname"], row["Account Number"])), Is.EqualTo(new[] { ("900700003", "3", "0003"), ("900700003", "3", "0004") }));
    }

    [Test]
    public void OnceSentNoOtherFileIsMadeAndWhatChangedIsNamed()
    {
        filing.Change(set => set.SetProperty(member => member.Kind, MemberKind.Organisation), 2);
        filing.Release();
        var made = filing.File(size: 4).Value;
        Assert.That((filing.Sent(null, "2027 1", "B").Refusal!.Code, filing.Sent(null, "A").Refusal!.Code, filing.Sent(null, "A", "A").Refusal!.Code, filing.Sent(2, "A", "B").Refusal!.Code), Is.EqualTo(("tax-filing-receipt-form", "tax-filing-receipts", "tax-filing-receipts", "tax-filing-missing")));
        Assert.That(filing.Sent(null, "2027-1-A", "2027-1-B").Value.AlreadyThere, Is.False);
        Assert.That((filing.Sent(null, "2027-1-A", "2027-1-B").Value.AlreadyThere, filing.Sent(null, "2027-1-A", "2027-1-C").Refusal!.Code), Is.EqualTo((true, "tax-filing-already-sent")));
        Assert.That((filing.File(size: 4).Value.AlreadyThere, filing.File(size: 4).Value.Files[1].Bytes.SequenceEqual(made.Files[1].Bytes)), Is.EqualTo((true, true)), "the same can be had again");
        Assert.That((filing.Filings.Filings.Single().Sent!.Receipts, filing.Filings.Corrections.Count), Is.EqualTo(("2027-1-A 2027-1-B", 0)));

        filing.Change(set => set.SetProperty(member => member.City, "Peoria"), 1);
        var moved = filing.File(size: 4).Refusal!;
        Assert.That((moved.Code, moved.Sentence.Contains("No amount has changed since", StringComparison.Ordinal)), Is.EqualTo(("tax-filing-sent", true)));
        filing.Change(set => set.SetProperty(member => member.City, "Galesburg"), 1);

        Assert.That(new RecordExemption(database.Books).Run(new(null, "0002", true, "bea")).Refusal, Is.Null);
        Assert.That((filing.File(size: 4).Refusal!.Code, filing.Filings.Waiting), Is.EqualTo(("tax-filing-forms-waiting", 1)));
        filing.Release();
        Assert.That(filing.Filings.Corrections, Is.EqualTo(new[] { new TaxFormCorrection("0002", "Worker 2", new(filing.Dividends[1], Money.Zero, Money.Zero), default) }));
        var changed = filing.File(size: 4).Refusal!;
        Assert.That(changed.Code, Is.EqualTo("tax-filing-sent"));
        Assert.That(changed.Sentence, Does.Contain($"0002 box 1 {filing.Dividends[1]} now 0.00").And.Contain("this program does not write them"));
        Assert.That(filing.Findings, Is.Empty);

        Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "bea", "wrong hours") { Recovery = "set off" }).Refusal, Is.Null);
        filing.Release();
        Assert.That((filing.File().Refusal!.Code, filing.Filings.Corrections.Count), Is.EqualTo(("tax-filing-sent", 7)), "also where nothing is left to be filed");
        Assert.That(filing.Findings, Is.Empty);
        foreach (var change in (string[])["\"TaxFilings\" SET \"DividendsCents\" = 1", "\"TaxFilingFiles\" SET \"Sha256\" = ''", "\"TaxFilingsSent\" SET \"Receipts\" = ''"]) Assert.That(database.Sql($"UPDATE {change}"), Does.Contain("evergreen:posted-row"));
        database.Books.Write<int>(false, db =>
        {
            db.TaxFilings.Add(new TaxFiling { CoOpId = filing.Bakery.CoOp.Id, CalendarYear = 2026, Number = 2, Release = 1, PayerTaxId = "12-3456789", Forms = 1, Files = 1, DividendsCents = 1, WithheldCents = 0, RedeemedCents = 0, By = "eve", At = database.Books.Now });
            return 1;
        });
        Assert.That(filing.Findings, Has.Some.Contains("tax forms 2026, filing 2"), "a filing that the audit trail does not know");
    }
}
