using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Demo;

namespace Evergreen.Cli.Demo;

/// <summary><c>evergreen demo load [--out DIR]</c></summary>
internal static class LoadCommand
{
    private const string DemoFolder = "demo";

    internal static string StatementsFolder => Path.Combine(DemoFolder, "statements");

    public static Command Create()
    {
        var folder = new Option<string>("--out") { HelpName = "DIR", Description = "Where the statements go.", DefaultValueFactory = _ => StatementsFolder };
        var command = new Command("load", "Load a worker-owned laundry and a community grocery from their CSV files, run three year ends each, and leave the statements on disk. Goes to demo/evergreen.db unless --database says otherwise.") { folder };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var address = Address(parse);
            if (address.IsRefused) return door.Refuse(address.Refusal!);
            var statements = parse.GetRequiredValue(folder);
            return door.Answer(door.DryRun ? Try(statements) : Load(address.Value, statements), years => Say(address.Value, statements, years));
        });
        return command;
    }

    internal static Outcome<DatabaseAddress> Address(ParseResult parse)
    {
        var named = parse.GetValue(GlobalOptions.Database) ?? Environment.GetEnvironmentVariable(DatabaseAddress.Variable);
        return DatabaseAddress.Parse(string.IsNullOrWhiteSpace(named) ? Path.Combine(DemoFolder, DatabaseAddress.Default) : named);
    }

    internal static Outcome<List<YearEnd>> Load(DatabaseAddress address, string folder)
    {
        Migrator.Run(address);
        return LoadDemo.Run(address, folder, Progress.Steps());
    }

    // Each step builds on what the one before kept, so there is nothing to roll back: the whole is done elsewhere and thrown away.
    private static Outcome<List<YearEnd>> Try(string folder)
    {
        var scratch = Directory.CreateTempSubdirectory("evergreen-demo-").FullName;
        try
        {
            var loaded = Load(DatabaseAddress.Sqlite(Path.Combine(scratch, DatabaseAddress.Default)), Path.Combine(scratch, "statements"));
            return loaded.IsRefused ? loaded : loaded.Value.ConvertAll(year => year with { Folder = Path.Combine(folder, Path.GetFileName(year.Folder)) });
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Reply Say(DatabaseAddress address, string folder, List<YearEnd> years) => new(
        new
        {
            Database = address.ToString(), Statements = folder,
            Years = years.Select(year => new { year.CoOp, year.Run.FiscalYear, Run = year.Run.Name, Members = year.Run.MembersAllocated, Dividend = new Money(year.Run.AllocatedCents), Cash = new Money(year.Run.CashCents), year.Statements, year.Folder }),
        },
        screen =>
        {
            var sheet = new Sheet().Words("Co-op", "Run").Figures("Members", "Dividend", "in cash", "Statements").Words("in");
            foreach (var year in years)
                sheet.Row(year.CoOp, year.Run.Name, year.Run.MembersAllocated.ToString("N0", CultureInfo.InvariantCulture), Screen.Of(new Money(year.Run.AllocatedCents)), Screen.Of(new Money(year.Run.CashCents)),
                    year.Statements.ToString("N0", CultureInfo.InvariantCulture), year.Folder);
            screen.Table(sheet);
            var database = address.Path is { } path ? Path.GetRelativePath(Environment.CurrentDirectory, path) : "ADDRESS";
            screen.Line($"The books are in {(address.Path is null ? address.ToString() : database)}, the statements in {folder}, also as ZIP files.").Line().Line("Try:")
                .Line($"  evergreen explain dividend 2025 --member 0010 --co-op laundry --database {database}")
                .Line($"  evergreen dividends show 2025-1 --co-op grocery --database {database}")
                .Line($"  evergreen export 2025-1 allocations.csv --co-op grocery --database {database}")
                .Line($"  evergreen check --database {database}");
        });
}
