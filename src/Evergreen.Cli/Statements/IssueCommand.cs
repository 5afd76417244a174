using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Dividends;
using Evergreen.Application.Statements;

namespace Evergreen.Cli.Statements;

/// <summary><c>evergreen statements issue RUN --out DIR [--zip FILE] [--paper letter|a4]</c></summary>
internal static class IssueCommand
{
    public static Command Create()
    {
        var run = Ask.Run();
        var folder = Ask.MaybeText("--out", "DIR", "The folder for one PDF a member and the manifest.json. Needed where there is no --zip.");
        var zip = Ask.MaybeText("--zip", "FILE", "Put them all into this ZIP, with the manifest.");
        var paper = Ask.Choice("--paper", "The size of the page.", PaperKind.Letter, ("letter", PaperKind.Letter), ("a4", PaperKind.A4));
        var on = Ask.MaybeDate("--on", "Day of issue, on the first issue; today where it is left out.");
        var command = new Command("issue", "Draw the statement of a posted run for every member. Can be stopped and run again; the same run gives the same bytes.") { run, folder, zip, paper, on };
        command.SetAction((parse, stop) =>
        {
            var door = new Door(parse);
            return Task.FromResult(door.Write<(IssueStatements.Result, string?)>((books, by) =>
            {
                var request = new IssueStatements.Request(door.CoOp, parse.GetRequiredValue(run), by, parse.GetValue(folder), parse.GetValue(zip), parse.GetValue(paper), parse.GetValue(on), door.DryRun);
                var issued = Progress.Bar("Statements", report => new IssueStatements(books).Run(request, report is null ? null : (done, all) => report(done, all), stop));
                if (issued.IsRefused) return issued.Refusal!;
                var inTime = new StatementsInTime(books).Run(new(door.CoOp, request.Run, request.On));
                if (inTime.IsRefused) return inTime.Refusal!;
                return (issued.Value, inTime.Value.Warning);
            }, Say));
        });
        return command;
    }

    private static Reply Say((IssueStatements.Result Issued, string? Warning) answer)
    {
        var (result, warning) = answer;
        return new(
            new { result.Written, result.AlreadyThere, result.Bytes, Manifest = result.ManifestPath, Zip = result.ZipPath, Warning = warning },
            screen =>
            {
                screen.Facts(
                    ("Statements written", result.Written.ToString("N0", CultureInfo.InvariantCulture)),
                    ("There already", result.AlreadyThere > 0 ? result.AlreadyThere.ToString("N0", CultureInfo.InvariantCulture) : null),
                    ("Manifest", result.ManifestPath),
                    ("ZIP", result.ZipPath));
                if (warning is not null) screen.Line($"Note: {warning}");
            });
    }
}
