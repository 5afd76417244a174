using System.CommandLine;
using Evergreen.Application.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends reverse RUN --reason R [--recovery R] [--on DATE]</c></summary>
internal static class ReverseCommand
{
    public static Command Create()
    {
        var run = Ask.Run();
        var reason = Ask.Text("--reason", "TEXT", "Why the run is taken back; it stays in the ledger.");
        var recovery = Ask.MaybeText("--recovery", "TEXT", "Where the run was paid out: how the money comes back, or what it is set off against.");
        var on = Ask.MaybeDate("--on", "Accounting date, not before the posting; today where it is left out.");
        var command = new Command("reverse", "Take a posted run back by opposite entries. The posted ones stay.") { run, reason, recovery, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new ReverseDividend(books).Run(new(door.CoOp, parse.GetRequiredValue(run), by, parse.GetRequiredValue(reason), parse.GetValue(on), door.DryRun) { Recovery = parse.GetValue(recovery) }), Say);
        });
        return command;
    }

    private static Reply Say(ReverseDividend.Result result) => new(
        new { Run = result.Run.Name, result.AlreadyThere, result.Reversal.By, result.Reversal.At, result.Reversal.On, result.Reversal.Reason, result.Reversal.FirstSequence, result.Reversal.LastSequence },
        screen => screen.Line($"Run {result.Run.Name} {(result.AlreadyThere ? "was reversed before" : "is reversed")} as of {RunWords.Day(result.Reversal.On)}: entries {result.Reversal.FirstSequence} to {result.Reversal.LastSequence}."));
}
