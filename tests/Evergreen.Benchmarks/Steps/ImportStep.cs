using System.Diagnostics;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Benchmarks.Plain;
using Evergreen.Benchmarks.Stage;
using Evergreen.Benchmarks.Workload;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Benchmarks.Steps;

/// <summary>A year of purchases: read, checked, stored, indexed and summed; or put straight into the table.</summary>
internal sealed class ImportStep(Step step)
{
    public StepResult Evergreen()
    {
        Import(TrialCoOp.Warm);
        var watch = Stopwatch.StartNew();
        Import(step.Grocery);
        watch.Stop();
        Verify(totalsKept: true);
        return new StepResult(watch.Elapsed.TotalSeconds, step.Grocery.Journal.Members * (long)step.LinesEach);
    }

    public StepResult Plain()
    {
        Put(TrialCoOp.Warm);
        var watch = Stopwatch.StartNew();
        Put(step.Grocery);
        watch.Stop();
        Verify(totalsKept: false);
        return new StepResult(watch.Elapsed.TotalSeconds, step.Members * (long)step.LinesEach);
    }

    private void Import(TrialCoOp coOp)
    {
        var report = new ImportPurchases(step.Books).Run(new ImportRequest(coOp.Code, ImportFile.At(coOp.PurchasesPath(step.Folder)), "ann")).Require();
        if (!report.Committed) throw new InvalidOperationException($"The import was not committed: {report.NotTaken?.Sentence}");
        report.Totals.Accepted.MustBe(coOp.Members * (long)coOp.LinesEach, "rows accepted");
    }

    private void Put(TrialCoOp coOp)
    {
        using var db = step.Books.Open();
        PlainImport.Run(db, Ids.Of(db, coOp), coOp.Journal);
    }

    private void Verify(bool totalsKept)
    {
        var expected = JournalTotals.Of(step.Grocery.Journal);
        using var db = step.Books.Open();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        var coOp = Ids.Of(db, step.Grocery).CoOp;
        var rows = db.Purchases.Where(row => row.CoOpId == coOp);
        ((long)rows.Count()).MustBe(expected.Rows, "rows stored");
        rows.Sum(row => row.AmountCents).MustBe(expected.TotalCents, "cents stored");
        if (!totalsKept) return;
        var totals = db.PatronageTotals.Where(total => total.CoOpId == coOp && total.Measure == Measure.Purchases);
        totals.Sum(total => total.Rows).MustBe(expected.Rows, "rows in the kept totals");
        totals.Sum(total => total.Quantity).MustBe(expected.TotalCents, "cents in the kept totals");
        totals.Where(total => total.Eligibility == RowEligibility.Eligible).Sum(total => total.Quantity).MustBe(expected.EligibleCents, "eligible cents in the kept totals");
    }
}
