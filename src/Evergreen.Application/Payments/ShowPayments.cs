using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Payments;

/// <summary>One payment run, with every payment and everybody whom it leaves out.</summary>
public sealed class ShowPayments(Books books)
{
    public Outcome<PaymentSheet> Run(string? coOp, int number) => books.Read<Outcome<PaymentSheet>>(db =>
    {
        var found = FindPaymentRun.Run(db, coOp, number);
        return found.IsRefused ? found.Refusal! : PaymentSheet.Of(db, found.Value);
    });
}
