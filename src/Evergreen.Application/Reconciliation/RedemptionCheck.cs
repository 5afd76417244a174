using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares what is said of each redemption with the entries it left: all of them or none, whom they pay, on which day, out of which lots and how much. And each that was taken back with its opposites.</summary>
internal sealed class RedemptionCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    /// <summary>The entries of one redemption, as the ledger has them.</summary>
    private sealed record Entries(long Number, long Count, long First, long Last, DateOnly From, DateOnly To, long LowestMember, long HighestMember);

    /// <summary>What an account gave or got in one redemption.</summary>
    private sealed record OfAccount(string Code, long Cents, int? NewestLot);

    /// <returns>How many entries were taken back with their redemption.</returns>
    public long Run()
    {
        var inLedger = (from entry in db.LedgerEntries
                        where entry.CoOpId == coOp.Id && entry.Kind == EntryKind.EquityRedemption
                        group entry by entry.Source into one
                        select new Entries(one.Key, one.LongCount(), one.Min(entry => entry.Sequence), one.Max(entry => entry.Sequence), one.Min(entry => entry.On), one.Max(entry => entry.On), one.Min(entry => entry.Item), one.Max(entry => entry.Item))).ToDictionary(one => one.Number);
        var accounts = (from line in db.LedgerLines
                        join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                        join account in db.Accounts on line.AccountId equals account.Id
                        where entry.CoOpId == coOp.Id && entry.Kind == EntryKind.EquityRedemption
                        group new { line.AmountCents, line.Lot } by new { entry.Source, account.Code } into one
                        select new { one.Key.Source, one.Key.Code, Cents = one.Sum(line => line.AmountCents), Newest = one.Max(line => line.Lot) }).AsEnumerable()
            .ToLookup(one => one.Source, one => new OfAccount(one.Code, one.Cents, one.Newest));
        var redemptions = db.EquityRedemptions.AsNoTracking().Where(one => one.CoOpId == coOp.Id).OrderBy(one => one.Number).ToList();
        foreach (var one in redemptions)
        {
            inLedger.Remove(one.Number, out var entries);
            if (entries is null || !Fits(one, entries) || !Fits(one, [.. accounts[one.Number]]))
                findings.Add($"{coOp.Code}: redemption {one.Number} is noted as {new Money(one.PaidCents)} to {one.Members} members on {one.On:yyyy-MM-dd} with entries {one.FirstSequence} to {one.LastSequence}; the ledger has {(entries is null ? "none" : $"{entries.Count}, from {entries.First} to {entries.Last}, on {entries.From:yyyy-MM-dd}, or other lots and amounts")}.");
        }
        foreach (var stray in inLedger.Values.OrderBy(entries => entries.First)) findings.Add($"{coOp.Code}: entry {stray.First} and {stray.Count - 1} more belong to redemption {stray.Number}, which is not noted.");
        return Reversed(redemptions);
    }

    private static bool Fits(EquityRedemption one, Entries entries) =>
        (entries.First, entries.Last, entries.Count, entries.From, entries.To) == (one.FirstSequence, one.LastSequence, one.Members, one.On, one.On) && entries.Last - entries.First + 1 == entries.Count
        && (one.MemberId is not { } member || (entries.LowestMember, entries.HighestMember) == (member, member));

    /// <summary>Only lots of the kinds and years gave, and the bank paid what they gave.</summary>
    private static bool Fits(EquityRedemption one, OfAccount[] accounts)
    {
        long paid = 0, nonqualified = 0;
        foreach (var account in accounts)
        {
            if (account.Code == AccountCodes.Bank)
            {
                paid -= account.Cents;
                continue;
            }
            if ((new CapitalLot(account.Code, null, Money.Zero).Kind & one.Kinds) == CapitalKinds.None || (one.ThroughYear is { } last && !(account.NewestLot <= last))) return false;
            if (account.Code == AccountCodes.NonqualifiedNotices) nonqualified += account.Cents;
        }
        return (paid, nonqualified) == (one.PaidCents, one.NonqualifiedCents) && (one.AskedCents is null || one.AskedCents == one.PaidCents);
    }

    private long Reversed(List<EquityRedemption> redemptions)
    {
        var reversals = db.EquityRedemptionReversals.AsNoTracking().Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Number);
        long noted = 0;
        foreach (var one in redemptions)
        {
            if (!reversals.TryGetValue(one.Number, out var reversal)) continue;
            var shift = reversal.FirstSequence - one.FirstSequence;
            var fitting = db.LedgerEntries.LongCount(entry => entry.CoOpId == coOp.Id && entry.Sequence >= reversal.FirstSequence && entry.Sequence <= reversal.LastSequence
                && entry.Kind == EntryKind.Reversal && entry.Reverses == entry.Sequence - shift && entry.On == reversal.On);
            noted += fitting;
            if (reversal.LastSequence - one.LastSequence != shift || fitting != one.Members)
                findings.Add($"{coOp.Code}: the reversal of redemption {one.Number} is noted on {reversal.On:yyyy-MM-dd} with entries {reversal.FirstSequence} to {reversal.LastSequence}; they do not reverse entries {one.FirstSequence} to {one.LastSequence} one by one.");
        }
        return noted;
    }
}
