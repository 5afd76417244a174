using Evergreen.Documents.Drawing;

namespace Evergreen.Documents.Statements;

/// <summary>What the law wants said, in a box that does not shout; and whom to ask.</summary>
internal static class NoticeBox
{
    private const float Padding = 12;
    private static readonly TextStyle Body = new(Weight.Regular, 17);
    private static readonly TextStyle Strong = new(Weight.Semibold, 17);

    public static void Draw(StatementDesk desk)
    {
        var (flow, setter, palette) = (desk.Flow, desk.Setter, desk.Palette);
        var notice = desk.Statement.Notice;
        if (notice.Count > 0)
        {
            var paragraphs = notice.Select(paragraph => (paragraph.Heading, Lines: setter.Lines(paragraph.Text, Body, flow.Width - 2 * Padding))).ToList();
            var height = paragraphs.Sum(paragraph => 14 + paragraph.Lines.Count * Body.Leading + 5) + 2 * Padding - 7;
            desk.Space(16);
            flow.Need(height);
            flow.Sheet.Mark(notice[0].Heading, flow.Y);
            flow.Sheet.Box(flow.Left, flow.Y, flow.Width, height, palette.Calm, 5);
            var y = flow.Y + Padding - 2;
            foreach (var (heading, lines) in paragraphs)
            {
                flow.Sheet.Text(setter.Wording(heading, Strong), flow.Left + Padding, y + 9, palette.Ink);
                y += 14;
                foreach (var line in lines)
                {
                    flow.Sheet.Text(line, flow.Left + Padding, y + 8, palette.Ink);
                    y += Body.Leading;
                }
                y += 5;
            }
            flow.Y += height;
        }
        DrawContact(desk);
    }

    private static void DrawContact(StatementDesk desk)
    {
        var (flow, coOp) = (desk.Flow, desk.Statement.CoOp);
        desk.Space(11);
        flow.Need(14);
        var question = desk.Setter.Wording(desk.Words["questions"], StatementDesk.Strong);
        flow.Sheet.Text(question, flow.Left, flow.Y + 9, desk.Palette.BrandText);
        var ways = string.Join("  \u00B7  ", ((string?[])[coOp.ContactName, coOp.ContactPhone, coOp.ContactEmail]).Where(way => !string.IsNullOrEmpty(way)));
        flow.Sheet.Text(desk.Setter.Wording(ways, StatementDesk.Body), flow.Left + question.Width + 8, flow.Y + 9, desk.Palette.Ink);
        flow.Y += 14;
    }
}
