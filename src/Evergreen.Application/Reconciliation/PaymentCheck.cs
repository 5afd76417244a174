using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares each payment run with its payments, its file and what the ledger holds of it: every payment once, to the cent, and each void the opposite of its payment.</summary>
internal sealed class PaymentCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    public void Run()
    {
        var runs = db.PaymentRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Id).OrderBy(run => run.Number).ToList();
        var settled = 0L;
        foreach (var run in runs) settled += Check(run);
        var inLedger = db.LedgerEntries.LongCount(entry => entry.CoOpId == coOp.Id && entry.Kind == EntryKind.LaterPayment);
        if (inLedger != settled) findings.Add($"{coOp.Code}: {inLedger} entries of the ledger are later payments; the payment runs that are settled made {settled}.");
    }

    /// <returns>How many later payments it put into the ledger.</returns>
    private int Check(PaymentRun run)
    {
        var payments = db.Payments.AsNoTracking().Where(payment => payment.PaymentRunId == run.Id).OrderBy(payment => payment.No).ToList();
        var total = payments.Sum(payment => payment.Amount.Cents);
        var hash = run.Form == PaymentForm.Nacha ? NachaFile.HashOf(payments.Select(payment => payment.Bank!)) : 0;
        if ((payments.Count, total, hash) != (run.Members, run.TotalCents, run.EntryHash) || payments.Where((payment, i) => payment.No != i + 1).Any())
            findings.Add($"{coOp.Code}: payment run {run.Number} says {new Money(run.TotalCents)} to {run.Members} members with hash {run.EntryHash}; its payments make {new Money(total)} to {payments.Count} with hash {hash}.");
        if (db.PaymentFiles.AsNoTracking().SingleOrDefault(one => one.PaymentRunId == run.Id) is { } file && (file.Entries, file.TotalCents, file.EntryHash, file.DividendRunId, file.Round) != (run.Members, run.TotalCents, run.EntryHash, run.DividendRunId, run.Round))
            findings.Add($"{coOp.Code}: the file of payment run {run.Number} is noted with {new Money(file.TotalCents)} in {file.Entries} entries and hash {file.EntryHash}, which is not the payment run.");
        if (db.PaymentSettlements.AsNoTracking().SingleOrDefault(one => one.PaymentRunId == run.Id) is not { } settlement) return 0;
        if ((settlement.DividendRunId, settlement.Round) != (run.DividendRunId, run.Round)) findings.Add($"{coOp.Code}: the settlement of payment run {run.Number} is noted of another dividend.");
        CheckEntries(run, payments, settlement);
        return run.Round > 1 ? payments.Count : 0;
    }

    private void CheckEntries(PaymentRun run, List<Payment> payments, PaymentSettlement settlement)
    {
        var (first, last) = (settlement.FirstSequence, settlement.FirstSequence + payments.Count - 1);
        var bank = MemberBalances.AccountId(db, coOp.Id, AccountCodes.Bank);
        var entries = (from entry in db.LedgerEntries
                       join line in db.LedgerLines on new { entry.CoOpId, entry.Sequence } equals new { line.CoOpId, line.Sequence }
                       where entry.CoOpId == coOp.Id && entry.Sequence >= first && entry.Sequence <= last && line.AccountId == bank
                       select new { entry.Sequence, entry.Kind, entry.Source, entry.Item, entry.On, line.AmountCents }).ToDictionary(entry => entry.Sequence);
        var (kind, source) = run.Round == 1 ? (EntryKind.DividendPayment, (long)run.DividendRunId) : (EntryKind.LaterPayment, run.Id);
        foreach (var payment in payments)
        {
            var entry = entries.GetValueOrDefault(first + payment.No - 1);
            if (entry is null || (entry.Kind, entry.Source, entry.Item, entry.On, -entry.AmountCents) != (kind, source, payment.MemberId, settlement.On, payment.Amount.Cents))
                findings.Add($"{coOp.Code}: payment {payment.No} of payment run {run.Number}, {payment.Amount.Money}, is noted as settled on {settlement.On:yyyy-MM-dd} with entry {first + payment.No - 1}, which is not that payment.");
        }
        if (run.Round == 1 && !db.DividendPayments.Any(payment => payment.RunId == run.DividendRunId && payment.FirstSequence == first && payment.LastSequence == last))
            findings.Add($"{coOp.Code}: payment run {run.Number} is noted as the first payment of {PostingCheck.Name(db, run.DividendRunId)}, which is not noted as paid by it.");
        var voids = from taken in db.PaymentVoids.AsNoTracking()
                    join entry in db.LedgerEntries on new { CoOpId = coOp.Id, taken.Sequence } equals new { entry.CoOpId, entry.Sequence } into found
                    from entry in found.DefaultIfEmpty()
                    where taken.PaymentRunId == run.Id && (entry == null || entry.Kind != EntryKind.Reversal || entry.Reverses != first + taken.No - 1 || entry.On != taken.On)
                    orderby taken.No
                    select new { taken.No, taken.Sequence };
        foreach (var taken in voids) findings.Add($"{coOp.Code}: payment {taken.No} of payment run {run.Number} is noted as void with entry {taken.Sequence}, which does not take it back.");
    }
}
