using Evergreen.Application.Dividends;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Statements;
using Evergreen.Web.Layout;

namespace Evergreen.Web.Portal.Dividends;

/// <summary>The receipt of a dividend on paper, in the member's language.</summary>
internal sealed class ExplanationPdf(PortalWords words, MemberDividend dividend, Receipt receipt)
{
    public byte[] Draw(StatementCoOp letterhead)
    {
        var (posted, glossary) = (dividend.Posted!, Glossary.Glossary.In(words.Language));
        string Amount(Domain.Arithmetic.Money amount) => words.Amount(amount, dividend.CoOp.Currency);
        var explanation = new Explanation(letterhead, new StatementMember(dividend.Number, dividend.Name, []), words["pdf.title", dividend.Year.Year],
            [(words["pdf.number"], dividend.Number), (words["pdf.run"], posted.Run.Name), (words["pdf.booked"], words.Day(posted.Posting.On)), (words["pdf.year"], $"{words.ShortDay(dividend.Year.StartsOn)} – {words.ShortDay(dividend.Year.EndsOn)}")],
            words["title", dividend.Year.Year], Amount(dividend.Dividend),
            [(words["head.cash"], Amount(posted.Sum(row => row.CashCents))), (words["head.kept"], Amount(posted.Sum(row => row.RetainedCents)))],
            [.. receipt.Parts.Select(part => new ExplanationPart(part.Title, part.Lead, [.. part.Lines.SelectMany(Lines)]))],
            words["terms"], [.. receipt.Terms.Select(term => (glossary.WordOf(term), glossary.MeaningOf(term)))],
            words["pdf.foot", dividend.CoOp.Name, dividend.Number], (page, of) => words["pdf.page", page, of], words.Language.Tag, posted.Posting.On);
        return explanation.Draw(dividend.CoOp.Regime == TaxRegime.UkRegisteredSociety ? PaperSize.A4 : PaperSize.Letter);
    }

    private IEnumerable<ExplanationLine> Lines(ReceiptLine line)
    {
        var source = string.Join(" ", new[] { line.Source, line.Exactly is null ? null : $"{words["exactly"]}: {line.Exactly}", line.Way is { Kind: ReceiptWayKind.Entry } entry ? entry.Say + "." : null }.OfType<string>());
        yield return new ExplanationLine(line.Label, line.Figure, source.Length == 0 ? null : source, line.IsTotal);
        foreach (var part in line.SumOf) yield return new ExplanationLine($"·  {part.Label}", part.Figure, part.Source);
    }
}
