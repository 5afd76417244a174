using System.CommandLine;
using Evergreen.Application.Periods;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Periods;

/// <summary><c>evergreen year close YEAR --figures FILE [--expect-total AMOUNT]</c></summary>
internal static class CloseCommand
{
    public static Command Create()
    {
        var year = Ask.Year();
        var figures = Ask.Text("--figures", "FILE", "The year's figures: a CSV with line, amount, sourced, pool, reason.");
        var total = Ask.MaybeAmount("--expect-total", "Net income as you know it; the lines must sum to it to the cent.");
        var command = new Command("close", "Close the books of a year with its figures. The same file again changes nothing.") { year, figures, total };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new CloseFiscalYear(books).Run(new(door.CoOp, parse.GetValue(year), parse.GetRequiredValue(figures), by, parse.GetValue(total), door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(CloseFiscalYear.Result result)
    {
        var patronage = result.Lines.Where(line => line.FromPatronage).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
        var net = new Money(result.Closing.NetIncomeCents);
        return new(
            new
            {
                result.Closing.FiscalYear, result.Closing.StartsOn, result.Closing.EndsOn, result.AlreadyThere, NetIncome = net, FromPatronage = patronage, result.Closing.FiguresSha256,
                Lines = result.Lines.Select(line => new { line.Line, line.Amount, line.FromPatronage, line.Pool, line.Reason }), result.Warnings,
            },
            screen =>
            {
                screen.Line(result.AlreadyThere ? $"{result.Closing.FiscalYear} was closed before with these very figures; nothing changed." : $"{result.Closing.FiscalYear} is closed: nothing can be posted up to {result.Closing.EndsOn:yyyy-MM-dd} any more.");
                var sheet = new Sheet().Words("Line").Figures("Amount").Words("From patronage", "Reason");
                foreach (var line in result.Lines) sheet.Row(line.Line, Screen.Of(line.Amount), line.FromPatronage ? "yes" : "no", line.Reason);
                sheet.Row("Net income", Screen.Of(net), "", "").Row("from patronage", Screen.Of(patronage), "", "");
                screen.Table(sheet);
                foreach (var warning in result.Warnings) screen.Line($"Note: {warning}");
            });
    }
}
