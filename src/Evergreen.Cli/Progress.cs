using Spectre.Console;

namespace Evergreen.Cli;

/// <summary>Progress for a person who waits: on standard error, and only where that is a terminal.</summary>
internal static class Progress
{
    private static readonly bool Watched = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Says each step as it begins; null where nobody watches.</summary>
    public static Action<string>? Steps() => Watched ? step => Console.Error.WriteLine($"… {step}") : null;

    /// <summary>Runs the work with a bar that it moves by saying how much of how much is done.</summary>
    public static T Bar<T>(string what, Func<Action<long, long>?, T> work)
    {
        if (!Watched) return work(null);
        var colours = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error), ColorSystem = colours });
        return console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                var task = progress.AddTask(Markup.Escape(what), autoStart: true);
                return work((done, all) => { task.MaxValue = Math.Max(1, all); task.Value = done; });
            });
    }
}
