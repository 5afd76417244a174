using System.CommandLine;
using Evergreen.Application.Members;
using Evergreen.Cli.Dividends;
using Evergreen.Domain.Members;

namespace Evergreen.Cli.Members;

/// <summary><c>evergreen member status|class|consent NUMBER … --on DATE</c>: dated facts, recorded beside those that are there.</summary>
internal static class FactCommands
{
    public static Command Status()
    {
        var member = Number();
        var status = new Argument<string>("STATUS") { Description = "active, on-leave, suspended, left or deceased." };
        status.AcceptOnlyFromAmong("active", "on-leave", "suspended", "left", "deceased");
        var on = On();
        var reason = Ask.MaybeText("--reason", "TEXT", "Why.");
        var command = new Command("status", "Record that a member joined, went on leave, was suspended, left or died.") { member, status, on, reason };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var to = parse.GetRequiredValue(status) switch { "on-leave" => MemberStatus.OnLeave, "suspended" => MemberStatus.Suspended, "left" => MemberStatus.Left, "deceased" => MemberStatus.Deceased, _ => MemberStatus.Active };
            return door.Write((books, by) => new ChangeStatus(books).Run(new(door.CoOp, parse.GetRequiredValue(member), to, parse.GetValue(on), by, parse.GetValue(reason), door.DryRun)), result => new Reply(
                new { Member = parse.GetRequiredValue(member), result.Status, result.On, result.AlreadyThere },
                screen => screen.Line($"Member {parse.GetRequiredValue(member)} {(result.AlreadyThere ? "was" : "is")} {Words(result.Status)} {(result.AlreadyThere ? "on that day already" : $"from {RunWords.Day(result.On)}")}.")));
        });
        return command;
    }

    public static Command Class()
    {
        var member = Number();
        var code = new Argument<string>("CLASS") { Description = "Code of the class, such as worker." };
        var leaves = new Option<bool>("--leaves") { Description = "The member leaves the class; without it the member enters it." };
        var create = new Option<bool>("--create") { Description = "Make the class if it is not there." };
        var on = On();
        var command = new Command("class", "Record that a member entered or left a class.") { member, code, on, leaves, create };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new ChangeClass(books).Run(new(door.CoOp, parse.GetRequiredValue(member), parse.GetRequiredValue(code), !parse.GetValue(leaves), parse.GetValue(on), by, parse.GetValue(create), door.DryRun)), classes => new Reply(
                new { Member = parse.GetRequiredValue(member), Classes = classes },
                screen => screen.Line($"Member {parse.GetRequiredValue(member)} belongs to {(classes.Count == 0 ? "no class" : string.Join(", ", classes))} from {RunWords.Day(parse.GetValue(on))}.")));
        });
        return command;
    }

    public static Command Consent()
    {
        var member = Number();
        var kind = new Argument<string>("KIND") { Description = "bylaw or written." };
        kind.AcceptOnlyFromAmong("bylaw", "written");
        var ends = new Option<bool>("--ends") { Description = "The consent was revoked, or the bylaw repealed." };
        var on = On();
        var bylaw = Ask.MaybeText("--bylaw", "TEXT", "Which bylaw the member was given a copy of: its version or date.");
        var command = new Command("consent", "Record a member's consent to qualified notices, or its end.") { member, kind, on, ends, bylaw };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var of = parse.GetRequiredValue(kind) == "bylaw" ? ConsentKind.Bylaw : ConsentKind.Written;
            return door.Write((books, by) => new RecordConsent(books).Run(new(door.CoOp, parse.GetRequiredValue(member), of, parse.GetValue(on), by, parse.GetValue(ends), door.DryRun, parse.GetValue(bylaw))), fact => new Reply(
                new { Member = parse.GetRequiredValue(member), fact.Kind, fact.On, fact.Ended },
                screen => screen.Line($"The {parse.GetRequiredValue(kind)} consent of member {parse.GetRequiredValue(member)} {(fact.Ended ? "ended" : "was given")} on {RunWords.Day(fact.On)}.")));
        });
        return command;
    }

    internal static string Words(MemberStatus? status) => status switch
    {
        MemberStatus.Active => "active", MemberStatus.OnLeave => "on leave", MemberStatus.Suspended => "suspended", MemberStatus.Left => "a former member", MemberStatus.Deceased => "deceased", _ => "not yet a member",
    };

    private static Argument<string> Number() => new("NUMBER") { Description = "The member's number." };

    private static Option<DateOnly> On()
    {
        var dated = Ask.MaybeDate("--on", "");
        return new Option<DateOnly>("--on") { HelpName = "DATE", Required = true, Description = "From which day.", CustomParser = given => dated.CustomParser!(given) ?? default };
    }
}
