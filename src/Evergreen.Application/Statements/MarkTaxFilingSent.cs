using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>Notes that a year's files reached the IRS, with the portal's receipts. From then on no other files are made of that year.</summary>
public sealed class MarkTaxFilingSent(Books books)
{
    internal const string Verb = "tax-forms.filed";

    /// <summary>The longest receipt that is taken; the portal's own have about forty signs.</summary>
    private const int LongestReceipt = 100;

    /// <param name="Receipts">One a file, in their order.</param>
    /// <param name="Filing">Which filing it was; the newest where it is null.</param>
    public sealed record Request(string? CoOp, int Year, IReadOnlyList<string> Receipts, string By, int? Filing = null, bool DryRun = false);

    /// <param name="AlreadyThere">The same was noted before.</param>
    public sealed record Result(TaxFilingStanding Standing, bool AlreadyThere);

    public Outcome<Result> Run(Request request) => books.Write<Result>(request.DryRun, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var filings = TaxFilingStanding.Of(db, found.Value.Id, request.Year);
        if (filings.Find(one => request.Filing is null || one.Filing.Number == request.Filing) is not { } standing) return Refusals.FilingMissing(request.Year, request.Filing);
        List<string> receipts = [.. request.Receipts.Select(receipt => receipt.Trim())];
        if (receipts.Find(receipt => receipt.Length is 0 or > LongestReceipt || !receipt.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or ':' or '|' or '.' or '_' or '/')) is { } none) return Refusals.ReceiptForm(none);
        if (filings.Find(one => one.Sent is not null) is { Sent: { } before } earlier)
            return before.Receipts == string.Join(' ', receipts) && (request.Filing ?? before.Number) == before.Number ? new Result(earlier, AlreadyThere: true) : Refusals.FilingAlreadySent(before);
        if (receipts.Count != standing.Filing.Files || receipts.Distinct(StringComparer.Ordinal).Count() != receipts.Count) return Refusals.ReceiptCount(standing.Filing);
        var sent = new TaxFilingSent { CoOpId = found.Value.Id, CalendarYear = request.Year, Number = standing.Filing.Number, Receipts = string.Join(' ', receipts), By = request.By, At = books.Now };
        db.TaxFilingsSent.Add(sent);
        AuditTrail.Add(db, sent.CoOpId, sent.At, sent.By, Verb, TaxFilingStanding.Subject(sent.CalendarYear, sent.Number), TaxFilingStanding.Say(sent));
        return new Result(standing with { Sent = sent }, AlreadyThere: false);
    });
}
