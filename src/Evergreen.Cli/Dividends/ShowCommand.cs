using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends show [RUN]</c></summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var run = new Argument<string?>("RUN") { Description = "The run, such as 2025-1; all runs where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("show", "Show a run with its working; list all runs.") { run };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return parse.GetValue(run) is { } name
                ? door.Read(books => new DividendWorksheet(books).Show(door.CoOp, name), One)
                : door.Read(books => new DividendWorksheet(books).List(door.CoOp, null), All);
        });
        return command;
    }

    private static Reply One(DividendWorksheet.Summary summary) => new(
        new
        {
            CoOp = summary.CoOp.Code, Standing = RunWords.Document(summary.Standing), summary.Working,
            Pools = summary.Pools.Select(pool => new { pool.Code, pool.Name, pool.Unit, TotalUnits = RunWords.UnitsOf(pool), Amount = new Money(pool.AmountCents), pool.LeftoverCents, Residue = new Money(pool.ResidueCents) }),
            summary.PayBy, FifthInMoney = summary.Fifth, summary.Warnings,
        },
        screen =>
        {
            RunWords.Show(screen, summary.Standing);
            RunWords.ShowWorking(screen, summary.Working, summary.Pools, summary.Standing.Run);
            screen.Facts(
                ("Paid in time until", summary.PayBy is { } payBy ? $"{RunWords.Day(payBy)} (26 USC 1382(d))" : null),
                ("A fifth in money", summary.Fifth is { } fifth ? $"{fifth.Passing} of {fifth.Members} members with a qualified notice; together {Screen.Of(fifth.Money)} of {Screen.Of(fifth.Counted)}, {fifth.Percent} (26 USC 1388(c)(1))" : null));
            foreach (var warning in summary.Warnings) screen.Line($"Note: {warning}");
        });

    private static Reply All(IReadOnlyList<RunStanding> runs) => new(
        new { Runs = runs.Select(RunWords.Document) },
        screen =>
        {
            if (runs.Count == 0) screen.Line("No run yet. Calculate one: evergreen dividends calculate YEAR");
            else
            {
                var sheet = new Sheet().Words("Run", "State").Figures("Members", "Dividend", "in cash").Words("Calculated by", "Approved by", "Posted");
                foreach (var standing in runs)
                    sheet.Row(standing.Run.Name, standing.State, standing.Run.MembersAllocated.ToString("N0", CultureInfo.InvariantCulture), Screen.Of(new Money(standing.Run.AllocatedCents)), Screen.Of(new Money(standing.Run.CashCents)),
                        standing.Run.CalculatedBy, standing.Approval?.By, standing.Posting is { } posting ? RunWords.Day(posting.On) : null);
                screen.Table(sheet);
            }
        });
}
