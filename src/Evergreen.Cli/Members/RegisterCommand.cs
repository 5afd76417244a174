using System.CommandLine;
using Evergreen.Application.Members;
using Evergreen.Cli.Dividends;

namespace Evergreen.Cli.Members;

/// <summary><c>evergreen member register [NUMBER] [--on DATE]</c></summary>
internal static class RegisterCommand
{
    public static Command Create()
    {
        var member = new Argument<string?>("NUMBER") { Description = "One member; the whole register where it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var on = Ask.MaybeDate("--on", "As of which day; today where it is left out.");
        var command = new Command("register", "Show the register of members as of a day.") { member, on };
        command.SetAction(parse =>
        {
            var date = parse.GetValue(on) ?? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            return new Door(parse).Read(books => new MemberRegister(books).AsOf(new Door(parse).CoOp, date, parse.GetValue(member)), entries => Say(entries, date));
        });
        return command;
    }

    private static Reply Say(IReadOnlyList<MemberRegister.Entry> entries, DateOnly date) => new(
        new { AsOf = date, Members = entries },
        screen =>
        {
            var sheet = new Sheet().Words("Number", "Name", "Status", "Classes", "Consent from");
            foreach (var entry in entries)
                sheet.Row(entry.Number, entry.Name, FactCommands.Words(entry.Status), string.Join(", ", entry.Classes), entry.ConsentFrom is { } from ? RunWords.Day(from) : "–");
            screen.Table(sheet);
            screen.Line($"{entries.Count} members as of {RunWords.Day(date)}.");
        });
}
