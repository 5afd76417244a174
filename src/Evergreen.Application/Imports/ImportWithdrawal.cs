using Evergreen.Application.Storage;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>What was taken back with an import. Counts are zero where its kind has none.</summary>
/// <param name="RowsRemoved">Purchases or hours, those that were held included.</param>
/// <param name="MembersRestored">Changed members that are again what they were.</param>
/// <param name="EntriesReversed">Entries of the ledger, each by an opposite one.</param>
public sealed record ImportWithdrawal(int Number, ImportKind Kind, long RowsRemoved = 0, long MembersRemoved = 0, long MembersRestored = 0, long EntriesReversed = 0);

/// <summary>Why an import, or a part of it, cannot be withdrawn.</summary>
/// <param name="What">What stays, e.g. <c>member 0042</c> or <c>the rows of 2025</c>.</param>
/// <param name="Why">What rests on it.</param>
public sealed record WithdrawalObstacle(string What, string Why);

/// <summary>The runs that are in the ledger and were not reversed.</summary>
internal static class PostedRuns
{
    public static IQueryable<DividendRun> Of(EvergreenDb db, int coOpId) =>
        from posting in db.DividendPostings
        join run in db.DividendRuns on posting.RunId equals run.Id
        where posting.CoOpId == coOpId && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)
        orderby run.FiscalYear, run.Number
        select run;
}
