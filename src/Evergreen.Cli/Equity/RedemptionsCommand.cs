using System.CommandLine;
using System.Globalization;
using Evergreen.Application.Equity;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Equity;

/// <summary><c>evergreen equity redemptions</c></summary>
internal static class RedemptionsCommand
{
    public static Command Create()
    {
        var command = new Command("redemptions", "What was paid back of members' capital, the newest first.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ListRedemptions(books).Run(door.CoOp), Say);
        });
        return command;
    }

    private static Reply Say(IReadOnlyList<ListRedemptions.Row> rows) => new(
        new { Redemptions = rows.Select(row => new { Redemption = RedemptionWords.Document(row.Redemption, row.Member), Reversal = row.Reversal is { } back ? new { back.By, back.At, back.On, back.Reason, back.FirstSequence, back.LastSequence } : null }) },
        screen =>
        {
            if (rows.Count == 0)
            {
                screen.Line("Nothing was paid back yet.");
                return;
            }
            var sheet = new Sheet().Figures("No").Words("On", "Resolution", "What").Figures("Members", "Paid back", "of it nonqualified").Words("By", "");
            foreach (var (one, member, back) in rows)
                sheet.Row(one.Number.ToString(CultureInfo.InvariantCulture), RedemptionWords.Day(one.On), one.Resolution, RedemptionWords.What(one, member), one.Members.ToString("N0", CultureInfo.InvariantCulture), Screen.Of(new Money(one.PaidCents)),
                    Screen.Of(new Money(one.NonqualifiedCents)), one.By, back is null ? "" : $"taken back on {RedemptionWords.Day(back.On)} by {back.By}: {back.Reason}");
            screen.Table(sheet);
        });
}
