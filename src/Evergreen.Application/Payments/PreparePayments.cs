using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>Puts together the payments of a posted dividend run: everybody who is owed cash of it and can be paid by the form, and who is left out and why. Prepared again, it takes the place of the one before as long as that was neither written nor settled.</summary>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class PreparePayments(Books books, KeyFile? keys = null)
{
    public const string Verb = "payments.prepare";

    public sealed record Request(string? CoOp, string Run, string By, PaymentForm Form = PaymentForm.Nacha, bool DryRun = false);

    public Outcome<PaymentSheet> Run(Request request) => books.Write(request.DryRun, db => Prepare(db, request));

    private Outcome<PaymentSheet> Prepare(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (request.Form == PaymentForm.Nacha && coOp.Currency != "USD") return Refusals.FormCurrency(coOp.Currency);
        var foundRun = FindRun.Run(db, coOp, request.Run);
        if (foundRun.IsRefused) return foundRun.Refusal!;
        var run = foundRun.Value;
        if (PaidCash.OnTheWay(db, run.Id) is { } number) return Refusals.FileUnsettled(number, run.Name);
        var dues = Dues.Of(db, coOp, run);
        if (dues.IsRefused) return dues.Refusal!;
        if (dues.Value.ByMember.Values.All(due => due.Cents == 0)) return Refusals.NobodyOwed(run.Name);
        new SettleBankChanges(books).Within(db, coOp);

        // Nearly everybody has a part, so that all are read rather than so many named.
        var members = db.Members.AsNoTracking().Where(member => member.CoOpId == coOp.Id).AsEnumerable().Where(member => dues.Value.ByMember.ContainsKey(member.Id)).ToList();
        members.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        PaymentAccounts? accounts = null;
        if (request.Form == PaymentForm.Nacha && members.Exists(member => PaymentAccounts.Lacks(member) is null))
        {
            var cipher = SecretKeys.ToOpen(books, keys);
            if (cipher.IsRefused) return cipher.Refusal!;
            accounts = new PaymentAccounts(cipher.Value);
        }
        var (payments, leftOut) = Sort(db, coOp, dues.Value, members, accounts, request.Form);
        if (payments.Count == 0) return Refusals.NobodyReached(run.Name, leftOut.Count);
        var prepared = new PaymentRun
        {
            CoOpId = coOp.Id, Number = (db.PaymentRuns.Where(other => other.CoOpId == coOp.Id).Max(other => (int?)other.Number) ?? 0) + 1, DividendRunId = run.Id, Round = dues.Value.Round, Form = request.Form, By = request.By.Trim(), At = books.Now,
            Members = payments.Count, TotalCents = payments.Sum(payment => payment.Amount.Cents), EntryHash = request.Form == PaymentForm.Nacha ? NachaFile.HashOf(payments.Select(payment => payment.Bank!)) : 0,
        };
        db.PaymentRuns.Add(prepared);
        db.SaveChanges();
        BulkWriter.Insert(db, payments.Select((payment, i) => new Payment
        {
            PaymentRunId = prepared.Id, No = i + 1, MemberId = payment.Member, PatronageCents = payment.Amount.PatronageCents, InterestCents = payment.Amount.InterestCents, Bank = payment.Bank, AccountDigest = payment.Digest,
        }));
        BulkWriter.Insert(db, leftOut.Select(one => new PaymentLeftOut { PaymentRunId = prepared.Id, MemberId = one.Member, PatronageCents = one.Amount.PatronageCents, InterestCents = one.Amount.InterestCents, Reason = one.Reason }));
        AuditTrail.Add(db, coOp.Id, prepared.At, prepared.By, Verb, Subject(prepared), Say(prepared, run));
        return PaymentSheet.Of(db, FindPaymentRun.Standing(db, coOp, prepared));
    }

    private readonly record struct Paid(int Member, AmountDue Amount, string? Bank, string? Digest);

    private static (List<Paid> Payments, List<(int Member, AmountDue Amount, LeftOutReason Reason)> LeftOut) Sort(EvergreenDb db, CoOp coOp, Dues dues, List<Member> members, PaymentAccounts? accounts, PaymentForm form)
    {
        var waiting = db.BankChanges.Where(change => change.CoOpId == coOp.Id && change.SettledAt == null && change.StoppedAt == null).Select(change => change.MemberId).ToHashSet();
        var (payments, leftOut) = (new List<Paid>(), new List<(int, AmountDue, LeftOutReason)>());
        foreach (var member in members)
        {
            var due = dues.ByMember[member.Id];
            if (WhyNot(member, due) is { } reason) leftOut.Add((member.Id, due, reason));
            else if (form == PaymentForm.ByHand) payments.Add(new Paid(member.Id, due, null, null));
            else
            {
                var account = accounts!.Open(member);
                payments.Add(new Paid(member.Id, due, account.Routing[..8], account.Digest));
            }
        }
        return (payments, leftOut);

        LeftOutReason? WhyNot(Member member, AmountDue due)
        {
            if (due.Cents == 0) return LeftOutReason.NothingOwed;
            if (form == PaymentForm.ByHand) return null;
            if (waiting.Contains(member.Id)) return LeftOutReason.OnHold;
            return PaymentAccounts.Lacks(member) ?? (due.Cents > NachaFile.LargestCents ? LeftOutReason.TooLarge : null);
        }
    }

    internal static string Subject(PaymentRun payments) => $"payment run {payments.Number}";

    internal static string Say(PaymentRun payments, DividendRun run) => $"run {run.Name}, round {payments.Round}, {(payments.Form == PaymentForm.Nacha ? "ACH file" : "by hand")}: {new Money(payments.TotalCents)} to {payments.Members} members";
}
