namespace Evergreen.Documents.Statements;

/// <summary>At the foot of every sheet: whose it is and which page of how many, once their number is known.</summary>
internal static class Footer
{
    public const float Height = 44;

    public static void Draw(StatementDesk desk)
    {
        var (flow, setter, palette, statement) = (desk.Flow, desk.Setter, desk.Palette, desk.Statement);
        for (var i = 0; i < flow.Sheets.Count; i++)
        {
            var sheet = flow.Sheets[i];
            var baseline = sheet.Paper.Height - 26;
            sheet.Rule(flow.Left, baseline - 12, flow.Right, baseline - 12, palette.Hairline);
            var page = setter.Wording(desk.Words["page", i + 1, flow.Sheets.Count], StatementDesk.Small);
            sheet.Text(setter.Fitted(desk.Words["foot", statement.CoOp.Name, statement.Member.Number, statement.DocumentNumber], StatementDesk.Small, flow.Width - page.Width - 12), flow.Left, baseline, palette.Grey);
            sheet.TextRight(page, flow.Right, baseline, palette.Grey);
            if (i > 0) sheet.Box(0, 0, sheet.Paper.Width, 7, palette.Brand);
        }
    }
}
