using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Equity;

namespace Evergreen.Cli.Equity;

/// <summary><c>evergreen export journal FILE [--form …] [--year YEAR]</c>: the ledger for another program.</summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        var file = Ask.File("The file to write. The same books give the same bytes.");
        var form = Ask.Choice("--form", "hledger, ledger, beancount: plain text, with the part of each member and fiscal year as an account; quickbooks: a CSV file with the columns of QuickBooks Online's journal.", ExportJournal.Form.Hledger,
            ("hledger", ExportJournal.Form.Hledger), ("ledger", ExportJournal.Form.Ledger), ("beancount", ExportJournal.Form.Beancount), ("quickbooks", ExportJournal.Form.QuickBooks));
        var year = Ask.MaybeYear("--year", "Only the entries of a fiscal year, after one entry with the balances from before it.");
        var from = Ask.MaybeDate("--from", "Only entries from this accounting date on, after one entry with the balances from before it.");
        var to = Ask.MaybeDate("--to", "Only entries up to this accounting date.");
        var command = new Command("journal", "The ledger as a journal that another accounting program reads.") { file, form, year, from, to };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var path = parse.GetRequiredValue(file);
            var request = new ExportJournal.Request(door.CoOp, parse.GetValue(form), parse.GetValue(year), parse.GetValue(from), parse.GetValue(to));
            return door.Read(books => Files.Write(path, door.DryRun, stream => new ExportJournal(books).Run(request, stream)), written => Say(path, written));
        });
        return command;
    }

    private static Reply Say(string path, ExportJournal.Result written) => new(
        new { File = path, written.Entries, OpeningBalances = written.Opens, written.From, written.To },
        screen => screen.Line($"{written.Entries.ToString("N0", CultureInfo.InvariantCulture)} entries in {path}{(written.Opens ? $", after the balances from before {written.From:yyyy-MM-dd}" : "")}"));
}
