using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evergreen.Benchmarks.Steps;

namespace Evergreen.Benchmarks.Measuring;

/// <summary>Runs each step in a process of its own, so that the highest memory is that step's.</summary>
internal static class Child
{
    public const string Command = "step";

    public static StepResult Run(Step step)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Child).Assembly.Location);
        var address = step.Database.Path is { } path ? "sqlite:" + path : "postgresql:" + step.Database.ConnectionString;
        foreach (var argument in (string[])[Command, step.Name, address, step.Folder, Text(step.Members), Text(step.LinesEach)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The step '{step.Name}' at {step.Members} members failed.");
        return JsonSerializer.Deserialize<StepResult>(answer)!;
    }

    /// <summary>The other end: does the step and answers on standard output.</summary>
    public static void Answer(Step step)
    {
        var done = step.Run();
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(done with { PeakMegabytes = done.PeakMegabytes > 0 ? done.PeakMegabytes : PeakMegabytes(), CpuSeconds = self.TotalProcessorTime.TotalSeconds }));
    }

    /// <summary>The highest resident memory of this process so far.</summary>
    /// <remarks>VmHWM: proc_pid_status(5).</remarks>
    public static long PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture) / 1024;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
