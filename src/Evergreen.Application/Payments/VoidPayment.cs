using Evergreen.Application.Audit;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>Takes back a settled payment that the bank returned or the co-op stopped, by an opposite entry: the member is owed it again, and a later payment run may pay it. Once only.</summary>
public sealed class VoidPayment(Books books)
{
    public const string Verb = "payments.void";

    /// <param name="Member">Number of the member; null for every payment that stands, where the bank sent the whole file back.</param>
    /// <param name="On">The day on which the money was back; today where it is null.</param>
    public sealed record Request(string? CoOp, int Number, string? Member, string By, string Reason, DateOnly? On = null, bool DryRun = false);

    /// <param name="Voids">Those of this payment run that were asked for, also where they were there before.</param>
    public sealed record Result(PaymentStanding Standing, IReadOnlyList<PaymentVoid> Voids, Money Amount, bool AlreadyThere);

    public Outcome<Result> Run(Request request) => books.Write(request.DryRun, db => TakeBack(db, request));

    private Outcome<Result> TakeBack(EvergreenDb db, Request request)
    {
        var found = FindPaymentRun.Run(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var standing = found.Value;
        var (coOp, run) = (standing.CoOp, standing.Run);
        if (standing.Settlement is not { } settlement) return Refusals.NotSettled(run.Number);
        var reason = request.Reason.Trim();
        if (reason.Length == 0) return Refusals.ReasonMissing();
        var chosen = Chosen(db, standing, request.Member);
        if (chosen.IsRefused) return chosen.Refusal!;
        var payments = chosen.Value;
        var amount = new Money(payments.Sum(payment => payment.Amount.Cents));
        var before = db.PaymentVoids.AsNoTracking().Where(taken => taken.PaymentRunId == run.Id).ToDictionary(taken => taken.No);
        var standingOnes = payments.FindAll(payment => !before.ContainsKey(payment.No));
        if (standingOnes.Count == 0) return new Result(standing, payments.ConvertAll(payment => before[payment.No]), amount, AlreadyThere: true);
        var today = books.Today(coOp);
        var on = request.On ?? today;
        if (on < settlement.On || on > today) return Refusals.VoidDay(on, settlement.On, today);
        var year = coOp.YearOf(on).Year;
        if (db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Dividends.Refusals.PostingInClosedYear(on, year);

        var posted = LedgerGuard.Append(db, coOp, Opposites(db, coOp, settlement, standingOnes, on, reason), books.Now);
        var voids = standingOnes.Select((payment, i) => new PaymentVoid { PaymentRunId = run.Id, No = payment.No, By = request.By, At = books.Now, On = on, Reason = reason, Sequence = posted.FirstSequence + i }).ToList();
        db.PaymentVoids.AddRange(voids);
        var numbers = (from payment in db.Payments join member in db.Members on payment.MemberId equals member.Id where payment.PaymentRunId == run.Id select new { payment.No, member.Number }).ToDictionary(payment => payment.No, payment => payment.Number);
        foreach (var (payment, taken) in standingOnes.Zip(voids)) AuditTrail.Add(db, coOp.Id, taken.At, taken.By, Verb, PreparePayments.Subject(run), Say(payment, taken, numbers[payment.No]));
        return new Result(standing with { Voids = before.Count + voids.Count }, voids, new Money(standingOnes.Sum(payment => payment.Amount.Cents)), AlreadyThere: false);
    }

    private static Outcome<List<Payment>> Chosen(EvergreenDb db, PaymentStanding standing, string? number)
    {
        var payments = db.Payments.AsNoTracking().Where(payment => payment.PaymentRunId == standing.Run.Id).OrderBy(payment => payment.No);
        if (number is null) return payments.ToList();
        var member = FindMember.Run(db, standing.CoOp.Code, number);
        if (member.IsRefused) return member.Refusal!;
        var records = MemberIdentities.Of(db, member.Value.Member.Id);
        var ofMember = payments.Where(payment => records.Contains(payment.MemberId)).ToList();
        return ofMember.Count == 0 ? Refusals.NotPaidHere(number, standing.Run.Number) : ofMember;
    }

    /// <summary>Of the entries that the payments were settled with, one for each and in their order.</summary>
    private static List<EntryDraft> Opposites(EvergreenDb db, CoOp coOp, PaymentSettlement settlement, List<Payment> payments, DateOnly on, string reason)
    {
        var chosen = payments.Select(payment => settlement.FirstSequence + payment.No - 1).ToHashSet();
        return [.. OppositeEntries.Of(db, coOp, chosen.Min(), chosen.Max(), on, reason).Where(opposite => chosen.Contains(opposite.Reverses!.Value))];
    }

    internal static string Say(Payment payment, PaymentVoid taken, string member) => $"member {member}, {payment.Amount.Money}, entry {taken.Sequence}: {taken.Reason}";
}
