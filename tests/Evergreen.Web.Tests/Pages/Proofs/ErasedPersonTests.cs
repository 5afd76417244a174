using System.Globalization;
using System.Net;
using System.Text;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>A member who was invited, came in, did all sorts of things, was looked at and written to, and is erased: name, addresses and machine stand nowhere in the books any more, in no column and in no byte of the files, and the audit still says what was done.</summary>
public sealed class ErasedPersonTests
{
    private const string Mail = "quillon.marbury@planted.example", Machine = "203.0.113.77", Device = "Quillphone/7.7", Password = "four plain words here", Home = "/my/grocery", Requests = "/office/grocery/members/requests", Audit = "/office/grocery/audit";

    /// <summary>Of each thing that is planted, a part by which it is known however it is written.</summary>
    private static readonly string[] Planted = ["quill", "marbury", "planted.example", "777 4177", Machine];

    private static readonly string Joy = DemoSite.MailOf(Role.Administrator);

    private static Uri At(string path) => new(path, UriKind.Relative);

    [Test]
    public async Task NothingNamesThePersonAndTheTrailSaysWhatWasDone()
    {
        await using var site = await DemoSite.Start(null, services => services.AddSingleton<IStartupFilter>(new Elsewhere()));
        var (books, findings) = (site.Books, Findings(site));
        var number = new EnrolMember(books).Run(new("grocery", null, new Particulars { GivenName = "Quillon", FamilyName = "Marbury", Email = Mail, Phone = "+1 309 777 4177", AddressLine1 = "77 Quillfeather Lane" }, [], new DateOnly(2025, 3, 1), Joy)).Value.Number;
        var account = ComeIn(site, number);
        using var member = Browser(site);
        foreach (var (mail, password) in ((string, string)[])[(Mail, "a wrong guess"), ("quilon@planted.example", Password), (Mail, Password)]) (await member.Send("/sign-in", ("Mail", mail), ("Password", password))).Dispose();
        await Live(member);
        using var joy = await site.Enter(Role.Administrator);
        await BeSeenAndWrittenTo(site, joy, number);
        await CanBeFound(site, joy, number, account);

        new ChangeStatus(books).Run(new("grocery", number, MemberStatus.Left, DateOnly.FromDateTime(books.Now), Joy, "Quillon moves away"));
        var request = books.Read(db => db.MemberRequests.Single(one => one.Kind == RequestKind.Erasure && db.Members.Any(of => of.Id == one.MemberId && of.Number == number)).Number);
        using (var erased = await joy.SendTo($"{Requests}/{request}", $"{Requests}/{request}/erase", ("Typed", number))) Assert.That(erased.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await erased.Content.ReadAsStringAsync());

        Assert.That(Named(site), Is.Empty);
        Assert.That(Findings(site).Except(findings), Is.Empty, "the chain verifies");
        Assert.That(await joy.GetStringAsync(At($"{Audit}?by=member%20{number}")), Does.Contain("Asked for something").And.Contain("Named a beneficiary").And.Contain($"member {number}").And.Contain(Actors.Gone));
        Assert.That(await joy.GetStringAsync(At($"{Audit}?by=sign-in%20{account}")), Does.Contain("Signed in").And.Contain("Was denied").And.Contain($"sign-in {account}"));
        foreach (var handed in (string[])[await joy.GetStringAsync(At($"{Audit}/export")), Encoding.UTF8.GetString(RecordOfPerson.Json(new RecordOfPerson(books).Run("grocery", number, Joy).Value)), await joy.GetStringAsync(At($"/office/grocery/members/{number}/timeline"))])
            Assert.That(Planted.Where(one => handed.Contains(one, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        await site.Close();
        Pack(site.Database);
        // The mails that left stand in a folder only because this is a test.
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(site.Database)!, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(RunningSite.MailFolder(site.Database), StringComparison.Ordinal)))
        {
            var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.That(Planted.Where(one => bytes.Contains(one, StringComparison.OrdinalIgnoreCase)), Is.Empty, file);
        }
    }

    /// <summary>As the operators' guide says: pages that were split on the way keep copies in their gaps until then.</summary>
    private static void Pack(string database)
    {
        using var books = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        books.Open();
        using var pack = books.CreateCommand();
        pack.CommandText = "VACUUM";
        pack.ExecuteNonQuery();
    }

    private static IReadOnlyList<string> Findings(DemoSite site) => new CheckBooks(site.Books).Run(new()).Value.Findings;

    private static HttpClient Browser(DemoSite site)
    {
        var browser = site.Site.Visitor();
        browser.DefaultRequestHeaders.Add(Elsewhere.Header, Machine);
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Device);
        return browser;
    }

    /// <summary>Believes a browser of this test about the machine it is on.</summary>
    private sealed class Elsewhere : IStartupFilter
    {
        public const string Header = "Test-Machine";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (context.Request.Headers[Header] is [{ } machine]) context.Connection.RemoteIpAddress = IPAddress.Parse(machine);
                return go(context);
            });
            next(app);
        };
    }

    /// <summary>First as one of the office, which came to nothing; then as a member, after a wrong number.</summary>
    private static int ComeIn(DemoSite site, string number)
    {
        var (joy, coOp) = site.Books.Read(db => (db.SignIns.Single(user => user.UserName == Joy).Id, db.CoOps.Single(coOp => coOp.Code == "grocery").Id));
        var offered = new InvitePerson(site.Books).Run(new(coOp, Mail, "Quillon Marbury", Role.Clerk, joy, Joy, "192.0.2.1")).Value;
        Assert.That(new WithdrawInvitation(site.Books).Run(new(offered.InvitationId, coOp, joy, Joy, "192.0.2.1")).IsRefused, Is.False);
        var code = new InviteMember(site.Books).Run(new("grocery", number, InvitationWay.Mail, Joy, "192.0.2.1")).Value.Code;
        Assert.That(new FindMemberInvitation(site.Books).Run(new(code, "77777", Machine)).IsRefused, Is.True);
        return new AcceptMembership(site.Books).Run(new(code, number, null, new(Mail, Password), Machine)).Value.UserId;
    }

    /// <summary>What a member does in the portal, and what is not there for them.</summary>
    private static async Task Live(HttpClient member)
    {
        await Done("me/details", "me/details", ("Name", "Quillon Marbury"), ("GivenName", "Quillon"), ("FamilyName", "Marbury"), ("City", "Quillville"), ("Phone", "309 777 4177"), ("Language", "en"));
        await Done("me/details", "me/details/mail", ("Address", "quillon.new@planted.example"));
        await Done("me/beneficiary", "me/beneficiary", ("Name", "Bo Quill"), ("Kinship", "Child"), ("Percent", "100"));
        await Done("activity/reports/new?kind=Purchases", "activity/reports/new", ("Kind", "Purchases"), ("On", "2026-01-05"), ("Amount", "12.34"), ("Receipt", "Quill-1"), ("Words", "Marbury bought bread"));
        foreach (var other in (string[])["/my/laundry", "/office/grocery/members/1002"])
            using (var missing = await member.GetAsync(At(other))) Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), other);
        Assert.That(await member.GetStringAsync(At($"{Home}/me/data/record.json")), Does.Contain(Mail).And.Contain(Machine).And.Contain(Device).And.Contain("Quillville"), "the member is told");
        await Done("me/data", "me/data/erase", ("Words", "Quillon asks"));

        async Task Done(string page, string form, params (string, string)[] fields)
        {
            using var answer = await member.SendTo($"{Home}/{page}", $"{Home}/{form}", fields);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), form + await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task BeSeenAndWrittenTo(DemoSite site, HttpClient joy, string number)
    {
        var (books, letter) = (site.Books, MailLetter.Of("News", ["Dear Quillon Marbury, there is news."], null, "The co-op"));
        foreach (var page in (string[])["", "/timeline"]) await joy.GetStringAsync(At($"/office/grocery/members/{number}{page}"));
        new AddNote(books).Run(new("grocery", number, "Quillon likes rye.", Joy));
        new AddDocument(books).Run(new("grocery", number, "quill.txt", "Marbury"u8.ToArray(), Joy));
        var (coOp, id) = books.Read(db => db.Members.Where(one => one.Number == number && db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")).Select(one => ValueTuple.Create(one.CoOpId, one.Id)).Single());
        foreach (var (key, member) in ((string, int?)[])[("planted 1", id), ("planted 2", null)]) new QueueMail(books).Run(new(key, coOp, member, Mail, "Quillon Marbury", letter, Joy));
        for (var waited = 0; waited < 400 && books.Read(db => db.Mails.Any(mail => mail.Key.StartsWith("planted") && mail.SentAt == null)); waited++) await Task.Delay(50);
        books.Write<int>(false, db => db.Mails.Where(mail => mail.Key.StartsWith("planted")).ExecuteUpdate(set => set.SetProperty(mail => mail.State, MailState.Sent).SetProperty(mail => mail.Problem, $"<{Mail}> was busy")));
        Assert.That(new MailAtOnce(books, new Full()).Run(new(coOp, "members.letter-mail", $"member {number}", Mail, "Quillon Marbury", letter, Joy)).IsRefused, Is.True);
    }

    private sealed record Full() : MailRoute(new MailboxAddress("The co-op", "office@coop.example"))
    {
        public override HandoverResult Carry(MimeMessage message) => new(Handover.NotYet, $"552 the mailbox of {Mail} is full.");
    }

    /// <summary>As long as the person is known, the audit finds them by name and address and says where they were; the trail itself holds none of it.</summary>
    private static async Task CanBeFound(DemoSite site, HttpClient joy, string number, int account)
    {
        foreach (var called in (string[])[Mail, "Quillon Marbury"])
            Assert.That(await joy.GetStringAsync(At($"{Audit}?by={Uri.EscapeDataString(called)}")), Does.Contain("Signed in").And.Contain("Named a beneficiary").And.Contain($"member {number}").And.Contain(Machine).And.Contain(Mail), called);
        Assert.That(await joy.GetStringAsync(At($"{Audit}/export?subject=sign-in%20{account}")), Does.Contain(Mail).And.Contain(Machine));
        var named = Named(site);
        Assert.That(named, Is.SupersetOf(new[] { "Members.Name", "Members.Phone", "SignIns.UserName", "Invitations.Mail", "SignInSessions.Device", "SignInAttempts.From", "Mails.Problem", "MemberEdits.After", "MailAddressChanges.NewAddress", "Beneficiaries.Name", "MemberRequests.Words", "AuditAddresses.Address" }));
        Assert.That(named, Has.None.StartsWith("AuditRecords."));
    }

    /// <returns>Each column of text, of every table, in which something of what was planted stands.</returns>
    private static List<string> Named(DemoSite site)
    {
        var columns = site.Books.Read(db => db.Model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()).SelectMany(entity => entity.GetProperties().Where(property => property.ClrType == typeof(string)).Select(property => (Table: entity.GetTableName()!, Column: property.GetColumnName()!))).Distinct().ToList());
        Assert.That(columns, Has.Count.GreaterThan(200));
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = site.Database, Pooling = false, DefaultTimeout = 30 }.ToString());
        database.Open();
        return [.. columns.Where(one => Holds(one.Table, one.Column)).Select(one => $"{one.Table}.{one.Column}")];

        bool Holds(string table, string column)
        {
            using var ask = database.CreateCommand();
            ask.CommandText = $"SELECT COUNT(*) FROM \"{table}\" WHERE {string.Join(" OR ", Planted.Select(one => $"\"{column}\" LIKE '%{one}%'"))}";
            return Convert.ToInt64(ask.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
        }
    }
}
