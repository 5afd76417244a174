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
            return door.Read(books => new CheckBooks(books).Run(new(door.CoOp, parse.GetValue(against)), Progress.Steps()), Say);
        });
        return command;
    }

    private static Reply Say(CheckBooks.Result result) => new(
        new { Sound = result.Findings.Count == 0, result.Findings, result.Entries, result.Lines, result.PatronageRows, result.Runs, result.Heads, result.AuditHeads, result.Reminders },
        screen =>
        {
            foreach (var finding in result.Findings) screen.Line(finding);
            if (result.Findings.Count == 0) screen.Line("The books are sound.");
            foreach (var reminder in result.Reminders) screen.Line($"Note: {reminder}");
            screen.Facts([("Entries", Count(result.Entries)), ("Lines", Count(result.Lines)), ("Purchases and hours", Count(result.PatronageRows)), ("Dividend runs", Count(result.Runs)),
                .. result.Heads.Select(head => ($"Ledger of {head.Key}", (string?)head.Value)), .. result.AuditHeads.Select(head => ($"Audit of {(head.Key.Length == 0 ? "the site" : head.Key)}", (string?)head.Value))]);
        }) { Against = result.Findings.Count == 0 ? null : Refusals.BooksUnsound(result.Findings.Count) };

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
