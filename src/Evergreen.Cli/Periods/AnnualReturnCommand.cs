using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Statements;

namespace Evergreen.Cli.Periods;

/// <summary><c>evergreen year annual-return YEAR</c></summary>
internal static class AnnualReturnCommand
{
    private const string NotInTheBooks = "Turnover, assets, liabilities, officers and the questions about the society's business are not in these books.";

    public static Command Create()
    {
        var year = Ask.Year();
        var command = new Command("annual-return", "Count what the annual return (AR30) of a UK society asks for: members, share capital, interest on shares, surplus.") { year };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new CountForAnnualReturn(books).Run(new(door.CoOp, parse.GetValue(year))), Say);
        });
        return command;
    }

    private static Reply Say(CountForAnnualReturn.Result result) => new(
        new
        {
            Society = result.CoOp.Name, result.Year.Year, result.Year.StartsOn, result.Year.EndsOn, result.DueOn,
            Members = new { AtBeginning = result.Members.Opening, result.Members.Admitted, result.Members.Ceased, AtEnd = result.Members.Closing },
            result.ShareCapital, result.Run, HighestInterest = result.HighestInterest?.ToPercent(4), result.Surplus, result.CoOp.Currency, Notes = new[] { NotInTheBooks },
        },
        screen => screen.Line($"{result.CoOp.Name}: annual return of the year from {result.Year.StartsOn:yyyy-MM-dd} to {result.Year.EndsOn:yyyy-MM-dd}, due by {result.DueOn:yyyy-MM-dd}.").Facts(
            ("Members at the beginning", Count(result.Members.Opening)),
            ("Admitted", Count(result.Members.Admitted)),
            ("Ceased", Count(result.Members.Ceased)),
            ("Members at the end", Count(result.Members.Closing)),
            ("Share capital at the end", $"{Screen.Of(result.ShareCapital)} {result.CoOp.Currency}"),
            ("Highest interest on shares", result.HighestInterest is { } rate ? $"{(rate.Sign == 0 ? "none" : rate.ToPercent(4))}, run {result.Run}" : "not known: no run of the year is posted"),
            ("Net surplus or deficit", result.Surplus is { } surplus ? $"{Screen.Of(surplus)} {result.CoOp.Currency}" : "not known: the year is not closed")).Line($"Note: {NotInTheBooks}"));

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
