using Evergreen.Application.Audit;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>Notes that the bank was charged with a payment run: each of its payments goes into the ledger, once. The first one of a dividend run is its payment; whom it left out is owed on.</summary>
public sealed class SettlePayments(Books books)
{
    public const string Verb = "payments.settle";

    /// <param name="Reference">What finds the payment again at the bank.</param>
    /// <param name="On">The day on which the bank was charged; today where it is null.</param>
    public sealed record Request(string? CoOp, int Number, string By, string Reference, DateOnly? On = null, bool DryRun = false);

    /// <param name="AlreadyThere">It had been settled before; this is that settlement.</param>
    /// <param name="Warning">What should be known of the payment, in plain words; null where there is nothing.</param>
    public sealed record Result(PaymentStanding Standing, PaymentSettlement Settlement, bool AlreadyThere, string? Warning);

    public Outcome<Result> Run(Request request) => books.Write(request.DryRun, db => Settle(db, request));

    private Outcome<Result> Settle(EvergreenDb db, Request request)
    {
        var found = FindPaymentRun.Run(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var standing = found.Value;
        var (coOp, run, dividend) = (standing.CoOp, standing.Run, standing.Dividend);
        if (standing.Settlement is { } before) return new Result(standing, before, AlreadyThere: true, PaymentPeriod.Late(coOp, dividend.FiscalYear, before.On));
        if (standing.RefuseSuperseded() is { } superseded) return superseded;
        if (standing.Approval is null) return Refusals.NotApproved(run.Number);
        if (run.Form != PaymentForm.ByHand && standing.File is null) return Refusals.FileMissing(run.Number);
        // What stands in a file that is out was paid, whatever happened since.
        if (standing.File is null && Dues.RefuseChanged(db, standing) is { } changed) return changed;
        var reference = request.Reference.Trim();
        if (reference.Length is 0 or > PayDividend.LongestReference) return Dividends.Refusals.PaymentReference(PayDividend.LongestReference);
        var today = books.Today(coOp);
        var on = request.On ?? today;
        var posted = db.DividendPostings.AsNoTracking().Single(posting => posting.RunId == dividend.Id).On;
        if (on < posted || on > today) return Dividends.Refusals.PaymentDay(on, posted, today);
        var year = coOp.YearOf(on).Year;
        if (db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Dividends.Refusals.PostingInClosedYear(on, year);

        var drafts = Drafts(db, standing, on, reference);
        var first = run.Round == 1 ? PayDividend.Post(db, coOp, dividend, drafts, request.By, books.Now, on, reference).FirstSequence : LedgerGuard.Append(db, coOp, drafts, books.Now).FirstSequence;
        var settlement = new PaymentSettlement { PaymentRunId = run.Id, DividendRunId = dividend.Id, Round = run.Round, By = request.By, At = books.Now, On = on, Reference = reference, FirstSequence = first };
        db.PaymentSettlements.Add(settlement);
        AuditTrail.Add(db, coOp.Id, settlement.At, settlement.By, Verb, PreparePayments.Subject(run), Say(run, settlement));
        return new Result(standing with { Settlement = settlement }, settlement, AlreadyThere: false, PaymentPeriod.Late(coOp, dividend.FiscalYear, on));
    }

    private static List<EntryDraft> Drafts(EvergreenDb db, PaymentStanding standing, DateOnly on, string reference)
    {
        var (coOp, run) = (standing.CoOp, standing.Run);
        var kept = MemberIdentities.Kept(db, coOp.Id);
        var merged = db.MemberMerges.Where(merge => merge.CoOpId == coOp.Id).Select(merge => merge.OtherId).AsEnumerable().ToLookup(kept);
        var owed = PayDividend.Payables.ToDictionary(account => account, account => MemberBalances.ByMember(db, coOp.Id, account));
        return db.Payments.AsNoTracking().Where(payment => payment.PaymentRunId == run.Id).OrderBy(payment => payment.No).AsEnumerable()
            .Select(payment => PaymentEntries.Payment(run, standing.Dividend, payment.MemberId,
                [.. Draw(kept(payment.MemberId), AccountCodes.PatronagePayable, payment.PatronageCents), .. Draw(kept(payment.MemberId), AccountCodes.ShareInterestPayable, payment.InterestCents)], on, reference)).ToList();

        // A payment that came back after its member's record was merged is owed on the old record.
        List<EntryLine> Draw(int member, string account, long cents)
        {
            var lines = new List<EntryLine>();
            foreach (var record in merged[member])
            {
                var part = Math.Min(cents, owed[account].GetValueOrDefault(record).Cents);
                if (part <= 0) continue;
                owed[account][record] -= new Money(part);
                cents -= part;
                lines.Add(new EntryLine(account, record, null, part));
            }
            if (cents > 0) lines.Add(new EntryLine(account, member, null, cents));
            return lines;
        }
    }

    internal static string Say(PaymentRun run, PaymentSettlement settlement) => $"{new Money(run.TotalCents)} to {run.Members} members on {settlement.On:yyyy-MM-dd}, entries from {settlement.FirstSequence}, {settlement.Reference}";
}
