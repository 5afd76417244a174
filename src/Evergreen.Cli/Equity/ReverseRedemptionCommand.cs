using System.CommandLine;
using Evergreen.Application.Equity;

namespace Evergreen.Cli.Equity;

/// <summary><c>evergreen equity reverse-redemption NUMBER --reason R [--on DATE]</c></summary>
internal static class ReverseRedemptionCommand
{
    public static Command Create()
    {
        var number = new Argument<int>("NUMBER") { Description = "The redemption; 'evergreen equity redemptions' lists them." };
        var reason = Ask.Text("--reason", "TEXT", "Why it is taken back; it stays in the ledger.");
        var on = Ask.MaybeDate("--on", "Accounting date, not before the redemption; today where it is left out.");
        var command = new Command("reverse-redemption", "Take a redemption back by opposite entries: the money did not go out, or came back.") { number, reason, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new ReverseRedemption(books).Run(new(door.CoOp, parse.GetRequiredValue(number), by, parse.GetRequiredValue(reason), parse.GetValue(on), door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(ReverseRedemption.Result result) => new(
        new { Redemption = result.Redemption.Number, result.AlreadyThere, result.Reversal.By, result.Reversal.At, result.Reversal.On, result.Reversal.Reason, result.Reversal.FirstSequence, result.Reversal.LastSequence },
        screen => screen.Line($"Redemption {result.Redemption.Number} {(result.AlreadyThere ? "was taken back before" : "is taken back")} as of {RedemptionWords.Day(result.Reversal.On)}: entries {result.Reversal.FirstSequence} to {result.Reversal.LastSequence}."));
}
