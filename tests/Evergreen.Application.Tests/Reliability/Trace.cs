using System.Diagnostics;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>strace, holding on to a worker that is ready: it lists the worker's writes to one SQLite database, or kills the worker at one of them.</summary>
internal sealed class Trace : IDisposable
{
    private readonly Process strace;

    /// <param name="calls">System calls, separated by commas.</param>
    /// <param name="log">Where the calls are listed.</param>
    public Trace(WorkerProcess worker, string database, string calls, string log, params string[] more)
    {
        string[] files = [database, database + "-wal", database + "-shm", database + "-journal"];
        string[] options = ["-f", "-p", $"{worker.Id}", "-o", log, "-e", $"trace={calls}", "-e", "signal=none", .. files.SelectMany(file => (string[])["-P", file]), .. more];
        try
        {
            strace = Process.Start(new ProcessStartInfo("strace", options) { UseShellExecute = false, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("This test needs strace. On Debian: apt-get install strace", missing);
        }
        // What it cannot find yet it mentions first.
        string? said;
        do said = strace.StandardError.ReadLine();
        while (said is not null && !said.Contains("attached", StringComparison.Ordinal) && !said.Contains("attach:", StringComparison.Ordinal));
        if (said?.Contains("attached", StringComparison.Ordinal) != true) throw new InvalidOperationException($"This test traces a program that it started, which is barred here (ptrace): {said}");
    }

    /// <summary>Waits until the worker has ended and all is listed.</summary>
    public void End() => strace.WaitForExit();

    public void Dispose()
    {
        if (!strace.HasExited) strace.Kill();
        strace.WaitForExit();
        strace.Dispose();
    }
}
