using System.Globalization;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Audit;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests;

/// <summary>What is kept of a person, handed out and erased; the books stay what they were.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ErasePersonTests(TestDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 1, 15);
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
        var read = new MemberPage(database.Books).Run(null, "0001").Value;
        new EditMember(database.Books).Run(new(null, "0001", read.Version, new Particulars { Name = "Ana Quill", Email = "quill@example.org", AddressLine1 = "12 Quill Street" }, "ann"));
        new AddNote(database.Books).Run(new(null, "0001", "Quill likes rye.", "ann"));
        new AddDocument(database.Books).Run(new(null, "0001", "quill.txt", "Quill"u8.ToArray(), "ann"));
        new NameBeneficiary(database.Books).Run(new(null, "0001", "Bo Quill", Kinship.Child, null, 100, false, "member 0001"));
    }

    [TearDown]
    public void Close() => database.Dispose();

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    private Outcome<ErasePerson.Result> Erase(int number = 1) => new ErasePerson(database.Books).Run(new(null, number, null, "ann"));

    private void Ask() => new AskForErasure(database.Books).Run(new(null, "0001", "Quill asks", "member 0001"));

    private void Leave(DateOnly on) => new ChangeStatus(database.Books).Run(new(null, "0001", MemberStatus.Left, on, "ann"));

    /// <summary>The co-op pays the member out.</summary>
    private void PayOut() => database.Books.Write<int>(false, db =>
    {
        var lots = new MemberAccount(database.Books).Run(null, "0001").Value;
        var lines = lots.CapitalLots.Concat(lots.OwedLots).Where(lot => lot.Balance != Money.Zero).Select(lot => new EntryLine(lot.AccountCode, bakery.Members[0].Id, lot.FiscalYear, lot.Balance.Cents)).ToList();
        var sum = lines.Sum(line => line.AmountCents);
        Evergreen.Application.Storage.LedgerGuard.Append(db, bakery.CoOp, [new EntryDraft(EntryKind.EquityContribution, 900, db.LedgerEntries.Count(), Today, "Paid out", null, [.. lines, new EntryLine(AccountCodes.NetAssets, null, null, -sum)])], database.Books.Now);
        return lines.Count;
    });

    [Test]
    public void PersonIsErasedAndTheBooksStillCheck()
    {
        Ask();
        Leave(Today);
        PayOut();
        var account = database.Books.Write<int>(false, db =>
        {
            var user = new SignIn { UserName = "quill@example.org", NormalizedUserName = "QUILL@EXAMPLE.ORG", Email = "quill@example.org", DisplayName = "Ana Quill", CreatedAt = database.Books.Now, PasswordHash = "x" };
            db.Add(user);
            db.SaveChanges();
            db.Add(new MemberSignIn { UserId = user.Id, CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[0].Id, LinkedAt = database.Books.Now, LinkedBy = "ann" });
            db.Add(new RoleGrant { UserId = user.Id, CoOpId = bakery.CoOp.Id, Role = Role.Member, GrantedAt = database.Books.Now, GrantedBy = "ann" });
            db.Add(new IdentityUserLogin<int> { UserId = user.Id, LoginProvider = "https://id.example", ProviderKey = "quill-17" });
            var app = new App { CoOpId = bakery.CoOp.Id, Kind = AppKind.ForMembers, Scopes = "openid", RegisteredAt = database.Books.Now, RegisteredBy = "bea", ClientId = "app-1", DisplayName = "Budget" };
            foreach (var subject in (string[])[user.Id.ToString(CultureInfo.InvariantCulture), "999"])
            {
                var consent = new AppConsent { Application = app, Subject = subject, Scopes = "[\"openid\"]", Status = "valid", Type = "permanent", CreationDate = database.Books.Now };
                db.AddRange(consent, new AppToken { Application = app, Authorization = consent, Subject = subject, Status = "valid", Type = "access_token", CreationDate = database.Books.Now });
            }
            return user.Id;
        }).Value;
        var chain = database.Books.Read(db => db.LedgerEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).ToList());
        var done = Erase().Value;
        Assert.That((done.Member, done.Address, done.Name), Is.EqualTo(("0001", "quill@example.org", "Ana Quill")), "to be told a last time");
        Assert.That(new MemberPage(database.Books).Run(null, "0001").Value.Particulars, Is.EqualTo(new Particulars { Name = "Former member 0001" }));
        Assert.That(Encoding.UTF8.GetString(RecordOfPerson.Json(new RecordOfPerson(database.Books).Run(null, "0001", "ann").Value)), Does.Not.Contain("Quill").And.Not.Contain("quill").And.Contain("Former member 0001"));
        Assert.That(new MyRequests(database.Books).One(null, "0001", 1).Value.Closing!.Ending, Is.EqualTo(RequestEnding.Granted));
        Assert.That(new MemberAccount(database.Books).Run(null, "0001").Value.CapitalLots.Sum(lot => lot.Movements.Count), Is.EqualTo(4), "the ledger's lines stay");
        Assert.That(database.Books.Read(db => db.LedgerEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Hash).ToList()), Is.EqualTo(chain));
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
        Assert.That(database.Books.Read(db => db.Members.Single(one => one.Number == "0001").SearchKey), Does.Not.Contain("quill"));
        var user = database.Books.Read(db => db.SignIns.Single(one => one.Id == account));
        Assert.That((user.UserName, user.Email, user.DisplayName, user.PasswordHash, user.DisabledAt is null), Is.EqualTo(($"erased-{account}", (string?)null, "Former member", (string?)null, false)));
        Assert.That(database.Books.Read(db => db.MemberSignIns.Single().EndedBy), Is.EqualTo("ann"));
        Assert.That(database.Books.Read(db => (db.Set<IdentityUserLogin<int>>().Count(), db.AppConsents.Single().Subject, db.AppTokens.Single().Subject)), Is.EqualTo((0, "999", "999")), "no way in from outside and no app is left, but another's");
        Assert.That(Code(Erase()), Is.EqualTo("request-closed"));
    }

    /// <summary>On each database: what stood in columns goes out of all of them, and the trail never held it.</summary>
    [Test]
    public void NoColumnOfAnyTableNamesWhoWasErased()
    {
        const string Mail = "quill@example.org", Password = "four plain words here", Machine = "203.0.113.77";
        var (books, mode) = (database.Books, new AccessMode(started: false));
        var code = new InviteMember(books).Run(new(null, "0001", InvitationWay.Mail, "ann", "192.0.2.1")).Value.Code;
        new FindMemberInvitation(books).Run(new(code, "7777", Machine));
        var account = new AcceptMembership(books).Run(new(code, "0001", null, new(Mail, Password), Machine)).Value.UserId;
        foreach (var (mail, password) in ((string, string)[])[(Mail, "a wrong guess"), ("quil@example.org", Password), (Mail, Password)]) new EnterWithPassword(books, mode).Run(new(mail, password, Machine));
        new StartSession(books, mode).Run(new(account, Proof.Password, Machine, "Quillphone"));
        new QueueMail(books).Run(new("planted", bakery.CoOp.Id, bakery.Members[0].Id, Mail, "Ana Quill", MailLetter.Of("News", ["Dear Ana Quill"], null, "The bakery"), "ann"));
        Ask();
        Leave(Today);
        PayOut();
        var other = new EnterWithPassword(books, mode).Run(new("somebody@example.org", Password, "192.0.2.9"));
        Assert.That(Naming("quill", Machine), Is.SupersetOf(new[] { "Members.Name", "SignIns.UserName", "SignInSessions.From", "SignInAttempts.From", "Mails.Text", "MemberRequests.Words", "AuditAddresses.Address" }).And.None.StartsWith("AuditRecords."));
        var timeline = new AuditTimeline.Request(bakery.CoOp.Id) { WholeHouse = true, By = Mail };
        var before = new AuditTimeline(books).Run(timeline).Value.Records;
        Assert.That(before.Where(record => record.Verb is "access.sign-in" or "members.sign-in").Select(record => (record.By, record.From)), Is.EquivalentTo(new[] { (Mail, Machine), ("member 0001", Machine) }));
        Assert.That(Erase().IsRefused, Is.False);
        if (books.Address.Path is { } file)
            foreach (var part in (string[])[file, $"{file}-wal"]) Assert.That(Text(part).Contains("quill", StringComparison.OrdinalIgnoreCase) || Text(part).Contains(Machine, StringComparison.Ordinal), Is.False, $"{part}: no byte of it is left");
        Assert.That(Naming("quill", Machine), Is.Empty);
        Assert.That((other.IsRefused, Naming("192.0.2.9")), Is.EqualTo((true, new[] { "AuditAddresses.Address", "SignInAttempts.From" })), "others' stay");
        Assert.That(new CheckBooks(books).Run(new()).Value.Findings, Is.Empty, "the chain verifies");
        Assert.That(new AuditTimeline(books).Run(timeline).Value.Records, Is.Empty);
        var after = new AuditTimeline(books).Run(timeline with { By = $"sign-in {account}" }).Value;
        Assert.That(after.Records.Where(record => record.Verb == "access.sign-in").Select(record => (record.By, record.From)), Is.EqualTo(new[] { ($"sign-in {account}", Actors.Gone) }));
        Assert.That(after.People, Has.Member($"sign-in {account}").And.Member("member 0001").And.No.Member(Mail));
    }

    private static string Text(string file)
    {
        using var bytes = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(bytes, Encoding.Latin1);
        return text.ReadToEnd();
    }

    /// <returns>Each column of text in which one of these stands.</returns>
    private List<string> Naming(params string[] sought)
    {
        using var db = database.Books.Open();
        db.Database.OpenConnection();
        var found = new List<string>();
        foreach (var (table, column) in db.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()).SelectMany(entity => entity.GetProperties().Where(property => property.ClrType == typeof(string)).Select(property => (entity.GetTableName()!, property.GetColumnName()!))).Distinct().Order())
        {
            using var ask = db.Database.GetDbConnection().CreateCommand();
            ask.CommandText = $"SELECT COUNT(*) FROM \"{table}\" WHERE {string.Join(" OR ", sought.Select(one => $"lower(\"{column}\") LIKE '%{one}%'"))}";
            if (Convert.ToInt64(ask.ExecuteScalar(), CultureInfo.InvariantCulture) > 0) found.Add($"{table}.{column}");
        }
        return found;
    }

    [Test]
    public void WhoeverStillBelongsOrIsOwedIsNotErased()
    {
        Ask();
        Assert.That(Code(Erase()), Is.EqualTo("erasure-of-a-member"));
        Leave(Today);
        Assert.That(Code(Erase()), Is.EqualTo("erasure-while-owed"));
        Assert.That(Code(new AnswerRequest(database.Books).Run(new(null, 1, true, null, null, null, "ann"))), Is.EqualTo("erasure-is-an-act"), "an answer alone erases nothing");
        new AskToLeave(database.Books).Run(new(null, "0002", Today.AddDays(3), null, "member 0002"));
        Assert.That(Code(Erase(2)), Is.EqualTo("not-an-erasure"));
        Assert.That(new MemberPage(database.Books).Run(null, "0001").Value.Particulars.Name, Is.EqualTo("Ana Quill"));
    }

    [Test]
    public void NobodyIsErasedBetweenARunAndItsTaxPapers()
    {
        bakery.Adopt();
        bakery.Calculate();
        Ask();
        Leave(Today);
        PayOut();
        Assert.That(Code(Erase()), Is.EqualTo("erasure-during-run"));
        bakery.Approve();
        bakery.Post();
        PayOut();
        Assert.That(Code(Erase()), Is.EqualTo("erasure-before-tax-papers"));
        database.Clock.Advance(new DateTime(2027, 4, 1, 12, 0, 0, DateTimeKind.Utc) - database.Books.Now);
        Assert.That(Erase().IsRefused, Is.False);
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
    }

    [Test]
    public void EverythingKeptIsHandedOut()
    {
        bakery.Adopt();
        bakery.Calculate();
        bakery.Approve();
        bakery.Post();
        Ask();
        var record = new RecordOfPerson(database.Books).Run(null, "0001", "member 0001").Value;
        Assert.That((record.Particulars.Name, record.Statuses.Count, record.Dividends.Count, record.Notes.Single().Text, record.Documents.Single().FileName, record.Beneficiaries.Single().Name), Is.EqualTo(("Ana Quill", 1, 1, "Quill likes rye.", "quill.txt", "Bo Quill")));
        Assert.That(record.PatronageByYear.Single().Total, Is.EqualTo("2080.00"));
        Assert.That(record.Ledger, Has.Count.GreaterThan(2));
        var json = Encoding.UTF8.GetString(RecordOfPerson.Json(record));
        Assert.That(json, Does.Contain("\"kind\": \"erasure\"").And.Contain("12 Quill Street").And.Not.Contain("sealed"));
        Assert.That(database.Books.Read(db => db.AuditRecords.Any(one => one.Verb == "members.record" && one.Subject == "member 0001" && one.By == "member 0001")), Is.True);
        Assert.That(Code(new RecordOfPerson(database.Books).Run(null, "9999", "?")), Is.EqualTo("member-unknown"));
    }

    [Test]
    public void RehearsalShowsTheAccountantWhoGaveNewBankDetails()
    {
        bakery.Adopt();
        bakery.Calculate();
        database.Books.Write<int>(false, db =>
        {
            db.BankChanges.Add(new BankChange { CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[2].Id, At = database.Books.Now, By = "member 0003", InForceOn = Today.AddDays(7) });
            return 1;
        });
        var finding = new Rehearsal(database.Books).Run(null, Bakery.Run).Value.Findings.Single(one => one.Key == "bank-changed");
        Assert.That((finding.Count, finding.Members.Single().Number), Is.EqualTo((1, "0003")));
    }
}
