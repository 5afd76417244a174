using Evergreen.Application.Dividends;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Statements;
using Evergreen.Web.Layout;

namespace Evergreen.Web.Portal.Dividends;

/// <summary>The page of a dividend on paper, in the member's language: every figure of it.</summary>
/// <param name="tried">What the dividend would have been with more of purchases or hours, in sentences.</param>
internal sealed class ExplanationPdf(PortalWords words, MemberDividend dividend, Receipt receipt, IReadOnlyList<string> tried)
{
    public byte[] Draw(StatementCoOp letterhead)
    {
        var (posted, glossary) = (dividend.Posted!, Glossary.Glossary.In(words.Language));
        var explanation = new Explanation(letterhead, new StatementMember(dividend.Number, dividend.Name, []), words["pdf.title", dividend.Year.Year],
            [(words["pdf.number"], dividend.Number), (words["pdf.run"], posted.Run.Name), (words["pdf.booked"], words.Day(posted.Posting.On)), (words["pdf.year"], $"{words.ShortDay(dividend.Year.StartsOn)} – {words.ShortDay(dividend.Year.EndsOn)}")],
            words["title", dividend.Year.Year], Amount(dividend.Dividend),
            [(words["head.cash"], Amount(posted.Sum(row => row.CashCents))), (words["head.kept"], Amount(posted.Sum(row => row.RetainedCents))), .. posted.Paid is { } paid ? [(words["head.paid"], Amount(paid.Amount))] : Array.Empty<(string, string)>()],
            [.. Story(posted)],
            [.. receipt.Parts.Select(part => new ExplanationPart(part.Title, part.Lead, [.. part.Lines.SelectMany(Lines)])), .. tried.Count > 0 ? [new ExplanationPart(words["if"], string.Join(" ", [.. tried, words["if.others"]]), [])] : Array.Empty<ExplanationPart>()],
            words["terms"], [.. receipt.Terms.Select(term => (glossary.WordOf(term), glossary.MeaningOf(term)))],
            words["pdf.foot", dividend.CoOp.Name, dividend.Number], (page, of) => words["pdf.page", page, of], words.Language.Tag, posted.Posting.On);
        return explanation.Draw(dividend.CoOp.Regime == TaxRegime.UkRegisteredSociety ? PaperSize.A4 : PaperSize.Letter);
    }

    private string Amount(Money amount) => words.Amount(amount, dividend.CoOp.Currency);

    private IEnumerable<string> Story(PostedDividend posted)
    {
        var year = dividend.Year.Year;
        if (!posted.HasPart)
        {
            yield return words["story.none", year];
            foreach (var pool in posted.Pools.Where(pool => pool.Rule.Kind == PoolKind.Patronage)) yield return (posted.Pools.Count > 1 ? pool.Rule.Name + ": " : "") + ReceiptText.Gap(words, dividend, pool);
        }
        else
        {
            yield return dividend.Dividend.IsNegative
                ? words["story.loss", Amount(-posted.Working.NetIncome), year] + " " + words["story.loss.mine", Amount(-dividend.Dividend)]
                : words["story", Amount(posted.Working.NetIncome), year, Amount(new Money(posted.Run.AllocatedCents)), Amount(dividend.Dividend)];
            yield return posted.Resolution.Length > 0 ? words["story.resolution", posted.Resolution, posted.Posting.On] : words["story.dated", posted.Posting.On];
        }
        foreach (var back in dividend.TakenBack) yield return words["taken-back", back.Run, back.On, Amount(back.Dividend), back.Reason];
    }

    private IEnumerable<ExplanationLine> Lines(ReceiptLine line)
    {
        var source = string.Join(" ", new[] { line.Source, line.Exactly is null ? null : $"{words["exactly"]}: {line.Exactly}", line.Way?.OnPaper }.OfType<string>());
        yield return new ExplanationLine(line.Label, line.Figure, source.Length == 0 ? null : source, line.IsTotal);
        foreach (var part in line.SumOf) yield return new ExplanationLine($"·  {part.Label}", part.Figure, part.Source);
    }
}
