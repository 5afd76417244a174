using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Jobs;
using Microsoft.Playwright;
using MimeKit;

namespace Evergreen.Web.Tests.Pages;

/// <summary>What leads to a member's account beside a password: the confirmed address, the code of a letter, an invitation to everyone at once, a passkey at the first visit.</summary>
public sealed partial class WaysInTests
{
    private const string Password = "words of another kind";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static string? Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    private string CodeFor(string coOp, string number) => new InviteMember(site.Books).Run(new(coOp, number, InvitationWay.Letter, "test", "test")).Value.Code;

    private IReadOnlyList<MimeMessage> Mails(string? to = null)
    {
        var folder = RunningSite.MailFolder(site.Database);
        return [.. (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : []).Select(file => MimeMessage.Load(file)).Where(mail => to is null || mail.To.Mailboxes.Any(box => box.Address == to))];
    }

    /// <summary>Waits for what the site does beside the requests.</summary>
    private static async Task Until(Func<bool> done, string what)
    {
        for (var clock = Stopwatch.StartNew(); !done(); await Task.Delay(50))
            if (clock.Elapsed > TimeSpan.FromSeconds(30)) throw new TimeoutException(what);
    }

    /// <summary>A member of the grocery who came in with the code of a letter.</summary>
    private async Task<HttpClient> ComeIn(string number, string mail)
    {
        var visitor = site.Site.Visitor();
        Assert.That(Place(await visitor.Send("/welcome", ("Code", CodeFor("grocery", number)), ("Number", number))), Is.EqualTo("/welcome/account"));
        Assert.That(Place(await visitor.SendTo("/welcome/account", "/welcome/account", ("Mail", mail), ("Password", Password))), Is.EqualTo("/my/grocery"));
        return visitor;
    }

    [Test]
    public async Task AddressThatWasTypedIsConfirmedByItsOwnerBeforeAnyLinkGoesThere()
    {
        const string Mail = "typed@example.org";
        using var owner = await ComeIn("1020", Mail);
        Assert.That(await owner.GetStringAsync(At("/my/grocery")), Does.Contain($"We have sent a link to {Mail}"));
        Assert.That(await owner.GetStringAsync(At("/account")), Does.Contain("not confirmed yet").And.Contain("/account/mail/send"));
        var link = LinkIn().Match(Mails(Mail).Single().TextBody!).Groups["path"].Value;
        Assert.That(link, Does.StartWith("/account/mail?code="));

        using (var asked = await owner.GetAsync(At("/sign-in"))) Assert.That(Place(asked), Is.EqualTo("/"));
        using var elsewhere = site.Site.Visitor();
        int Answered() => site.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "access.mail-link" && record.By == "(not signed in)"));
        var before = Answered();
        await elsewhere.Send("/sign-in/forgotten", ("Mail", Mail));
        await Until(() => Answered() > before, "the request for a link is answered");
        Assert.That(Mails(Mail), Has.Count.EqualTo(1), "no link for a password goes to an address that was only typed");

        Assert.That(Place(await elsewhere.GetAsync(At(link))), Is.EqualTo($"/sign-in?returnUrl={Uri.EscapeDataString(link)}"), "whoever reads that mailbox has to sign in first");
        using var stranger = await site.EnterAs("ruth@demo.example");
        Assert.That((int)(await stranger.SendTo(link, "/account/mail")).StatusCode, Is.EqualTo(422));
        Assert.That((await owner.GetAsync(At(link))).StatusCode, Is.EqualTo(HttpStatusCode.OK), "looking at it changes nothing");
        Assert.That(site.Books.Read(db => db.SignIns.Single(user => user.UserName == Mail).EmailConfirmed), Is.False);
        Assert.That(Place(await owner.SendTo(link, "/account/mail")), Is.EqualTo("/account"));
        Assert.That(await owner.GetStringAsync(At("/account")), Does.Contain($"{Mail} is confirmed").And.Not.Contain("not confirmed yet"));

        await elsewhere.Send("/sign-in/forgotten", ("Mail", Mail));
        await Until(() => Mails(Mail).Count == 2, "a link for a new password");
    }

    [Test]
    public async Task LinkToConfirmIsSentAgainToWhoeverLostIt()
    {
        using var owner = await ComeIn("1021", "again@example.org");
        Assert.That(Place(await owner.SendTo("/account", "/account/mail/send")), Is.EqualTo("/account"));
        Assert.That(await owner.GetStringAsync(At("/account")), Does.Contain("A link is on its way to again@example.org"));
        var links = Mails("again@example.org").Select(mail => LinkIn().Match(mail.TextBody!).Groups["path"].Value).ToList();
        Assert.That(links, Has.Count.EqualTo(2).And.Unique);
        var answers = new List<int>();
        foreach (var link in links) answers.Add((int)(await owner.SendTo(link, "/account/mail")).StatusCode);
        Assert.That(answers, Is.EquivalentTo(new[] { 302, 422 }), "a later link ends the one before");
    }

    [Test]
    public async Task BankDetailsAreChangedWithTheCodeOfALetterWhereThereIsNoSecondFactor()
    {
        const string Mail = "nophone@example.org", Change = "/my/grocery/me/bank/change", Page = Change + "?letter=true";
        using var owner = await ComeIn("1023", Mail);
        Assert.That(await owner.GetStringAsync(At(Change)), Does.Contain("I have a code from a letter").And.Not.Contain("name=\"Account\""));
        using var clerk = await site.Enter(Role.Clerk);
        using var letter = await clerk.SendTo("/office/grocery/members/1023/sign-in", "/office/grocery/members/1023/sign-in/bank-letter");
        Assert.That((letter.Content.Headers.ContentType?.MediaType, letter.Headers.CacheControl!.NoStore), Is.EqualTo(("application/pdf", true)));
        var text = await TextOf(await letter.Content.ReadAsByteArrayAsync());
        Assert.That(text, Does.Contain("/my/grocery/me/bank").And.Not.Contain("1023"), "whoever finds it learns no number");
        var code = LetterCode().Match(text).Value;
        Assert.That(code, Has.Length.EqualTo(23));

        (string, string)[] bank = [("Scheme", "ach"), ("Routing", "021000021"), ("Account", "1122334455"), ("AccountType", "checking")];
        using (var without = await owner.SendTo(Page, Change, [.. bank])) Assert.That((int)without.StatusCode, Is.EqualTo(422), "no code");
        using (var wrong = await owner.SendTo(Page, Change, [.. bank, ("Code", "AAAAA-AAAAA-AAAAA-AAAAA")])) Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("This code is not right"));
        using (var given = await owner.SendTo(Page, Change, [.. bank, ("Code", code.ToLowerInvariant())])) Assert.That(Place(given), Is.EqualTo("/my/grocery/me/bank"), await given.Content.ReadAsStringAsync());
        Assert.That(WebUtility.HtmlDecode(await owner.GetStringAsync(At("/my/grocery/me/bank"))), Does.Contain("••••4455").And.Not.Contain("1122334455"));
        using (var again = await owner.SendTo(Page, Change, ("Scheme", "ach"), ("Routing", "021000021"), ("Account", "99887766"), ("AccountType", "checking"), ("Code", code))) Assert.That((int)again.StatusCode, Is.EqualTo(422), "once");

        var told = site.Books.Read(db => db.Mails.Where(mail => mail.Key.StartsWith("bank change ") && db.Members.Any(member => member.Id == mail.MemberId && member.Number == "1023")).Select(mail => mail.ToAddress).ToList());
        Assert.That(told, Has.Count.EqualTo(1).And.None.EqualTo(Mail), "the register's address is told, and the account's once it is confirmed");
        Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "members.bank-letter" && record.Subject == "member 1023")), Is.EqualTo(1));
    }

    [Test]
    public async Task EverybodyIsInvitedByMailInOneJobAndNobodyTwice()
    {
        using var clerk = await site.Enter(Role.Clerk);
        var waiting = new InviteMembers(site.Books).HowMany("laundry").Value.WaitingWithMail;
        Assert.That(waiting, Is.GreaterThan(5));
        var job = await Press();
        Assert.That(await clerk.GetStringAsync(At(job)), Does.Contain($"{waiting} members are invited by mail."));
        var mails = Mails().Where(mail => mail.TextBody!.Contains("/welcome?code=", StringComparison.Ordinal)).ToList();
        Assert.That(mails, Has.Count.EqualTo(waiting));
        Assert.That(mails.Select(mail => mail.To.Mailboxes.Single().Address), Is.Unique);
        Assert.That(mails.Select(mail => LinkIn().Match(mail.TextBody!).Groups["path"].Value), Is.Unique);
        Assert.That(site.Books.Read(db => db.Mails.Any(mail => mail.Text.Contains("welcome?code="))), Is.False, "what holds a code does not stay in the outbox");
        Assert.That(new InviteMembers(site.Books).HowMany("laundry").Value.WaitingWithMail, Is.Zero);

        using var member = site.Site.Visitor();
        var first = mails[0];
        var address = first.To.Mailboxes.Single().Address;
        var number = site.Books.Read(db => db.Members.Single(one => one.Email == address).Number);
        Assert.That(first.TextBody, Does.Not.Contain(number));
        var welcome = LinkIn().Match(first.TextBody!).Groups["path"].Value;
        Assert.That(Place(await member.SendTo(welcome, "/welcome", ("Code", welcome.Split('=')[1]), ("Number", number))), Is.EqualTo("/welcome/account"));
        Assert.That(Place(await member.SendTo("/welcome/account", "/welcome/account", ("Mail", address), ("Password", Password))), Is.EqualTo("/my/laundry"));
        Assert.That(site.Books.Read(db => db.SignIns.Single(user => user.UserName == address).EmailConfirmed), Is.True, "the code came to that address");

        async Task<string> Press()
        {
            using var pressed = await clerk.SendTo("/office/laundry/members/invitations", "/office/laundry/members/invitations/mails");
            var page = Place(pressed)!;
            var id = int.Parse(page.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            await Until(() => site.Books.Read(db => db.Jobs.Single(job => job.Id == id).State) is JobState.Done or JobState.Failed, "the job ends");
            return page;
        }
    }

    private const string PressTwice = "which => { const button = document.querySelector(`form[data-passkey=${which}] button`); button.click(); button.click(); }";

    [Test]
    public async Task PasskeyIsMadeAtTheFirstVisitAndOpensTheAccountFromThenOn()
    {
        const string Mail = "finger@example.org";
        // By its name: an address of digits cannot own passkeys.
        var home = $"http://localhost:{site.Address.Port}";
        await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        var sent = new List<string>();
        page.Request += (_, request) => { if (request.Method == "POST") sent.Add(new Uri(request.Url).AbsolutePath); };
        var tools = await context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        await page.GotoAsync($"{home}/welcome?code={CodeFor("grocery", "1024")}");
        await page.FillAsync("input[name=Number]", "1024");
        await page.ClickAsync("main form button.btn-primary");
        await page.FillAsync("input[name=Mail]", Mail);
        await page.ClickAsync("button[name=Passkey]");
        await page.WaitForURLAsync(url => url.Contains("/account/passkey", StringComparison.Ordinal));
        await page.FillAsync("input[name=name]", "My phone");
        await page.EvaluateAsync(PressTwice, "make");
        await page.WaitForURLAsync($"{home}/my/grocery");
        var made = site.Books.Read(db => db.SignIns.Single(user => user.UserName == Mail));
        Assert.That((made.PasswordHash, site.Books.Read(db => db.Passkeys.Count(passkey => passkey.UserId == made.Id))), Is.EqualTo(((string?)null, 1)));

        await page.GotoAsync($"{home}/my/grocery/me/bank/change");
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("Account number or IBAN"), "a passkey that asks for a finger is two factors");
        await context.ClearCookiesAsync();
        await page.GotoAsync($"{home}/sign-in?returnUrl=/my/grocery/statements");
        await page.EvaluateAsync(PressTwice, "ask");
        await page.WaitForURLAsync($"{home}/my/grocery/statements");
        Assert.That(sent.Where(path => path.Contains("/passkey", StringComparison.Ordinal)), Is.EqualTo(new[] { "/account/passkey/options", "/account/passkey", "/sign-in/passkey/options", "/sign-in/passkey" }), "each button was pressed twice");
        Assert.That(site.Books.Read(db => db.SignInSessions.Where(session => session.UserId == made.Id).OrderBy(session => session.Id).Select(session => session.Proof).Last()), Is.EqualTo(Proof.Passkey));
    }

    private static async Task<string> TextOf(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, pdf);
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-layout", file, "-"]) { RedirectStandardOutput = true })!;
        var text = await reader.StandardOutput.ReadToEndAsync();
        await reader.WaitForExitAsync();
        File.Delete(file);
        return text;
    }

    [GeneratedRegex("https?://[^/\\s]+(?<path>/\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkIn();

    [GeneratedRegex(@"\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}\b", RegexOptions.ExplicitCapture)]
    private static partial Regex LetterCode();
}
