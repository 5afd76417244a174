using System.CommandLine;
using Evergreen.Application.Equity;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.CoOps;

/// <summary><c>evergreen co-op share-limit AMOUNT|none</c></summary>
internal static class ShareLimitCommand
{
    private const string None = "none";

    /// <param name="Amount">Null for that of the law.</param>
    private sealed record Wanted(Money? Amount);

    public static Command Create()
    {
        var amount = new Argument<Wanted>("AMOUNT")
        {
            Description = $"An amount such as 20000.00, or {None} where the society's rules say nothing and the law's limit is all there is.",
            CustomParser = given =>
            {
                var text = given.Tokens[0].Value;
                if (text == None) return new(null);
                if (Money.TryParse(text, out var limit)) return new(limit);
                given.AddError($"'{text}' is not an amount such as 20000.00, nor {None}.");
                return null!;
            },
        };
        var command = new Command("share-limit", "Say how many withdrawable shares one person may hold by a UK society's own rules.") { amount };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new SetShareLimit(books).Run(new(door.CoOp, parse.GetRequiredValue(amount).Amount, by, door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(SetShareLimit.Result result) => new(
        new { ShareLimit = result.Own, result.InForce },
        screen => screen.Line($"A person may hold {Screen.Of(result.InForce)} in withdrawable shares, by {(result.Own is null ? "law" : "the society's rules")}."));
}
