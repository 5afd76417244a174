using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>The certificate of a member's share interest in a tax year, as a PDF drawn when it is asked for. That it was opened is in the audit.</summary>
public sealed class OpenMyInterestCertificate(Books books)
{
    /// <param name="Year">The calendar year in which the tax year begins.</param>
    /// <param name="Record">Number of the record that it was paid to, where the member has several.</param>
    public sealed record Request(CoOp CoOp, int MemberId, int Year, string By, string? Record = null);

    public sealed record Result(byte[] Pdf, string FileName);

    public Outcome<Result> Run(Request request)
    {
        var found = books.Read<Outcome<(MyShareInterest.Row Row, Explanation Paper)>>(db => MyShareInterest.Rows(db, request.CoOp, request.MemberId, books.Today(request.CoOp)).Find(row => row.TaxYear == request.Year && (request.Record is null || row.Record == request.Record)) is { } row
            ? (row, Certificate(FindCoOp.Run(db, request.CoOp.Code).Value, db.Members.AsNoTracking().Single(member => member.Id == row.MemberId), row))
            : Refusals.NoInterestOfMine(request.Year));
        if (found.IsRefused) return found.Refusal!;
        var (interest, paper) = found.Value;
        var pdf = paper.Draw(PaperSize.A4);
        return books.Write<Result>(dryRun: false, db =>
        {
            AuditTrail.Add(db, request.CoOp.Id, books.Now, request.By, "interest-certificates.open", $"member {interest.Record}", $"share interest {UkTaxYear.Name(interest.TaxYear)}");
            return new Result(pdf, $"{request.CoOp.Code}-share-interest-{interest.TaxYear}-{IssueStatements.SafeName(interest.Record)}.pdf");
        });
    }

    private static Explanation Certificate(CoOp coOp, Member member, MyShareInterest.Row interest)
    {
        var language = PrepareStatements.LanguageOf(coOp, member.Language);
        var words = StatementSentences.Book.Of(language);
        var (year, first, last) = (UkTaxYear.Name(interest.TaxYear), UkTaxYear.StartsOn(interest.TaxYear), UkTaxYear.EndsOn(interest.TaxYear));
        string Amount(Money amount) => language.Amount(amount, coOp.Currency);
        var lines = interest.Parts.Select(part => new ExplanationLine(words[part.InMoney ? "interest.paid-on" : "interest.added-on", part.On], Amount(part.Amount), words["interest.of", part.FiscalYear, part.Run]))
            .Append(new ExplanationLine(words["interest.sum", year], Amount(interest.Total), null, IsTotal: true));
        return new Explanation(Letterhead.Of(coOp), new StatementMember(member.Number, member.Name, PrepareStatements.AddressLines(member)), words["interest.title", year],
            [(words["interest.number"], member.Number), (words["interest.from"], language.Day(first)), (words["interest.until"], language.Day(last))],
            words["interest.headline", year], Amount(interest.Total), [(words["interest.paid"], Amount(interest.InMoney)), (words["interest.added"], Amount(interest.Total - interest.InMoney))],
            [words["interest.gross", coOp.Name], words["interest.declare"]],
            [new ExplanationPart(words["interest.each"], null, [.. lines])], "", [], words["interest.foot", coOp.Name, member.Number], (page, of) => words["interest.page", page, of], language.Tag, last);
    }
}
