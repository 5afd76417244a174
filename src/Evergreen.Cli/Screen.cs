using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Spectre.Console;

namespace Evergreen.Cli;

/// <summary>Standard output for people: plain lines and aligned tables, never wider than a terminal, never wrapped in a file.</summary>
internal sealed class Screen
{
    /// <remarks>Some terminals do not say how wide they are.</remarks>
    private const int InAFile = 4000, Unsaid = 80;

    public Screen Line(string text = "")
    {
        Console.Out.WriteLine(text);
        return this;
    }

    /// <summary>What is what, one fact a line; facts without a value are left out.</summary>
    public Screen Facts(params (string Name, string? Value)[] facts)
    {
        var told = facts.Where(fact => !string.IsNullOrEmpty(fact.Value)).ToList();
        var width = told.Count == 0 ? 0 : told.Max(fact => fact.Name.Length);
        foreach (var (name, value) in told) Line($"{name.PadRight(width)}  {value}");
        return this;
    }

    public Screen Table(Sheet sheet)
    {
        var drawn = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(drawn), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = Console.IsOutputRedirected ? InAFile : Console.WindowWidth is > 0 and var width ? width : Unsaid;
        console.Write(sheet.Drawn);
        foreach (var line in drawn.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)) Line(line);
        return this;
    }

    public static string Of(Money amount) => amount.ToGroupedString();
}
