using System.Diagnostics;
using System.Runtime.InteropServices;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>The program <c>Evergreen.Worker</c> at work on a database, to be killed at a moment of our choice.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private readonly Process process;
    private Task<string>? rest;

    public WorkerProcess(DatabaseAddress address, IReadOnlyList<string> work)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Evergreen.Worker.dll"), .. work]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[DatabaseAddress.Variable] = address.Kind == DatabaseKind.Sqlite ? address.Path : "postgresql:" + address.ConnectionString;
        start.Environment["DOTNET_TieredPGO"] = "0";
        process = Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
    }

    public int Id => process.Id;

    /// <summary>Waits until everything is loaded and only the work itself is left.</summary>
    public WorkerProcess Ready()
    {
        if (process.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException($"The worker did not get ready: {process.StandardError.ReadToEnd()}");
        return this;
    }

    public void Go()
    {
        process.StandardInput.WriteLine();
        process.StandardInput.Flush();
    }

    /// <summary>SIGKILL: no handler runs, no buffer is written.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGSTOP: the whole program stands still, whatever it is at.</summary>
    public void Freeze() => Signal(process.Id, 19);

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Signal(process.Id, 18);

    /// <summary>The next line that the worker says; null at its end.</summary>
    public string? Hear() => process.StandardOutput.ReadLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

    /// <summary>Whether the worker has already said how its work went, and gone.</summary>
    public bool HasEnded() => (rest ??= process.StandardOutput.ReadToEndAsync()).IsCompleted;

    /// <summary>Waits for the end.</summary>
    /// <returns>What the worker said of its work; null when it was killed before it could.</returns>
    public string? End()
    {
        var said = (rest ?? process.StandardOutput.ReadToEndAsync()).GetAwaiter().GetResult();
        var fault = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Fault = fault;
        return said.Length == 0 ? null : said.TrimEnd();
    }

    /// <summary>137 where it was killed.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>What the worker wrote to standard error.</summary>
    public string Fault { get; private set; } = "";

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}
