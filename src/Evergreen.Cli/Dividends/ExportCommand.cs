using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends export RUN FILE [--layout …]</c>, and the same as <c>evergreen export</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = Ask.Run();
        var file = Ask.File("The CSV file to write. The same run gives the same bytes.");
        var layout = Ask.Choice("--layout", "allocations: every row with its exact fraction; core-pos: the nine columns that a CORE-POS store loads; payroll: what is paid with the wages.", DividendWorksheet.Layout.Allocations,
            ("allocations", DividendWorksheet.Layout.Allocations), ("core-pos", DividendWorksheet.Layout.CorePos), ("payroll", DividendWorksheet.Layout.Payroll));
        var command = new Command("export", "Write a run as a file from which anybody can recompute it.") { run, file, layout };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var path = parse.GetRequiredValue(file);
            return door.Read(books => Files.Write(path, door.DryRun, stream => new DividendWorksheet(books).Export(door.CoOp, parse.GetRequiredValue(run), parse.GetValue(layout), stream)), rows => Say(path, rows));
        });
        return command;
    }

    private static Reply Say(string path, long rows) => new(
        new { File = path, Rows = rows },
        screen => screen.Line($"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows in {path}"));
}
