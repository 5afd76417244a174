using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>A PostgreSQL that one test may kill, from the programs that <c>tests/run.sh</c> finds too. Nobody else uses it, and its folder goes with it.</summary>
internal sealed class PostgreSqlOfItsOwn : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("evergreen-postgres-");
    private readonly string bin;
    private readonly int port;

    private PostgreSqlOfItsOwn(string bin)
    {
        this.bin = bin;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Data => Path.Combine(folder.FullName, "data");

    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = "evergreen", Database = "postgres", Timeout = 30 }.ToString();

    public static PostgreSqlOfItsOwn Start()
    {
        if (Programs() is not { } bin) throw new IgnoreException("This test kills a PostgreSQL of its own, and its programs (initdb, pg_ctl) are not on this machine. On Debian: apt-get install postgresql");
        var server = new PostgreSqlOfItsOwn(bin);
        try
        {
            if (Environment.UserName == "root") Run("chown", "postgres", server.folder.FullName);
            server.As("initdb", "-D", server.Data, "--username=evergreen", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
            server.Begin();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>As if the server had crashed (<c>-m immediate</c>: no one is asked, nothing is written); the next start recovers what was committed.</summary>
    public void StopAtOnceAndStartAgain()
    {
        Stop();
        Begin();
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) Stop();
        folder.Delete(recursive: true);
    }

    private void Stop() => As("pg_ctl", "-D", Data, "-m", "immediate", "-w", "-t", "30", "stop");

    private void Begin() => As("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", Path.Combine(folder.FullName, "log"),
        "-o", $"-p {port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=50", "start");

    /// <summary>The newest of Debian's, or what is on the path.</summary>
    private static string? Programs()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var newest = debian.Where(version => File.Exists(Path.Combine(version, "bin", "initdb"))).MaxBy(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0);
        if (newest is not null) return Path.Combine(newest, "bin");
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).FirstOrDefault(part => File.Exists(Path.Combine(part, "initdb")));
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private void As(string program, params string[] arguments)
    {
        var path = Path.Combine(bin, program);
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        else Run(path, arguments);
    }

    /// <remarks>Its output goes nowhere: the server that it starts would hold on to the pipe.</remarks>
    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { UseShellExecute = false, WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}.");
    }
}
