using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Evergreen.Benchmarks.Serving;

/// <summary>A site in a process of its own: Evergreen's, or the bare one that it stands beside.</summary>
internal sealed class ServedSite : IDisposable
{
    public const string Command = "serve", Evergreens = "evergreen", Plain = "plain";
    private readonly Process process;

    private ServedSite(Process process, Welcome welcome) => (this.process, Address, Welcomed) = (process, new Uri(welcome.Address), welcome);

    /// <param name="Password">That of the demo's staff, and of the members that were seated.</param>
    /// <param name="Mails">The accounts of some members.</param>
    /// <param name="Program">A program that may post purchases, and its secret.</param>
    public sealed record Welcome(string Address, string Password, IReadOnlyList<string> Mails, string Program, string Secret);

    public Uri Address { get; }

    /// <summary>By whom the benchmark signs in.</summary>
    public Welcome Welcomed { get; }

    public static ServedSite Start(string which, DatabaseAddress books)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ServedSite).Assembly.Location);
        foreach (var argument in (string[])[Command, which, books.Path ?? Pooled(books)]) start.ArgumentList.Add(argument);
        // A file of books has its key beside it; a server's lies apart.
        if (books.Path is null) start.Environment[KeyFile.Variable] = Path.Combine(Path.GetTempPath(), $"evergreen-bench-{Environment.ProcessId}.keys");
        var started = Process.Start(start)!;
        // What it writes before is its log.
        string line;
        do line = started.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The {which} site did not start.");
        while (!line.StartsWith('{'));
        return new ServedSite(started, JsonSerializer.Deserialize<Welcome>(line)!);
    }

    /// <summary>The steps of the year open a connection each and are gone; a site keeps its connections, as it does wherever it is installed.</summary>
    private static string Pooled(DatabaseAddress books) => "postgresql:" + new NpgsqlConnectionStringBuilder(books.ConnectionString) { Pooling = true };

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
            : Site.Build(["--urls=http://127.0.0.1:0", $"--{DatabaseAddress.Variable}={books}", $"--{Site.DemoKey}=true", $"--{CallRate.Setting}=0", $"--{MailSettings.FolderKey}={Path.Combine(Path.GetTempPath(), "evergreen-bench-mail")}", "--Logging:LogLevel:Default=Warning"]);
        site.StartAsync().Wait();
        var address = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        var welcome = new Welcome(address, "", [], "", "");
        if (which == Evergreens)
        {
            using var scope = site.Services.CreateScope();
            var password = scope.ServiceProvider.GetRequiredService<SeatDemoStaff>().Run().Value;
            var till = new RegisterApp(scope.ServiceProvider.GetRequiredService<Books>()).Run(new(CoOpId(scope.ServiceProvider), $"Till {Guid.CreateVersion7():N}", AppKind.Program, [AppScopes.PurchasesWrite], "ann", "console")).Value;
            welcome = new Welcome(address, password, Seat(scope.ServiceProvider, password), till.ClientId, till.Secret!);
        }
        else
        {
            site.Services.GetRequiredService<IPlainReceipts>().Prepare();
        }
        Console.WriteLine(JsonSerializer.Serialize(welcome));
        while (Console.In.Read() >= 0) { }
        site.StopAsync().Wait(TimeSpan.FromSeconds(10));
        return 0;
    }

    private static int CoOpId(IServiceProvider services) => services.GetRequiredService<Books>().Read(db => db.CoOps.Single(coOp => coOp.Code == "grocery").Id);

    /// <summary>Gives as many members an account as ask at once, spread over the register.</summary>
    private static List<string> Seat(IServiceProvider services, string password)
    {
        var books = services.GetRequiredService<Books>();
        var (coOp, hash) = (CoOpId(services), PasswordHash.Of(password));
        return books.Write<List<string>>(dryRun: false, db =>
        {
            var members = db.Members.Where(member => member.CoOpId == coOp).OrderBy(member => member.Id).ToList();
            var mails = new List<string>();
            for (var i = 0; i < SiteBench.MembersAtOnce; i++)
            {
                var member = members[(int)((long)i * members.Count / SiteBench.MembersAtOnce)];
                var mail = $"m{i}@bench.example";
                if (SeatDemoStaff.Seat(db, mail, member.Name, hash, books.Now) is not { } user) continue;
                if (!db.MemberSignIns.Any(link => link.UserId == user.Id)) LinkMember.Link(db, user, member, books.Now, "ann", "console");
                mails.Add(mail);
            }
            return mails;
        }).Value;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20))) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
