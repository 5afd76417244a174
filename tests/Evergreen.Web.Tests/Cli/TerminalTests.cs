using System.Diagnostics;
using System.Text;

namespace Evergreen.Web.Tests.Cli;

/// <summary>Progress is for a person who waits: on a terminal there is a bar, and nowhere else.</summary>
public sealed class TerminalTests
{
    private const int Rows = 20_000;
    private Office office = null!;

    [OneTimeSetUp]
    public void WriteAFile()
    {
        office = new Office();
        CornerShop.WriteFiles(office);
        office.DoneHere([.. CornerShop.Create, .. CornerShop.Ana]);
        office.DoneHere(["import", "members", "members.csv", "--create-classes", .. CornerShop.Ana]);
        office.Write("great.csv", "source_id,member_number,purchased_on,amount\n" + string.Concat(Enumerable.Range(1, Rows).Select(row => $"R{row},M{1 + row % 3},2024-02-{1 + row % 28:00},{1 + row % 199}.34\n")));
    }

    [OneTimeTearDown]
    public void Close() => office.Dispose();

    private static readonly string[] Import = ["import", "purchases", "great.csv", "--check", .. CornerShop.Ana];

    [Test]
    public void ABarMovesOnATerminal()
    {
        var seen = OnATerminal("xterm-256color", Import);
        Assert.That(seen, Does.Contain("Import").And.Contain("━").And.Contain("100%").And.Contain("\u001b["), "a bar, drawn over itself, to its end");
        Assert.That(seen, Does.Contain($"great.csv was checked; nothing was kept.").And.Contain("20,000"), "and then the answer");
    }

    [TestCase("dumb")]
    public void NoneOnATerminalThatCannotDrawOne(string terminal) => Assert.That(OnATerminal(terminal, Import), Does.Contain("was checked").And.Not.Contain("━").And.Not.Contain("%"));

    [Test]
    public void NoneInAFile()
    {
        var answer = office.Done(Import);
        Assert.That((answer.Error, answer.Out.Contains('━', StringComparison.Ordinal), answer.Out.Contains('\u001b', StringComparison.Ordinal)), Is.EqualTo(("", false, false)));
    }

    /// <summary>Runs with a terminal of its own on all three streams; what a person would have seen.</summary>
    private string OnATerminal(string terminal, string[] arguments)
    {
        var start = new ProcessStartInfo("script") { WorkingDirectory = office.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var argument in (string[])["-qec", "stty cols 100 rows 30; " + string.Join(' ', ((string[])["dotnet", Office.Program, .. arguments]).Select(word => $"'{word}'")), "/dev/null"]) start.ArgumentList.Add(argument);
        start.Environment["TERM"] = terminal;
        foreach (var name in (string[])["NO_COLOR", "EVERGREEN_DATABASE"]) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var seen = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, seen);
        return seen;
    }
}
