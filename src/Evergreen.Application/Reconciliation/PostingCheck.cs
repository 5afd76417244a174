using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares what is said of postings and reversals with the entries they left: which, how many, on which day, and whether each reversal is the exact opposite.</summary>
internal sealed class PostingCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    private const int Named = 20;

    public void Run()
    {
        var postings = db.DividendPostings.AsNoTracking().Where(posting => posting.CoOpId == coOp.Id).OrderBy(posting => posting.FirstSequence).ToList();
        foreach (var year in postings.GroupBy(posting => posting.FiscalYear))
            foreach (var (posting, place) in year.Select((posting, place) => (posting, place)))
                if (posting.Generation != place) findings.Add($"{coOp.Code}: the posting of {Name(db, posting.RunId)} is noted as number {posting.Generation} of {posting.FiscalYear}, it is number {place}.");

        var ofRuns = db.LedgerEntries.Where(entry => entry.CoOpId == coOp.Id && (entry.Kind == EntryKind.Appropriation || entry.Kind == EntryKind.DividendAllocation))
            .GroupBy(entry => entry.Source).Select(run => new { Run = run.Key, Count = run.LongCount(), First = run.Min(entry => entry.Sequence), Last = run.Max(entry => entry.Sequence), From = run.Min(entry => entry.On), To = run.Max(entry => entry.On) })
            .ToDictionary(run => run.Run);
        foreach (var posting in postings)
        {
            ofRuns.Remove(posting.RunId, out var run);
            if (run is null || (run.First, run.Last, run.Count, run.From, run.To) != (posting.FirstSequence, posting.LastSequence, posting.LastSequence - posting.FirstSequence + 1, posting.On, posting.On))
                findings.Add($"{coOp.Code}: {Name(db, posting.RunId)} is noted as posted on {posting.On:yyyy-MM-dd} with entries {posting.FirstSequence} to {posting.LastSequence}; the ledger has {(run is null ? "none" : $"{run.Count}, from {run.First} to {run.Last}, on {run.From:yyyy-MM-dd}")}.");
        }
        foreach (var run in ofRuns.Values.OrderBy(run => run.First)) findings.Add($"{coOp.Code}: entry {run.First} and {run.Count - 1} more belong to {Name(db, run.Run)}, which is not noted as posted.");
        CheckPayments();
        CheckReversals(postings);
    }

    /// <summary>What is said of each payment, beside its entries: which, how many, on which day, and what left the bank.</summary>
    private void CheckPayments()
    {
        var bank = MemberBalances.AccountId(db, coOp.Id, AccountCodes.Bank);
        var inLedger = (from line in db.LedgerLines
                        join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                        where entry.CoOpId == coOp.Id && entry.Kind == EntryKind.DividendPayment && line.AccountId == bank
                        group new { entry.Sequence, entry.On, line.AmountCents } by entry.Source into run
                        select new { Run = run.Key, Count = run.LongCount(), First = run.Min(line => line.Sequence), Last = run.Max(line => line.Sequence), From = run.Min(line => line.On), To = run.Max(line => line.On), Cents = -run.Sum(line => line.AmountCents) })
            .ToDictionary(run => run.Run);
        foreach (var payment in db.DividendPayments.AsNoTracking().Where(payment => db.DividendPostings.Any(posting => posting.RunId == payment.RunId && posting.CoOpId == coOp.Id)).OrderBy(payment => payment.RunId).ToList())
        {
            inLedger.Remove(payment.RunId, out var run);
            var fits = run is null ? (payment.Members, payment.PaidCents, payment.LastSequence) == (0, 0, payment.FirstSequence - 1)
                : (run.First, run.Last, run.Count, run.From, run.To, run.Cents) == (payment.FirstSequence, payment.LastSequence, payment.Members, payment.On, payment.On, payment.PaidCents) && run.Last - run.First + 1 == run.Count;
            if (!fits) findings.Add($"{coOp.Code}: {Name(db, payment.RunId)} is noted as paid on {payment.On:yyyy-MM-dd}, {new Money(payment.PaidCents)} to {payment.Members} members with entries {payment.FirstSequence} to {payment.LastSequence}; the ledger has {(run is null ? "none" : $"{new Money(run.Cents)} in {run.Count}, from {run.First} to {run.Last}, on {run.From:yyyy-MM-dd}")}.");
        }
        foreach (var run in inLedger.Values.OrderBy(run => run.First)) findings.Add($"{coOp.Code}: entry {run.First} and {run.Count - 1} more pay {Name(db, run.Run)}, which is not noted as paid.");
    }

    private void CheckReversals(List<DividendPosting> postings)
    {
        var reversals = (from reversal in db.DividendReversals
                         join posting in db.DividendPostings on reversal.RunId equals posting.RunId
                         where posting.CoOpId == coOp.Id
                         select reversal).AsNoTracking().ToDictionary(reversal => reversal.RunId);
        long noted = 0;
        foreach (var posting in postings)
        {
            if (!reversals.TryGetValue(posting.RunId, out var reversal)) continue;
            var shift = reversal.FirstSequence - posting.FirstSequence;
            var fitting = db.LedgerEntries.LongCount(entry => entry.CoOpId == coOp.Id && entry.Sequence >= reversal.FirstSequence && entry.Sequence <= reversal.LastSequence
                && entry.Kind == EntryKind.Reversal && entry.Reverses == entry.Sequence - shift && entry.On == reversal.On);
            noted += fitting;
            if (reversal.LastSequence - posting.LastSequence != shift || fitting != reversal.LastSequence - reversal.FirstSequence + 1)
                findings.Add($"{coOp.Code}: the reversal of {Name(db, posting.RunId)} is noted on {reversal.On:yyyy-MM-dd} with entries {reversal.FirstSequence} to {reversal.LastSequence}; they do not reverse entries {posting.FirstSequence} to {posting.LastSequence} one by one.");
        }
        noted += OfWithdrawnImports() + new RedemptionCheck(db, coOp, findings).Run();
        noted += db.PaymentVoids.LongCount(taken => db.PaymentRuns.Any(run => run.Id == taken.PaymentRunId && run.CoOpId == coOp.Id));
        var inLedger = db.LedgerEntries.LongCount(entry => entry.CoOpId == coOp.Id && (entry.Kind == EntryKind.Reversal || entry.Reverses != null));
        if (inLedger != noted) findings.Add($"{coOp.Code}: {inLedger} entries of the ledger take another back; {noted} are noted, of dividends, imports, redemptions and payments together.");

        var unlike = (from line in db.LedgerLines
                      join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                      where entry.CoOpId == coOp.Id && entry.Reverses != null
                          && !db.LedgerLines.Any(original => original.CoOpId == line.CoOpId && original.Sequence == entry.Reverses && original.LineNo == line.LineNo && original.AccountId == line.AccountId
                              && original.MemberId == line.MemberId && original.Lot == line.Lot && original.AmountCents == -line.AmountCents)
                      select entry.Sequence).Distinct().OrderBy(sequence => sequence).Take(Named).ToList();
        foreach (var sequence in unlike) findings.Add($"{coOp.Code}: entry {sequence} is not the opposite of the entry that it reverses.");
    }

    /// <summary>An import of equity that was withdrawn has every entry taken back; one that stands has none.</summary>
    /// <returns>How many entries were taken back with their import.</returns>
    private long OfWithdrawnImports()
    {
        var taken = from import in db.Imports
                    join entry in db.LedgerEntries on (long)import.Id equals entry.Source
                    where import.CoOpId == coOp.Id && import.Kind == ImportKind.Equity && import.WithdrawnAt != null && entry.CoOpId == coOp.Id && entry.Kind == EntryKind.EquityContribution
                    select new { import.Number, entry.Sequence, Back = db.LedgerEntries.Any(other => other.CoOpId == coOp.Id && other.Reverses == entry.Sequence && other.Kind == EntryKind.Reversal) };
        foreach (var import in taken.Where(entry => !entry.Back).GroupBy(entry => entry.Number).Select(group => new { Number = group.Key, Count = group.LongCount(), First = group.Min(entry => entry.Sequence) }).OrderBy(import => import.Number))
            findings.Add($"{coOp.Code}: import {import.Number} is noted as withdrawn, but {import.Count} of its entries were not taken back, from entry {import.First} on.");
        return taken.LongCount(entry => entry.Back);
    }

    /// <summary>The run as people name it; its id where there is no such run.</summary>
    internal static string Name(EvergreenDb db, long id) => db.DividendRuns.AsNoTracking().SingleOrDefault(run => run.Id == id) is { } run ? $"run {run.Name}" : $"a run that is not there (id {id})";
}
