using System.Numerics;
using Evergreen.Documents.Drawing;
using Evergreen.Domain.Statements;
using SkiaSharp;

namespace Evergreen.Documents.Statements;

/// <summary>How the dividend is worked out: from what the co-op earned to the member's exact fraction and whole cents.</summary>
internal static class Working
{
    private const float StepHeight = 13.5f;
    private static readonly TextStyle Fraction = new(Weight.Regular, 18);

    public static void Draw(StatementDesk desk)
    {
        var flow = desk.Flow;
        var hasChart = desk.Statement.StakeOverTheYears.Count > 0;
        var chartWidth = hasChart ? flow.Width * 0.36f : 0;
        desk.Head(desk.Words["working"], StepHeight * desk.Statement.Earnings.Count + 10);
        var (top, sheet) = (flow.Y, flow.Sheet);
        DrawEarnings(desk, hasChart ? flow.Right - chartWidth - 28 : flow.Right);
        if (hasChart)
        {
            var height = Math.Max(flow.Y - top + 16, 92 - 8 * (1 - desk.Air));
            StakeChart.Draw(desk, sheet, flow.Right - chartWidth, top - 16, chartWidth, height);
            flow.Y = Math.Max(flow.Y, top - 16 + height);
        }
        foreach (var pool in desk.Statement.Pools) DrawPool(desk, pool);
    }

    private static void DrawEarnings(StatementDesk desk, float right)
    {
        var (flow, setter, palette) = (desk.Flow, desk.Setter, desk.Palette);
        foreach (var step in desk.Statement.Earnings)
        {
            var style = step.IsTotal ? StatementDesk.Strong : StatementDesk.Body;
            if (step.IsTotal) flow.Sheet.Rule(flow.Left, flow.Y, right, flow.Y, palette.Grey, 0.8f);
            var label = setter.Wording(step.Label, style);
            flow.Sheet.Text(label, flow.Left, flow.Y + 10, palette.Ink);
            var amount = setter.Wording(desk.Amount(step.Amount), style);
            flow.Sheet.TextRight(amount, right, flow.Y + 10, palette.Ink);
            if (Basis(desk, step) is { } text)
            {
                var basis = setter.Wording(text, StatementDesk.Small);
                var beside = flow.Left + label.Width + 6 + basis.Width + 10 <= right - amount.Width;
                if (!beside) flow.Y += StepHeight - 3;
                flow.Sheet.Text(basis, beside ? flow.Left + label.Width + 6 : flow.Left, flow.Y + 10, palette.Grey);
            }
            flow.Y += StepHeight;
        }
    }

    private static string? Basis(StatementDesk desk, EarningsStep step) =>
        step.Basis is null && ReferenceEquals(step, desk.Statement.Earnings[^1]) && desk.Statement.SharedOfNet is { } share ? desk.Words["of-net", desk.Percent(share)] : step.Basis;

    private static void DrawPool(StatementDesk desk, StatementPool pool)
    {
        var (flow, setter, palette) = (desk.Flow, desk.Setter, desk.Palette);
        desk.Space(10);
        flow.Need(46);
        const float indent = 124;
        var sheet = flow.Sheet;
        var top = flow.Y;
        sheet.Rule(flow.Left, top, flow.Right, top, palette.Hairline);
        var name = setter.Wording(pool.Name, StatementDesk.Strong, indent - 10);
        for (var i = 0; i < name.Count; i++) sheet.Text(name[i], flow.Left, top + 13 + i * StatementDesk.Strong.Leading, palette.Ink);
        sheet.TextRight(setter.Line(desk.Amount(pool.Dividend), StatementDesk.Strong), flow.Right, top + 13, palette.Ink);

        var x = flow.Left + indent;
        Line(desk, x, top + 13, desk.Words["part"], desk.Words["part.of", pool.MemberUnits, pool.TotalUnits, pool.UnitWord]);
        Line(desk, x, top + 26, desk.Words["exactly"], $"{desk.Words.Number(pool.Fraction.Numerator)} / {desk.Words.Number(pool.Fraction.Denominator)}  =  {desk.Words.Language.Figure(Percent(pool))}");
        Line(desk, x, top + 39, desk.Words["of-the-pool"], desk.Words["of-the-pool.is", desk.Amount(pool.Amount), desk.Words.Language.Figure(pool.UnroundedShare(8))]);
        flow.Y = top + Math.Max(42, 5 + name.Count * StatementDesk.Strong.Leading);
        if (pool.RoundingStep.Length > 0)
            desk.Paragraph(pool.RoundingStep, StatementDesk.Small, palette.Grey, everyMember: true, indent + 58);
    }

    private static void Line(StatementDesk desk, float x, float baseline, string label, string value)
    {
        desk.Flow.Sheet.Text(desk.Setter.Wording(label, StatementDesk.Small), x, baseline, desk.Palette.Grey);
        desk.Flow.Sheet.Text(desk.Setter.Line(value, Fraction), x + 58, baseline, desk.Palette.Ink);
    }

    private static string Percent(StatementPool pool)
    {
        const int decimals = 6;
        var cutOff = !(pool.Fraction.Numerator * BigInteger.Pow(10, decimals + 2) % pool.Fraction.Denominator).IsZero;
        var percent = pool.Fraction.ToPercent(decimals);
        return cutOff ? percent.Insert(percent.Length - 1, "\u2026") : percent;
    }
}
