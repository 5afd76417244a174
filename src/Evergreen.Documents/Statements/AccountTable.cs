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
        desk.Head(desk.Words["account"], roomAfter: 60);
        var figures = flow.Width * 0.152f;
        var table = new Table(flow, desk.Setter, desk.Palette,
        [
            new TableColumn(desk.Words["account.amounts", statement.CoOp.Currency], flow.Width - 5 * figures, IsFigures: false),
            new TableColumn(desk.Words["account.opening"], figures),
            new TableColumn(desk.Words["account.credited"], figures),
            new TableColumn(desk.Words["account.losses"], figures),
            new TableColumn(desk.Words["account.paid-back"], figures),
            new TableColumn(desk.Words["account.balance"], figures),
        ], rowHeight: 13.2f + 1.3f * desk.Air);
        table.Begin();
        foreach (var lot in statement.Account)
            table.Row([Name(desk, lot), Written(desk, lot.Opening), Written(desk, lot.Credited), Written(desk, -lot.LossesDebited), Written(desk, -lot.Redeemed), Written(desk, lot.Closing, desk.Words.Amount(Money.Zero, ""))]);
        var total = AccountLot.Totals(statement.Account);
        table.Total([desk.Words["account.stake"], Written(desk, total.Opening), Written(desk, total.Credited), Written(desk, -total.LossesDebited), Written(desk, -total.Redeemed), Written(desk, total.Closing, desk.Words.Amount(Money.Zero, ""))]);
        if (statement.Redemption.Length == 0) return;
        desk.Space(7);
        desk.Paragraph(statement.Redemption, StatementDesk.Body, desk.Palette.Ink, everyMember: true);
    }

    private static string Name(StatementDesk desk, AccountLot lot) =>
        lot.FiscalYear is int year ? $"{desk.Words[$"kind.{lot.Kind}"]} {year}" : desk.Words[$"kind.{lot.Kind}"];

    /// <summary>A dash where nothing happened is easier on the eye than rows of noughts.</summary>
    private static string Written(StatementDesk desk, Money amount, string? nothing = null) => amount.IsZero ? nothing ?? "\u2013" : desk.Words.Amount(amount, "");
}
