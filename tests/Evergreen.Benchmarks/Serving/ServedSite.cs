using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Benchmarks.Serving;

/// <summary>A site in a process of its own: Evergreen's, or the bare one that it stands beside.</summary>
internal sealed class ServedSite : IDisposable
{
    public const string Command = "serve", Evergreens = "evergreen", Plain = "plain";
    private readonly Process process;

    private ServedSite(Process process, Welcome welcome) => (this.process, Address, Password) = (process, new Uri(welcome.Address), welcome.Password);

    private sealed record Welcome(string Address, string Password);

    public Uri Address { get; }

    /// <summary>That of the demo's staff, by whom the benchmark signs in.</summary>
    public string Password { get; }

    public static ServedSite Start(string which, DatabaseAddress books)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ServedSite).Assembly.Location);
        foreach (var argument in (string[])[Command, which, books.Path is { } path ? path : "postgresql:" + books.ConnectionString]) start.ArgumentList.Add(argument);
        var started = Process.Start(start)!;
        var line = started.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The {which} site did not start.");
        return new ServedSite(started, JsonSerializer.Deserialize<Welcome>(line)!);
    }

    /// <summary>Highest resident memory so far.</summary>
    /// <remarks>VmHWM: proc_pid_status(5).</remarks>
    public long PeakMegabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>The other end: serves until its input is closed.</summary>
    public static int Serve(string which, string books)
    {
        var site = which == Plain ? PlainSite.Build(DatabaseAddress.Parse(books).Value)
            : Site.Build(["--urls=http://127.0.0.1:0", $"--{DatabaseAddress.Variable}={books}", $"--{Site.DemoKey}=true", $"--{MailSettings.FolderKey}={Path.Combine(Path.GetTempPath(), "evergreen-bench-mail")}", "--Logging:LogLevel:Default=Warning"]);
        site.StartAsync().Wait();
        var password = "";
        if (which == Evergreens)
        {
            using var scope = site.Services.CreateScope();
            password = scope.ServiceProvider.GetRequiredService<SeatDemoStaff>().Run().Value;
        }
        Console.WriteLine(JsonSerializer.Serialize(new Welcome(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(), password)));
        while (Console.In.Read() >= 0) { }
        site.StopAsync().Wait(TimeSpan.FromSeconds(10));
        return 0;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20))) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
