using Evergreen.Documents.Drawing;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;

namespace Evergreen.Documents.Statements;

/// <summary>What most members read and nothing else: the dividend, and what of it is cash now and what is kept. Its size is found first, though the model notice has it after the working.</summary>
internal static class DividendBox
{
    private static readonly TextStyle Figure = new(Weight.Semibold, 70);
    private static readonly TextStyle Lead = new(Weight.Regular, 23);
    private static readonly TextStyle Part = new(Weight.Semibold, 27);
    private const float Padding = 16;

    public static void Draw(StatementDesk desk)
    {
        var (statement, flow, palette, setter) = (desk.Statement, desk.Flow, desk.Palette, desk.Setter);
        var settlement = statement.Settlement;
        var split = flow.Left + flow.Width * 0.46f;
        var partsWidth = flow.Right - Padding - split;
        var notes = Notes(desk).SelectMany(note => setter.Lines(note, StatementDesk.Small, flow.Width - 2 * Padding)).ToList();
        var height = 92 + (notes.Count > 0 ? notes.Count * StatementDesk.Small.Leading + 10 : 0);
        desk.Space(12);
        flow.Need(height);
        var top = flow.Y;
        var sheet = flow.Sheet;
        sheet.Mark(desk.Words["headline", statement.YearName], top);
        sheet.Box(flow.Left, top, flow.Width, height, palette.Tint, 5);

        sheet.Text(setter.Wording(desk.Words["headline", statement.YearName], Lead), flow.Left + Padding, top + 27, palette.Ink);
        var figure = setter.Fitted(desk.Amount(settlement.Dividend), Figure, split - flow.Left - Padding - 12);
        sheet.Text(figure, flow.Left + Padding, top + 68, palette.BrandText);
        if (statement.Standing == StatementStanding.Reversed) sheet.Rule(flow.Left + Padding, top + 57, flow.Left + Padding + figure.Width, top + 57, palette.Ink, 1.6f);

        DrawBar(desk, split, top + 22, partsWidth);
        DrawPart(desk, split, partsWidth / 2 - 8, top + 46, desk.Words["cash-now"], settlement.Cash, settlement.CashShare, isCash: true);
        DrawPart(desk, split + partsWidth / 2 + 4, partsWidth / 2 - 4, top + 46, desk.Words["kept"], settlement.Retained, settlement.RetainedShare, isCash: false);

        var y = top + 92;
        if (notes.Count > 0) sheet.Rule(flow.Left + Padding, y - 2, flow.Right - Padding, y - 2, palette.Hairline);
        foreach (var line in notes)
        {
            sheet.Text(line, flow.Left + Padding, y + StatementDesk.Small.Size + 2, palette.Ink);
            y += StatementDesk.Small.Leading;
        }
        flow.Y = top + height;
    }

    /// <summary>Cash is solid and what is kept is outlined, so that the bar says the same in grey.</summary>
    private static void DrawBar(StatementDesk desk, float x, float y, float width)
    {
        var settlement = desk.Statement.Settlement;
        if (!settlement.Dividend.IsPositive) return;
        var cash = width * settlement.Cash.Cents / settlement.Dividend.Cents;
        desk.Flow.Sheet.Box(x, y, width, 9, desk.Palette.Soft);
        desk.Flow.Sheet.Box(x, y, cash, 9, desk.Palette.BrandText);
    }

    private static void DrawPart(StatementDesk desk, float x, float width, float y, string label, Money amount, Ratio? share, bool isCash)
    {
        var sheet = desk.Flow.Sheet;
        sheet.Box(x, y - 1, 6, 6, isCash ? desk.Palette.BrandText : desk.Palette.Soft);
        var name = desk.Setter.Wording(label, StatementDesk.Small);
        sheet.Text(name, x + 10, y + 5, desk.Palette.Grey);
        if (share is { } part) sheet.Text(desk.Setter.Fitted($"\u00B7  {desk.Percent(part)}", StatementDesk.Small, width - name.Width - 15), x + 15 + name.Width, y + 5, desk.Palette.Grey);
        sheet.Text(desk.Setter.Fitted(desk.Amount(amount), Part, width), x, y + 23, desk.Palette.Ink);
    }

    private static IEnumerable<string> Notes(StatementDesk desk)
    {
        var settlement = desk.Statement.Settlement;
        if (settlement.Withheld.IsPositive)
            yield return desk.Words["withheld", desk.Amount(settlement.Withheld), desk.Amount(settlement.Payable)];
        if (settlement.HowPaid.Length > 0) yield return settlement.HowPaid;
        if (settlement.BelowMinimum is not null) yield return settlement.BelowMinimum;
        if (settlement.Qualified.IsPositive && settlement.Nonqualified.IsPositive)
            yield return desk.Words["kept-both", desk.Amount(settlement.Qualified), desk.Amount(settlement.Nonqualified)];
    }
}
