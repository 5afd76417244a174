using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Evergreen.Application.Equity;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;

namespace Evergreen.Cli.Equity;

/// <summary><c>evergreen equity redeem --through YEAR|--member N (--amount A|--all) --resolution R</c></summary>
internal static class RedeemCommand
{
    public static Command Create()
    {
        var through = Ask.MaybeYear("--through", "All notices of fiscal years up to this one.");
        var member = Ask.MaybeText("--member", "NUMBER", "One member alone; all members where it is left out.");
        var amount = Ask.MaybeAmount("--amount", "So much of what the member holds.");
        var all = new Option<bool>("--all") { Description = "All that the member holds of the kinds." };
        var order = Ask.Choice("--order", "Which lots give first for an amount.", RedemptionOrder.OldestFirst, RedemptionWords.Orders);
        var kinds = new Option<CapitalKinds>("--kinds")
        {
            HelpName = "KIND,KIND", CustomParser = ReadKinds, DefaultValueFactory = _ => CapitalKinds.Notices,
            Description = $"What takes part: {string.Join(", ", RedemptionWords.Kinds.Select(kind => kind.Text))}, or all. Both kinds of notices where it is left out.",
        };
        var resolution = Ask.Text("--resolution", "NUMBER", "The board's resolution.");
        var on = Ask.MaybeDate("--on", "The day on which the bank was charged, in an open year; today where it is left out. The same act under the same resolution is done once; name the days of instalments.");
        var command = new Command("redeem", "Pay members' capital back by a resolution of the board.") { through, member, amount, all, order, kinds, resolution, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new RedeemEquity(books).Run(new(door.CoOp, by, parse.GetRequiredValue(resolution), parse.GetValue(on), door.DryRun)
            {
                Through = parse.GetValue(through), Member = parse.GetValue(member), Amount = parse.GetValue(amount), All = parse.GetValue(all), Order = parse.GetValue(order), Kinds = parse.GetValue(kinds),
            }), Say);
        });
        return command;
    }

    private static CapitalKinds ReadKinds(ArgumentResult given)
    {
        var kinds = CapitalKinds.None;
        foreach (var text in given.Tokens[0].Value.Split(','))
        {
            var kind = text == "all" ? CapitalKinds.All : RedemptionWords.Kinds.FirstOrDefault(one => one.Text == text).Kind;
            if (kind == CapitalKinds.None) given.AddError($"--kinds: '{text}' is not one of {string.Join(", ", RedemptionWords.Kinds.Select(one => one.Text))}, all.");
            kinds |= kind;
        }
        return kinds;
    }

    private static Reply Say(RedeemEquity.Result result)
    {
        var one = result.Redemption;
        return new(
            new { Redemption = RedemptionWords.Document(one, result.Member), result.AlreadyThere, Lots = result.Parts.Select(part => new { part.AccountCode, part.AccountName, part.FiscalYear, part.Amount }), result.Warning },
            screen =>
            {
                screen.Line($"Redemption {one.Number} {(result.AlreadyThere ? "was posted before" : "is posted")} as of {RedemptionWords.Day(one.On)}: {Screen.Of(new Money(one.PaidCents))} to {one.Members} {(one.Members == 1 ? "member" : "members")}, entries {one.FirstSequence} to {one.LastSequence}.");
                var sheet = new Sheet().Words("Account", "", "Of the year").Figures("Paid back");
                foreach (var part in result.Parts) sheet.Row(part.AccountCode, part.AccountName, part.FiscalYear?.ToString(CultureInfo.InvariantCulture), Screen.Of(part.Amount));
                screen.Table(sheet);
                if (one.NonqualifiedCents > 0) screen.Line($"Of it {Screen.Of(new Money(one.NonqualifiedCents))} were nonqualified notices, income to the members now (box 5 of Form 1099-PATR).");
                if (result.Warning is { } warning) screen.Line($"Note: {warning}");
            });
    }
}
