using Evergreen.Documents.Drawing;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;

namespace Evergreen.Documents.Statements;

/// <summary>The roll-forward of the member's account, lot by lot.</summary>
internal static class AccountTable
{
    public static void Draw(StatementDesk desk)
    {
        var (flow, statement) = (desk.Flow, desk.Statement);
        desk.Head("Your account", roomAfter: 60);
        var figures = flow.Width * 0.152f;
        var table = new Table(flow, desk.Setter, desk.Palette,
        [
            new TableColumn($"All amounts in {statement.CoOp.Currency}", flow.Width - 5 * figures, IsFigures: false),
            new TableColumn("Opening", figures),
            new TableColumn("Credited", figures),
            new TableColumn("Losses debited", figures),
            new TableColumn("Paid back", figures),
            new TableColumn("Balance", figures),
        ], rowHeight: 13.2f + 1.3f * desk.Air);
        table.Begin();
        foreach (var lot in statement.Account)
            table.Row([Name(desk, lot), Written(lot.Opening), Written(lot.Credited), Written(-lot.LossesDebited), Written(-lot.Redeemed), Written(lot.Closing, "0.00")]);
        var total = AccountLot.Totals(statement.Account);
        table.Total(["Your stake", Written(total.Opening), Written(total.Credited), Written(-total.LossesDebited), Written(-total.Redeemed), Written(total.Closing, "0.00")]);
        if (statement.Redemption.Length == 0) return;
        desk.Space(7);
        desk.Paragraph(statement.Redemption, StatementDesk.Body, desk.Palette.Ink, everyMember: true);
    }

    private static string Name(StatementDesk desk, AccountLot lot) =>
        lot.FiscalYear is int year ? $"{desk.Words.Kinds[lot.Kind]} {year}" : desk.Words.Kinds[lot.Kind];

    /// <summary>A dash where nothing happened is easier on the eye than rows of noughts.</summary>
    private static string Written(Money amount, string nothing = "\u2013") => amount.IsZero ? nothing : amount.ToGroupedString();
}
