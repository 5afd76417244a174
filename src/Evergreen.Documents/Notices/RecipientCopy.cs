using Evergreen.Documents.Drawing;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;
using Evergreen.Domain.Tax;
using SkiaSharp;

namespace Evergreen.Documents.Notices;

/// <summary>The recipient's copy of Form 1099-PATR on the co-op's own paper: a substitute statement of one page, with the boxes that the co-op fills.</summary>
/// <param name="PayerTaxId">In full, as the law wants it.</param>
/// <param name="RecipientTaxId">Truncated already; null where none is known.</param>
/// <param name="On">Day of the release; with it the same form has the same bytes.</param>
/// <remarks>IRS Publication 1179 on substitute statements: title, year, OMB number, numbers and captions of the boxes, and the legend as the IRS words it.</remarks>
public sealed record RecipientCopy(
    StatementCoOp CoOp, string PayerTaxId, StatementMember Member, string? RecipientTaxId, int Year, PatronageBoxes Boxes, bool IsCorrected, DateOnly On, Language Language)
{
    private const float Margin = 54, Gap = 12, Padding = 10;
    private static readonly WordBook Book = new(typeof(RecipientCopy).Assembly, "Evergreen.Documents.Notices.Words");
    private static readonly TextStyle Small = new(Weight.Regular, 16);
    private static readonly TextStyle Body = new(Weight.Regular, 18);
    private static readonly TextStyle Strong = new(Weight.Semibold, 18);
    private static readonly TextStyle Head = new(Weight.Semibold, 23);
    private static readonly TextStyle Big = new(Weight.Semibold, 31);

    /// <returns>The PDF, of one page.</returns>
    /// <exception cref="FormatException">The co-op's colour or logo cannot be read.</exception>
    public byte[] Draw(PaperSize paper) => DrawAll([this], paper);

    /// <summary>The copies of several recipients in one file for the printer, each on a sheet of its own; its title is the first one's where there are more.</summary>
    /// <exception cref="FormatException">A co-op's colour or logo cannot be read.</exception>
    public static byte[] DrawAll(IReadOnlyList<RecipientCopy> copies, PaperSize paper)
    {
        using var setter = new TextSetter(TypefaceFamily.SourceSans);
        var first = copies[0];
        var title = copies.Count == 1 ? $"Form 1099-PATR {first.Year}: {first.Member.Name}" : $"Form 1099-PATR {first.Year}";
        return PdfFile.Print(new PdfTitle(title, first.CoOp.Name, Book.Of(first.Language)["subject", first.Year], first.Language.Tag, first.On), [.. copies.SelectMany(copy => copy.Sheets(paper, setter))]);
    }

    private IReadOnlyList<Sheet> Sheets(PaperSize paper, TextSetter setter)
    {
        var page = new Page(new Flow(paper, Margin, Margin, paper.Height - Margin), setter, new Palette(CoOp.BrandColour));
        var words = Book.Of(Language);
        page.Flow.Sheet.Box(0, 0, paper.Width, 7, page.Palette.Brand);
        DrawTitle(page, words);
        DrawParties(page, words);
        DrawBoxes(page, words);
        DrawNotice(page, words);
        return page.Flow.Sheets;
    }

    private void DrawTitle(Page page, Wording words)
    {
        var (flow, setter, palette) = (page.Flow, page.Setter, page.Palette);
        flow.Sheet.Mark(words["subject", Year], 30);
        if (CoOp.Logo is { } logo) new Logo(logo).Draw(flow.Sheet, flow.Left, 30, 190, 36);
        flow.Sheet.TextRight(setter.Line(words["copy"], Strong), flow.Right, 42, palette.Ink);
        flow.Sheet.TextRight(setter.Line(words["keep"], Small), flow.Right, 54, palette.Grey);
        flow.Sheet.TextRight(setter.Line("OMB No. 1545-0118", Small), flow.Right, 66, palette.Grey);
        flow.Y = 84;
        if (IsCorrected) page.Put(words["corrected"], Head, palette.BrandText, after: 2);
        page.Put(words["form"], Big, palette.Ink, after: 0);
        page.Put(words["form.name"], Head, palette.Ink, after: 2);
        page.Put(words["year", Year], Head, palette.BrandText, after: 2);
        page.Put(words["substitute"], Small, palette.Grey, after: 14);
    }

    /// <summary>The payer on the left, the recipient on the right.</summary>
    private void DrawParties(Page page, Wording words)
    {
        var (flow, top, half) = (page.Flow, page.Flow.Y, (page.Flow.Width - Gap) / 2);
        string[] payer = [CoOp.Name, .. CoOp.AddressLines, .. ((string?[])[CoOp.ContactName, CoOp.ContactPhone, CoOp.ContactEmail]).OfType<string>().Where(line => line.Length > 0)];
        string[] recipient = [Member.Name, .. Member.AddressLines];
        var ends = Math.Max(Party(0, words["payer"], payer, words["payer.number"], PayerTaxId), Party(half + Gap, words["recipient"], recipient, words["recipient.number"], RecipientTaxId ?? words["recipient.none"]));
        flow.Sheet.Outline(flow.Left, top, half, ends - top, page.Palette.Grey, 0.8f);
        flow.Sheet.Outline(flow.Left + half + Gap, top, half, ends - top, page.Palette.Grey, 0.8f);
        flow.Y = ends + 10;
        page.Put(words["account", Member.Number], Body, page.Palette.Ink, after: 12);

        float Party(float left, string heading, string[] lines, string numberLabel, string number)
        {
            flow.Y = top + Padding;
            page.Put(heading, Small, page.Palette.Grey, after: 2, left + Padding, half - 2 * Padding);
            for (var i = 0; i < lines.Length; i++) page.Put(lines[i], i == 0 ? Strong : Body, page.Palette.Ink, after: 0, left + Padding, half - 2 * Padding);
            flow.Y += 6;
            page.Put(numberLabel, Small, page.Palette.Grey, after: 0, left + Padding, half - 2 * Padding);
            page.Put(number, Strong, page.Palette.Ink, after: 0, left + Padding, half - 2 * Padding);
            return flow.Y + Padding;
        }
    }

    private void DrawBoxes(Page page, Wording words)
    {
        var (flow, palette) = (page.Flow, page.Palette);
        flow.Sheet.Mark(words["boxes"], flow.Y);
        foreach (var (box, amount) in ((string, Money)[])[("1", Boxes.Dividends), ("4", Boxes.Withheld), ("5", Boxes.Redeemed)])
        {
            var top = flow.Y;
            flow.Sheet.Box(flow.Left, top, flow.Width, 40, palette.Tint);
            flow.Sheet.Outline(flow.Left, top, flow.Width, 40, palette.Grey, 0.8f);
            flow.Y = top + 5;
            page.Put($"{box}  {words["box." + box]}", Strong, palette.Ink, after: 0, Padding, flow.Width * 0.72f);
            page.Put(words[$"box.{box}.own"], Small, palette.Grey, after: 0, Padding, flow.Width * 0.72f);
            flow.Sheet.TextRight(page.Setter.Line(Language.Amount(amount, CoOp.Currency), Head), flow.Right - Padding, top + 25, palette.Ink);
            flow.Y = top + 40;
        }
        flow.Y += 12;
    }

    private void DrawNotice(Page page, Wording words)
    {
        var (flow, palette) = (page.Flow, page.Palette);
        flow.Sheet.Mark(words["notice"], flow.Y);
        page.Put(words["legend"], Strong, palette.Ink, after: 8);
        page.Put(words["notice"], Head, palette.BrandText, after: 3);
        foreach (var part in (string[])["what", "box-1", "box-4", "box-5", "personal", "questions"]) page.Put(words["notice." + part], Body, palette.Ink, after: 5);
    }

    /// <summary>The one page and what it is drawn with.</summary>
    private sealed record Page(Flow Flow, TextSetter Setter, Palette Palette)
    {
        /// <summary>A paragraph at the current place.</summary>
        /// <param name="left">From the margin.</param>
        /// <param name="width">The whole width where it is null.</param>
        public void Put(string text, TextStyle style, SKColor colour, float after, float left = 0, float? width = null)
        {
            foreach (var line in Setter.Lines(text, style, width ?? Flow.Width))
            {
                Flow.Sheet.Text(line, Flow.Left + left, Flow.Y + style.Size, colour);
                Flow.Y += style.Leading;
            }
            Flow.Y += after;
        }
    }
}
