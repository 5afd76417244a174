using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>One of a member's own tax forms as a PDF, drawn when it is asked for. That it was opened is in the audit.</summary>
public sealed class OpenMyTaxForm(Books books)
{
    /// <param name="Record">Number of the record that it was made for, where the member has several.</param>
    public sealed record Request(CoOp CoOp, int MemberId, int Year, string By, string? Record = null);

    public sealed record Result(byte[] Pdf, string FileName);

    public Outcome<Result> Run(Request request)
    {
        var found = books.Read<Outcome<(MyTaxForms.Row Row, RecipientCopy Copy)>>(db => MyTaxForms.Rows(db, request.CoOp, request.MemberId).Find(row => row.CalendarYear == request.Year && (request.Record is null || row.Record == request.Record)) is { } row
            ? (row, Copy(FindCoOp.Run(db, request.CoOp.Code).Value, db.Members.AsNoTracking().Single(member => member.Id == row.MemberId), row))
            : Refusals.NoTaxFormOfMine(request.Year));
        if (found.IsRefused) return found.Refusal!;
        var (form, copy) = found.Value;
        var pdf = copy.Draw(PaperSize.Letter);
        return books.Write<Result>(dryRun: false, db =>
        {
            AuditTrail.Add(db, request.CoOp.Id, books.Now, request.By, "tax-forms.open", $"member {form.Record}", $"1099-PATR {form.CalendarYear}");
            return new Result(pdf, FileName(request.CoOp, form));
        });
    }

    internal static RecipientCopy Copy(CoOp coOp, Member member, MyTaxForms.Row row) => new(
        Letterhead.Of(coOp), row.PayerTaxId, new StatementMember(member.Number, member.Name, PrepareStatements.AddressLines(member)), TaxpayerNumber.Truncated(member.TaxIdType, member.TaxIdLastFour),
        row.CalendarYear, row.Boxes, row.IsCorrected, row.ReleasedOn, PrepareStatements.LanguageOf(coOp, member.Language));

    private static string FileName(CoOp coOp, MyTaxForms.Row row) => $"{coOp.Code}-1099-patr-{row.CalendarYear}-{IssueStatements.SafeName(row.Record)}.pdf";
}
