using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Tests.Access;
using Evergreen.Web.Tests.Mail;
using Evergreen.Web.Tests.Pages;
using Npgsql;

namespace Evergreen.Web.Tests.Cli;

/// <summary><c>evergreen serve</c> as the README begins with it: a program in a folder, what it prints, and a person who gets in by nothing else.</summary>
public sealed partial class ServeTests
{
    private const string Password = "four plain words here";

    [Test]
    public async Task TheDemoPrintsWhereItIsAndWithWhatItsPeopleSignIn()
    {
        using var office = new Office();
        DemoSite.CopyFolder(DemoBooks.Folder, office.At("demo"));
        using var site = await Served.Start(office, "--demo");
        var password = Secret().Match(site.Said).Groups["secret"].Value;
        var people = Person().Matches(site.Said).Select(match => match.Groups["mail"].Value).ToList();
        Assert.That(site.Said, Does.Contain($"Sign in at {site.Address.GetLeftPart(UriPartial.Authority)}/sign-in"));
        Assert.That(people, Has.Count.GreaterThanOrEqualTo(9));
        foreach (var mail in people)
        {
            using var visitor = Visitor(site.Address);
            using var answer = await visitor.Send("/sign-in", ("Mail", mail), ("Password", password));
            Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"), mail);
        }
        using var ana = Visitor(site.Address);
        (await ana.Send("/sign-in", ("Mail", DemoSite.MailOf(Role.Accountant)), ("Password", password))).Dispose();
        Assert.That(await ana.GetStringAsync(new Uri("/office/laundry/statements", UriKind.Relative)), Does.Contain("2026-1").And.Contain("class=\"banner\""));
    }

    /// <summary>From an empty folder to an administrator with a second factor, by what is printed and what the pages ask (U-01).</summary>
    [Test]
    public async Task AnEmptyFolderLeadsToASignedInAdministratorInFiveScreens()
    {
        using var office = new Office();
        var since = Stopwatch.StartNew();
        using var site = await Served.Start(office);
        using var ruth = Visitor(site.Address);
        var screens = new List<string>();
        Task<HttpResponseMessage> Fill(string page, params (string, string)[] fields) => Press(page, page, fields);
        async Task<HttpResponseMessage> Press(string page, string action, params (string, string)[] fields)
        {
            screens.Add(page);
            return await ruth.SendTo(page, action, fields);
        }
        static string Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString ?? "";

        Assert.That(Place(await ruth.GetAsync(new Uri("/sign-in", UriKind.Relative))), Is.EqualTo("/set-up"));
        Assert.That(site.Said, Does.Contain($"Open {site.Address.GetLeftPart(UriPartial.Authority)}/set-up"));
        Assert.That(Place(await Fill("/set-up", ("Code", Secret().Match(site.Said).Groups["secret"].Value))), Is.EqualTo("/set-up/co-op"));
        Assert.That(Place(await Fill("/set-up/co-op", ("Name", "The Wash House"), ("Code", "wash"), ("Country", "US"), ("Currency", "USD"), ("FiscalYearEndMonth", "12"), ("TimeZone", "America/Chicago"))), Is.EqualTo("/set-up/you"));
        var factor = Place(await Fill("/set-up/you", ("DisplayName", "Ruth"), ("Mail", "ruth@wash.example"), ("Password", Password)));
        Assert.That(factor, Does.StartWith("/account/second-factor"));
        var authenticator = Place(await Press(factor, "/account/authenticator/make"));
        var page = await ruth.GetStringAsync(new Uri(authenticator, UriKind.Relative));
        var key = GettingInTests.Unspell(Spelled().Match(page).Groups["key"].Value);
        screens.Add("/account/authenticator");
        using var confirmed = await ruth.Send("/account/authenticator", ("Code", TimeCode.At(key, TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime))));
        Assert.That(await confirmed.Content.ReadAsStringAsync(), Does.Contain("Keep these recovery codes"));

        Assert.That((await ruth.GetAsync(new Uri("/office/wash/settings/people", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK), "an administrator's page");
        await MailIsSetAndTried(ruth);
        Assert.That(screens, Has.Count.LessThanOrEqualTo(5), string.Join(", ", screens));
        Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromMinutes(3)));
        using var late = Visitor(site.Address);
        foreach (var gone in (string[])["/set-up", "/set-up/co-op", "/set-up/you"]) Assert.That((await late.GetAsync(new Uri(gone, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), gone);
        Assert.That(File.Exists(office.At("evergreen.db")), Is.True);
    }

    /// <summary>What the set-up ends with, and may be skipped: a mail server, and a mail by it.</summary>
    private static async Task MailIsSetAndTried(HttpClient ruth)
    {
        const string page = "/office/wash/settings/mail?first=true";
        await using var sink = new MailSink();
        Assert.That(await ruth.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain("no server is set").And.Contain("Skip this"));
        (string, string)[] server = [("Host", "127.0.0.1"), ("Port", sink.Port.ToString(CultureInfo.InvariantCulture)), ("Security", "None"), ("Sender", "office@wash.example"), ("First", "true")];
        using var open = await ruth.SendTo(page, "/office/wash/settings/mail/server", [.. server, ("User", "ruth")]);
        Assert.That(((int)open.StatusCode, (await open.Content.ReadAsStringAsync()).Contains("Type the password again", StringComparison.Ordinal)), Is.EqualTo((422, true)), "a user without a password");
        var late = await ruth.Hidden(page, "/office/wash/settings/mail/server");
        using var set = await ruth.SendTo(page, "/office/wash/settings/mail/server", server);
        Assert.That(set.Headers.Location?.OriginalString, Is.EqualTo(page));
        using (var typed = new FormUrlEncodedContent([.. late, KeyValuePair.Create("Host", "smtp.wash.example"), KeyValuePair.Create("Security", "Tls"), KeyValuePair.Create("Sender", "office@wash.example")]))
        using (var both = await ruth.PostAsync(new Uri("/office/wash/settings/mail/server", UriKind.Relative), typed))
        {
            Assert.That((int)both.StatusCode, Is.EqualTo(422));
            Assert.That(await both.Content.ReadAsStringAsync(), Does.Contain("changed the mail server on").And.Contain($"127.0.0.1, port {sink.Port}").And.Contain("value=\"smtp.wash.example\""), "both, and who");
        }
        using var tried = await ruth.SendTo(page, "/office/wash/settings/mail", ("ToAddress", "ruth@wash.example"), ("First", "true"));
        Assert.That((tried.Headers.Location?.OriginalString, sink.Mails.Single().Message.From.ToString()), Is.EqualTo(("/office/wash", "office@wash.example")));
        Assert.That(await ruth.GetStringAsync(new Uri("/office/wash/settings/mail", UriKind.Relative)), Does.Contain("the mail server 127.0.0.1").And.Not.Contain("Skip this"));
    }

    /// <summary>The books go to a server in the middle of the set-up, which goes on there; the commands in the folder find them there too.</summary>
    [Test]
    public async Task BooksOnAServerAreChosenAtTheSetUp()
    {
        var named = Environment.GetEnvironmentVariable("EVERGREEN_TEST_POSTGRES") is { Length: > 0 } server ? server : throw new IgnoreException("This test is of PostgreSQL: set EVERGREEN_TEST_POSTGRES to the connection string of a server.");
        var parts = new NpgsqlConnectionStringBuilder(named) { Database = $"evergreen_chosen_{Guid.NewGuid():N}" };
        await Tell(named, $"CREATE DATABASE {parts.Database}");
        try
        {
            await GoOver(parts);
        }
        finally
        {
            await Tell(named, $"DROP DATABASE {parts.Database} WITH (FORCE)");
        }
    }

    private static async Task Tell(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task GoOver(NpgsqlConnectionStringBuilder parts)
    {
        using var office = new Office();
        using var site = await Served.Start(office);
        using var ruth = Visitor(site.Address);
        (string, string)[] form = [("Code", Secret().Match(site.Said).Groups["secret"].Value), ("Place", "PostgreSql"), ("Host", parts.Host!), ("Port", parts.Port.ToString(CultureInfo.InvariantCulture)), ("User", parts.Username!), ("Password", parts.Password ?? "")];
        Assert.That(await ruth.GetStringAsync(new Uri("/set-up", UriKind.Relative)), Does.Contain(office.At("evergreen.db")).And.Contain("PostgreSQL server"));
        using (var wrong = await ruth.Send("/set-up", [.. form, ("Database", "evergreen_not_there")]))
            Assert.That(((int)wrong.StatusCode, WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()).Contains("There is no database 'evergreen_not_there'", StringComparison.Ordinal)), Is.EqualTo((422, true)));
        using var moved = await ruth.Send("/set-up", [.. form, ("Database", parts.Database!)]);
        Assert.That(((int)moved.StatusCode, (await moved.Content.ReadAsStringAsync()).Contains("href=\"/set-up/co-op\"", StringComparison.Ordinal)), Is.EqualTo((200, true)));
        for (var look = 0; look < 400 && !site.Said.Contains("The books are kept in PostgreSQL", StringComparison.Ordinal); look++) await Task.Delay(50);
        await site.IsThere();
        using var coOp = await ruth.Send("/set-up/co-op", ("Name", "The Wash House"), ("Code", "wash"), ("Country", "US"), ("Currency", "USD"), ("FiscalYearEndMonth", "12"), ("TimeZone", "America/Chicago"));
        Assert.That(coOp.Headers.Location?.OriginalString, Is.EqualTo("/set-up/you"), "without the code once more");
        using var person = await ruth.Send("/set-up/you", ("DisplayName", "Ruth"), ("Mail", "ruth@wash.example"), ("Password", Password));
        Assert.That(person.Headers.Location?.OriginalString, Does.StartWith("/account/second-factor"));
        Assert.That(new Books(DatabaseAddress.PostgreSql(parts.ToString()), TimeProvider.System).Read(db => (db.CoOps.Single().Code, db.SignIns.Single().DisplayName)), Is.EqualTo(("wash", "Ruth")));
        Assert.That(office.Done("database", "status").Out, Does.Contain($"PostgreSQL {parts.Database}"));
    }

    private static HttpClient Visitor(Uri address) => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };

    /// <summary>What stands alone between two blank lines: the set-up code, or the demo's password.</summary>
    [GeneratedRegex(@"\n\n    (?<secret>\S+)\n\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex(@"^as (?<mail>\S+@demo\.example) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Person();

    [GeneratedRegex("<code>(?<key>[A-Z2-7 ]+)</code>", RegexOptions.ExplicitCapture)]
    private static partial Regex Spelled();

    private sealed class Served : IDisposable
    {
        private readonly Process process;
        private readonly StringBuilder said = new();

        private Served(Process process, Uri address) => (this.process, Address) = (process, address);

        public Uri Address { get; }

        public string Said
        {
            get { lock (said) return said.ToString(); }
        }

        public static async Task<Served> Start(Office office, params string[] more)
        {
            var address = new Uri($"http://localhost:{FreePort().ToString(CultureInfo.InvariantCulture)}");
            var start = new ProcessStartInfo("dotnet") { WorkingDirectory = office.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
            foreach (var argument in (string[])[Office.Program, "serve", "--urls", address.GetLeftPart(UriPartial.Authority), .. more]) start.ArgumentList.Add(argument);
            foreach (var name in (string[])["EVERGREEN_AS", "EVERGREEN_DATABASE"]) start.Environment.Remove(name);
            var served = new Served(Process.Start(start)!, address);
            served.process.OutputDataReceived += (_, line) => { lock (served.said) served.said.Append(line.Data).Append('\n'); };
            served.process.ErrorDataReceived += (_, line) => { lock (served.said) served.said.Append(line.Data).Append('\n'); };
            served.process.BeginOutputReadLine();
            served.process.BeginErrorReadLine();
            await served.IsThere();
            if (!served.process.HasExited) return served;
            served.Dispose();
            throw new InvalidOperationException($"The site did not start: {served.Said}");
        }

        /// <summary>Waits until the site answers, and has said how one gets in.</summary>
        public async Task IsThere()
        {
            using var visitor = new HttpClient { BaseAddress = Address };
            for (var look = 0; look < 1_200 && !process.HasExited; look++)
            {
                try
                {
                    using var ready = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative));
                    if (ready.IsSuccessStatusCode && Secret().IsMatch(Said)) break;
                }
                catch (HttpRequestException)
                {
                    // Not there yet.
                }
                await Task.Delay(50);
            }
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        public void Dispose()
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
