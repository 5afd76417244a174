using System.CommandLine;
using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen explain dividend YEAR --member N [--run R] [--csv FILE]</c></summary>
internal static class ExplainDividendCommand
{
    public static Command Create()
    {
        var year = Ask.Year();
        var member = Ask.Text("--member", "NUMBER", "The member's number.");
        var run = Ask.MaybeText("--run", "RUN", "A run of that year; the posted one where it is left out.");
        var csv = Ask.MaybeText("--csv", "FILE", "Write the working there as well.");
        var command = new Command("dividend", "One member's dividend of a year, line by line: from the co-op's net income to the last cent.") { year, member, run, csv };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books =>
            {
                var explained = new ExplainDividend(books).Run(door.CoOp, parse.GetValue(year), parse.GetRequiredValue(member), parse.GetValue(run));
                if (!explained.IsRefused && parse.GetValue(csv) is { } path) Files.Write<int>(path, door.DryRun, stream => Write(stream, explained.Value.Steps));
                return explained;
            }, Say);
        });
        return command;
    }

    private static Outcome<int> Write(Stream stream, IReadOnlyList<ExplainDividend.Step> steps)
    {
        using var output = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        var csv = new CsvWriter(output).Header(["part", "text", "figure", "source"]);
        foreach (var step in steps) csv.Text(step.Part).Text(step.Text).AsRead(step.Figure).Text(step.Source).EndRow();
        return steps.Count;
    }

    private static Reply Say(ExplainDividend.Result result) => new(
        new
        {
            CoOp = result.CoOp.Code, Run = result.Run.Name, Member = result.MemberNumber, Name = result.MemberName, result.Dividend, result.Cash, result.Retained, result.Payable,
            Steps = result.Steps.Select(step => new { step.Part, step.Text, step.Figure, step.Source }),
        },
        screen =>
        {
            screen.Line($"{result.CoOp.Name}, dividend of {result.Run.FiscalYear}, run {result.Run.Name}").Line($"{result.MemberNumber} {result.MemberName}");
            var sheet = new Sheet().Words("Part", "Working").Figures("Figure").Words("Where from");
            var part = "";
            foreach (var step in result.Steps)
            {
                sheet.Row(step.Part == part ? "" : step.Part, step.Text, Grouped(step.Figure), step.Source);
                part = step.Part;
            }
            screen.Table(sheet);
        });

    private static string Grouped(string figure) => Money.TryParse(figure, out var amount) ? Screen.Of(amount) : figure;
}
