using System.CommandLine;
using Evergreen.Application.Imports;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import show N</c></summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var number = new Argument<int>("N") { Description = "The number of the import; 'evergreen import list' names it." };
        var command = new Command("show", "The report of an import, as it was kept.") { number };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ListImports(books).Show(door.CoOp, parse.GetValue(number)), report => ImportWords.Say(report, checkOnly: false));
        });
        return command;
    }
}
