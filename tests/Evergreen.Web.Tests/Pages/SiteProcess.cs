using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Mail;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The site as a process of its own.</summary>
internal sealed class SiteProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();

    private SiteProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="database">As a person would write it: the path of a file, or a server and its database.</param>
    /// <param name="folder">Where it works, and puts its mails; the folder of the database's file where null.</param>
    public static async Task<SiteProcess> Start(Uri address, string database, bool demo = false, string? folder = null)
    {
        folder ??= Path.GetDirectoryName(database)!;
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Cli.Office.SiteProgram, $"--urls={address.GetLeftPart(UriPartial.Authority)}", $"--{DatabaseAddress.Variable}={database}", $"--{Site.DemoKey}={demo}", $"--{MailSettings.FolderKey}={Path.Combine(folder, "mail")}", "--Logging:LogLevel:Default=Warning"]) start.ArgumentList.Add(argument);
        start.Environment[KeyFile.Variable] = Path.Combine(folder, "evergreen.db.keys");
        var site = new SiteProcess(Process.Start(start)!, address);
        site.process.OutputDataReceived += (_, line) => { lock (site.said) site.said.Append(line.Data).Append('\n'); };
        site.process.ErrorDataReceived += (_, line) => { lock (site.said) site.said.Append(line.Data).Append('\n'); };
        site.process.BeginOutputReadLine();
        site.process.BeginErrorReadLine();
        using var visitor = new HttpClient { BaseAddress = address };
        for (var look = 0; look < 600; look++)
        {
            if (site.process.HasExited) break;
            try
            {
                using var ready = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode) return site;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }
            await Task.Delay(50);
        }
        site.Dispose();
        throw new InvalidOperationException($"The site did not start: {site.said}");
    }

    /// <summary>Someone with a demo account, signed in.</summary>
    public async Task<HttpClient> Enter(string mail)
    {
        string password;
        lock (said) password = System.Text.RegularExpressions.Regex.Match(said.ToString(), @"with the password\s+(?<password>\S+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["password"].Value;
        var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        using var answer = await visitor.Send("/sign-in", ("Mail", mail), ("Password", password));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), said.ToString());
        return visitor;
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> Ended(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }
}
