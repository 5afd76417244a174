using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Walks a co-op's ledger from its first entry to its head: sequence, sums, hashes, time, and then the balances that follow.</summary>
internal sealed class LedgerCheck(EvergreenDb db, CoOp coOp, Findings findings, Anchor? anchor)
{
    private const int Page = 5_000;

    public long Entries { get; private set; }
    public long Lines { get; private set; }

    /// <returns>The head as <c>sequence:hash</c>.</returns>
    public string Run()
    {
        var accounts = db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id);
        CheckChart(accounts);
        var (sequence, hash, recordedAt) = WalkChain(accounts);
        CompareHead(sequence, hash, recordedAt);
        CheckBalances(accounts);
        return $"{sequence}:{Convert.ToHexStringLower(hash)}";
    }

    private void CheckChart(Dictionary<int, Account> accounts)
    {
        foreach (var account in accounts.Values.Where(account => account.Currency != coOp.Currency)) findings.Add($"{coOp.Code}: account {account.Code} is kept in {account.Currency}, the co-op in {coOp.Currency}.");
        foreach (var (code, _, kind) in AccountCodes.Chart)
            if (accounts.Values.All(account => (account.Code, account.Kind) != (code, kind))) findings.Add($"{coOp.Code}: account {code} is missing from the chart, or is of another kind than {kind}.");
        foreach (var fund in accounts.Values.Where(account => account.Code.StartsWith(AccountCodes.AllocatedFunds, StringComparison.Ordinal) && account.Kind != AccountKind.Equity))
            findings.Add($"{coOp.Code}: account {fund.Code} is of another kind than {AccountKind.Equity}.");
    }

    private (long Sequence, byte[] Hash, DateTime RecordedAt) WalkChain(Dictionary<int, Account> accounts)
    {
        var hash = LedgerChain.Genesis;
        var computed = new byte[32];
        var recordedAt = DateTime.MinValue;
        long last = 0;
        var broken = false;
        for (; ; )
        {
            var from = last;
            var entries = db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Sequence > from).OrderBy(entry => entry.Sequence).Take(Page).ToList();
            if (entries.Count == 0) break;
            var to = entries[^1].Sequence;
            var lines = db.LedgerLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && line.Sequence > from && line.Sequence <= to).OrderBy(line => line.Sequence).ThenBy(line => line.LineNo).ToList();
            var at = 0;
            foreach (var entry in entries)
            {
                if (entry.Sequence != last + 1) Break($"entry {last + 1} is missing: the next one is {entry.Sequence}");
                for (; at < lines.Count && lines[at].Sequence < entry.Sequence; at++) Break($"line {lines[at].LineNo} of entry {lines[at].Sequence} has no entry");
                var ofEntry = new List<EntryLine>(entry.LineCount);
                long sum = 0;
                for (; at < lines.Count && lines[at].Sequence == entry.Sequence; at++)
                {
                    var line = lines[at];
                    if (line.LineNo != ofEntry.Count + 1) Break($"line {ofEntry.Count + 1} of entry {entry.Sequence} is missing");
                    if (!accounts.ContainsKey(line.AccountId)) Break($"line {line.LineNo} of entry {entry.Sequence} names an account that is not in the chart");
                    ofEntry.Add(new EntryLine(accounts.TryGetValue(line.AccountId, out var account) ? account.Code : "?", line.MemberId, line.Lot, line.AmountCents));
                    sum = unchecked(sum + line.AmountCents);
                }
                if (ofEntry.Count != entry.LineCount) Break($"entry {entry.Sequence} has {ofEntry.Count} lines where {entry.LineCount} were posted");
                if (sum != 0) Break($"the lines of entry {entry.Sequence} sum to {new Money(sum)}, not to zero");
                if (entry.RecordedAt.Ticks % TimeSpan.TicksPerMillisecond != 0) Break($"entry {entry.Sequence} was recorded at no whole millisecond");
                if (entry.RecordedAt < recordedAt) Break($"entry {entry.Sequence} was recorded before the one in front of it");
                LedgerChain.Link(hash, coOp.Code, coOp.Currency, entry.Sequence, entry.RecordedAt, entry.Kind, entry.Source, entry.Item, entry.On, entry.Reverses, entry.Narration, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ofEntry), computed);
                if (!computed.AsSpan().SequenceEqual(entry.Hash)) Break($"entry {entry.Sequence} is not what was posted: its hash does not follow from its content and the entry before");
                if (anchor is not null && entry.Sequence == anchor.Sequence && Convert.ToHexStringLower(entry.Hash) != anchor.Hash)
                    findings.Add($"{coOp.Code}: entry {entry.Sequence} bears another hash than the manifest noted: the ledger was rewritten.");
                hash = entry.Hash;
                recordedAt = entry.RecordedAt;
                last = entry.Sequence;
                Entries++;
                Lines += ofEntry.Count;
            }
            for (; at < lines.Count; at++) Break($"line {lines[at].LineNo} of entry {lines[at].Sequence} has no entry");
            db.ChangeTracker.Clear();
        }
        var strays = db.LedgerLines.Where(line => line.CoOpId == coOp.Id && (line.Sequence < 1 || line.Sequence > last)).Select(line => line.Sequence).OrderBy(sequence => sequence).Take(1).ToList();
        foreach (var stray in strays) findings.Add($"{coOp.Code}: entry {stray} has lines, but stands outside the ledger's entries.");
        if (anchor is not null && anchor.Sequence > last) findings.Add($"{coOp.Code}: the manifest noted entry {anchor.Sequence}, but the ledger ends with {last}: entries are missing at its end.");
        return (last, hash, recordedAt);

        // Only the first break says something; all behind it follow from it.
        void Break(string what)
        {
            if (!broken) findings.Add($"{coOp.Code}: {what}.");
            broken = true;
        }
    }

    private void CompareHead(long sequence, byte[] hash, DateTime recordedAt)
    {
        var head = db.LedgerHeads.AsNoTracking().SingleOrDefault(row => row.CoOpId == coOp.Id);
        if (head is null ? sequence > 0 : head.Sequence != sequence || (sequence > 0 && head.RecordedAt != recordedAt) || !head.Hash.AsSpan().SequenceEqual(hash))
            findings.Add($"{coOp.Code}: the ledger ends with entry {sequence}, but {head?.Sequence.ToString() ?? "none"} was noted as the last, or with another hash or moment.");
    }

    private void CheckBalances(Dictionary<int, Account> accounts)
    {
        var sums = db.LedgerLines.Where(line => line.CoOpId == coOp.Id).GroupBy(line => line.AccountId).Select(group => new { Account = group.Key, Cents = group.Sum(line => line.AmountCents) }).ToList();
        var equity = new Money(-sums.Where(sum => accounts.TryGetValue(sum.Account, out var account) && account.Kind == AccountKind.Equity).Sum(sum => sum.Cents));
        var net = new Money(sums.Where(sum => accounts.TryGetValue(sum.Account, out var account) && account.Kind != AccountKind.Equity).Sum(sum => sum.Cents));
        if (equity != net) findings.Add($"{coOp.Code}: member accounts, reserves and undistributed income are {equity}, but assets less liabilities are {net}.");

        foreach (var code in Overdrafts.OwnedByMembers)
        {
            var account = accounts.Values.SingleOrDefault(account => account.Code == code);
            if (account is null) continue;
            var ownerless = db.LedgerLines.Count(line => line.AccountId == account.Id && line.MemberId == null);
            if (ownerless > 0) findings.Add($"{coOp.Code}: {ownerless} lines of account {code} name no member.");
            foreach (var lot in Overdrafts.OfMembers(db, account.Id).Take(20).ToList()) findings.Add($"{coOp.Code}: account {code}{(lot.Lot is { } year ? $" of {year}" : "")} of member id {lot.MemberId} is below zero by {new Money(lot.Cents)}.");
        }

        var income = accounts.Values.SingleOrDefault(account => account.Code == AccountCodes.NetIncome);
        if (income is null) return;
        var posted = db.DividendPostings.Where(posting => posting.CoOpId == coOp.Id && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId)).Select(posting => posting.FiscalYear).ToList();
        var left = db.LedgerLines.Where(line => line.AccountId == income.Id && line.Lot != null).GroupBy(line => line.Lot!.Value).Select(group => new { Year = group.Key, Cents = group.Sum(line => line.AmountCents) }).ToList();
        var closed = db.YearClosings.Where(closing => closing.CoOpId == coOp.Id).ToDictionary(closing => closing.FiscalYear, closing => closing.NetIncomeCents);
        foreach (var year in left)
        {
            var expected = posted.Contains(year.Year) ? 0 : -closed.GetValueOrDefault(year.Year);
            if (year.Cents != expected) findings.Add($"{coOp.Code}: of the net income of {year.Year}, {new Money(-year.Cents)} is undistributed where {new Money(-expected)} should be.");
        }
    }
}
