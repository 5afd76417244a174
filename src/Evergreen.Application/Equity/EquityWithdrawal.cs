using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Reverses the entries of an equity import, each on its own day where that day's books are open and otherwise today.</summary>
internal static class EquityWithdrawal
{
    public static Outcome<ImportWithdrawal> Run(EvergreenDb db, CoOp coOp, ImportBatch import, DateTime now, DateOnly today, string reason)
    {
        var rows = db.EquityRows.AsNoTracking().Where(row => row.ImportId == import.Id).OrderBy(row => row.Sequence).ToList();
        if (rows.Count == 0) return new ImportWithdrawal(import.Number, import.Kind);
        var first = coOp.YearOf(rows.Min(row => row.On)).Year;
        if (PostedRuns.Of(db, coOp.Id).FirstOrDefault(run => run.FiscalYear >= first) is { } run) return Imports.Refusals.ImportUsed(import, run.Name);
        var lots = LotBalances.Of(db, coOp.Id);
        foreach (var lot in rows.GroupBy(row => (row.MemberId, row.AccountCode, row.FiscalYear)))
        {
            if (lots.TryAdd(lot.Key.MemberId, lot.Key.AccountCode, lot.Key.FiscalYear, -lot.Sum(row => row.AmountCents), out var held)) continue;
            var number = db.Members.Where(member => member.Id == lot.Key.MemberId).Select(member => member.Number).Single();
            return Imports.Refusals.LotUsed(import, number, EquityIntake.NameOf(lot.Key.AccountCode), held);
        }
        var closed = new ClosedYears(db, coOp.Id);
        if (rows.Exists(row => closed.Containing(row.On) is not null) && closed.Containing(today) is { } closedYear) return Imports.Refusals.NoOpenDay(import, closedYear);
        db.EquityRows.Where(row => row.ImportId == import.Id).ExecuteDelete();
        var posted = LedgerGuard.Append(db, coOp, Opposites(db, coOp, rows, closed, today, reason).ToList(), now);
        return new ImportWithdrawal(import.Number, import.Kind, EntriesReversed: posted.Entries);
    }

    /// <summary>Posted runs that knew the entries, lots out of which something was taken since, and a closed year without an open day.</summary>
    public static IReadOnlyList<WithdrawalObstacle> Obstacles(EvergreenDb db, CoOp coOp, ImportBatch import, DateOnly today, int mostEach)
    {
        var rows = db.EquityRows.AsNoTracking().Where(row => row.ImportId == import.Id).ToList();
        if (rows.Count == 0) return [];
        var first = coOp.YearOf(rows.Min(row => row.On)).Year;
        var obstacles = PostedRuns.Of(db, coOp.Id).Where(run => run.FiscalYear >= first).AsEnumerable().Select(run => new WithdrawalObstacle($"entries up to {run.FiscalYear}", $"run {run.Name} is posted and knew them; reverse it first")).ToList();
        var lots = LotBalances.Of(db, coOp.Id);
        var numbers = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number }).ToDictionary(member => member.Id, member => member.Number);
        obstacles.AddRange(rows.GroupBy(row => (row.MemberId, row.AccountCode, row.FiscalYear)).OrderBy(lot => numbers[lot.Key.MemberId], Domain.Members.MemberNumber.Order)
            .Select(lot => (lot.Key, Room: lots.TryAdd(lot.Key.MemberId, lot.Key.AccountCode, lot.Key.FiscalYear, -lot.Sum(row => row.AmountCents), out var held), Held: held)).Where(lot => !lot.Room).Take(mostEach)
            .Select(lot => new WithdrawalObstacle($"member {numbers[lot.Key.MemberId]}, {EquityIntake.NameOf(lot.Key.AccountCode)}", $"only {lot.Held} is left there: something was taken out since")));
        var closed = new ClosedYears(db, coOp.Id);
        if (rows.Exists(row => closed.Containing(row.On) is not null) && closed.Containing(today) is { } year) obstacles.Add(new WithdrawalObstacle("entries in a closed year", $"the books of {year} are closed too: there is no day on which to reverse them"));
        return obstacles;
    }

    private static IEnumerable<EntryDraft> Opposites(EvergreenDb db, CoOp coOp, List<EquityRow> rows, ClosedYears closed, DateOnly today, string reason)
    {
        var codes = db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Code);
        foreach (var some in rows.Chunk(500))
        {
            var sequences = some.Select(row => row.Sequence).ToArray();
            var lines = db.LedgerLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && sequences.Contains(line.Sequence)).OrderBy(line => line.Sequence).ThenBy(line => line.LineNo).ToLookup(line => line.Sequence);
            foreach (var entry in db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && sequences.Contains(entry.Sequence)).OrderBy(entry => entry.Sequence).ToList())
                yield return DividendEntries.Reversal(entry, lines[entry.Sequence].Select(line => new EntryLine(codes[line.AccountId], line.MemberId, line.Lot, line.AmountCents)),
                    closed.Containing(entry.On) is null ? entry.On : today, reason);
        }
    }
}
