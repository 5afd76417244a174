using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class ImportMembersTests(TestDatabase databases)
{
    private const string Header = "member_number,kind,name,given_name,family_name,address_line1,postal_code,classes,joined_on,left_on,tax_id_type,tax_id,consent,consent_on,bank_scheme,bank_routing,bank_account,bank_account_type,household_of";
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;
    private KeyFile keys = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        keys = new KeyFile(Path.Combine(folder, "books.keys"));
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Outcome<ImportReport> Try(params string[] rows) => new ImportMembers(database.Books, keys).Run(Request(rows));

    private static ImportRequest Request(params string[] rows) => SampleCoOp.Request(SampleCoOp.File("members.csv", [Header, .. rows])) with { CreateClasses = true };

    private ImportReport Import(params string[] rows)
    {
        var report = Try(rows).Value;
        Assert.That(report.NotTaken?.Sentence, Is.Null, string.Join('\n', report.Problems));
        return report;
    }

    private Member Member(string number) => database.Books.Read(db => db.Members.Single(member => member.Number == number));

    [Test]
    public void AMemberComesInWithDatedFactsAndSealedSecrets()
    {
        var report = Import("0042,,,Zoë,Brânză,,,worker;customer,2024-03-01,2025-06-30,SSN,900-00-0042,bylaw,2024-02-20,ach,123456780,0004554178,checking,");
        Assert.That((report.Members, report.Created), Is.EqualTo((new MemberCounts(1, 0, 0), report.Created)));
        Assert.That(report.Created, Has.Member("class worker").And.Member("class customer").And.Some.StartWith("key file "));
        var member = Member("0042");
        Assert.That((member.Name, member.Kind, member.TaxIdType, member.TaxIdLastFour, member.BankAccountLastFour), Is.EqualTo(("Zoë Brânză", MemberKind.Person, "SSN", "0042", "4178")));
        var cipher = new FieldCipher(keys.Read().Value);
        Assert.That(cipher.Open(new("Members", "TaxId", $"{shop.CoOp.Id}", "0042"), member.TaxIdSealed!), Is.EqualTo("900000042"));
        Assert.That(database.Books.Read(db => db.StatusChanges.OrderBy(s => s.On).AsEnumerable().Select(s => (s.On, s.Status)).ToList()),
            Is.EqualTo(new[] { (new DateOnly(2024, 3, 1), MemberStatus.Active), (new DateOnly(2025, 6, 30), MemberStatus.Left) }));
        Assert.That(database.Books.Read(db => db.ClassChanges.Count(c => c.Entered && c.On == new DateOnly(2024, 3, 1))), Is.EqualTo(2));
        Assert.That(database.Books.Read(db => db.ConsentFacts.AsEnumerable().Select(c => (c.Kind, c.On)).Single()), Is.EqualTo((ConsentKind.Bylaw, new DateOnly(2024, 2, 20))));
    }

    [Test]
    public void ALeavingThatComesAloneIsHeldAgainstTheJoiningOnTheBooks()
    {
        Import("1,,Ann,,,,,,2024-03-01,,,,,,,,,,", "2,,Bo,,,,,,,,,,,,,,,,");
        var report = Try("1,,,,,,,,,2024-02-29,,,,,,,,,", "2,,,,,,,,,2024-02-29,,,,,,,,,").Value;
        var problem = report.Problems.Single();
        Assert.That((report.Committed, problem.Code, problem.Line, problem.Column, problem.Value), Is.EqualTo((false, "left-before-joined", 2L, "left_on", "2024-02-29")));
        Assert.That(problem.Expected, Does.Contain("the day of joining on the books, 2024-03-01"));
        Assert.That(Import("1,,,,,,,,,2024-03-01,,,,,,,,,").Members, Is.EqualTo(new MemberCounts(0, 1, 0)));
        Assert.That(database.Books.Read(db => db.StatusChanges.Single(fact => fact.Status == MemberStatus.Left).On), Is.EqualTo(new DateOnly(2024, 3, 1)));
    }

    [Test]
    public void NoPlantedSecretStandsInTheDatabaseOrTheReport()
    {
        var rows = Enumerable.Range(0, 1_000).Select(i => $"{i:0000},person,Member {i},,,,,,2024-01-01,,SSN,9{71_000_000 + i * 7919 % 9_000_000},,,ach,123456780,88{i:0000000}31,savings,").ToArray();
        var report = Import(rows);
        if (database.Kind != DatabaseKind.Sqlite) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var texts = Directory.GetFiles(Path.GetDirectoryName(database.Address.Path!)!, Path.GetFileName(database.Address.Path!) + "*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))
            .Append(System.Text.Json.JsonSerializer.Serialize(report.Problems)).ToList();
        var hits = rows.Select(row => row.Split(',')).SelectMany(fields => new[] { fields[11], fields[16] }).Count(secret => texts.Exists(text => text.Contains(secret, StringComparison.Ordinal)));
        Assert.That(hits, Is.Zero);
    }

    [Test]
    public void ASecondImportChangesFieldByFieldAndEmptyFieldsChangeNothing()
    {
        Import("1,,Ann Lee,Ann,Lee,Old Street 1,44105,worker,2024-03-01,,SSN,900000001,bylaw,2024-02-20,ach,123456780,0004554178,checking,");
        var second = Import("1,,,,,New Street 2,,customer,2024-04-01,,SSN,900000009,,,ach,123456780,0004554179,checking,");
        Assert.That(second.Members, Is.EqualTo(new MemberCounts(0, 1, 0)));
        Assert.That(second.Changes, Is.EquivalentTo(new[]
        {
            new FieldChange("1", "address_line1", "Old Street 1", "New Street 2"),
            new FieldChange("1", "tax_id", "••••0001", "••••0009"),
            new FieldChange("1", "bank_account", "••••4178", "••••4179"),
            new FieldChange("1", "joined_on", "2024-03-01", "2024-04-01"),
            new FieldChange("1", "classes", "worker", "customer"),
        }));
        var member = Member("1");
        Assert.That((member.Name, member.PostalCode, member.AddressLine1), Is.EqualTo(("Ann Lee", "44105", "New Street 2")));
        var third = Import("1,,Ann Lee,,,New Street 2,,,,,SSN,900000009,,,ach,123456780,0004554179,checking,", "2,,Bo,,,,,,2024-01-01,,,,,,,,,,");
        Assert.That(third.Members, Is.EqualTo(new MemberCounts(1, 0, 1)));
        Assert.That(database.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "secrets.read")), Is.EqualTo(1), "the comparison of a bank account is written down");
    }

    [TestCase("1,,,,,,,,,,,,,,,,,,", "name-missing", "name")]
    [TestCase("1,,Ann,,,,,,,,SSN,90000001,,,,,,,", "tax-id-form", "tax_id")]
    [TestCase("1,,Ann,,,,,,,,,900000001,,,,,,,", "tax-id-without-type", "tax_id")]
    [TestCase("1,,Ann,,,,,,,,,,,2024-01-01,,,,,", "consent-unnamed", "consent_on")]
    [TestCase("1,,Ann,,,,,,,,,,,,,,123,,", "bank-without-scheme", "bank_account")]
    [TestCase("1,,Ann,,,,,,,,,,,,ach,123456789,123,checking,", "bank-routing-form", "bank_routing")]
    [TestCase("1,,Ann,,,,,,,,,,,,ach,123456780,123456789012345678,checking,", "bank-account-form", "bank_account")]
    [TestCase("1,,Ann,,,,,,,,,,,,bacs,ABCDEF,12345678,,", "sort-code-form", "bank_routing")]
    [TestCase("1,,Ann,,,,,,,,,,,,bacs,12-34-56,1234567,,", "bank-account-form", "bank_account")]
    [TestCase("1,,Ann,,,,,,,,,,,,sepa,,DE89370400440532013001,,", "iban-form", "bank_account")]
    [TestCase("1,,Ann,,,,,,,,,,,,sepa,DEUTDEF,DE89370400440532013000,,", "bic-form", "bank_routing")]
    [TestCase("1,,Ann,,,,,,,,,,,,,,,,1", "household-of-itself", "household_of")]
    [TestCase("1,,Ann,,,,,,,,,,,,,,,,7", "household-unknown", "household_of")]
    public void AWrongRowIsToldWithItsColumn(string row, string code, string column)
    {
        var report = Try(row).Value;
        var error = report.Problems.Single(problem => problem.Severity == Severity.Error);
        Assert.That((report.NotTaken!.Code, error.Code, error.Column), Is.EqualTo(("rows-rejected", code, column)));
        Assert.That(error.Value ?? "", Does.Not.Contain("90000001").And.Not.Contain("123456789012345678"));
    }

    [TestCase("1,,Ann,,,,,,2024-01-01,,,,,,sepa,COBADEFFXXX,DE89 3704 0044 0532 0130 00,,")]
    [TestCase("1,,Ann,,,,,,2024-01-01,,EIN,90-0000001,,,bacs,12-34-56,12345678,,")]
    public void NumbersWrittenForReadingAreTaken(string row) => Assert.That(Import(row).Committed, Is.True);

    [Test]
    public void TheSameNumberTwiceInAFileIsAnError() =>
        Assert.That(Try("1,,Ann,,,,,,2024-01-01,,,,,,,,,,", "1,,Ann,,,,,,2024-01-01,,,,,,,,,,").Value.Problems.Single().Code, Is.EqualTo("member-twice"));

    [Test]
    public void AnUnknownClassIsCreatedOnlyWhenTold()
    {
        var request = Request("1,,Ann,,,,,worker,2024-01-01,,,,,,,,,,");
        var report = new ImportMembers(database.Books, keys).Run(request with { CreateClasses = false }).Value;
        Assert.That((report.Problems.Single().Code, report.Committed), Is.EqualTo(("class-unknown", false)));
        Assert.That(new ImportMembers(database.Books, keys).Run(request).Value.Created, Is.EqualTo(new[] { "class worker" }));
    }

    [Test]
    public void AHouseholdMayStandBeforeItsOwner()
    {
        Import("3,,Cy,,,,,,2024-01-01,,,,,,,,,,2", "2,,Bo,,,,,,2024-01-01,,,,,,,,,,1", "1,,Ann,,,,,,2024-01-01,,,,,,,,,,");
        Assert.That((Member("2").HouseholdOfId, Member("3").HouseholdOfId), Is.EqualTo(((int?)Member("1").Id, (int?)Member("2").Id)));
    }

    [Test]
    public void AHouseholdWhoseOwnerWasRejectedGoesWithIt()
    {
        var report = new ImportMembers(database.Books, keys).Run(Request("2,,Bo,,,,,,2024-01-01,,,,,,,,,,1", "1,,,,,,,,,,,,,,,,,,", "3,,Cy,,,,,,2024-01-01,,,,,,,,,,", "4,,Di,,,,,,2024-01-01,,,,,,,,,,") with { TakeGoodRows = true }).Value;
        Assert.That((report.Committed, report.Totals.Accepted, report.Totals.Rejected, report.Members), Is.EqualTo((true, 2L, 2L, new MemberCounts(2, 0, 0))));
        Assert.That(report.Problems.Where(p => p.Severity == Severity.Error).Select(p => (p.Line, p.Code)), Is.EqualTo(new[] { (2L, "household-unknown"), (3L, "name-missing") }));
    }

    [Test]
    public void PossibleTwinsAreWarnedOf()
    {
        Import("1,,Ann Lee,,,Elm Street 1,44105,,2024-01-01,,SSN,900000001,,,,,,,");
        var report = Import("2,,A. Lee,,,,,,2024-01-01,,SSN,900-00-0001,,,,,,,", "3,,ANN LEE,,,Elm Street 1,44105,,2024-01-01,,,,,,,,,,", "1,,,,,,,,,,SSN,900000001,,,,,,,");
        Assert.That(report.Problems.Select(problem => (problem.Line, problem.Code, problem.Column, problem.Expected.Contains("member 1 ", StringComparison.Ordinal))),
            Is.EqualTo(new[] { (2L, "possible-duplicate", "tax_id", true), (3L, "possible-duplicate", "name", true) }));
    }

    [Test]
    public void ALostKeyFileStopsTheImportAndIsNotReplaced()
    {
        Import("1,,Ann,,,,,,2024-01-01,,SSN,900000001,,,,,,,");
        File.Delete(keys.Path);
        Assert.That(Try("2,,Bo,,,,,,2024-01-01,,SSN,900000002,,,,,,,").Refusal!.Code, Is.EqualTo("keys-lost"));
        Assert.That((File.Exists(keys.Path), database.Books.Read(db => db.Members.Count())), Is.EqualTo((false, 1)));
    }

    [Test]
    public void ACheckMakesNoKeyFile()
    {
        var report = new ImportMembers(database.Books, keys).Run(Request("1,,Ann,,,,,,2024-01-01,,SSN,900000001,,,,,,,") with { CheckOnly = true }).Value;
        Assert.That((report.NotTaken, keys.Exists), Is.EqualTo(((Refusal?)null, false)));
    }

    [Test]
    public void AFileOfMembersHasNoTotal() =>
        Assert.That(new ImportMembers(database.Books, keys).Run(Request() with { ExpectTotal = Money.Zero }).Refusal!.Code, Is.EqualTo("nothing-to-total"));
}
