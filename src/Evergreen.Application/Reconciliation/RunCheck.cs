using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares every run with its allocations, its pools, its policy and, once posted, with the ledger.</summary>
internal sealed class RunCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    public int Run()
    {
        var runs = db.DividendRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Id).OrderBy(run => run.FiscalYear).ThenBy(run => run.Number).ToList();
        foreach (var run in runs) Check(run);
        foreach (var policy in db.PolicyVersions.AsNoTracking().Where(policy => policy.CoOpId == coOp.Id).OrderBy(policy => policy.Id))
            if (PolicyDocument.Sha256(policy.Json) != policy.Sha256) findings.Add($"{coOp.Code}: version {policy.Version} of the policy of {policy.FiscalYear} is not what was adopted.");
        return runs.Count;
    }

    private void Check(DividendRun run)
    {
        var standing = FindRun.Standing(db, run);
        var pools = CalculateDividend.Pools(db, run.Id);
        var rows = (from allocation in db.Allocations.AsNoTracking() join member in db.Members on allocation.MemberId equals member.Id where allocation.RunId == run.Id select new { member.Number, allocation }).ToList();
        rows.Sort((a, b) => a.allocation.PoolNo != b.allocation.PoolNo ? a.allocation.PoolNo.CompareTo(b.allocation.PoolNo) : MemberNumber.Order.Compare(a.Number, b.Number));
        var allocations = rows.ConvertAll(row => row.allocation);
        foreach (var pool in pools)
        {
            var sum = allocations.Where(row => row.PoolNo == pool.PoolNo).Sum(row => row.DividendCents) + pool.ResidueCents;
            if (sum != pool.AmountCents) findings.Add($"{coOp.Code}: run {run.Name}, pool {pool.Code}: the shares sum to {new Money(sum)}, the pool is {new Money(pool.AmountCents)}.");
        }
        var result = DividendProposal.ResultSha256(allocations.Select(row => (row.PoolNo, row.MemberId, row.Units, row.FloorCents, row.ExtraCent, row.DividendCents, row.CashCents, row.QualifiedCents, row.NonqualifiedCents, row.CapitalCents, row.WithheldCents, row.Treatment)));
        if (result != run.ResultSha256) findings.Add($"{coOp.Code}: run {run.Name}: its allocations are not those that were calculated.");
        if (run.AllocatedCents != allocations.Sum(row => row.DividendCents) || run.CashCents != allocations.Sum(row => row.CashCents) || run.MembersAllocated != allocations.Select(row => row.MemberId).Distinct().Count()) findings.Add($"{coOp.Code}: run {run.Name}: its totals are not the sums of its allocations.");
        new SharesCheck(coOp, findings).Check(run, pools, allocations);
        var closing = db.YearClosings.AsNoTracking().SingleOrDefault(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == run.FiscalYear);
        if (closing is null || closing.NetIncomeCents != run.NetIncomeCents) findings.Add($"{coOp.Code}: run {run.Name} starts from a net income of {new Money(run.NetIncomeCents)}, the year was closed with {(closing is null ? "none" : new Money(closing.NetIncomeCents))}.");
        if (standing.Posting is not { } posting) return;
        if (standing.Approval is null) findings.Add($"{coOp.Code}: run {run.Name} is posted without an approval.");
        if ((posting.CoOpId, posting.FiscalYear) != (run.CoOpId, run.FiscalYear)) findings.Add($"{coOp.Code}: run {run.Name} is noted as posted for another co-op or year.");
        ComparePosting(standing, posting, pools, allocations);
    }

    private void ComparePosting(RunStanding standing, DividendPosting posting, IReadOnlyList<RunPool> pools, List<Allocation> allocations)
    {
        var run = standing.Run;
        var entries = db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Sequence >= posting.FirstSequence && entry.Sequence <= posting.LastSequence);
        if (posting.LastSequence >= posting.FirstSequence)
        {
            var narration = entries.Where(entry => entry.Sequence == posting.FirstSequence).Select(entry => entry.Narration).SingleOrDefault();
            if (standing.Approval is { } approval && narration?.EndsWith(RunSeal.Narrated(db, run, approval), StringComparison.Ordinal) != true)
                findings.Add($"{coOp.Code}: run {run.Name}: the seal in entry {posting.FirstSequence} does not fit the run, its pools, its allocations, its working and its approval.");
        }
        var codes = db.Accounts.Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Code);
        var inLedger = (from line in db.LedgerLines
                        join entry in entries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                        where entry.Kind == EntryKind.DividendAllocation && entry.Source == run.Id
                        group line.AmountCents by new { entry.Item, line.AccountId } into sum
                        select new { Member = sum.Key.Item, sum.Key.AccountId, Cents = sum.Sum() }).AsEnumerable()
            .GroupBy(sum => (int)sum.Member).ToDictionary(member => member.Key, member => member.ToDictionary(sum => codes.GetValueOrDefault(sum.AccountId, "?"), sum => sum.Cents));
        var rolled = RolledBefore(posting);
        var interest = pools.Where(pool => pool.Unit == "share-interest").Select(pool => pool.PoolNo).ToHashSet();
        foreach (var member in allocations.GroupBy(row => row.MemberId))
        {
            inLedger.Remove(member.Key, out var posted);
            var expected = Accounts([.. member], interest, rolled.GetValueOrDefault(member.Key));
            foreach (var account in expected.Keys.Union(posted?.Keys ?? Enumerable.Empty<string>()).Order(StringComparer.Ordinal))
            {
                var (there, right) = (posted?.GetValueOrDefault(account) ?? 0, expected.GetValueOrDefault(account));
                if (there != right) findings.Add($"{coOp.Code}: run {run.Name}, member id {member.Key}: account {account} holds {new Money(there)} of it, the allocation says {new Money(right)}.");
            }
        }
        foreach (var stray in inLedger.Keys) findings.Add($"{coOp.Code}: run {run.Name}: member id {stray} has an entry but no allocation.");
    }

    /// <summary>What a member's rows put into each account.</summary>
    /// <param name="rolled">What waited for the minimum before; it is owed once this dividend is paid.</param>
    private static Dictionary<string, long> Accounts(List<Allocation> rows, HashSet<int> interest, long rolled)
    {
        var accounts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            Add(AccountCodes.NetIncome, row.DividendCents);
            Add(AccountCodes.QualifiedNotices, -row.QualifiedCents);
            Add(AccountCodes.NonqualifiedNotices, -row.NonqualifiedCents);
            Add(AccountCodes.MembershipShares, -row.CapitalCents);
            Add(AccountCodes.BackupWithholdingPayable, -row.WithheldCents);
            Add(DividendEntries.PayableAccount(row, interest), -row.PayableCents);
        }
        if (rolled > 0 && rows.Exists(row => row is { Treatment: CashTreatment.Paid, DividendCents: >= 0, CashCents: > 0 }))
        {
            Add(AccountCodes.PatronageRolledForward, rolled);
            Add(AccountCodes.PatronagePayable, -rolled);
        }
        return accounts;

        void Add(string account, long cents) => accounts[account] = accounts.GetValueOrDefault(account) + cents;
    }

    private Dictionary<int, long> RolledBefore(DividendPosting posting) =>
        (from line in db.LedgerLines
         join account in db.Accounts on line.AccountId equals account.Id
         where line.CoOpId == coOp.Id && line.Sequence < posting.FirstSequence && account.Code == AccountCodes.PatronageRolledForward && line.MemberId != null
         group line.AmountCents by line.MemberId!.Value into member
         select new { Member = member.Key, Cents = -member.Sum() }).ToDictionary(member => member.Member, member => member.Cents);
}
