using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Web.Tests.Api.Connect;
using Microsoft.AspNetCore.Identity;
using MimeKit;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The forms of <see cref="NotSent"/> that let people in and out, each sent five times at once from two windows that hold it with a key of their own: what lasts is done once.</summary>
public sealed partial class DoorsSentTwiceTests
{
    private const string Password = "words of another kind";

    private DemoSite site = null!;
    private ChangeLog log = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        log = ChangeLog.Of(site.Database);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        log.Dispose();
        await site.DisposeAsync();
    }

    /// <returns>What changed, without what is noted of every request and every try.</returns>
    private Task<IReadOnlyList<ChangeLog.Change>> SendMany(HttpClient visitor, string page, string action, params (string Name, string Value)[] fields) => SendMany(log, visitor, page, action, fields);

    private static async Task<IReadOnlyList<ChangeLog.Change>> SendMany(ChangeLog log, HttpClient visitor, string page, string action, params (string Name, string Value)[] fields)
    {
        IReadOnlyList<KeyValuePair<string, string>>[] windows = [await visitor.Hidden(page, action), await visitor.Hidden(page, action)];
        log.Take();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Send(windows[i % 2])));
        Assert.That(answers, Has.All.LessThan(500), string.Join(' ', answers));
        Assert.That(answers, Has.Some.LessThan(400), string.Join(' ', answers));
        return [.. log.Take().Where(change => change.Table is not ("SubmittedForms" or "SignInAttempts"))];

        async Task<int> Send(IEnumerable<KeyValuePair<string, string>> hidden)
        {
            using var content = new FormUrlEncodedContent([.. hidden.Where(field => !fields.Any(own => own.Name == field.Key)), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
            using var answer = await visitor.PostAsync(new Uri(action, UriKind.Relative), content);
            return (int)answer.StatusCode;
        }
    }

    private static int New(IEnumerable<ChangeLog.Change> changes, string table) => changes.Count(change => change.Table == table && change.What == "new");

    private static int Records(IEnumerable<ChangeLog.Change> changes, string verb) => changes.Count(change => change.Table == "AuditRecords" && change.After["Verb"] == $"'{verb}'");

    private static int Ended(IEnumerable<ChangeLog.Change> changes) => changes.Count(change => change.Table == "SignInSessions" && change.What == "changed" && change.Columns.Contains("EndedAt"));

    /// <summary>The link in the last mail to an address, once it is there.</summary>
    private async Task<string> LinkTo(string address)
    {
        for (var tries = 0; tries < 200; tries++, await Task.Delay(50))
        {
            var folder = RunningSite.MailFolder(site.Database);
            var mails = (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : []).Select(file => MimeMessage.Load(file)).Where(mail => mail.To.Mailboxes.Any(box => box.Address == address)).ToList();
            // Of two links that were asked for at once either is good.
            if (mails.Count > 0 && site.Books.Read(db => !db.Set<MailLinkRequest>().Any())) return Link().Match(mails[0].TextBody!).Groups["path"].Value;
        }
        throw new TimeoutException($"No mail to {address}.");
    }

    private string CodeFor(string number) => new InviteMember(site.Books).Run(new("grocery", number, InvitationWay.Letter, "test", "test")).Value.Code;

    [Test]
    public async Task AnInvitationMakesOneAccount()
    {
        var (coOp, joy) = site.Books.Read(db => (db.CoOps.Single(one => one.Code == "grocery").Id, db.SignIns.Single(one => one.UserName == "joy@demo.example").Id));
        var code = new InvitePerson(site.Books).Run(new(coOp, "guest@doors.example", "Guest", Role.Clerk, joy, "joy@demo.example", "test")).Value.Code;
        using var guest = site.Site.Visitor();
        var changes = await SendMany(guest, $"/invitation?code={code}", "/invitation", ("DisplayName", "Guest"), ("Password", Password));
        Assert.That((New(changes, "SignIns"), New(changes, "RoleGrants"), Records(changes, "access.join")), Is.EqualTo((1, 1, 1)), string.Join("; ", changes));
    }

    [Test]
    public async Task AMemberComesInWithOneAccount()
    {
        using var member = site.Site.Visitor();
        Assert.That(await SendMany(member, "/welcome", "/welcome", ("Code", CodeFor("1020")), ("Number", "1020")), Is.Empty, "a code that is shown is not used up");
        var changes = await SendMany(member, "/welcome/account", "/welcome/account", ("Mail", "came@doors.example"), ("Password", Password));
        Assert.That((New(changes, "SignIns"), New(changes, "MemberSignIns"), New(changes, "SignInSessions"), New(changes, "MailLinks"), Records(changes, "access.join"), Records(changes, "access.sign-in")), Is.EqualTo((1, 1, 1, 1, 1, 1)), string.Join("; ", changes));
    }

    [Test]
    public async Task AMembershipIsAddedToAnAccountOnce()
    {
        using var hanh = await site.EnterAs("hanh@demo.example");
        (await hanh.Send("/welcome", ("Code", CodeFor("1008")), ("Number", "1008"))).Dispose();
        var changes = await SendMany(hanh, "/welcome/account", "/welcome/link");
        Assert.That((New(changes, "SignIns"), New(changes, "MemberSignIns"), New(changes, "RoleGrants")), Is.EqualTo((0, 1, 1)), string.Join("; ", changes));
    }

    /// <summary>Before anyone is signed in nobody can tell whether two windows are of one person: each opens a session, and no more than one.</summary>
    [Test]
    public async Task EachWindowOpensOneSession()
    {
        using var visitor = site.Site.Visitor();
        var changes = await SendMany(visitor, "/sign-in", "/sign-in", ("Mail", "sam@demo.example"), ("Password", site.Password));
        Assert.That((New(changes, "SignInSessions"), Records(changes, "access.sign-in")), Is.EqualTo((2, 2)), string.Join("; ", changes));
    }

    [Test]
    public async Task ACodeOpensOneSession()
    {
        const string Mail = "code@doors.example";
        var (code, _) = site.GiveAuthenticator(site.SeatWithoutSecondFactor(Mail, "grocery"));
        using var half = site.Site.Visitor();
        (await half.Send("/sign-in", ("Mail", Mail), ("Password", site.Password))).Dispose();
        var changes = await SendMany(half, "/sign-in/code", "/sign-in/code", ("Code", code(1)));
        Assert.That((New(changes, "SignInSessions"), Records(changes, "access.sign-in")), Is.EqualTo((1, 1)), string.Join("; ", changes));
    }

    [Test]
    public async Task AMailedLinkOpensOneSession()
    {
        foreach (var coOp in (string[])["grocery", "laundry"]) new SetSignInByMail(site.Books).Run(new(coOp, true, "test"));
        using var jose = site.Site.Visitor();
        var asked = await SendMany(jose, "/sign-in/by-mail", "/sign-in/by-mail", ("Mail", "jose@demo.example"));
        Assert.That(New(asked, "MailLinkRequests"), Is.EqualTo(2), "each window asked for one");
        var changes = await SendMany(jose, await LinkTo("jose@demo.example"), "/sign-in/link");
        Assert.That((New(changes, "SignInSessions"), Records(changes, "access.sign-in"), changes.Count(change => change.Table == "MailLinks" && change.What == "changed")), Is.EqualTo((1, 1, 1)), string.Join("; ", changes));
    }

    [Test]
    public async Task AForgottenPasswordIsChosenOnce()
    {
        using var alice = site.Site.Visitor();
        var asked = await SendMany(alice, "/sign-in/forgotten", "/sign-in/forgotten", ("Mail", "alice@demo.example"));
        Assert.That(New(asked, "MailLinkRequests"), Is.EqualTo(2), "each window asked for one");
        var changes = await SendMany(alice, await LinkTo("alice@demo.example"), "/sign-in/new-password", ("Password", Password));
        Assert.That((Records(changes, "access.password"), changes.Count(change => change.Table == "SignIns" && change.Columns.Contains("PasswordHash")), New(changes, "SignInSessions")), Is.EqualTo((1, 1, 0)), string.Join("; ", changes));
    }

    [Test]
    public async Task WhoeverSignsOutManyTimesEndsOneSession()
    {
        foreach (var (page, action) in ((string, string)[])[("/account", "/sign-out"), ("/connect/end-session", "/connect/end-session")])
        {
            using var visitor = await site.EnterAs("lee@demo.example");
            var changes = await SendMany(visitor, page, action);
            Assert.That((Ended(changes), Records(changes, "access.session-ended")), Is.EqualTo((1, 1)), $"{action}: {string.Join("; ", changes)}");
        }
    }

    [Test]
    public async Task AnotherSessionIsEndedOnce()
    {
        (await site.EnterAs("leif@demo.example")).Dispose();
        using var visitor = await site.EnterAs("leif@demo.example");
        var changes = await SendMany(visitor, "/account", "/account/sessions/end");
        Assert.That((Ended(changes), Records(changes, "access.session-ended")), Is.EqualTo((1, 1)), string.Join("; ", changes));
    }

    [Test]
    public async Task APasskeyIsRemovedOnce()
    {
        using var alma = await site.EnterAs("alma@demo.example");
        byte[] key = [1, 2, 3];
        site.Books.Write<bool>(dryRun: false, db =>
        {
            var owner = db.SignIns.Single(user => user.UserName == "alma@demo.example").Id;
            db.Passkeys.Add(new IdentityUserPasskey<int> { UserId = owner, CredentialId = key, Data = new IdentityPasskeyData { PublicKey = key, Name = "Phone", CreatedAt = new DateTimeOffset(site.Books.Now), Transports = [], AttestationObject = key, ClientDataJson = key } });
            return true;
        });
        var changes = await SendMany(alma, "/account/passkey/remove?id=AQID", "/account/passkey/remove", ("Password", site.Password));
        Assert.That((changes.Count(change => change.What == "gone"), Records(changes, "access.passkey")), Is.EqualTo((1, 1)), string.Join("; ", changes));
    }

    [Test]
    public async Task AnAppIsLetInOnce()
    {
        using var ruth = await site.EnterAs("ruth@demo.example");
        var ask = Purse.At(site).Ask(Purse.Pkce().Challenge, "openid profile");
        var changes = await SendMany(ruth, ask, "/connect/authorize", ("decision", "allow"));
        Assert.That(New(changes, "AppConsents"), Is.EqualTo(1), string.Join("; ", changes));
        Assert.That(changes.Where(change => change.Table == "AuditRecords").Select(change => change.After["Verb"]), Is.Unique);
    }

    [Test]
    public async Task WhatAnAppLearnsOfAPersonIsReadAlone()
    {
        using var ruth = await site.EnterAs("ruth@demo.example");
        var token = await Purse.TokenOf(site, ruth, "openid", "profile");
        using var app = site.Site.Visitor();
        app.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        log.Take();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var nothing = new FormUrlEncodedContent([]);
            using var answer = await app.PostAsync(new Uri("/connect/userinfo", UriKind.Relative), nothing);
            return (int)answer.StatusCode;
        }));
        Assert.That((answers.Distinct().Single(), log.Take().Count), Is.EqualTo((200, 0)));
    }

    [Test]
    public async Task WhatIsKeptInACookieWritesNothing()
    {
        using var visitor = await site.EnterAs("ruth@demo.example");
        foreach (var (page, action) in ((string, string)[])[("/account", "/account/files"), ("/help/keys", "/help/keys")]) Assert.That(await SendMany(visitor, page, action), Is.Empty, action);
    }

    /// <summary>Each of its screens is sent many times; and in the house that is set up then, the mail server, which cannot be set where the way for mail was named at the start.</summary>
    [Test]
    public async Task TheHouseIsSetUpOnce()
    {
        await using var house = await NewHouse.Start();
        using var changed = ChangeLog.Of(house.Database);
        IReadOnlyList<ChangeLog.Change> made = [];
        foreach (var (page, fields) in house.Screens())
        {
            Assert.That(made, Is.Empty, $"nothing lasts before {page}");
            made = await SendMany(changed, house.Ruth, page, page, fields);
        }
        Assert.That((New(made, "CoOps"), New(made, "SignIns"), New(made, "RoleGrants"), New(made, "SignInSessions"), Records(made, "access.set-up")), Is.EqualTo((1, 1, 1, 1, 1)), string.Join("; ", made));
        await house.ShowSecondFactor();
        var set = await SendMany(changed, house.Ruth, "/office/wash/settings/mail", "/office/wash/settings/mail/server", ("Host", "127.0.0.1"), ("Port", "2525"), ("Security", "None"), ("Sender", "office@wash.example"));
        Assert.That((set.Count(change => change.Table == "MailServers"), Records(set, "mail.server")), Is.EqualTo((1, 1)), string.Join("; ", set));
    }

    [GeneratedRegex("https?://[^/\\s]+(?<path>/\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
