using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>What is to be paid of a posted run now, by member: all of it at first, then what the first payment left out and what came back.</summary>
/// <param name="Round">1 for the first payment of the run.</param>
/// <param name="ByMember">By the record that goes on, where records were merged. Nothing, for whom all of it is set off.</param>
internal sealed record Dues(int Round, IReadOnlyDictionary<int, AmountDue> ByMember)
{
    public static Outcome<Dues> Of(EvergreenDb db, CoOp coOp, DividendRun run)
    {
        var standing = FindRun.Standing(db, run);
        if (standing.Reversal is not null) return Dividends.Refusals.AlreadyReversed(run.Name);
        if (standing.Posting is not { } posting) return Dividends.Refusals.NotPostedForPayment(run.Name);
        if (standing.Payment is null) return new Dues(1, PayDividend.Owed(db, coOp, posting).ToDictionary(member => member.Key, member => new AmountDue(Part(member.Value, AccountCodes.PatronagePayable), Part(member.Value, AccountCodes.ShareInterestPayable))));
        var settled = db.PaymentSettlements.AsNoTracking().Where(settlement => settlement.DividendRunId == run.Id).OrderBy(settlement => settlement.Round).ToList();
        return settled.Count == 0 ? Refusals.PaidAsAWhole(run.Name, standing.Payment) : new Dues(settled.Count + 1, Rest(db, coOp, [.. settled.Select(settlement => settlement.PaymentRunId)]));
    }

    /// <summary>Why the payments cannot be made as they were prepared; null where every one of them is still due.</summary>
    public static Refusal? RefuseChanged(EvergreenDb db, PaymentStanding standing)
    {
        var (coOp, run) = (standing.CoOp, standing.Run);
        var dues = Of(db, coOp, standing.Dividend);
        if (dues.IsRefused) return dues.Refusal;
        var payments = db.Payments.AsNoTracking().Where(payment => payment.PaymentRunId == run.Id).ToList();
        return dues.Value.Round == run.Round && payments.TrueForAll(payment => dues.Value.ByMember.GetValueOrDefault(payment.MemberId) == payment.Amount) ? null : Refusals.PaymentsChanged(run.Number, standing.Dividend.Name);
    }

    private static long Part(List<(string Account, Money Amount)> parts, string account) => parts.Where(part => part.Account == account).Sum(part => part.Amount.Cents);

    /// <summary>Left out at first and voided since, less what later payments were for; never more than what is owed now.</summary>
    private static Dictionary<int, AmountDue> Rest(EvergreenDb db, CoOp coOp, int[] settled)
    {
        var kept = MemberIdentities.Kept(db, coOp.Id);
        var rest = new Dictionary<int, AmountDue>();
        var first = settled[0];
        foreach (var one in db.PaymentLeftOuts.AsNoTracking().Where(one => one.PaymentRunId == first)) Add(one.MemberId, one.Amount);
        foreach (var one in db.Payments.AsNoTracking().Where(one => settled.Contains(one.PaymentRunId) && db.PaymentVoids.Any(taken => taken.PaymentRunId == one.PaymentRunId && taken.No == one.No))) Add(one.MemberId, one.Amount);
        foreach (var one in db.Payments.AsNoTracking().Where(one => settled.Contains(one.PaymentRunId) && one.PaymentRunId != first)) Add(one.MemberId, default(AmountDue) - one.Amount);
        var (patronage, interest) = (Now(AccountCodes.PatronagePayable), Now(AccountCodes.ShareInterestPayable));
        return rest.Where(member => member.Value.Cents > 0)
            .ToDictionary(member => member.Key, member => new AmountDue(Least(member.Value.PatronageCents, patronage.GetValueOrDefault(member.Key)), Least(member.Value.InterestCents, interest.GetValueOrDefault(member.Key))));

        void Add(int member, AmountDue amount) => rest[kept(member)] = rest.GetValueOrDefault(kept(member)) + amount;

        Dictionary<int, long> Now(string account) => MemberBalances.ByMember(db, coOp.Id, account).GroupBy(member => kept(member.Key)).ToDictionary(person => person.Key, person => person.Sum(member => member.Value.Cents));
    }

    private static long Least(long due, long owed) => Math.Max(0, Math.Min(due, owed));
}
