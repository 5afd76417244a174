using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Equity;
using Evergreen.Cli.Dividends;
using Evergreen.Domain.Members;

namespace Evergreen.Cli.Members;

/// <summary><c>evergreen member nominations NUMBER [--on DATE]</c></summary>
internal static class NominationsCommand
{
    private const string Marriage = "A marriage or civil partnership entered into after a nomination revokes it, and the register knows of none: ask before anything is paid.";

    public static Command Create()
    {
        var member = new Argument<string>("NUMBER") { Description = "The member's number." };
        var on = Ask.MaybeDate("--on", "The day of the death; where it is left out the day that the register knows, or today for a member who lives.");
        var command = new Command("nominations", "Work out what a member's nominees get at death, and what goes through the estate. UK societies only.") { member, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new WorkOutNomination(books).Run(new(door.CoOp, parse.GetRequiredValue(member), parse.GetValue(on))), Say);
        });
        return command;
    }

    private static Reply Say(WorkOutNomination.Result result) => new(
        new
        {
            result.Member, result.Name, result.On, result.HasDied, result.Holdings, result.Shares.Property, result.Shares.Limit,
            Nominees = result.Shares.Parts.Select(part => new { part.Nominee.Name, part.Nominee.Kinship, part.Nominee.Whereabouts, part.Nominee.Percent, NamedOn = part.Nominee.On, part.IsBarred, part.Amount }),
            result.Shares.Estate, Notes = new[] { Marriage },
        },
        screen =>
        {
            screen.Line($"Member {result.Member}, {result.Name}: {(result.HasDied ? "died on" : "as if the death were on")} {RunWords.Day(result.On)}.");
            var held = new Sheet().Words("In the society").Figures("Amount");
            foreach (var holding in result.Holdings) held.Row(holding.AccountName, Screen.Of(holding.Amount));
            screen.Table(held.Row("Together", Screen.Of(result.Shares.Property)));
            var sheet = new Sheet().Words("Goes to").Figures("Percent", "Amount").Words("");
            foreach (var part in result.Shares.Parts)
                sheet.Row($"{part.Nominee.Name}, {Words(part.Nominee.Kinship)}", part.Nominee.Percent.ToString(CultureInfo.InvariantCulture), Screen.Of(part.Amount), part.IsBarred ? "of the society and no next of kin: not valid" : "");
            screen.Table(sheet.Row("The estate", "", Screen.Of(result.Shares.Estate), ""));
            screen.Line($"Nominees get {Screen.Of(result.Shares.Limit)} at most, all together.");
            screen.Line($"Note: {Marriage}");
        });

    private static string Words(Kinship kinship) => kinship switch
    {
        Kinship.Spouse => "spouse", Kinship.CivilPartner => "civil partner", Kinship.Parent => "parent", Kinship.Child => "child", Kinship.Sibling => "brother or sister", Kinship.NephewOrNiece => "nephew or niece", _ => "other",
    };
}
