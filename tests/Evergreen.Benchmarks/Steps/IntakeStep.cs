using System.Diagnostics;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Stage;
using Evergreen.Benchmarks.Workload;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Benchmarks.Steps;

/// <summary>Hours and equity of every member taken in, with nothing beside them: what counts is the memory.</summary>
internal sealed class IntakeStep(Step step)
{
    public StepResult Hours() => Take("hours", CanonicalHours.Write, new ImportHours(step.Books).Run, (db, coOp) => db.HoursWorked.LongCount(row => row.CoOpId == coOp));

    public StepResult Equity() => Take("equity", CanonicalEquity.Write, new ImportEquity(step.Books).Run, (db, coOp) =>
    {
        db.LedgerLines.Where(line => line.CoOpId == coOp).Sum(line => line.AmountCents).MustBe(0, "debits less credits");
        db.LedgerEntries.LongCount(entry => entry.CoOpId == coOp).MustBe(step.Members * (long)step.LinesEach, "entries");
        return db.EquityRows.LongCount(row => row.CoOpId == coOp);
    });

    private StepResult Take(string kind, Action<TrialCoOp, string> write, Func<ImportRequest, Action<ImportProgress>?, Outcome<ImportReport>> import, Func<EvergreenDb, int, long> count)
    {
        Import(TrialCoOp.Warm);
        var watch = Stopwatch.StartNew();
        Import(step.Grocery);
        watch.Stop();
        using var db = step.Books.Open();
        var rows = count(db, Ids.Of(db, step.Grocery).CoOp);
        rows.MustBe(step.Members * (long)step.LinesEach, "rows stored");
        return new StepResult(watch.Elapsed.TotalSeconds, rows);

        void Import(TrialCoOp coOp)
        {
            var path = Path.Combine(step.Folder, $"{kind}-{coOp.Code}-{Environment.ProcessId}.csv");
            write(coOp, path);
            var report = import(new ImportRequest(coOp.Code, ImportFile.At(path), "ann"), null).Require();
            if (!report.Committed) throw new InvalidOperationException($"The {kind} were not taken in: {report.NotTaken?.Sentence}");
            File.Delete(path);
        }
    }
}
