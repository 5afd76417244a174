using System.Diagnostics;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Statements;
using Evergreen.Benchmarks.Stage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;

namespace Evergreen.Benchmarks.Steps;

/// <summary>A statement for every member: issued to a folder, or only drawn and thrown away.</summary>
internal sealed class StatementsStep(Step step)
{
    private const int AtOnce = 2_000;
    private const long MostBytes = 25 * 1024;

    public StepResult Evergreen()
    {
        Issue(TrialCoOp.Warm);
        var watch = Stopwatch.StartNew();
        var folder = Issue(step.Grocery);
        watch.Stop();
        var sizes = Directory.EnumerateFiles(folder, "*.pdf").Select(file => new FileInfo(file).Length).ToList();
        ((long)sizes.Count).MustBe(step.Members, "statements on disk");
        if (sizes.Max() > MostBytes) throw new InvalidOperationException($"A statement has {sizes.Max()} bytes.");
        Directory.Delete(folder, recursive: true);
        return new StepResult(watch.Elapsed.TotalSeconds, step.Members, "", $"{sizes.Count / watch.Elapsed.TotalSeconds:0} a second, {sizes.Average() / 1024:0.0} KB each, {sizes.Max() / 1024m:0.0} KB at most");
    }

    /// <remarks>What a statement says is put together outside the time.</remarks>
    public StepResult Plain()
    {
        using var batch = new StatementBatch(PaperSize.Letter);
        Draw(TrialCoOp.Warm, batch);
        var drawing = Draw(step.Grocery, batch);
        return new StepResult(drawing.TotalSeconds, step.Members, "", $"{step.Members / drawing.TotalSeconds:0} a second");
    }

    private string Issue(TrialCoOp coOp)
    {
        var folder = Path.Combine(step.Folder, $"statements-{coOp.Code}-{Environment.ProcessId}");
        var issued = new IssueStatements(step.Books).Run(new IssueStatements.Request(coOp.Code, TrialCoOp.Run, "ann", folder)).Require();
        ((long)issued.Written).MustBe(coOp.Members, "statements written");
        return folder;
    }

    private TimeSpan Draw(TrialCoOp trial, StatementBatch batch)
    {
        using var db = step.Books.Open();
        var coOp = FindCoOp.Run(db, trial.Code).Require();
        var run = FindRun.Run(db, coOp, TrialCoOp.Run).Require();
        var prepare = new PrepareStatements(db, coOp, run, new DateOnly(2026, 2, 14));
        var watch = new Stopwatch();
        foreach (var some in prepare.Members().Select(member => member.Id).Chunk(AtOnce))
        {
            var statements = prepare.Of(some);
            watch.Start();
            Parallel.ForEach(statements, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, statement => batch.Draw(statement.Statement));
            watch.Stop();
        }
        return watch.Elapsed;
    }
}
