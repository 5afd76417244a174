using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Reverses the entries of an equity import, each on its own day where that day's books are open and otherwise today. The database sums the rows and hands over the entries a page at a time, so that memory grows with the register and not with the file.</summary>
internal static class EquityWithdrawal
{
    private const int Page = 5_000;

    /// <summary>What an import put into one lot.</summary>
    private sealed record Brought(int Member, string Account, int? Lot, long Cents);

    /// <summary>A lot that holds less than the import put into it.</summary>
    private sealed record ShortLot(int Member, string Account, Money Held);

    public static Outcome<ImportWithdrawal> Run(EvergreenDb db, CoOp coOp, ImportBatch import, DateTime now, DateOnly today, string reason, JobSteps steps)
    {
        steps.At("Looking for what rests on its entries");
        var days = Days(db, import);
        if (days.Count == 0) return new ImportWithdrawal(import.Number, import.Kind);
        var first = coOp.YearOf(days[0]).Year;
        if (PostedRuns.Of(db, coOp.Id).FirstOrDefault(run => run.FiscalYear >= first) is { } run) return Imports.Refusals.ImportUsed(import, run.Name);
        if (ShortLots(db, coOp, import).Take(1).ToList() is [var lot])
            return Imports.Refusals.LotUsed(import, db.Members.Where(member => member.Id == lot.Member).Select(member => member.Number).Single(), EquityIntake.NameOf(lot.Account), lot.Held);
        var closed = new ClosedYears(db, coOp.Id);
        if (days.Exists(day => closed.Containing(day) is not null) && closed.Containing(today) is { } closedYear) return Imports.Refusals.NoOpenDay(import, closedYear);
        db.EquityRows.Where(row => row.ImportId == import.Id).ExecuteDelete();
        var opposites = steps.Counted("Reversing its entries", Opposites(db, coOp, import, closed, today, reason), Entries(db, coOp, import).Count());
        var posted = LedgerGuard.Append(db, coOp, opposites, now);
        // Rows that took shares back give them again.
        if (ShareLimits.Against(db, coOp, today, posted) is { } aboveLimit) return aboveLimit;
        return new ImportWithdrawal(import.Number, import.Kind, EntriesReversed: posted.Entries);
    }

    /// <summary>The same, counted and not done.</summary>
    public static ImportWithdrawal Would(EvergreenDb db, CoOp coOp, ImportBatch import) => new(import.Number, import.Kind, EntriesReversed: Entries(db, coOp, import).Count());

    private static IQueryable<LedgerEntry> Entries(EvergreenDb db, CoOp coOp, ImportBatch import)
    {
        long source = import.Id;
        return db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Kind == EntryKind.EquityContribution && entry.Source == source);
    }

    /// <summary>Posted runs that knew the entries, lots out of which something was taken since, a closed year without an open day, and members who would be given more shares than they may hold.</summary>
    public static IReadOnlyList<WithdrawalObstacle> Obstacles(EvergreenDb db, CoOp coOp, ImportBatch import, DateOnly today, int mostEach)
    {
        var days = Days(db, import);
        if (days.Count == 0) return [];
        var first = coOp.YearOf(days[0]).Year;
        var obstacles = PostedRuns.Of(db, coOp.Id).Where(run => run.FiscalYear >= first).AsEnumerable().Select(run => new WithdrawalObstacle($"entries up to {run.FiscalYear}", $"run {run.Name} is posted and knew them; reverse it first")).ToList();
        var closed = new ClosedYears(db, coOp.Id);
        if (days.Exists(day => closed.Containing(day) is not null) && closed.Containing(today) is { } year) obstacles.Add(new WithdrawalObstacle("entries in a closed year", $"the books of {year} are closed too: there is no day on which to reverse them"));
        var (lots, above) = (ShortLots(db, coOp, import).ToList(), AboveLimit(db, coOp, import, today).ToList());
        if (lots.Count + above.Count == 0) return obstacles;
        var numbers = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number }).ToDictionary(member => member.Id, member => member.Number);
        obstacles.AddRange(lots.OrderBy(lot => numbers[lot.Member], Domain.Members.MemberNumber.Order).Take(mostEach)
            .Select(lot => new WithdrawalObstacle($"member {numbers[lot.Member]}, {EquityIntake.NameOf(lot.Account)}", $"only {lot.Held} is left there: something was taken out since")));
        obstacles.AddRange(above.OrderBy(member => numbers[member.Member], Domain.Members.MemberNumber.Order).Take(mostEach)
            .Select(member => new WithdrawalObstacle($"member {numbers[member.Member]}, shares that were taken out", $"with them the member would hold {member.Would.ToGroupedString()}, above the limit of {member.Limit.ToGroupedString()}")));
        return obstacles;
    }

    /// <summary>Rows that took shares back would give them again: to whom they may not.</summary>
    private static IEnumerable<(int Member, Money Would, Money Limit)> AboveLimit(EvergreenDb db, CoOp coOp, ImportBatch import, DateOnly today)
    {
        var codes = WithdrawableShares.Accounts.ToArray();
        var taken = db.EquityRows.Where(row => row.ImportId == import.Id && codes.Contains(row.AccountCode)).GroupBy(row => row.MemberId).Select(member => new { Member = member.Key, Cents = member.Sum(row => row.AmountCents) }).Where(member => member.Cents < 0).ToList();
        if (taken.Count == 0 || ShareLimits.Of(db, coOp, today, taken.Select(member => member.Member)) is not { } limits) yield break;
        foreach (var member in taken)
            if (!limits.MayAdd(member.Member, codes[0], -member.Cents, out var holds)) yield return (member.Member, holds + new Money(-member.Cents), limits.Limit);
    }

    /// <summary>The days of the import's rows, each once, the earliest first.</summary>
    private static List<DateOnly> Days(EvergreenDb db, ImportBatch import) => db.EquityRows.Where(row => row.ImportId == import.Id).Select(row => row.On).Distinct().OrderBy(on => on).ToList();

    /// <summary>In the order in which the file came to them.</summary>
    private static IEnumerable<ShortLot> ShortLots(EvergreenDb db, CoOp coOp, ImportBatch import)
    {
        var lots = LotBalances.Of(db, coOp.Id);
        var brought = db.EquityRows.Where(row => row.ImportId == import.Id).GroupBy(row => new { row.MemberId, row.AccountCode, row.FiscalYear })
            .OrderBy(lot => lot.Min(row => row.Sequence)).Select(lot => new Brought(lot.Key.MemberId, lot.Key.AccountCode, lot.Key.FiscalYear, lot.Sum(row => row.AmountCents)));
        foreach (var lot in brought)
            if (!lots.TryAdd(lot.Member, lot.Account, lot.Lot, -lot.Cents, out var held)) yield return new(lot.Member, lot.Account, held);
    }

    /// <summary>In the order of the file, which is that of the ledger: what stands between the first and the last entry of a page is of this import as well.</summary>
    private static IEnumerable<EntryDraft> Opposites(EvergreenDb db, CoOp coOp, ImportBatch import, ClosedYears closed, DateOnly today, string reason)
    {
        var codes = db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Code);
        for (var after = long.MinValue; ;)
        {
            var entries = Entries(db, coOp, import).Where(entry => entry.Item > after).OrderBy(entry => entry.Item).Take(Page).ToList();
            if (entries.Count == 0) yield break;
            var (from, to) = (entries[0].Sequence, entries[^1].Sequence);
            var lines = db.LedgerLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && line.Sequence >= from && line.Sequence <= to).OrderBy(line => line.Sequence).ThenBy(line => line.LineNo).ToLookup(line => line.Sequence);
            foreach (var entry in entries)
                yield return DividendEntries.Reversal(entry, lines[entry.Sequence].Select(line => new EntryLine(codes[line.AccountId], line.MemberId, line.Lot, line.AmountCents)),
                    closed.Containing(entry.On) is null ? entry.On : today, reason);
            after = entries[^1].Item;
        }
    }
}
