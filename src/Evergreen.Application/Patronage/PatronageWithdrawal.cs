using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Takes back the rows of a purchases or hours import, with what they added to the totals.</summary>
internal static class PatronageWithdrawal
{
    private const int Page = 20_000;

    public static Outcome<ImportWithdrawal> Run(EvergreenDb db, CoOp coOp, ImportBatch import)
    {
        var sums = new PatronageSums(db, coOp.Id);
        var years = db.HeldRows.Where(row => row.ImportId == import.Id).Select(row => row.On).Distinct().AsEnumerable().Select(on => coOp.YearOf(on).Year).ToHashSet();
        var rows = import.Kind == ImportKind.Purchases ? Purchases(db, coOp, import, sums, years) : Hours(db, coOp, import, sums, years);
        if (PostedRuns.Of(db, coOp.Id).FirstOrDefault(run => years.Contains(run.FiscalYear)) is { } run) return Imports.Refusals.ImportUsed(import, run.Name);
        sums.WriteTaken();
        rows += db.HeldRows.Where(row => row.ImportId == import.Id && row.ResolvedAt == null).Count();
        db.HeldRows.Where(row => row.ImportId == import.Id).ExecuteDelete();
        // What a program was answered about these rows is no longer so: sent again, they may come in again, as those of a file may.
        db.KeptAnswers.Where(answer => answer.ImportId == import.Id).ExecuteDelete();
        var taken = HeldRefs.TakenInBy(import.Number);
        db.HeldRows.Where(row => row.CoOpId == coOp.Id && row.Kind == import.Kind && row.Resolution == taken)
            .ExecuteUpdate(set => set.SetProperty(row => row.ResolvedAt, (DateTime?)null).SetProperty(row => row.ResolvedBy, (string?)null).SetProperty(row => row.Resolution, (string?)null));
        return new ImportWithdrawal(import.Number, import.Kind, RowsRemoved: rows);
    }

    /// <summary>The years of the import whose dividend is posted, each with its run.</summary>
    public static IReadOnlyList<WithdrawalObstacle> Obstacles(EvergreenDb db, CoOp coOp, ImportBatch import)
    {
        var days = import.Kind == ImportKind.Purchases
            ? db.Purchases.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).Select(row => row.On)
            : db.HoursWorked.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).Select(row => row.On);
        var years = days.Distinct().AsEnumerable().Concat(db.HeldRows.Where(row => row.ImportId == import.Id).Select(row => row.On).Distinct().AsEnumerable()).Select(on => coOp.YearOf(on).Year).ToHashSet();
        return [.. PostedRuns.Of(db, coOp.Id).Where(run => years.Contains(run.FiscalYear)).AsEnumerable().Select(run => new WithdrawalObstacle($"the rows of {run.FiscalYear}", $"run {run.Name} is posted and used them; reverse it first"))];
    }

    private static long Purchases(EvergreenDb db, CoOp coOp, ImportBatch import, PatronageSums sums, HashSet<int> years)
    {
        long count = 0;
        for (var after = ""; ;)
        {
            var page = db.Purchases.AsNoTracking().Where(row => row.SourceId == import.SourceId && row.SourceRef.CompareTo(after) > 0 && row.ImportId == import.Id).OrderBy(row => row.SourceRef).Take(Page).ToList();
            foreach (var row in page)
            {
                var year = coOp.YearOf(row.On).Year;
                years.Add(year);
                sums.Add(row, year, -1);
            }
            count += page.Count;
            if (page.Count < Page) break;
            after = page[^1].SourceRef;
        }
        db.Purchases.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).ExecuteDelete();
        return count;
    }

    private static long Hours(EvergreenDb db, CoOp coOp, ImportBatch import, PatronageSums sums, HashSet<int> years)
    {
        long count = 0;
        for (var after = ""; ;)
        {
            var page = db.HoursWorked.AsNoTracking().Where(row => row.SourceId == import.SourceId && row.SourceRef.CompareTo(after) > 0 && row.ImportId == import.Id).OrderBy(row => row.SourceRef).Take(Page).ToList();
            foreach (var row in page)
            {
                var year = coOp.YearOf(row.On).Year;
                years.Add(year);
                sums.Add(row, year, -1);
            }
            count += page.Count;
            if (page.Count < Page) break;
            after = page[^1].SourceRef;
        }
        db.HoursWorked.Where(row => row.SourceId == import.SourceId && row.ImportId == import.Id).ExecuteDelete();
        return count;
    }
}
