using System.Data.Common;
using System.Globalization;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;

namespace Evergreen.Application.Tests;

/// <summary>A person's record is everything that is kept: each table that can name a member or an account is read for it, or stands here with why not.</summary>
public sealed class RecordOfPersonTests
{
    /// <summary>Properties by which a row speaks of a member or of an account without a foreign key.</summary>
    private static readonly HashSet<string> Naming = new(StringComparer.Ordinal) { "MemberId", "UserId", "ForUserId", "OwnerId", "AdultId", "KeptId", "OtherId", "HouseholdOfId", "MemberNumber", "Mail", "ToAddress", "Email", "NameDigest", "Owner", "Subject" };

    /// <summary>What names a member or an account and is not in the record.</summary>
    private static readonly Dictionary<string, string> Apart = new(StringComparer.Ordinal)
    {
        ["HeldRow"] = "a number that is in nobody's record; matched to a member it becomes a purchase or hours, which are there",
        ["SignInAttempt"] = "counts tries by a digest of what was typed, which may be anybody's; kept for sixty days",
        ["MailLinkRequest"] = "an address as somebody typed it; gone as soon as it is answered, and the code that was sent is there",
        ["SavedFilter"] = "a filter of the office's lists, the office's own tool",
        ["Announcement"] = "tells other programs of a line of the audit, which is there",
        ["TextVersion"] = "a letter as the co-op words it to everyone; who worded it acted for the office",
        ["Payment"] = "what was paid is in the ledger, which is there; beside it stand the bank, which is in the bank details, and a digest that nobody can read",
        ["PaymentLeftOut"] = "why somebody was not paid yet; what they are owed is in the ledger, which is there",
        ["ExemptRecipient"] = "a mark on organisations of whom nothing is reported; setting it and taking it away are acts, which are there",
        ["EquityRedemption"] = "an act of the board; what it paid to the member are entries of the ledger, which are there",
        ["Job"] = "what the office had done, of a run or a file and not of a member",
    };

    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private SignIn AddAccount(int member = 0) => database.Books.Write<SignIn>(false, db =>
    {
        var user = new SignIn { UserName = "ana@example.org", NormalizedUserName = "ANA@EXAMPLE.ORG", Email = "ana@example.org", DisplayName = "Ana", CreatedAt = database.Books.Now, PasswordHash = "the-hash", AuthenticatorSealed = "the-seal", LastSignInAt = database.Books.Now };
        db.Add(user);
        db.SaveChanges();
        db.Add(new MemberSignIn { UserId = user.Id, CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[member].Id, LinkedAt = database.Books.Now, LinkedBy = "bea" });
        db.Add(new RoleGrant { UserId = user.Id, CoOpId = bakery.CoOp.Id, Role = Role.Member, GrantedAt = database.Books.Now, GrantedBy = "bea" });
        db.Add(new SignInSession { UserId = user.Id, KeyDigest = "the-key", Proof = Proof.Passkey, StartedAt = database.Books.Now, LastSeenAt = database.Books.Now, From = "192.0.2.7", Device = "Firefox on Linux" });
        db.Add(new IdentityUserPasskey<int> { UserId = user.Id, CredentialId = [1, 2, 3], Data = new IdentityPasskeyData { Name = "Ana's phone", CreatedAt = new DateTimeOffset(database.Books.Now), PublicKey = [9], Transports = [], AttestationObject = [], ClientDataJson = [] } });
        db.Add(new IdentityUserLogin<int> { UserId = user.Id, LoginProvider = "https://id.example", ProviderKey = "ana-17", ProviderDisplayName = "Example ID" });
        db.Add(new RecoveryCode { UserId = user.Id, Digest = "the-code", MadeAt = database.Books.Now });
        var app = new App { CoOpId = bakery.CoOp.Id, Kind = AppKind.ForMembers, Scopes = "openid my.stake", RegisteredAt = database.Books.Now, RegisteredBy = "bea", ClientId = "app-1", DisplayName = "Budget" };
        db.Add(app);
        db.SaveChanges();
        var consent = new AppConsent { Application = app, Subject = user.Id.ToString(CultureInfo.InvariantCulture), Scopes = "[\"openid\",\"my.stake\"]", Status = "valid", Type = "permanent", CreationDate = database.Books.Now };
        db.Add(consent);
        db.Add(new AppToken { Application = app, Authorization = consent, Subject = consent.Subject, Status = "valid", Type = "access_token", CreationDate = database.Books.Now.AddHours(1) });
        AuditTrail.Add(db, null, database.Books.Now, user.UserName, "access.password", $"sign-in {user.Id}", "changed", "192.0.2.7");
        AuditTrail.Add(db, bakery.CoOp.Id, database.Books.Now, "bea", "members.edit", "member 0001", "phone", "192.0.2.99");
        AuditTrail.Add(db, bakery.CoOp.Id, database.Books.Now, "bea", "members.edit", "member 0002", "phone", "192.0.2.99");
        return user;
    }).Value;

    [Test]
    public void EveryTableThatCanNameAMemberOrAnAccountIsReadOrHasItsReason()
    {
        AddAccount();
        var asked = new Asked();
        _ = new RecordOfPerson(new Books(database.Address, database.Clock, null, asked)).Run(null, "0001", "member 0001").Value;
        using var db = database.Books.Open();
        var naming = db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null && (entity.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(Member) || key.PrincipalEntityType.ClrType == typeof(SignIn))
            || entity.GetProperties().Any(property => Naming.Contains(property.Name)))).ToList();
        var unread = naming.Where(entity => !asked.Commands.Any(command => command.Contains($"\"{entity.GetTableName()}\"", StringComparison.Ordinal))).Select(entity => entity.ClrType.Name).ToList();
        Assert.That(naming, Has.Count.GreaterThan(30));
        Assert.That(unread, Is.SubsetOf(Apart.Keys));
        Assert.That(Apart.Keys, Is.SubsetOf(db.Model.GetEntityTypes().Select(entity => entity.ClrType.Name)), "no reason outlives its table");
    }

    [Test]
    public void WaysInAreToldWithoutTheirSecrets()
    {
        var user = AddAccount();
        var record = new RecordOfPerson(database.Books).Run(null, "0001", "member 0001").Value;
        var account = record.SignIn.Account!;
        Assert.That((account.Mail, account.LastSignInAt, account.RecoveryCodesLeft, account.HasPassword), Is.EqualTo(("ana@example.org", (DateTime?)database.Books.Now, 1, true)));
        Assert.That((account.Stays.Single().From, account.Stays.Single().Device, account.Passkeys.Single().Name, account.OutsideLogins.Single().Key), Is.EqualTo(("192.0.2.7", "Firefox on Linux", "Ana's phone", "ana-17")));
        Assert.That((account.Apps.Single().App, string.Join(' ', account.Apps.Single().Scopes), account.Apps.Single().LastTokenAt), Is.EqualTo(("Budget", "openid my.stake", (DateTime?)database.Books.Now.AddHours(1))));
        Assert.That(record.Acts.Where(act => act.Verb is "access.password" or "members.edit").Select(act => (act.By, act.From)), Is.EqualTo(new[] { ("ana@example.org", (string?)"192.0.2.7"), ("bea", null) }), "where others were is theirs");
        var json = Encoding.UTF8.GetString(RecordOfPerson.Json(record));
        foreach (var secret in (string[])["the-hash", "the-seal", "the-key", "the-code"]) Assert.That(json, Does.Not.Contain(secret));
        database.Books.Write<int>(false, db => db.MemberSignIns.Where(link => link.UserId == user.Id).ExecuteUpdate(set => set.SetProperty(link => link.EndedAt, database.Books.Now).SetProperty(link => link.EndedBy, "bea")));
        var after = new RecordOfPerson(database.Books).Run(null, "0001", "member 0001").Value.SignIn;
        Assert.That((after.Account, after.Links.Single().EndedBy), Is.EqualTo(((AccountOfPerson.Account?)null, "bea")), "an account that no longer stands for the member may be another's");
    }

    [Test]
    public void WhatWaitsWhatIsSharedAndWhatARowSaysAreThere()
    {
        new JoinHousehold(database.Books).Run(new(null, "0002", "0001", DateOnly.FromDateTime(database.Books.Now), "bea"));
        database.Books.Write<int>(false, db =>
        {
            db.Add(new HouseholdShare { CoOpId = bakery.CoOp.Id, OwnerId = bakery.Members[0].Id, AdultId = bakery.Members[1].Id, Share = Share.Stake, Allowed = true, At = database.Books.Now, By = "member 0001" });
            db.Add(new MailAddressChange { CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[0].Id, At = database.Books.Now, NewAddress = "new@example.org", CodeDigest = "the-digest" });
            return 1;
        });
        new AddDocument(database.Books).Run(new(null, "0001", "letter.txt", "Dear co-op"u8.ToArray(), "bea"));
        var record = new RecordOfPerson(database.Books).Run(null, "0001", "member 0001").Value;
        Assert.That(record.HouseholdShares.Select(one => (one.Owner, one.Adult, one.Part, one.Allowed)), Is.EqualTo(new[] { ("0001", "0002", Share.Stake, true) }));
        Assert.That(record.Households.Select(one => (one.Member, one.PrimaryOwner)), Is.EqualTo(new[] { ("0002", "0001") }));
        Assert.That(record.MailAddresses.Select(one => (one.Address, one.ConfirmedAt)), Is.EqualTo(new[] { ("new@example.org", (DateTime?)null) }));
        Assert.That(record.PurchasesAndHours.Select(row => (row.Quantity, row.Source, row.Reference, row.Import, row.Line)), Is.EqualTo(new[] { ("2080.00", "payroll", "h0", 1, 2L) }));
        Assert.That(Encoding.UTF8.GetString(record.Documents.Single().Content), Is.EqualTo("Dear co-op"));
        Assert.That(new RecordOfPerson(database.Books).Run(null, "0002", "member 0002").Value.HouseholdShares.Single().Owner, Is.EqualTo("0001"), "it is about both");
    }

    [Test]
    public void ListOfAllMembersIsALookAtEachOfThem()
    {
        var note = new NoteLook(database.Books);
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        note.Everybody(bakery.CoOp.Id, "bea");
        note.Everybody(bakery.CoOp.Id, "bea");
        note.Run(bakery.CoOp.Id, "0001", "Till (program-1)");
        Assert.That(new WhoLooked(database.Books).Run(null, "0001").Value.Select(look => (look.Verb, look.Person)), Is.EqualTo(new[] { ("members.look", "Till (program-1)"), ("members.register-read", "bea") }));
        Assert.That(new WhoLooked(database.Books).Run(null, "0002").Value.Select(look => look.Verb), Is.EqualTo(new[] { "members.register-read" }));
        database.Clock.Advance(TimeSpan.FromDays(1));
        var newcomer = new EnrolMember(database.Books).Run(new(null, null, new Particulars { Name = "New Comer" }, [], DateOnly.FromDateTime(database.Books.Now), "bea", null, null)).Value;
        Assert.That(new WhoLooked(database.Books).Run(null, newcomer.Number).Value, Is.Empty, "it was handed out before there was anything of them");
    }

    private sealed class Asked : DbCommandInterceptor
    {
        public List<string> Commands { get; } = [];

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Commands.Add(command.CommandText);
            return result;
        }
    }
}
