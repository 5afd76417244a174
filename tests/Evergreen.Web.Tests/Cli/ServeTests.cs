using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Web.Tests.Access;
using Evergreen.Web.Tests.Pages;

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
        Assert.That(screens, Has.Count.LessThanOrEqualTo(5), string.Join(", ", screens));
        Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromMinutes(3)));
        using var late = Visitor(site.Address);
        foreach (var gone in (string[])["/set-up", "/set-up/co-op", "/set-up/you"]) Assert.That((await late.GetAsync(new Uri(gone, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), gone);
        Assert.That(File.Exists(office.At("evergreen.db")), Is.True);
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
            using var visitor = new HttpClient { BaseAddress = address };
            for (var look = 0; look < 1_200 && !served.process.HasExited; look++)
            {
                try
                {
                    using var ready = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative));
                    if (ready.IsSuccessStatusCode && Secret().IsMatch(served.Said)) break;
                }
                catch (HttpRequestException)
                {
                    // Not there yet.
                }
                await Task.Delay(50);
            }
            if (!served.process.HasExited) return served;
            served.Dispose();
            throw new InvalidOperationException($"The site did not start: {served.Said}");
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
