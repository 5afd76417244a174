using System.CommandLine;
using Evergreen.Application.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends calculate YEAR</c></summary>
internal static class CalculateCommand
{
    public static Command Create()
    {
        var year = Ask.Year();
        var command = new Command("calculate", "Calculate a year's dividend: a proposal, of which nothing is in the ledger.") { year };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new CalculateDividend(books).Run(new(door.CoOp, parse.GetValue(year), by, door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(CalculateDividend.Result result) => new(
        new { Run = result.Run.Name, result.AlreadyThere, Calculation = RunWords.Document(result.Run), result.Working, result.Findings },
        screen =>
        {
            screen.Line(result.AlreadyThere ? $"Run {result.Run.Name} was calculated from these very inputs; nothing changed." : $"Run {result.Run.Name} is calculated.");
            RunWords.ShowWorking(screen, result.Working, result.Pools, result.Run);
            foreach (var finding in result.Findings) screen.Line($"Note: {finding}");
            screen.Line($"Next, by another person: evergreen dividends approve {result.Run.Name} --resolution NUMBER");
        });
}
