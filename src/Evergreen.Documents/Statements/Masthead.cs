using Evergreen.Documents.Drawing;
using Evergreen.Domain.Statements;

namespace Evergreen.Documents.Statements;

/// <summary>The letterhead, the member's address and the statement's own facts.</summary>
internal static class Masthead
{
    private static readonly TextStyle CoOpName = new(Weight.Semibold, 31);
    private static readonly TextStyle MemberName = new(Weight.Semibold, 23);

    public static void Draw(StatementDesk desk)
    {
        var (statement, flow, palette, setter) = (desk.Statement, desk.Flow, desk.Palette, desk.Setter);
        var sheet = flow.Sheet;
        sheet.Box(0, 0, sheet.Paper.Width, 7, palette.Brand);

        if (desk.Logo is not null) desk.Logo.Draw(sheet, flow.Left, 32, 190, 36);
        else
        {
            var name = setter.Wording(statement.CoOp.Name, CoOpName, flow.Width * 0.62f);
            for (var i = 0; i < name.Count; i++) sheet.Text(name[i], flow.Left, 50 + i * 19, palette.BrandText);
            flow.Y = 40 + name.Count * 19;
        }
        var y = 38f;
        foreach (var line in (string[])[.. desk.Logo is null ? [] : (string[])[statement.CoOp.Name], .. statement.CoOp.AddressLines])
        {
            sheet.TextRight(setter.Wording(line, StatementDesk.Small), flow.Right, y, palette.Grey);
            y += 10.8f;
        }

        var facts = flow.Right - 212;
        flow.Y = Math.Max(Math.Max(78, flow.Y), y) + 26 * desk.Air;
        var top = flow.Y;
        DrawAddress(desk, facts - 18);
        var afterAddress = flow.Y;
        flow.Y = top;
        DrawFacts(desk, facts);
        flow.Y = Math.Max(flow.Y, afterAddress);
        desk.Space(16);
        DrawStanding(desk);
    }

    private static void DrawAddress(StatementDesk desk, float rightEdge)
    {
        var (member, flow, setter) = (desk.Statement.Member, desk.Flow, desk.Setter);
        var width = rightEdge - flow.Left;
        foreach (var line in setter.Lines(member.Name, MemberName, width))
        {
            flow.Sheet.Text(line, flow.Left, flow.Y + 10, desk.Palette.Ink);
            flow.Y += 14;
        }
        foreach (var line in member.AddressLines.SelectMany(address => setter.Lines(address, StatementDesk.Body, width)))
        {
            flow.Sheet.Text(line, flow.Left, flow.Y + 10, desk.Palette.Ink);
            flow.Y += 12.5f;
        }
    }

    private static void DrawFacts(StatementDesk desk, float x)
    {
        var (statement, flow, words) = (desk.Statement, desk.Flow, desk.Words);
        void Fact(string label, string value, bool everyMember)
        {
            var name = desk.Setter.Wording(label, StatementDesk.Small);
            flow.Sheet.Text(name, x, flow.Y + 10, desk.Palette.Grey);
            var room = flow.Right - x - name.Width - 8;
            var line = everyMember && desk.Setter.Wording(value, StatementDesk.Body) is var repeated && repeated.Width <= room ? repeated : desk.Setter.Fitted(value, StatementDesk.Body, room);
            flow.Sheet.TextRight(line, flow.Right, flow.Y + 10, desk.Palette.Ink);
            flow.Sheet.Rule(x, flow.Y + 14.5f, flow.Right, flow.Y + 14.5f, desk.Palette.Hairline);
            flow.Y += 15.5f;
        }
        Fact(words["member-number"], statement.Member.Number, false);
        Fact(words["statement"], statement.DocumentNumber, false);
        Fact(words["issued"], words.Date(statement.IssuedOn), true);
        Fact(words["year"], words["period", statement.YearStartsOn, statement.YearEndsOn], true);
    }

    private static void DrawStanding(StatementDesk desk)
    {
        var (statement, flow, palette) = (desk.Statement, desk.Flow, desk.Palette);
        var title = desk.Setter.Wording(desk.Words["title"], StatementDesk.Strong);
        flow.Sheet.Text(title, flow.Left, flow.Y + 9, palette.Grey);
        if (statement.Standing != StatementStanding.Original)
        {
            var badge = desk.Setter.Wording(desk.Words[statement.Standing == StatementStanding.Corrected ? "corrected" : "reversed"], StatementDesk.Strong);
            var x = flow.Left + title.Width + 12;
            flow.Sheet.Outline(x, flow.Y - 2.5f, badge.Width + 12, 15, palette.Ink, 1);
            flow.Sheet.Text(badge, x + 6, flow.Y + 8.3f, palette.Ink);
        }
        flow.Y += 11;
        if (statement.StandingReason is { Length: > 0 } reason)
        {
            flow.Y += 6;
            desk.Paragraph(reason, StatementDesk.Body, palette.Ink, everyMember: false);
        }
    }
}
