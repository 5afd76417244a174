using System.CommandLine;
using Evergreen.Application.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends post RUN [--on DATE]</c></summary>
internal static class PostCommand
{
    public static Command Create()
    {
        var run = Ask.Run();
        var on = Ask.MaybeDate("--on", "Accounting date, in an open year after the dividend's; today where it is left out.");
        var command = new Command("post", "Post an approved run to the ledger. A second time changes nothing.") { run, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new PostDividend(books).Run(new(door.CoOp, parse.GetRequiredValue(run), by, parse.GetValue(on), door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(PostDividend.Result result) => new(
        new { Run = result.Run.Name, result.AlreadyThere, result.Posting.By, result.Posting.At, result.Posting.On, result.Posting.FirstSequence, result.Posting.LastSequence, result.Warning },
        screen =>
        {
            screen.Line($"Run {result.Run.Name} {(result.AlreadyThere ? "was posted before" : "is posted")} as of {RunWords.Day(result.Posting.On)}: entries {result.Posting.FirstSequence} to {result.Posting.LastSequence}.");
            if (result.Warning is { } warning) screen.Line($"Note: {warning}");
        });
}
