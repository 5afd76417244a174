using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Imports;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import list</c></summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "What was imported, the newest first.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ListImports(books).Run(door.CoOp), Say);
        });
        return command;
    }

    private static Reply Say(IReadOnlyList<ImportSummary> imports) => new(
        new { Imports = imports },
        screen =>
        {
            if (imports.Count == 0)
            {
                screen.Line("Nothing was imported yet.");
                return;
            }
            var sheet = new Sheet().Figures("No").Words("Kind", "File", "Source", "On", "By").Figures("Accepted", "Rejected", "Waiting").Words("");
            foreach (var import in imports)
                sheet.Row(import.Number.ToString(CultureInfo.InvariantCulture), import.Kind.ToString().ToLowerInvariant(), import.FileName, import.Source, import.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), import.By,
                    ImportWords.Count(import.Accepted), ImportWords.Count(import.Rejected), ImportWords.Count(import.Waiting), import.WithdrawnAt is null ? "" : $"withdrawn by {import.WithdrawnBy}: {import.WithdrawnReason}");
            screen.Table(sheet);
        });
}
