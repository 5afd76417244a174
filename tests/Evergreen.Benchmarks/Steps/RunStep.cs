using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Benchmarks.Plain;
using Evergreen.Benchmarks.Stage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Benchmarks.Steps;

/// <summary>A run of the dividend: calculated and posted by Evergreen, or summed, divided and stored by the plain program. Both must come to the same cent for every member.</summary>
internal sealed class RunStep(Step step)
{
    public StepResult Evergreen()
    {
        CalculateAndPost(TrialCoOp.Warm);
        var (calculated, posted) = CalculateAndPost(step.Grocery);
        return new StepResult((calculated + posted).TotalSeconds, step.Members, Verify(), $"calculate {calculated.TotalSeconds:0.00} s, post {posted.TotalSeconds:0.00} s");
    }

    public StepResult Plain()
    {
        Plain(TrialCoOp.Warm);
        var taken = Plain(step.Grocery);
        return new StepResult(taken.TotalSeconds, step.Members, Verify());
    }

    private (TimeSpan Calculated, TimeSpan Posted) CalculateAndPost(TrialCoOp coOp)
    {
        var watch = Stopwatch.StartNew();
        new CalculateDividend(step.Books).Run(new CalculateDividend.Request(coOp.Code, 2025, "ann")).Require();
        var calculated = watch.Elapsed;
        new ApproveDividend(step.Books).Run(new ApproveDividend.Request(coOp.Code, TrialCoOp.Run, "bea", "2026/1")).Require();
        watch.Restart();
        new PostDividend(step.Books).Run(new PostDividend.Request(coOp.Code, TrialCoOp.Run, "bea")).Require();
        return (calculated, watch.Elapsed);
    }

    private TimeSpan Plain(TrialCoOp coOp)
    {
        using var db = step.Books.Open();
        var plain = new PlainRun(db, coOp, Ids.Of(db, coOp)).Prepare();
        var watch = Stopwatch.StartNew();
        plain.Run();
        return watch.Elapsed;
    }

    /// <returns>A hash of what each member is given.</returns>
    private string Verify()
    {
        using var db = step.Books.Open();
        var ids = Ids.Of(db, step.Grocery);
        var run = db.DividendRuns.Where(run => run.CoOpId == ids.CoOp).Select(run => run.Id).Single();
        db.Allocations.Where(row => row.RunId == run).Sum(row => row.DividendCents).MustBe(step.Grocery.ToMembersCents, "cents allocated");
        db.LedgerLines.Where(line => line.CoOpId == ids.CoOp).Sum(line => line.AmountCents).MustBe(0, "debits less credits");
        int payable = ids.Accounts["2000"], notices = ids.Accounts["3200"];
        (-db.LedgerLines.Where(line => line.AccountId == payable || line.AccountId == notices).Sum(line => line.AmountCents)).MustBe(step.Grocery.ToMembersCents, "cents credited to members");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in db.Allocations.AsNoTracking().Where(row => row.RunId == run).OrderBy(row => row.MemberId).Select(row => new { row.MemberId, row.Units, row.FloorCents, row.ExtraCent, row.CashCents, row.QualifiedCents }))
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{row.MemberId}|{row.Units}|{row.FloorCents}|{row.ExtraCent}|{row.CashCents}|{row.QualifiedCents}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
