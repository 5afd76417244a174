using System.Diagnostics;

namespace Evergreen.House.Tests;

/// <summary>The checkout that these tests stand in: found by walking up to the solution file.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files that are committed or would be: relative paths with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Every C# file below a folder, as (path, text).</summary>
    public static IEnumerable<(string Path, string Text)> CSharpBelow(string folder) =>
        Files.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (f, Read(f)));

    /// <summary>The folders directly below one, as they are on disk, without what a build leaves behind.</summary>
    public static IReadOnlyList<string> FoldersIn(string folder) =>
        [.. Directory.GetDirectories(Path.Combine(Root, folder)).Select(d => Path.GetFileName(d)).Where(d => d is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Evergreen.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Evergreen.sln above {AppContext.BaseDirectory}.");
    }

    private static IReadOnlyList<string> ListFiles()
    {
        // A checkout may belong to another user than the one who runs the tests: reading its list is safe all the same.
        var listing = Command.Run(Root, "git", "-c", "safe.directory=*", "-c", "core.quotePath=off", "ls-files", "--cached", "--others", "--exclude-standard");
        if (listing.ExitCode != 0) throw new InvalidOperationException($"git ls-files: {listing.Output}");
        return [.. listing.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(f => File.Exists(Path.Combine(Root, f))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}

/// <summary>Another program, run to its end.</summary>
public static class Command
{
    public static (int ExitCode, string Output) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // A build inside a test run is a build of its own: it must not inherit what the outer one told its children.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k == "CI").ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
