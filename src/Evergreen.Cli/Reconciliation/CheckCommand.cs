using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Reconciliation;

namespace Evergreen.Cli.Reconciliation;

/// <summary><c>evergreen check</c>: unsound books end with exit code 1.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var against = Ask.MaybeText("--against", "MANIFEST", "A manifest.json of issued statements: the ledger must still hold the hash noted there.");
        var command = new Command("check", "Recompute every hash, balance, total and run, and compare. Exit code 1 where something is wrong.") { against };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            CheckBooks.Result? checkedBooks = null;
            var code = door.Read(books => new CheckBooks(books).Run(new(door.CoOp, parse.GetValue(against)), Progress.Steps()), result => Say(checkedBooks = result));
            return code == ExitCode.Done && checkedBooks!.Findings.Count > 0 ? ExitCode.Refused : code;
        });
        return command;
    }

    private static Reply Say(CheckBooks.Result result) => new(
        new { Sound = result.Findings.Count == 0, result.Findings, result.Entries, result.Lines, result.PatronageRows, result.Runs, result.Heads },
        screen =>
        {
            foreach (var finding in result.Findings) screen.Line(finding);
            screen.Line(result.Findings.Count == 0 ? "The books are sound." : "The books are not sound. Restore a copy from before, or find out who changed them.");
            screen.Facts([("Entries", Count(result.Entries)), ("Lines", Count(result.Lines)), ("Purchases and hours", Count(result.PatronageRows)), ("Dividend runs", Count(result.Runs)),
                .. result.Heads.Select(head => ($"Ledger of {head.Key}", (string?)head.Value))]);
        });

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
