using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CommandLine = Evergreen.Cli.CommandLine;

namespace Evergreen.Web.Tests.Cli;

/// <summary>An empty folder in which <c>evergreen</c> is run as a process, as a person or a script would.</summary>
internal sealed class Office : IDisposable
{
    internal static readonly string Checkout = FindCheckout();

    public string Folder { get; } = Directory.CreateTempSubdirectory("evergreen-cli-").FullName;

    public sealed record Answer(int Code, string Out, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Out).RootElement;
        public string ErrorCode => JsonDocument.Parse(Error).RootElement.GetProperty("error").GetProperty("code").GetString()!;
        public override string ToString() => $"exit code {Code}\n{Out}\n{Error}";
    }

    public static string Books(string coOp) => Path.Combine(Checkout, "tests", "books", coOp);

    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text.ReplaceLineEndings("\r\n"), new UTF8Encoding(false));
        return name;
    }

    public Answer Run(params string[] arguments) => RunWith([], arguments);

    public Answer RunWith((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in (string[])["EVERGREEN_AS", "EVERGREEN_DATABASE", "EVERGREEN_TRACE"]) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Answer(process.ExitCode, output, error.Result);
    }

    /// <summary>Runs, and fails with everything that was said unless the command ended as it should.</summary>
    public Answer Done(params string[] arguments)
    {
        var answer = Run(arguments);
        Assert.That(answer.Code, Is.Zero, () => $"evergreen {string.Join(' ', arguments)}: {answer}");
        return answer;
    }

    /// <summary>The same command line inside this process, for tests that go through many commands and ask nothing of the process itself.</summary>
    public Answer RunHere(params string[] arguments)
    {
        var (folder, output, error) = (Environment.CurrentDirectory, Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        Environment.CurrentDirectory = Folder;
        Console.SetOut(said);
        Console.SetError(complained);
        try
        {
            // What it notes of where it came from stays with it.
            var code = Task.Run(() => CommandLine.Run(arguments)).GetAwaiter().GetResult();
            return new Answer(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            Environment.CurrentDirectory = folder;
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }
    }

    /// <inheritdoc cref="Done"/>
    public Answer DoneHere(params string[] arguments)
    {
        var answer = RunHere(arguments);
        Assert.That(answer.Code, Is.Zero, () => $"evergreen {string.Join(' ', arguments)}: {answer}");
        return answer;
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    // The program as it was built, with its own libraries and sample books beside it.
    internal static string Program => Built("Evergreen.Cli", "evergreen.dll");

    /// <summary>The site's own executable.</summary>
    public static string SiteProgram => Built("Evergreen.Web", "Evergreen.Web.dll");

    private static string Built(string project, string file)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Checkout, "src", project, "bin", here.Parent!.Name, here.Name, file);
    }

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the checkout.");
        return folder.FullName;
    }
}
