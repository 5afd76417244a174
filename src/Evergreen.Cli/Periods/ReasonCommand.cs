using System.CommandLine;
using Evergreen.Application.Periods;
using Evergreen.Domain.Dividends;

namespace Evergreen.Cli.Periods;

/// <summary><c>evergreen year reason YEAR LINE TEXT</c></summary>
internal static class ReasonCommand
{
    public static Command Create()
    {
        var year = Ask.Year();
        var line = new Argument<string>("LINE") { Description = "The line of the figures, by its name." };
        var reason = new Argument<string>("TEXT") { Description = "Why it does not come from business with patrons." };
        var command = new Command("reason", "Say why a line does not come from patronage, where the figures did not.") { year, line, reason };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new GiveReason(books).Run(new(door.CoOp, parse.GetValue(year), parse.GetRequiredValue(line), parse.GetRequiredValue(reason), by, door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(SurplusLine line) => new(
        new { line.FiscalYear, line.Line, line.Amount, line.Reason },
        screen => screen.Line($"{line.Line}, {Screen.Of(line.Amount)}: {line.Reason}"));
}
