using System.CommandLine;
using Evergreen.Application.Patronage;

namespace Evergreen.Cli.Imports;

/// <summary><c>evergreen import resolve HELD --member N|--non-member --reason R</c></summary>
internal static class ResolveCommand
{
    public static Command Create()
    {
        var held = new Argument<string>("HELD") { Description = "The member number that stands in the held rows; all of them are resolved alike." };
        var member = Ask.MaybeText("--member", "N", "They are this member's.");
        var nonMember = new Option<bool>("--non-member") { Description = "They are business with no member." };
        var row = new Option<long?>("--row") { HelpName = "ID", Description = "One held row alone." };
        var reason = Ask.Text("--reason", "TEXT", "How you know.");
        var command = new Command("resolve", "Decide what becomes of held rows.") { held, member, nonMember, row, reason };
        command.Validators.Add(given =>
        {
            if ((given.GetValue(member) is null) != given.GetValue(nonMember)) given.AddError("Give either --member or --non-member.");
        });
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new ResolveHeldRows(books).Run(new(door.CoOp, parse.GetRequiredValue(held), parse.GetValue(member), by, parse.GetRequiredValue(reason), parse.GetValue(row), door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(ResolveHeldRows.Result result) => new(
        new { result.Rows, result.Member, result.Purchases, result.Hours },
        screen => screen.Line($"{ImportWords.Count(result.Rows)} rows are now {(result.Member is { } member ? $"member {member}'s" : "business with no member")}: purchases {Screen.Of(result.Purchases)}, hours {result.Hours}."));
}
