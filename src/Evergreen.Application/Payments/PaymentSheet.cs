using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>A payment run in full: whom it pays how much, and whom it leaves out.</summary>
/// <param name="LeftOut">In the order of their numbers, as the payments are.</param>
public sealed record PaymentSheet(PaymentStanding Standing, IReadOnlyList<PaymentSheet.Line> Payments, IReadOnlyList<PaymentSheet.Missing> LeftOut)
{
    /// <param name="VoidedOn">The day on which it came back; null where it did not.</param>
    public sealed record Line(int No, string Member, string Name, Money Amount, DateOnly? VoidedOn, string? VoidReason);

    public sealed record Missing(string Member, string Name, Money Amount, LeftOutReason Reason);

    internal static PaymentSheet Of(EvergreenDb db, PaymentStanding standing)
    {
        var id = standing.Run.Id;
        var voids = db.PaymentVoids.AsNoTracking().Where(taken => taken.PaymentRunId == id).ToDictionary(taken => taken.No);
        var payments = (from payment in db.Payments.AsNoTracking()
                        join member in db.Members on payment.MemberId equals member.Id
                        where payment.PaymentRunId == id
                        orderby payment.No
                        select new { payment, member.Number, member.Name }).ToList();
        var leftOut = (from one in db.PaymentLeftOuts.AsNoTracking()
                       join member in db.Members on one.MemberId equals member.Id
                       where one.PaymentRunId == id
                       select new { one, member.Number, member.Name }).ToList();
        leftOut.Sort((a, b) => Domain.Members.MemberNumber.Order.Compare(a.Number, b.Number));
        return new PaymentSheet(standing,
            payments.ConvertAll(row => new Line(row.payment.No, row.Number, row.Name, row.payment.Amount.Money, voids.GetValueOrDefault(row.payment.No)?.On, voids.GetValueOrDefault(row.payment.No)?.Reason)),
            leftOut.ConvertAll(row => new Missing(row.Number, row.Name, row.one.Amount.Money, row.one.Reason)));
    }
}
