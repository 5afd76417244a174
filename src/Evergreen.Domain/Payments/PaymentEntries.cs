using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Payments;

/// <summary>What a payment run does to the ledger.</summary>
public static class PaymentEntries
{
    /// <summary>One payment leaves the bank. The first payment of a dividend run is named after that run, so that no other way can pay it again; a later one after its payment run.</summary>
    /// <param name="item">Id of the member to whom the payment was made out.</param>
    /// <param name="payables">What is owed no more, as debits of the records that are owed it.</param>
    public static EntryDraft Payment(PaymentRun payments, DividendRun run, int item, IReadOnlyList<EntryLine> payables, DateOnly on, string reference)
    {
        var isFirst = payments.Round == 1;
        return new EntryDraft(isFirst ? EntryKind.DividendPayment : EntryKind.LaterPayment, isFirst ? run.Id : payments.Id, item, on, $"Payment of run {run.Name}, payment run {payments.Number}: {reference}", null,
            [.. payables, new EntryLine(AccountCodes.Bank, null, null, -payables.Sum(line => line.AmountCents))]);
    }
}
