using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>Members kept by hand: what the office's forms do, and what they refuse.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class OfficeMembersTests(TestDatabase databases)
{
    private static readonly DateOnly Joined = new(2025, 4, 1), Today = new(2026, 1, 15);
    private OpenTestDatabase database = null!;
    private KeyFile keys = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        var coOp = SampleCoOp.In(database).CoOp;
        database.Books.Write<int>(dryRun: false, db => db.Add(new MemberClass { CoOpId = coOp.Id, Code = "worker", Name = "Workers" }) is null ? 0 : 1);
        keys = new KeyFile(Path.Combine(Path.GetTempPath(), $"evergreen-keys-{Guid.NewGuid():N}"));
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        File.Delete(keys.Path);
    }

    private static Particulars Person(string given, string family, string? email = null) => new() { GivenName = given, FamilyName = family, Email = email };

    private Outcome<Member> Enrol(Particulars who, string? number = null, string? @class = null, ConsentKind? consent = null, DateOnly? consentOn = null) =>
        new EnrolMember(database.Books).Run(new(null, number, who, @class is null ? [] : [@class], Joined, "ann", consent, consentOn));

    private MemberPage.Content Page(string number) => new MemberPage(database.Books).Run(null, number).Value;

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    private IReadOnlyList<MemberTimeline.Event> Timeline(string number) => new MemberTimeline(database.Books).Run(null, number).Value.Events;

    [Test]
    public void MemberIsEnrolledWithTheNextFreeNumberAndItsFacts()
    {
        Assert.That(Enrol(Person("Ana", "Gómez", "ana@example.org"), consent: ConsentKind.Bylaw, consentOn: Joined, @class: "worker").Value.Number, Is.EqualTo("0001"));
        Assert.That(Enrol(Person("Bo", "Li"), number: "C-099").Value.Number, Is.EqualTo("C-099"));
        Assert.That(new EnrolMember(database.Books).NextNumber(null).Value, Is.EqualTo("C-100"), "as the form says before");
        Assert.That(Enrol(Person("Cy", "Ott")).Value.Number, Is.EqualTo("C-100"));
        var page = Page("0001");
        Assert.That((page.Particulars.Name, page.Status, page.Classes[0], page.Consent.Ranges.Single().From, page.Version), Is.EqualTo(("Ana Gómez", (MemberStatus?)MemberStatus.Active, "worker", new DateOnly(2026, 1, 1), 1)));
        Assert.That(Timeline("0001").Single().What, Is.EqualTo("Enrolled: joined on 2025-04-01"));
    }

    [Test]
    public void TimelineSaysFromWhereAndIsFilteredByWhatWhoAndWhen()
    {
        Evergreen.Application.Audit.Whence.Begin("192.0.2.7");
        Enrol(Person("Ana", "Gómez"));
        database.Clock.Advance(TimeSpan.FromDays(2));
        new AddNote(database.Books).Run(new(null, "0001", "Called", "bo"));
        var timeline = new MemberTimeline(database.Books);
        MemberTimeline.Page Look(MemberTimeline.Filter? filter = null) => timeline.Run(null, "0001", null, filter).Value;
        Assert.That(Look().Events.Select(one => (one.Kind, one.By, one.From)), Is.EqualTo(new[] { ("note", "bo", "192.0.2.7"), ("members.enrol", "ann", "192.0.2.7") }));
        Assert.That((Look().Count, string.Join(' ', Look().Kinds), string.Join(' ', Look().People)), Is.EqualTo((2, "members.enrol note", "ann bo")));
        var day = DateOnly.FromDateTime(database.Books.Now);
        foreach (var (filter, kind) in ((MemberTimeline.Filter, string)[])[(new(What: "note"), "note"), (new(What: "members."), "members.enrol"), (new(By: "ann"), "members.enrol"), (new(Since: day), "note"), (new(Until: day.AddDays(-1)), "members.enrol")])
            Assert.That((Look(filter).Events.Single().Kind, Look(filter).Count), Is.EqualTo((kind, 1)), filter.ToString());
        Assert.That(Look(new(What: "note", By: "ann")) is { Count: 0, Kinds.Count: 2 }, "what can be chosen stays");
    }

    [Test]
    public void WhatIsNotAMemberIsRefused()
    {
        Enrol(Person("Ana", "Gómez"));
        Assert.That(Code(Enrol(new Particulars { Name = "  " })), Is.EqualTo("name-missing"));
        Assert.That(Code(Enrol(Person("Bo", new string('x', 201)))), Is.EqualTo("text-too-long"));
        Assert.That(Code(Enrol(Person("Bo", "Li", "bo at example"))), Is.EqualTo("email-form"));
        Assert.That(Code(Enrol(Person("Bo", "Li") with { Country = "USA" })), Is.EqualTo("country-form"));
        Assert.That(Code(Enrol(Person("Bo", "Li") with { Language = "English!" })), Is.EqualTo("language-form"));
        Assert.That(Code(Enrol(Person("Bo", "Li"), number: "a/b")), Is.EqualTo("member-number-form"));
        Assert.That(Code(Enrol(Person("Bo", "Li"), number: "0001")), Is.EqualTo("member-number-taken"));
        Assert.That(Code(Enrol(Person("Bo", "Li"), @class: "driver")), Is.EqualTo("class-unknown"));
        Assert.That(Code(Enrol(Person("Bo", "Li"), consent: ConsentKind.Written)), Is.EqualTo("consent-undated"));
        Assert.That(new MemberList(database.Books).Run(new(null, new MemberFilter(null, null, null, null, false, false, Today))).Value.Count, Is.EqualTo(1));
    }

    [Test]
    public void NobodyWritesOverWhatAnotherChanged()
    {
        Enrol(Person("Ana", "Gómez"));
        var edit = new EditMember(database.Books);
        var read = Page("0001");
        var first = edit.Run(new(null, "0001", read.Version, read.Particulars with { City = "Ohio City" }, "ann")).Value;
        Assert.That((first.Version, first.Edits.Single().Field, first.Edits.Single().After), Is.EqualTo((2, "city", "Ohio City")));
        Assert.That(Code(edit.Run(new(null, "0001", read.Version, read.Particulars with { City = "Lakewood" }, "bea"))), Is.EqualTo("member-changed-meanwhile"));
        Assert.That(edit.Since(null, "0001", read.Version).Value.Select(one => (one.By, one.Before, one.After)), Is.EqualTo(new[] { ("ann", (string?)null, (string?)"Ohio City") }));
        Assert.That(Page("0001").Particulars.City, Is.EqualTo("Ohio City"));
        Assert.That(edit.Run(new(null, "0001", 2, Page("0001").Particulars.ForAForm(), "ann")).Value.Edits, Is.Empty, "nothing different is nothing changed");
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        edit.Run(new(null, "0001", 2, Page("0001").Particulars.ForAForm() with { GivenName = "Anna" }, "ann"));
        Assert.That(Page("0001").Particulars.Name, Is.EqualTo("Anna Gómez"), "a name made of its parts follows them");
        var told = Timeline("0001").Last(one => one.Kind == "members.edit");
        Assert.That((told.By, told.Changes.Single()), Is.EqualTo(("ann", new MemberTimeline.Change("city", null, "Ohio City"))));
    }

    [TestCase("ach", "123400009", "123", "bank-routing-form")]
    [TestCase("ach", "123400008", "", "ach-account-form")]
    [TestCase("bacs", "12-34", "12345678", "sort-code-form")]
    [TestCase("bacs", "12-34-56", "1234567", "bacs-account-form")]
    [TestCase("sepa", "ABC", "DE89370400440532013000", "bic-form")]
    [TestCase("sepa", "", "DE89370400440532013001", "iban-form")]
    [TestCase("giro", "", "1", "bank-scheme-unknown")]
    public void AccountToWhichNoMoneyComesIsRefused(string scheme, string routing, string account, string code)
    {
        Enrol(Person("Ana", "Gómez"));
        Assert.That(Code(new ChangeBankDetails(database.Books, keys).Run(new(null, "0001", new BankDetails(scheme, routing, account, null), "ann"))), Is.EqualTo(code));
    }

    [Test]
    public void SecretsAreSealedMaskedAndShownOnlyForAReason()
    {
        Enrol(Person("Ana", "Gómez"));
        Assert.That(Code(new ChangeTaxId(database.Books, keys).Run(new(null, "0001", "SSN", "12345", "ann"))), Is.EqualTo("tax-id-form"));
        Assert.That(Code(new ChangeTaxId(database.Books, keys).Run(new(null, "0001", "VAT", "900000001", "ann"))), Is.EqualTo("tax-id-type-unknown"));
        Assert.That(new ChangeTaxId(database.Books, keys).Run(new(null, "0001", "SSN", "900-00-0001", "ann")).Value, Is.EqualTo("0001"));
        Assert.That(new ChangeBankDetails(database.Books, keys).Run(new(null, "0001", new BankDetails("ach", "123 400 008", "0004554178", "savings"), "ann")).Value, Is.EqualTo("4178"));
        var page = Page("0001");
        Assert.That((page.TaxIdMasked, page.BankAccountMasked, page.BankRouting, page.BankAccountType), Is.EqualTo(("••••0001", "••••4178", "123400008", "savings")));

        var reveal = new RevealSecret(database.Books, keys);
        Assert.That(Code(reveal.Run(new(null, "0001", MemberSecret.TaxId, "  ", "ann"))), Is.EqualTo("reveal-reason-missing"));
        Assert.That(reveal.Run(new(null, "0001", MemberSecret.TaxId, "asked for by the member", "ann")).Value, Is.EqualTo("900000001"));
        Assert.That(reveal.Run(new(null, "0001", MemberSecret.BankAccount, "payment came back", "bea")).Value, Is.EqualTo("0004554178"));
        var reads = database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "secrets.read").OrderBy(record => record.Id).Select(record => record.By + ": " + record.Detail).ToList());
        Assert.That(reads, Is.EqualTo(new[] { "ann: tax number: asked for by the member", "bea: bank account: payment came back" }));
        var everything = database.Books.Read(db => db.AuditRecords.Select(record => record.Subject + record.Detail).ToList().Concat(db.MemberEdits.Select(edit => edit.Before + edit.After).ToList()));
        Assert.That(everything, Has.None.Contains("900000001").And.None.Contains("0004554178"));

        Assert.That(new ChangeBankDetails(database.Books, keys).Run(new(null, "0001", new BankDetails(null, null, null, null), "ann")).Value, Is.Null);
        Assert.That(Code(reveal.Run(new(null, "0001", MemberSecret.BankAccount, "payment came back", "bea"))), Is.EqualTo("secret-missing"));
        Assert.That(new ChangeTaxId(database.Books, keys).Run(new(null, "0001", null, null, "ann")).Value, Is.Null);
    }

    [Test]
    public void WhatSomebodyElseEnteredOfAccountAndTaxNumberIsNotWrittenOverUnseen()
    {
        Enrol(Person("Ana", "Gómez"));
        var (bank, tax, read) = (new ChangeBankDetails(database.Books, keys), new ChangeTaxId(database.Books, keys), Page("0001").Version);
        BankDetails first = new("ach", "123400008", "0004554178", "savings"), second = new("ach", "123400008", "0004554179", "savings");
        Assert.That(bank.Run(new(null, "0001", first, "ann", read)).Value, Is.EqualTo("4178"));
        Assert.That(tax.Run(new(null, "0001", "SSN", "900-00-0001", "ann", read)).Value, Is.EqualTo("0001"), "the one is no change of the other");
        Assert.That(Code(bank.Run(new(null, "0001", second, "bea", read))), Is.EqualTo("member-changed-meanwhile"));
        Assert.That(Code(tax.Run(new(null, "0001", "SSN", "900-00-0002", "bea", read))), Is.EqualTo("member-changed-meanwhile"));
        Assert.That((Page("0001").BankAccountMasked, Page("0001").TaxIdMasked), Is.EqualTo(("••••4178", "••••0001")));
        var now = Page("0001").Version;
        new EditMember(database.Books).Run(new(null, "0001", now, Page("0001").Particulars.ForAForm() with { City = "Lakewood" }, "ann"));
        Assert.That(bank.Run(new(null, "0001", second, "bea", now)).Value, Is.EqualTo("4179"), "a new town is no new account");
        Assert.That(tax.Run(new(null, "0001", "SSN", "900-00-0002", "bea", now)).Value, Is.EqualTo("0002"));
    }

    [Test]
    public void HouseholdsHaveOnePrimaryOwner()
    {
        foreach (var name in new[] { "Ana", "Bo", "Cy" }) Enrol(Person(name, "Gómez"));
        var join = new JoinHousehold(database.Books);
        Outcome<HouseholdChange> Join(string member, string? owner, DateOnly? on = null) => join.Run(new(null, member, owner, on ?? Today, "ann"));
        Assert.That(Code(Join("0001", "0001")), Is.EqualTo("household-of-itself"));
        Assert.That(Code(Join("0002", null)), Is.EqualTo("household-unchanged"));
        Assert.That(Code(Join("0002", "0001", Today.AddDays(1))), Is.EqualTo("day-not-yet"));
        Assert.That(Join("0002", "0001").Value.OwnerId, Is.Not.Null);
        Assert.That(Code(Join("0003", "0002")), Is.EqualTo("household-owner-in-another"));
        Assert.That(Code(Join("0001", "0003")), Is.EqualTo("household-has-members"));
        var households = new ListHouseholds(database.Books).Run(null).Value;
        Assert.That((households.Count, households.Households.Single().Owner.Number, households.Households.Single().Others.Single().Number), Is.EqualTo((1L, "0001", "0002")));
        Assert.That((Page("0002").HouseholdOf!.Number, Page("0001").Household.Single().Number), Is.EqualTo(("0001", "0002")));
        Assert.That(Join("0002", null).Value.OwnerId, Is.Null);
        Assert.That(Page("0002").HouseholdHistory.Select(fact => fact.Owner), Is.EqualTo(new[] { null, "0001" }));
    }

    [Test]
    public void NotesAndDocumentsAreKeptAsTheyAre()
    {
        Enrol(Person("Ana", "Gómez"));
        var notes = new AddNote(database.Books);
        Assert.That(Code(notes.Run(new(null, "0001", " ", "ann"))), Is.EqualTo("note-empty"));
        Assert.That(Code(notes.Run(new(null, "0001", new string('x', 4_001), "ann"))), Is.EqualTo("note-too-long"));
        notes.Run(new(null, "0001", "Called about the <statement>.", "ann"));
        Assert.That(Page("0001").Notes.Single().Text, Is.EqualTo("Called about the <statement>."));

        var add = new AddDocument(database.Books);
        Assert.That(Code(add.Run(new(null, "0001", "a.pdf", "<html><script>alert(1)</script>"u8.ToArray(), "ann"))), Is.EqualTo("document-form"));
        Assert.That(Code(add.Run(new(null, "0001", "a.pdf", new byte[MemberDocument.Largest + 1], "ann"))), Is.EqualTo("document-too-large"));
        var kept = add.Run(new(null, "0001", @"C:\scans\..\signed ""application"".exe", "%PDF-1.7 …"u8.ToArray(), "ann")).Value;
        Assert.That((kept.FileName, kept.MediaType, kept.Id.Length), Is.EqualTo(("signed application.exe", "application/pdf", 32)));
        Assert.That(new ReadDocument(database.Books).Run(null, "0001", kept.Id, "bea").Value.Bytes, Is.EqualTo(Encoding.UTF8.GetBytes("%PDF-1.7 …")));
        Assert.That(Code(new ReadDocument(database.Books).Run(null, "0001", new string('0', 32), "bea")), Is.EqualTo("document-unknown"));
        Assert.That(Timeline("0001").Select(one => one.Kind), Is.SupersetOf(new[] { "note", "members.document", "members.document-read", "members.enrol" }));
    }

    [Test]
    public void ApplicationBecomesAMemberOrIsDeclinedOnce()
    {
        var receive = new ReceiveApplication(database.Books);
        Assert.That(Code(receive.Run(new(null, Person("Ana", "Gómez"), "driver", Today, null, "ann"))), Is.EqualTo("class-unknown"));
        Assert.That(receive.Run(new(null, Person("Ana", "Gómez"), "worker", Joined, Joined, "ann")).Value.Number, Is.EqualTo(1));
        Assert.That(receive.Run(new(null, Person("Bo", "Li"), null, Joined, null, "ann")).Value.Number, Is.EqualTo(2));
        var list = new ListApplications(database.Books);
        Assert.That((list.Waiting(null).Value, list.Run(null).Value.Count), Is.EqualTo((2, 2)));

        var member = new ApproveApplication(database.Books).Run(new(null, 1, Today, "ada")).Value;
        var page = Page(member.Number);
        Assert.That((member.Number, page.Classes.Single(), page.ConsentHistory.Single().On, page.StatusHistory.Single().On), Is.EqualTo(("0001", "worker", Today, Today)), "consent comes of being accepted, not before");
        Assert.That(Code(new ApproveApplication(database.Books).Run(new(null, 1, Today, "ada"))), Is.EqualTo("application-decided"));
        var decline = new DeclineApplication(database.Books);
        Assert.That(Code(decline.Run(new(null, 2, " ", "ada"))), Is.EqualTo("decline-reason-missing"));
        Assert.That(decline.Run(new(null, 2, "Lives outside the area.", "ada")).Value.Reason, Is.EqualTo("Lives outside the area."));
        Assert.That(Code(decline.Run(new(null, 3, "No.", "ada"))), Is.EqualTo("application-unknown"));
        Assert.That(list.Run(null, decided: true).Value.Rows.Select(row => (row.Application.Number, row.Decision!.Approved, row.Member)), Is.EqualTo(new[] { (2, false, (string?)null), (1, true, "0001") }));
        Assert.That(list.Waiting(null).Value, Is.Zero);
        Assert.That((list.One(null, 1).Value.Member, list.One(null, 2).Value.Member, Code(list.One(null, 3))), Is.EqualTo(("0001", (string?)null, "application-unknown")));
    }

    [Test]
    public void InboxIsReadPageByPage()
    {
        var receive = new ReceiveApplication(database.Books);
        for (var i = 1; i <= ListApplications.PageSize + 3; i++) Assert.That(receive.Run(new(null, Person("Ana", $"No {i}"), null, Joined, null, "ann")).Value.Number, Is.EqualTo(i));
        var list = new ListApplications(database.Books);
        var first = list.Run(null).Value;
        Assert.That((first.Rows.Count, first.Count, first.Next), Is.EqualTo((ListApplications.PageSize, ListApplications.PageSize + 3L, $"{ListApplications.PageSize}")));
        var rest = list.Run(null, after: first.Next).Value;
        Assert.That(rest.Rows.Select(row => row.Application.Number), Is.EqualTo(Enumerable.Range(ListApplications.PageSize + 1, 3)));
        Assert.That(rest.Next, Is.Null);
        foreach (var number in (int[])[2, 5, 3]) new DeclineApplication(database.Books).Run(new(null, number, "Lives outside the area.", "ada"));
        Assert.That(list.Run(null, decided: true, after: "5").Value.Rows.Select(row => row.Application.Number), Is.EqualTo(new[] { 3, 2 }), "the newest first");
    }

    [Test]
    public void LettersAreWrittenToThoseTheyAreDueTo()
    {
        Enrol(Person("Ana", "Gómez"));
        new ReceiveApplication(database.Books).Run(new(null, Person("Bo", "Li"), null, Joined, null, "ann"));
        var write = new WriteLetter(database.Books);
        Assert.That(Code(write.Declined(null, 1, "ann")), Is.EqualTo("letter-not-due"));
        Assert.That(Code(write.Exit(null, "0001", "ann")), Is.EqualTo("letter-not-due"));
        new DeclineApplication(database.Books).Run(new(null, 1, "Lives outside the area.", "ada"));
        var welcome = write.Welcome(null, "0001", "ann").Value;
        new ChangeStatus(database.Books).Run(new(null, "0001", MemberStatus.Left, Today, "ann"));
        foreach (var letter in new[] { welcome, write.Declined(null, 1, "ann").Value, write.Exit(null, "0001", "ann").Value })
            Assert.That(Encoding.ASCII.GetString(letter.Pdf, 0, 5), Is.EqualTo("%PDF-"));
        Assert.That(welcome.FileName, Is.EqualTo("member-0001-welcome.pdf"));
    }

    [Test]
    public void FiltersAreTheOwnersOrShared()
    {
        var filters = new SaveFilter(database.Books);
        Assert.That(Code(filters.Run(new(null, "members", " ", "status=Active", false, "ann"))), Is.EqualTo("filter-name-missing"));
        filters.Run(new(null, "members", "Active ones", "?status=Active", false, "ann"));
        filters.Run(new(null, "members", "Active ones", "status=Active&sort=name", false, "ann"));
        var shared = filters.Run(new(null, "members", "Without consent", "missingConsent=true", true, "ann")).Value;
        Assert.That(filters.Of(null, "members", "ann").Value.Select(one => (one.Name, one.Query)), Is.EqualTo(new[] { ("Active ones", "status=Active&sort=name"), ("Without consent", "missingConsent=true") }));
        Assert.That(filters.Of(null, "members", "bea").Value.Select(one => one.Name), Is.EqualTo(new[] { "Without consent" }));
        Assert.That(Code(filters.Remove(null, shared.Id, "bea")), Is.EqualTo("filter-unknown"));
        Assert.That(filters.Remove(null, shared.Id, "ann").IsRefused, Is.False);
    }
}
