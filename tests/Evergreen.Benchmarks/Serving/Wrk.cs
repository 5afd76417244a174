using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Evergreen.Benchmarks.Serving;

/// <summary>What <c>wrk</c> measured of one kind of request.</summary>
/// <param name="Bad">Answers other than 200 and 201, broken connections, time-outs.</param>
internal sealed record Load(long Requests, long Microseconds, long Bad, long P50, long P99, long Max)
{
    public double PerSecond => Requests * 1e6 / Microseconds;
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:0} a second, {Bad} bad; middle {P50 / 1e3:0.0} ms, 99 of 100 below {P99 / 1e3:0.0} ms, longest {Max / 1e3:0.0} ms");
}

/// <summary>Drives a site with requests from a file, by the program <c>wrk</c>.</summary>
internal static class Wrk
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "wrk.lua");

    /// <summary>Installs it where it is missing, as the tests' script does with what they need.</summary>
    /// <exception cref="InvalidOperationException">It is not there and cannot be installed.</exception>
    public static void Require()
    {
        if (Runs("wrk", "-v")) return;
        Console.Error.WriteLine("Installing wrk");
        if (Environment.UserName == "root" && Runs("apt-get", "install", "-y", "--no-install-recommends", "wrk") && Runs("wrk", "-v")) return;
        throw new InvalidOperationException("The site is driven by 'wrk', which is not here. On Debian, as root: apt-get install -y wrk");
    }

    /// <summary>Posts receipts as fast as they are taken, each of its own, under a key of its own.</summary>
    /// <param name="prefix">What the receipts of this go begin with.</param>
    public static Load Post(Uri site, string path, string token, string prefix, int members, int connections, int seconds, string folder) => Run(site, [(path, "")], connections, seconds, null, folder, token, prefix, Text(members));

    /// <param name="requests">Path and cookie of each request, taken in turns.</param>
    /// <param name="connections">How many ask at once.</param>
    /// <param name="perSecond">How many requests a second in all; null for as many as are answered.</param>
    public static Load Run(Uri site, IReadOnlyList<(string Path, string Cookie)> requests, int connections, int seconds, int? perSecond, string folder, params string[] more)
    {
        var file = Path.Combine(folder, $"requests-{Guid.CreateVersion7():N}.txt");
        File.WriteAllLines(file, requests.Select(request => $"{request.Path}\t{request.Cookie}"));
        var pause = perSecond is { } rate ? connections * 1000 / rate : 0;
        var start = new ProcessStartInfo("wrk", ["-t", connections == 1 ? "1" : "2", "-c", Text(connections), "-d", Text(seconds) + "s", "--timeout", "10s", "-s", Script, site.ToString(), "--", file, Text(pause), .. more]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.Delete(file);
        var result = answer.Split('\n').LastOrDefault(line => line.StartsWith('{'));
        return result is null ? throw new InvalidOperationException($"wrk said: {answer}") : JsonSerializer.Deserialize<Load>(result, Form)!;
    }

    private static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode is 0 or 1 && (program == "wrk" || process.ExitCode == 0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
