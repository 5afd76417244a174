using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Statements;

/// <summary>What was filed of a calendar year, and which forms say something else since and are to be corrected with the IRS.</summary>
public sealed class ListTaxFilings(Books books)
{
    /// <param name="Filings">The newest first.</param>
    /// <param name="Corrections">Since the filing that was sent; none before one was.</param>
    /// <param name="Waiting">Forms that wait to be released to the members, as corrected or for the first time.</param>
    public sealed record Result(int Year, IReadOnlyList<TaxFilingStanding> Filings, IReadOnlyList<TaxFormCorrection> Corrections, int Waiting);

    public Outcome<Result> Run(string? coOp, int year) => books.Read<Outcome<Result>>(db =>
    {
        var found = WorkOutTaxForms.Of(db, coOp, year);
        if (found.IsRefused) return found.Refusal!;
        var filings = TaxFilingStanding.Of(db, found.Value.CoOp.Id, year);
        var sent = filings.Find(one => one.Sent is not null);
        return new Result(year, filings, sent is null ? [] : TaxFormCorrection.Of(db, sent.Filing), found.Value.Forms.Count(form => form.Differs));
    });
}
