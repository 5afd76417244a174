using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>The released forms of a year for everyone who takes paper, as one file for the printer.</summary>
public sealed class PrintTaxForms(Books books)
{
    public sealed record Request(string? CoOp, int Year, string By);

    /// <param name="Forms">Sheets in the file.</param>
    public sealed record Result(byte[] Pdf, int Forms);

    public Outcome<Result> Run(Request request)
    {
        var found = books.Read(db => OnPaper(db, request));
        if (found.IsRefused) return found.Refusal!;
        var (coOpId, copies) = found.Value;
        var pdf = RecipientCopy.DrawAll(copies, PaperSize.Letter);
        return books.Write<Result>(dryRun: false, db =>
        {
            AuditTrail.Add(db, coOpId, books.Now, request.By, "tax-forms.print", $"tax forms {request.Year}", $"{copies.Count} forms");
            return new Result(pdf, copies.Count);
        });
    }

    private Outcome<(int CoOpId, List<RecipientCopy> Copies)> OnPaper(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var today = books.Today(coOp);
        var forms = db.TaxForms.Where(form => form.CoOpId == coOp.Id && form.CalendarYear == request.Year);
        var members = db.Members.AsNoTracking().Where(member => forms.Any(form => form.MemberId == member.Id)).ToDictionary(member => member.Id);
        var choices = db.DeliveryChoices.Where(choice => choice.CoOpId == coOp.Id && choice.On <= today).ToLookup(choice => choice.MemberId);
        var rows = MyTaxForms.Newest(db, forms, members.ToDictionary(member => member.Key, member => member.Value.Number)).OrderBy(row => row.Record, MemberNumber.Order)
            .Where(row => !Recipients.TakesMail(choices[row.MemberId], today, members[row.MemberId].Email)).ToList();
        return rows.Count == 0 ? Refusals.NoFormOnPaper(request.Year) : (coOp.Id, rows.ConvertAll(row => OpenMyTaxForm.Copy(coOp, members[row.MemberId], row)));
    }
}
