using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Tests.Access;
using Evergreen.Web.Tests.Api;
using Evergreen.Web.Tests.Api.Connect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>
/// Tax and bank numbers, passwords, codes, tokens and the secrets of authenticators are given to the site, or by it, through its pages, its API and a file. Afterwards none of them stands in its log, in an address, in a mail that is not its own,
/// in the audit, or anywhere in what it keeps on disk.
/// </summary>
public sealed class SecretsTests
{
    /// <summary>All that the site notes, at the level that a new installation has.</summary>
    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }

    /// <summary>The address of every request, and where every answer led.</summary>
    private sealed class Addresses : IStartupFilter
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, on) =>
            {
                await on();
                Seen.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} > {context.Response.Headers.Location}");
            });
            next(app);
        };
    }

    private const string Password = "kingfisher over the mill", NewPassword = "heron under the bridge", WrongPassword = "magpie behind the barn";

    private readonly Log log = new();
    private readonly Addresses addresses = new();

    /// <summary>What each secret is, and for which mails and addresses it is meant.</summary>
    private readonly List<(string What, string Secret, bool ByMail, bool InAddress)> secrets = [];
    private DemoSite site = null!;

    [Test]
    public async Task NoSecretStandsWhereItIsNotMeantToBe()
    {
        site = await DemoSite.Start(null, services => services.AddSingleton<IStartupFilter>(addresses).AddSingleton<ILoggerProvider>(log), "--Logging:LogLevel:Default=Information");
        await using (site)
        {
            await OfMembers();
            await OfPeople();
            await OfPrograms();
            for (var waited = 0; waited < 400 && site.Books.Read(db => db.Jobs.Any(job => job.State == JobState.Queued || job.State == JobState.Running) || db.Mails.Any(mail => mail.SentAt == null)); waited++) await Task.Delay(50);
            var audit = string.Join('\n', site.Books.Read(db => db.AuditRecords.ToList()).Select(record => $"{record.By} {record.Verb} {record.Subject} {record.Detail}"));
            var folder = Path.GetDirectoryName(site.Database)!;
            var mails = Directory.GetFiles(RunningSite.MailFolder(site.Database), "*.eml").Select(file => MimeMessage.Load(file)).Select(mail => $"{string.Join(' ', mail.Headers.Select(header => header.Value))} {mail.TextBody} {mail.HtmlBody}").ToList();
            await site.Close();
            // What is kept, with what the database has not yet folded in; the key file is where the keys are, and mails are looked at apart.
            var kept = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".keys", StringComparison.Ordinal) && !file.EndsWith(".eml", StringComparison.Ordinal)).Select(file => (file, Text: Encoding.Latin1.GetString(File.ReadAllBytes(file)))).ToList();
            var faults = new List<string>();
            foreach (var (what, secret, byMail, inAddress) in secrets)
            {
                // In other dresses too: as it may be encoded, and in two-byte letters.
                string[] dresses = [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))[..^4], Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(secret), Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret))];
                foreach (var dress in dresses.Distinct())
                {
                    faults.AddRange(log.Lines.Where(line => line.Contains(dress, StringComparison.OrdinalIgnoreCase)).Take(3).Select(line => $"{what} in the log: {line}"));
                    if (!inAddress) faults.AddRange(addresses.Seen.Where(address => address.Contains(dress, StringComparison.OrdinalIgnoreCase)).Take(3).Select(address => $"{what} in an address: {address}"));
                    if (audit.Contains(dress, StringComparison.OrdinalIgnoreCase)) faults.Add($"{what} in the audit");
                    faults.AddRange(kept.Where(file => file.Text.Contains(dress, StringComparison.OrdinalIgnoreCase)).Select(file => $"{what} in {Path.GetRelativePath(folder, file.file)}"));
                    var telling = mails.Count(mail => mail.Contains(dress, StringComparison.OrdinalIgnoreCase));
                    if (telling > (byMail ? 1 : 0)) faults.Add($"{what} in {telling} mails");
                }
            }
            TestContext.Out.WriteLine($"proof: {secrets.Count} secrets of {secrets.Select(one => one.What).Distinct().Count()} kinds; {log.Lines.Count} lines of the log, {addresses.Seen.Count} addresses, {mails.Count} mails, {kept.Sum(file => (long)file.Text.Length)} bytes");
            foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
            Assert.That(faults, Is.Empty);
            Assert.That(secrets, Has.Count.GreaterThan(80));
            // The search finds what is there.
            Assert.That(kept.Any(file => file.Text.Contains("pat@proof.example", StringComparison.Ordinal)), Is.True);
            Assert.That(addresses.Seen, Has.Count.GreaterThan(50));
        }
    }

    private void Planted(string what, string secret, bool byMail = false, bool inAddress = false)
    {
        Assert.That(secret, Has.Length.GreaterThanOrEqualTo(6), what);
        secrets.Add((what, secret, byMail, inAddress));
    }

    private static async Task<HttpResponseMessage> Good(Task<HttpResponseMessage> sending)
    {
        var answer = await sending;
        if ((int)answer.StatusCode is not (200 or 302)) Assert.Fail($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await PreparedBooks.Errors(answer)}");
        return answer;
    }

    /// <summary>Tax and bank numbers, through the office, the portal and a file.</summary>
    private async Task OfMembers()
    {
        using var administrator = await site.Enter(Role.Administrator);
        using var accountant = await site.Enter(Role.Accountant);
        for (var i = 0; i < 12; i++)
        {
            var (number, tax, account) = (1003 + i, $"900-81-{7301 + i}", $"48213075{600 + i}");
            (await Good(administrator.Send($"/office/grocery/members/{number}/tax-id", ("Type", "SSN"), ("Number", tax)))).Dispose();
            (await Good(administrator.Send($"/office/grocery/members/{number}/bank", ("Scheme", "ach"), ("Routing", "021000021"), ("Account", account), ("AccountType", "checking"), ("Reason", "on paper")))).Dispose();
            Planted("a tax number", tax);
            Planted("a tax number", tax.Replace("-", "", StringComparison.Ordinal));
            Planted("a bank number", account);
        }
        using (var shown = await accountant.Send("/office/grocery/members/1003/reveal/tax-id", ("Reason", "for the form"))) Assert.That(await shown.Content.ReadAsStringAsync(), Does.Match("900-?81-?7301"), "who may see it, does");
        using var ruth = await site.EnterAs("ruth@demo.example");
        (await Good(ruth.SendTo("/my/grocery/me/bank/change", "/my/grocery/me/bank/change", ("Scheme", "ach"), ("Routing", "021000021"), ("Account", "59204417338"), ("AccountType", "checking")))).Dispose();
        Planted("a bank number", "59204417338");
        // Mistyped numbers are shown again beside their field, and kept nowhere.
        foreach (var (page, fields) in ((string, (string, string)[])[])[("/office/grocery/members/1003/tax-id", [("Type", "SSN"), ("Number", "900-82-73")]), ("/office/grocery/members/1003/bank", [("Scheme", "ach"), ("Routing", "021000022"), ("Account", "59204417555"), ("AccountType", "checking")])])
            Assert.That((int)(await administrator.Send(page, fields)).StatusCode, Is.EqualTo(422), page);
        Planted("a bank number", "59204417555");
        // A file of the register, put in through the wizard.
        var rows = new StringBuilder("member_number,kind,given_name,family_name,tax_id_type,tax_id,bank_scheme,bank_routing,bank_account,bank_account_type\r\n");
        for (var i = 0; i < 10; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"7{i:000},person,Filed,Member{i},SSN,900-83-{7401 + i},ach,021000021,63310942{700 + i},checking\r\n");
            Planted("a tax number of a file", $"900-83-{7401 + i}");
            Planted("a tax number of a file", $"90083{7401 + i}");
            Planted("a bank number of a file", $"63310942{700 + i}");
        }
        var routes = Routes.Of(site);
        var form = (await Walk.Through(routes, administrator, ["/office/grocery/imports/new"], follow: false)).Forms.Single(one => one.Action == "/office/grocery/imports/new");
        using var content = Answers.Content(form, Answers.Of(form, 1, ("Kind", "Members")), ("members.csv", Encoding.UTF8.GetBytes(rows.ToString())));
        using var columns = await Good(administrator.PostAsync(new Uri(form.Action, UriKind.Relative), content));
        var next = columns.Headers.Location!.OriginalString;
        var map = (await Walk.Through(routes, administrator, [next], follow: false)).Forms.First(one => one.Action.StartsWith("/office/grocery/imports/drafts/", StringComparison.Ordinal) && !one.Action.EndsWith("/drop", StringComparison.Ordinal));
        using var preview = await Good(administrator.SendFilled(map, 1, site.Password));
        for (var waited = 0; waited < 200 && site.Books.Read(db => db.Jobs.Any(job => job.State == JobState.Queued || job.State == JobState.Running)); waited++) await Task.Delay(50);
        var commit = (await Walk.Through(routes, administrator, [preview.Headers.Location!.OriginalString], follow: false)).Forms.FirstOrDefault(one => one.Action.EndsWith("/commit", StringComparison.Ordinal));
        if (commit is not null) (await Good(administrator.SendFilled(commit, 1, site.Password, ("TakeGoodRows", "true")))).Dispose();
    }

    /// <summary>Passwords, codes, links and second factors.</summary>
    private async Task OfPeople()
    {
        using var administrator = await site.Enter(Role.Administrator);
        Planted("the demo's password", site.Password);
        Planted("a password", Password);
        Planted("a password", NewPassword);
        Planted("a password that is wrong", WrongPassword);
        using var invited = await Good(administrator.Send("/office/grocery/settings/people/invite", ("DisplayName", "Pat"), ("Mail", "pat@proof.example"), ("Role", "Clerk"), ("ByMail", "true")));
        var code = Find(await Mail("pat@proof.example"), "code: (?<it>[0-9A-Z-]{29})");
        Planted("the code of an invitation", code, byMail: true, inAddress: true);
        using var pat = site.Site.Visitor();
        (await Good(pat.SendTo($"/invitation?code={code}", "/invitation", ("DisplayName", "Pat"), ("Password", Password)))).Dispose();
        Assert.That((int)(await pat.Send("/sign-in", ("Mail", "pat@proof.example"), ("Password", WrongPassword))).StatusCode, Is.EqualTo(422));
        // A password typed where the name belongs.
        Assert.That((int)(await pat.Send("/sign-in", ("Mail", WrongPassword), ("Password", WrongPassword))).StatusCode, Is.EqualTo(422));
        (await Good(pat.Send("/sign-in", ("Mail", "pat@proof.example"), ("Password", Password)))).Dispose();
        (await Good(pat.SendTo("/account/authenticator", "/account/authenticator/make"))).Dispose();
        var shown = await pat.GetStringAsync(new Uri("/account/authenticator", UriKind.Relative));
        var spelled = Find(shown, "<code>(?<it>[A-Z2-7 ]+)</code>");
        var secret = GettingInTests.Unspell(spelled);
        Planted("the secret of an authenticator", spelled);
        Planted("the secret of an authenticator", spelled.Replace(" ", "", StringComparison.Ordinal));
        Planted("the secret of an authenticator", Convert.ToHexString(secret));
        using (var confirmed = await Good(pat.Send("/account/authenticator", ("Code", TimeCode.At(secret, TimeCode.StepAt(site.Books.Now))))))
            foreach (Match recovery in Regex.Matches(await confirmed.Content.ReadAsStringAsync(), "[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", RegexOptions.None, TimeSpan.FromSeconds(1))) Planted("a recovery code", recovery.Value);
        (await Good(pat.Send("/account/password", ("Password", Password), ("NewPassword", NewPassword)))).Dispose();
        Planted("the cookie of a session", pat.Cookies().Split("; ").Single(cookie => cookie.StartsWith("evergreen=", StringComparison.Ordinal))[10..]);
        // A link by mail is meant to be opened: its code stands in its own address.
        using var stranger = site.Site.Visitor();
        (await Good(stranger.Send("/sign-in/forgotten", ("Mail", "alice@demo.example")))).Dispose();
        var link = new Uri(Find(await Mail("alice@demo.example"), "(?<it>https?://\\S+new-password\\S+)"));
        Planted("the code of a mailed link", link.Query.Split('=')[^1], byMail: true, inAddress: true);
        (await Good(stranger.SendTo(link.PathAndQuery, "/sign-in/new-password", ("Password", "wren beside the kettle")))).Dispose();
        Planted("a password", "wren beside the kettle");
        (await Good(administrator.SendTo("/office/grocery/members/1004/sign-in", "/office/grocery/members/1004/sign-in/mail"))).Dispose();
        Planted("the code of a member's invitation", Find(await Mail("cleo.mbatha.1004@example.org"), "code=(?<it>[0-9A-Z-]+)"), byMail: true, inAddress: true);
        using var ruth = await site.EnterAs("ruth@demo.example");
        (await Good(ruth.SendTo("/my/grocery/me/details", "/my/grocery/me/details/mail", ("Address", "ruth.new@proof.example")))).Dispose();
        Planted("the code of a new mail address", Find(await Mail("ruth.new@proof.example"), "/details/mail/(?<it>\\S+)"), byMail: true, inAddress: true);
    }

    /// <summary>The secrets of programs, apps and webhooks, and the tokens that they get.</summary>
    private async Task OfPrograms()
    {
        using var administrator = await site.Enter(Role.Administrator);
        var routes = Routes.Of(site);
        foreach (var page in (string[])["/office/grocery/settings/apps/new-program", "/office/grocery/settings/webhooks/new"])
        {
            var form = (await Walk.Through(routes, administrator, [page], follow: false)).Forms.Single(one => one.Action == page);
            var fields = Answers.Of(form, 77, ("Name", "Till of the proof"), ("Address", "https://hooks.example/in"), ("Url", "https://hooks.example/in")).ToList();
            // Every box is ticked.
            fields.AddRange(form.Fields.Where(field => field.Type == "checkbox" && fields.TrueForAll(one => one.Key != field.Name)).SelectMany(field => field.Choices.Select(choice => KeyValuePair.Create(field.Name, choice))));
            using var content = Answers.Content(form, fields);
            using var made = await Good(administrator.PostAsync(new Uri(page, UriKind.Relative), content));
            var text = System.Net.WebUtility.HtmlDecode(await made.Content.ReadAsStringAsync());
            Planted($"the secret of {page.Split('/')[^1]}", Regex.Matches(text, "<code[^>]*>(?<it>(whsec_)?[A-Za-z0-9+/=_-]{30,})</code>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["it"].Value).First(found => !found.StartsWith("program-", StringComparison.Ordinal)));
        }
        var program = Tokens.Program(site.Site, "grocery", AppScopes.MembersRead);
        Planted("the secret of a program", program.Secret!);
        Planted("a token of a program", await Tokens.TokenFor(site.Site, "grocery", AppScopes.MembersRead));
        using var till = await site.Site.Enter(program);
        Planted("a token of a program", till.DefaultRequestHeaders.Authorization!.Parameter!);
        Assert.That((await till.Get("/api/v1/members?limit=1")).Status, Is.EqualTo(200));
        using var wrong = site.Site.Visitor();
        await wrong.Exchange(("grant_type", "client_credentials"), ("client_id", program.ClientId), ("client_secret", "a secret that was guessed wrong"));
        Planted("a guessed secret", "a secret that was guessed wrong");
        var purse = Purse.At(site, keepsSecret: true);
        Planted("the secret of an app", purse.App.Secret!);
        using var ruth = await site.EnterAs("ruth@demo.example");
        var (verifier, challenge) = Purse.Pkce();
        var code = await purse.LetIn(ruth, challenge);
        var (_, tokens) = await purse.Redeem(code, verifier);
        // A code of the protocol travels in the address of the app, once.
        Planted("the code of a protocol", code, inAddress: true);
        Planted("a verifier", verifier);
        foreach (var kind in (string[])["access_token", "refresh_token", "id_token"]) Planted($"a token ({kind})", tokens.GetProperty(kind).GetString()!);
        var (_, renewed) = await purse.Refresh(Purse.Renewing(tokens));
        Planted("a token (refresh_token)", Purse.Renewing(renewed));
    }

    private async Task<string> Mail(string to)
    {
        for (var waited = 0; waited < 100; waited++)
        {
            var folder = RunningSite.MailFolder(site.Database);
            var found = (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : []).Select(file => MimeMessage.Load(file)).Where(mail => mail.To.Mailboxes.Any(box => box.Address == to)).MaxBy(mail => mail.Date);
            if (found is not null) return found.TextBody!;
            await Task.Delay(100);
        }
        throw new TimeoutException($"No mail to {to}.");
    }

    private static string Find(string text, string pattern) => Regex.Match(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["it"] is { Success: true, Value: var found } ? found : throw new InvalidOperationException($"No {pattern} in {text}");
}
