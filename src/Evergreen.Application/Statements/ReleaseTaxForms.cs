using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>Hands the forms of a calendar year to the members: until then no member sees one. Done again, it hands out those that have changed since, as corrected.</summary>
public sealed class ReleaseTaxForms(Books books)
{
    internal const string Verb = "tax-forms.release";

    /// <param name="PayerTaxId">The co-op's own number, which stands on every form.</param>
    public sealed record Request(string? CoOp, int Year, string? PayerTaxId, string By, bool DryRun = false);

    /// <param name="Corrected">Forms among them that replace an earlier one.</param>
    public sealed record Result(TaxFormRelease Release, int Forms, int Corrected);

    public Outcome<Result> Run(Request request)
    {
        Result? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Release(db, request);
            made = outcome.IsRefused ? null : outcome.Value;
            return outcome;
        }, db => made is { Release: var release } && db.TaxFormReleases.Any(one => one.CoOpId == release.CoOpId && one.CalendarYear == release.CalendarYear && one.Number == release.Number && one.By == release.By && one.At == release.At) ? made : null);
    }

    private Outcome<Result> Release(EvergreenDb db, Request request)
    {
        var found = WorkOutTaxForms.Of(db, request.CoOp, request.Year);
        if (found.IsRefused) return found.Refusal!;
        var (year, coOp) = (found.Value, found.Value.CoOp);
        var today = books.Today(coOp);
        if (request.Year >= today.Year) return Refusals.TaxYearNotOver(request.Year);
        if (TaxpayerNumber.Employer(request.PayerTaxId) is not { } payer) return Refusals.PayerTaxId();
        if (coOp.Address.Length == 0 || coOp.ContactPhone.Length == 0) return Refusals.PayerIncomplete(coOp.Name);
        if (!year.Agrees) throw new InvalidOperationException($"The forms of {request.Year} report {year.AllReportable}, the ledger has {year.Ledger.Reportable} and {year.Ledger.Withheld} withheld.");
        var changed = year.Forms.Where(form => form.Differs).ToList();
        if (changed.Count == 0) return Refusals.NothingToRelease(request.Year);

        var release = new TaxFormRelease { CoOpId = coOp.Id, CalendarYear = request.Year, Number = (year.LastRelease?.Number ?? 0) + 1, PayerTaxId = payer, On = today, By = request.By, At = books.Now };
        db.TaxFormReleases.Add(release);
        db.SaveChanges();
        // The whole stands on the record that goes on; what a merged one had been given is corrected to nothing.
        var forms = changed.SelectMany(form => form.OtherRecords.Select(record => Form(record, default)).Prepend(Form(form.MemberId, form.Due))).ToList();
        BulkWriter.Insert(db, forms);
        AuditTrail.Add(db, coOp.Id, release.At, request.By, Verb, Subject(release), Say(release, forms));
        return new Result(release, forms.Count, changed.Count(form => form.Released is not null));

        TaxForm Form(int record, PatronageBoxes boxes) => new()
        {
            CoOpId = coOp.Id, CalendarYear = request.Year, MemberId = record, Number = release.Number, DividendsCents = boxes.Dividends.Cents, WithheldCents = boxes.Withheld.Cents, RedeemedCents = boxes.Redeemed.Cents,
        };
    }

    internal static string Subject(TaxFormRelease release) => $"tax forms {release.CalendarYear}, release {release.Number}";

    /// <summary>What the audit trail says of it: with a digest of the forms, so that one changed behind the program's back is found.</summary>
    internal static string Say(TaxFormRelease release, IReadOnlyCollection<TaxForm> forms)
    {
        var rows = forms.Aggregate(default(RowSum), (sum, form) => sum + RowSum.Of(string.Create(CultureInfo.InvariantCulture, $"{form.MemberId}|{form.DividendsCents}|{form.WithheldCents}|{form.RedeemedCents}")));
        return $"{forms.Count} forms, {forms.Sum(form => form.Boxes.Reportable)}, payer {release.PayerTaxId}, dated {release.On:yyyy-MM-dd}, rows {rows}";
    }
}
