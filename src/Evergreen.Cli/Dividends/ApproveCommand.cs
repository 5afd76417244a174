using System.CommandLine;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends approve RUN --resolution R</c></summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        var run = Ask.Run();
        var resolution = Ask.Text("--resolution", "NUMBER", "The board's resolution, such as 2026/07.");
        var command = new Command("approve", "Approve a run, as another person than the one who calculated it.") { run, resolution };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var name = parse.GetRequiredValue(run);
            return door.Write((books, by) => new ApproveDividend(books).Run(new(door.CoOp, name, by, parse.GetRequiredValue(resolution), door.DryRun)), approval => Say(name, approval));
        });
        return command;
    }

    private static Reply Say(string run, DividendApproval approval) => new(
        new { Run = run, approval.By, approval.At, approval.Resolution },
        screen => screen.Line($"Run {run} is approved by {approval.By} under resolution {approval.Resolution}. Next: evergreen dividends post {run}"));
}
