using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Notes that the cash of a posted run has left the bank: what each member is owed of it is owed no more.</summary>
/// <remarks>A member who was paid under a run that was reversed since owes that back: it is set off, and only the rest is paid.</remarks>
public sealed class PayDividend(Books books)
{
    /// <summary>In characters.</summary>
    public const int LongestReference = 100;

    /// <summary>The accounts on which a run owes members cash.</summary>
    internal static readonly string[] Payables = [AccountCodes.PatronagePayable, AccountCodes.ShareInterestPayable];

    /// <param name="Reference">What finds the payment again at the bank.</param>
    /// <param name="On">The day on which the bank was charged; today where it is null. Not before the posting, and in an open year.</param>
    public sealed record Request(string? CoOp, string Run, string By, string Reference, DateOnly? On = null, bool DryRun = false);

    /// <param name="AlreadyThere">The run had been paid before; this is that payment.</param>
    /// <param name="Warning">What should be known of the payment, in plain words; null where there is nothing.</param>
    public sealed record Result(DividendRun Run, DividendPayment Payment, bool AlreadyThere, string? Warning);

    public Outcome<Result> Run(Request request)
    {
        DividendPayment? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Pay(db, request);
            made = outcome.IsRefused || outcome.Value.AlreadyThere ? null : outcome.Value.Payment;
            return outcome;
        }, db => LookUp(db, request, made));
    }

    private static Outcome<Result>? LookUp(EvergreenDb db, Request request, DividendPayment? made)
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return null;
        var run = FindRun.Run(db, coOp.Value, request.Run);
        if (run.IsRefused || FindRun.Standing(db, run.Value).Payment is not { } payment) return null;
        return new Result(run.Value, payment, AlreadyThere: made is null || (made.By, made.At) != (payment.By, payment.At), PaymentPeriod.Late(coOp.Value, run.Value.FiscalYear, payment.On));
    }

    private Outcome<Result> Pay(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var foundRun = FindRun.Run(db, coOp, request.Run);
        if (foundRun.IsRefused) return foundRun.Refusal!;
        var run = foundRun.Value;
        var standing = FindRun.Standing(db, run);
        if (standing.Reversal is not null) return Refusals.AlreadyReversed(run.Name);
        if (standing.Payment is { } before)
        {
            return PaidCash.StillOwed(db, coOp.Id).TryGetValue(run.Id, out var rest) ? Refusals.RestByPaymentRun(run.Name, new Money(rest))
                : new Result(run, before, AlreadyThere: true, PaymentPeriod.Late(coOp, run.FiscalYear, before.On));
        }
        if (standing.Posting is not { } posting) return Refusals.NotPostedForPayment(run.Name);
        if (PaidCash.OnTheWay(db, run.Id) is { } number) return Refusals.FileOnTheWay(run.Name, number);
        var reference = request.Reference.Trim();
        if (reference.Length is 0 or > LongestReference) return Refusals.PaymentReference(LongestReference);
        var today = books.Today(coOp);
        var on = request.On ?? today;
        if (on < posting.On || on > today) return Refusals.PaymentDay(on, posting.On, today);
        var year = coOp.YearOf(on).Year;
        if (db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Refusals.PostingInClosedYear(on, year);

        var drafts = Owed(db, coOp, posting).Where(member => member.Value.Count > 0).OrderBy(member => member.Key).Select(member => DividendEntries.Payment(run, member.Key, member.Value, on, reference)).ToList();
        var payment = Post(db, coOp, run, drafts, request.By, books.Now, on, reference);
        return new Result(run, payment, AlreadyThere: false, PaymentPeriod.Late(coOp, run.FiscalYear, on));
    }

    /// <summary>Puts the payments into the ledger and notes the run as paid with them.</summary>
    internal static DividendPayment Post(EvergreenDb db, CoOp coOp, DividendRun run, IReadOnlyList<EntryDraft> drafts, string by, DateTime at, DateOnly on, string reference)
    {
        var posted = LedgerGuard.Append(db, coOp, drafts, at);
        var payment = new DividendPayment
        {
            RunId = run.Id, By = by, At = at, On = on, Reference = reference, Members = drafts.Count,
            PaidCents = drafts.Sum(draft => draft.Lines.Where(line => line.MemberId != null).Sum(line => line.AmountCents)), FirstSequence = posted.FirstSequence, LastSequence = posted.LastSequence,
        };
        db.DividendPayments.Add(payment);
        AuditTrail.Add(db, coOp.Id, payment.At, by, "dividends.pay", $"run {run.Name}", Say(payment));
        return payment;
    }

    /// <summary>What the audit trail says of it.</summary>
    internal static string Say(DividendPayment payment) => $"{new Money(payment.PaidCents)} to {payment.Members} members, {payment.Reference}";

    /// <summary>What each member is to be paid of the run, by account: the run's own part, and never more than what is owed now. Nothing, for whom all of it is set off.</summary>
    internal static Dictionary<int, List<(string Account, Money Amount)>> Owed(EvergreenDb db, CoOp coOp, DividendPosting posting)
    {
        var kept = MemberIdentities.Kept(db, coOp.Id);
        var owed = new Dictionary<int, List<(string Account, Money Amount)>>();
        foreach (var code in Payables)
        {
            var account = MemberBalances.AccountId(db, coOp.Id, code);
            var now = MemberBalances.ByMember(db, coOp.Id, code);
            var ofRun = db.LedgerLines.Where(line => line.CoOpId == coOp.Id && line.Sequence >= posting.FirstSequence && line.Sequence <= posting.LastSequence && line.AccountId == account && line.MemberId != null)
                .GroupBy(line => line.MemberId!.Value).Select(group => new { Member = group.Key, Cents = -group.Sum(line => line.AmountCents) }).ToList();
            foreach (var member in ofRun.GroupBy(part => kept(part.Member)))
            {
                if (!owed.TryGetValue(member.Key, out var parts)) owed[member.Key] = parts = [];
                var amount = Math.Min(member.Sum(part => part.Cents), now.GetValueOrDefault(member.Key).Cents);
                if (amount > 0) parts.Add((code, new Money(amount)));
            }
        }
        return owed;
    }
}
