using System.CommandLine;
using System.Text.RegularExpressions;
using CommandTree = Evergreen.Cli.CommandTree;
using GlobalOptions = Evergreen.Cli.GlobalOptions;

namespace Evergreen.Web.Tests.Cli;

/// <summary>The README and <c>--help</c> tell of every command, argument and option there is, and of no other.</summary>
public sealed partial class ReadmeTests
{
    private static readonly RootCommand Root = CommandTree.Grow();
    private static readonly string Readme = File.ReadAllText(Path.Combine(Office.Checkout, "src", "Evergreen.Cli", "README.md"));

    /// <summary>What the table of commands says, row by row: each span of code with the commands it stands for.</summary>
    private static List<(string Span, List<Command> Commands)> Told()
    {
        var told = new List<(string, List<Command>)>();
        foreach (var row in Readme.Split('\n').SkipWhile(line => !line.StartsWith("| Command", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')))
        {
            List<Command> last = [];
            // A cell ends at a bar that is not escaped.
            foreach (Match match in Span().Matches(row.Replace("\\|", "¦", StringComparison.Ordinal).Split('|')[1]))
            {
                var words = match.Groups["span"].Value.Split(' ');
                if (!words[0].StartsWith('-')) last = Find(Root, words) is { Count: > 0 } whole ? whole : last.Count > 0 && last[0].Parents.OfType<Command>().FirstOrDefault() is { } group ? Find(group, words) : [];
                told.Add((match.Groups["span"].Value, last));
            }
        }
        return told;
    }

    /// <summary>Follows the words down the tree; <c>members¦hours</c> goes two ways.</summary>
    private static List<Command> Find(Command from, IReadOnlyList<string> words)
    {
        var ways = words.Count == 0 ? [] : words[0].Split('¦').Select(word => from.Subcommands.FirstOrDefault(below => below.Name == word)).ToList();
        if (ways.Count == 0 || ways.Contains(null)) return from.Action is null ? [] : [from];
        return [.. ways.SelectMany(way => Find(way!, [.. words.Skip(1)]))];
    }

    [Test]
    public void TheReadmeNamesEveryCommandAndNoOther()
    {
        var told = Told();
        Assert.Multiple(() =>
        {
            Assert.That(told.Where(span => span.Commands.Count == 0).Select(span => span.Span), Is.Empty, "spans that are no command");
            Assert.That(All(Root).Except(told.SelectMany(span => span.Commands)).Select(PathOf), Is.Empty, "commands that the README leaves out");
        });
    }

    [Test]
    public void TheReadmeNamesWhatACommandNeedsAndNoOptionThatItHasNot()
    {
        var told = Told();
        var faults = new List<string>();
        foreach (var (span, commands) in told)
            foreach (var command in commands)
                foreach (Match option in Option().Matches(span))
                    if (command.Options.Concat(GlobalOptions.All).All(one => one.Name != option.Value)) faults.Add($"{PathOf(command)} has no {option.Value}");
        foreach (var command in All(Root))
        {
            var spans = told.Where(span => span.Commands.Contains(command)).Select(span => span.Span).ToList();
            foreach (var option in command.Options.Where(option => option.Required && !spans.Exists(span => Option().Matches(span).Any(match => match.Value == option.Name)))) faults.Add($"{PathOf(command)} needs {option.Name}");
            foreach (var argument in command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && !spans.Exists(span => Names(span, argument)))) faults.Add($"{PathOf(command)} needs {argument.Name}");
        }
        Assert.That(faults, Is.Empty);
    }

    /// <summary>By its name, or by the words it may be.</summary>
    private static bool Names(string span, Argument argument) =>
        span.Split(' ').Contains(argument.Name, StringComparer.Ordinal) || argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(word => word.Label).Order(StringComparer.Ordinal) is var may && span.Split(' ').Any(word => word.Split('¦').Order(StringComparer.Ordinal).SequenceEqual(may));

    [Test]
    public void TheReadmeNamesEveryOptionThatAllCommandsTake() =>
        Assert.That(Option().Matches(Readme[Readme.IndexOf("| Option", StringComparison.Ordinal)..Readme.IndexOf("Exit codes:", StringComparison.Ordinal)]).Select(match => match.Value).Distinct(), Is.EquivalentTo(GlobalOptions.All.Select(option => option.Name)));

    [Test]
    public void HelpTellsOfEveryCommandArgumentAndOption()
    {
        using var office = new Office();
        var faults = new List<string>();
        foreach (var command in Whole(Root))
        {
            var help = office.DoneHere([.. PathOf(command).Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Out;
            // Long descriptions are broken over lines.
            var flat = Blank().Replace(help, " ");
            foreach (var symbol in command.Subcommands.Concat<Symbol>(command.Arguments).Concat(command.Options).Concat(GlobalOptions.All).Where(symbol => !symbol.Hidden).Append(command))
            {
                if (symbol != command && !flat.Contains(symbol.Name, StringComparison.Ordinal)) faults.Add($"{PathOf(command)} --help does not name {symbol.Name}");
                if (string.IsNullOrWhiteSpace(symbol.Description) || !flat.Contains(Blank().Replace(symbol.Description, " ")[..Math.Min(20, symbol.Description.Length)], StringComparison.Ordinal)) faults.Add($"{PathOf(command)} --help does not say what {symbol.Name} is");
            }
        }
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void HelpLeavesOutWhatTheCommandAboveTakes()
    {
        using var office = new Office();
        var below = Whole(Root).Where(command => command.Parents.OfType<Command>().Any(above => above.Arguments.Count > 0)).ToList();
        Assert.That(below.Select(PathOf), Does.Contain("export members"));
        Assert.Multiple(() =>
        {
            foreach (var command in below)
            {
                var help = Blank().Replace(office.DoneHere([.. PathOf(command).Split(' '), "--help"]).Out, " ");
                Assert.That(help, Does.Contain(string.Join(' ', [PathOf(command), .. command.Arguments.Select(argument => $"<{argument.Name}>")])), PathOf(command));
                foreach (var other in command.Parents.OfType<Command>().SelectMany(above => above.Arguments).Where(other => command.Arguments.All(own => own.Description != other.Description))) Assert.That(help, Does.Not.Contain(other.Description!), PathOf(command));
            }
        });
        Assert.That(office.DoneHere("export", "--help").Out, Does.Contain("export <RUN> <FILE>"));
    }

    private static IEnumerable<Command> Whole(Command command) => command.Subcommands.SelectMany(Whole).Prepend(command);
    private static IEnumerable<Command> All(Command command) => Whole(command).Where(one => one.Action is not null);
    private static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}".TrimStart() : "";

    [GeneratedRegex("`(?<span>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Span();

    [GeneratedRegex("--[a-z][a-z-]*", RegexOptions.ExplicitCapture)]
    private static partial Regex Option();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture)]
    private static partial Regex Blank();
}
