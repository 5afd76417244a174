using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>The working of one member's amount in one run, with the ledger entry that it became.</summary>
public sealed class AllocationPage(Books books)
{
    /// <param name="Entry">Sequence in the ledger; null while the run is not posted.</param>
    /// <param name="ReversedBy">Sequence of the entry that took it back; null where none did.</param>
    public sealed record Result(ExplainDividend.Result Explained, string State, long? Entry, DateOnly? On, long? ReversedBy);

    public Outcome<Result> Run(string? coOpCode, string runName, string memberNumber)
    {
        var year = books.Read<Outcome<int>>(db =>
        {
            var coOp = FindCoOp.Run(db, coOpCode);
            if (coOp.IsRefused) return coOp.Refusal!;
            var run = FindRun.Run(db, coOp.Value, runName);
            return run.IsRefused ? run.Refusal! : run.Value.FiscalYear;
        });
        if (year.IsRefused) return year.Refusal!;
        var explained = new ExplainDividend(books).Run(coOpCode, year.Value, memberNumber, runName);
        if (explained.IsRefused) return explained.Refusal!;
        return books.Read<Outcome<Result>>(db =>
        {
            var (coOp, run) = (explained.Value.CoOp, explained.Value.Run);
            var member = db.Members.Single(member => member.CoOpId == coOp.Id && member.Number == memberNumber).Id;
            var entry = db.LedgerEntries.SingleOrDefault(entry => entry.CoOpId == coOp.Id && entry.Kind == EntryKind.DividendAllocation && entry.Source == run.Id && entry.Item == member);
            var reversedBy = entry is null ? null : db.LedgerEntries.Where(other => other.CoOpId == coOp.Id && other.Reverses == entry.Sequence).Select(other => (long?)other.Sequence).SingleOrDefault();
            return new Result(explained.Value, FindRun.Standing(db, run).State, entry?.Sequence, entry?.On, reversedBy);
        });
    }
}
