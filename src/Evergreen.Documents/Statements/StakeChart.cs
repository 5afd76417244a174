using Evergreen.Documents.Drawing;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Documents.Statements;

/// <summary>The member's stake at the end of each year, as stacked bars: what was paid in below, dividends kept above.</summary>
internal static class StakeChart
{
    private const int MostYears = 10;
    private static readonly TextStyle Label = new(Weight.Regular, 15);
    private static readonly TextStyle Title = new(Weight.Semibold, 18);

    public static void Draw(StatementDesk desk, Sheet sheet, float x, float y, float width, float height)
    {
        var (setter, palette) = (desk.Setter, desk.Palette);
        var years = desk.Statement.StakeOverTheYears.TakeLast(MostYears).ToList();
        var most = years.Max(year => year.Total.Cents);
        sheet.Text(setter.Wording(desk.Words["chart"], Title), x, y + 9, palette.Ink);
        var legend = x;
        DrawKey(desk, sheet, ref legend, y + 21, desk.Words["chart.paid-in"], solid: true);
        DrawKey(desk, sheet, ref legend, y + 21, desk.Words["chart.kept"], solid: false);

        var floor = y + height - 11;
        var tallest = floor - (y + 38);
        var step = width / years.Count;
        var bar = Math.Min(step * 0.62f, 26);
        for (var i = 0; i < years.Count; i++)
        {
            var centre = x + step * (i + 0.5f);
            var paidIn = Tall(years[i].PaidIn, most, tallest);
            var retained = Tall(years[i].Retained, most, tallest);
            if (paidIn > 0) sheet.Box(centre - bar / 2, floor - paidIn, bar, paidIn, palette.BrandText);
            if (retained > 0) sheet.Box(centre - bar / 2, floor - paidIn - retained, bar, retained, palette.Soft);
            sheet.TextCentred(setter.Wording($"{years[i].FiscalYear}", Label), centre, floor + 9, palette.Grey);
            if (i == years.Count - 1 || years.Count <= 6)
                sheet.TextCentred(setter.Line(WholeUnits(desk, years[i].Total), Label), centre, floor - paidIn - retained - 3, palette.Ink);
        }
        sheet.Rule(x, floor, x + width, floor, palette.Grey, 0.8f);
    }

    private static void DrawKey(StatementDesk desk, Sheet sheet, ref float x, float baseline, string text, bool solid)
    {
        sheet.Box(x, baseline - 5, 5, 5, solid ? desk.Palette.BrandText : desk.Palette.Soft);
        var line = desk.Setter.Wording(text, Label);
        sheet.Text(line, x + 8, baseline, desk.Palette.Grey);
        x += 8 + line.Width + 12;
    }

    private static float Tall(Money part, long most, float tallest) => most <= 0 ? 0 : tallest * part.Cents / most;

    /// <summary>Above the bars there is room for whole dollars only; the exact amount is in the table.</summary>
    private static string WholeUnits(StatementDesk desk, Money amount) => desk.Words.Amount(amount, "")[..^3];
}
