using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Patronage;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import held</c></summary>
internal static class HeldCommand
{
    public static Command Create()
    {
        var command = new Command("held", "Rows that wait because their member number is not in the register.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ListHeldRows(books).Run(door.CoOp), Say);
        });
        return command;
    }

    private static Reply Say(IReadOnlyList<HeldLine> held) => new(
        new { Held = held },
        screen =>
        {
            if (held.Count == 0)
            {
                screen.Line("No rows are held.");
                return;
            }
            var sheet = new Sheet().Words("Member number").Figures("Held row", "Import", "Row").Words("Kind", "Source id", "On").Figures("Amount or hours");
            foreach (var row in held)
                sheet.Row(row.MemberNumber, row.Id.ToString(CultureInfo.InvariantCulture), row.Import.ToString(CultureInfo.InvariantCulture), row.Row.ToString(CultureInfo.InvariantCulture), row.Kind.ToString().ToLowerInvariant(), row.SourceRef,
                    row.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Screen.Of(row.Quantity));
            screen.Table(sheet).Line("Next: evergreen import resolve NUMBER --member N, or --non-member, with --reason");
        });
}
