using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Takes back the rows of a purchases or hours import, with what they added to the totals.</summary>
internal static class PatronageWithdrawal
{
    private const int Page = 20_000;
    private const string Stage = "Taking the rows out of the totals";

    public static Outcome<ImportWithdrawal> Run(EvergreenDb db, CoOp coOp, ImportBatch import, JobSteps steps)
    {
        steps.At("Looking for runs that used its rows");
        var days = Days(db, import);
        if (Users(db, coOp, import, days.Keys).FirstOrDefault() is { } run) return Imports.Refusals.ImportUsed(import, run.Name);
        var total = checked((int)days.Values.Sum());
        steps.At(Stage, 0, total);
        var sums = new PatronageSums(db, coOp.Id);
        var rows = import.Kind == ImportKind.Purchases ? Purchases(db, coOp, import, sums, steps, total) : Hours(db, coOp, import, sums, steps, total);
        sums.WriteTaken();
        rows += Waiting(db, import);
        db.HeldRows.Where(row => row.ImportId == import.Id).ExecuteDelete();
        // What a program was answered about these rows is no longer so: sent again, they may come in again, as those of a file may.
        db.KeptAnswers.Where(answer => answer.ImportId == import.Id).ExecuteDelete();
        var taken = HeldRefs.TakenInBy(import.Number);
        db.HeldRows.Where(row => row.CoOpId == coOp.Id && row.Kind == import.Kind && row.Resolution == taken)
            .ExecuteUpdate(set => set.SetProperty(row => row.ResolvedAt, (DateTime?)null).SetProperty(row => row.ResolvedBy, (string?)null).SetProperty(row => row.Resolution, (string?)null));
        return new ImportWithdrawal(import.Number, import.Kind, RowsRemoved: rows);
    }

    /// <summary>The same, counted and not done.</summary>
    public static ImportWithdrawal Would(EvergreenDb db, ImportBatch import) => new(import.Number, import.Kind, RowsRemoved: Days(db, import).Values.Sum() + Waiting(db, import));

    /// <summary>The years of the import whose dividend is posted, each with its run.</summary>
    public static IReadOnlyList<WithdrawalObstacle> Obstacles(EvergreenDb db, CoOp coOp, ImportBatch import) =>
        [.. Users(db, coOp, import, Days(db, import).Keys).AsEnumerable().Select(run => new WithdrawalObstacle($"the rows of {run.FiscalYear}", $"run {run.Name} is posted and used them; reverse it first"))];

    /// <summary>The days of its rows that have a member, each with how many they are.</summary>
    private static Dictionary<DateOnly, long> Days(EvergreenDb db, ImportBatch import) =>
        (import.Kind == ImportKind.Purchases
            ? db.Purchases.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).GroupBy(row => row.On).Select(day => new { On = day.Key, Rows = day.LongCount() })
            : db.HoursWorked.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).GroupBy(row => row.On).Select(day => new { On = day.Key, Rows = day.LongCount() }))
        .ToDictionary(day => day.On, day => day.Rows);

    private static IQueryable<DividendRun> Users(EvergreenDb db, CoOp coOp, ImportBatch import, IEnumerable<DateOnly> days)
    {
        var held = db.HeldRows.Where(row => row.ImportId == import.Id).Select(row => row.On).Distinct().AsEnumerable();
        var years = days.Concat(held).Select(on => coOp.YearOf(on).Year).ToHashSet();
        return PostedRuns.Of(db, coOp.Id).Where(run => years.Contains(run.FiscalYear));
    }

    private static long Waiting(EvergreenDb db, ImportBatch import) => db.HeldRows.LongCount(row => row.ImportId == import.Id && row.ResolvedAt == null);

    private static long Purchases(EvergreenDb db, CoOp coOp, ImportBatch import, PatronageSums sums, JobSteps steps, int total)
    {
        long count = 0;
        for (var after = ""; ;)
        {
            var page = db.Purchases.AsNoTracking().Where(row => row.SourceId == import.SourceId && row.SourceRef.CompareTo(after) > 0 && row.ImportId == import.Id).OrderBy(row => row.SourceRef).Take(Page).ToList();
            foreach (var row in page) sums.Add(row, coOp.YearOf(row.On).Year, -1);
            count += page.Count;
            steps.At(Stage, (int)count, total);
            if (page.Count < Page) break;
            after = page[^1].SourceRef;
        }
        db.Purchases.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).ExecuteDelete();
        return count;
    }

    private static long Hours(EvergreenDb db, CoOp coOp, ImportBatch import, PatronageSums sums, JobSteps steps, int total)
    {
        long count = 0;
        for (var after = ""; ;)
        {
            var page = db.HoursWorked.AsNoTracking().Where(row => row.SourceId == import.SourceId && row.SourceRef.CompareTo(after) > 0 && row.ImportId == import.Id).OrderBy(row => row.SourceRef).Take(Page).ToList();
            foreach (var row in page) sums.Add(row, coOp.YearOf(row.On).Year, -1);
            count += page.Count;
            steps.At(Stage, (int)count, total);
            if (page.Count < Page) break;
            after = page[^1].SourceRef;
        }
        db.HoursWorked.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).ExecuteDelete();
        return count;
    }
}
