using System.CommandLine;
using Evergreen.Application;
using Evergreen.Application.Imports;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import undo N --reason R</c></summary>
internal static class UndoCommand
{
    public static Command Create()
    {
        var number = new Argument<int>("N") { Description = "The number of the import." };
        var reason = Ask.Text("--reason", "TEXT", "Why it is withdrawn; the import stays, marked.");
        var command = new Command("undo", "Withdraw an import, until a posted run has used it. The file may then be imported again.") { number, reason };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new WithdrawImport(books).Run(new(door.CoOp, parse.GetValue(number), by, parse.GetRequiredValue(reason), door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(ImportWithdrawal withdrawn) => new(
        new { withdrawn.Number, withdrawn.Kind, withdrawn.RowsRemoved, withdrawn.MembersRemoved, withdrawn.MembersRestored, withdrawn.EntriesReversed },
        screen => screen.Line($"Import {withdrawn.Number} is withdrawn.").Facts(
            ("Rows removed", Some(withdrawn.RowsRemoved)), ("Members removed", Some(withdrawn.MembersRemoved)), ("Members as before", Some(withdrawn.MembersRestored)), ("Entries reversed", Some(withdrawn.EntriesReversed))));

    private static string? Some(long count) => count == 0 ? null : ImportWords.Count(count);
}
