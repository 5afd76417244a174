using System.Diagnostics;
using System.IO.Compression;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Statements;
using Evergreen.Benchmarks.Measuring;
using Evergreen.Benchmarks.Stage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;

namespace Evergreen.Benchmarks.Steps;

/// <summary>A statement for every member: issued into a ZIP or a folder, or only drawn, and thrown away or written to a file.</summary>
internal sealed class StatementsStep(Step step)
{
    private const int AtOnce = 2_000;
    private const long MostBytes = 25 * 1024;

    /// <summary>The small co-op goes through so often, so that everything is compiled for good before the time counts.</summary>
    private const int WarmRounds = 4;

    public StepResult IntoZip()
    {
        var path = Path.Combine(step.Folder, $"statements-{Environment.ProcessId}.zip");
        for (var round = 0; round < WarmRounds; round++) Issue(TrialCoOp.Warm, null, path);
        var watch = Stopwatch.StartNew();
        Issue(step.Grocery, null, path);
        watch.Stop();
        var peak = Child.PeakMegabytes();
        using (var zip = ZipFile.OpenRead(path)) Measure([.. zip.Entries.Where(entry => entry.Name.EndsWith(".pdf", StringComparison.Ordinal)).Select(entry => entry.Length)]);
        var result = Measured(watch.Elapsed, new FileInfo(path).Length);
        File.Delete(path);
        // Counting the statements of the ZIP takes memory too, which is no part of the step.
        return result with { PeakMegabytes = peak };
    }

    public StepResult IntoFolder()
    {
        var folder = Directory.CreateDirectory(Path.Combine(step.Folder, $"statements-{Environment.ProcessId}")).FullName;
        for (var round = 0; round < WarmRounds; round++) Issue(TrialCoOp.Warm, Directory.CreateDirectory(Path.Combine(folder, $"warm-{round}")).FullName, null);
        var watch = Stopwatch.StartNew();
        Issue(step.Grocery, folder, null);
        watch.Stop();
        var sizes = Directory.EnumerateFiles(folder, $"{step.Grocery.Code}-*.pdf").Select(file => new FileInfo(file).Length).ToList();
        Measure(sizes);
        Directory.Delete(folder, recursive: true);
        return Measured(watch.Elapsed, sizes.Sum());
    }

    public StepResult Plain() => Draw(_ => { });

    public StepResult PlainFiles()
    {
        var folder = Directory.CreateDirectory(Path.Combine(step.Folder, $"drawn-{Environment.ProcessId}")).FullName;
        var drawn = 0;
        var result = Draw(pdf => File.WriteAllBytes(Path.Combine(folder, $"{Interlocked.Increment(ref drawn)}.pdf"), pdf));
        Directory.Delete(folder, recursive: true);
        return result;
    }

    private StepResult Measured(TimeSpan elapsed, long bytes) => new(elapsed.TotalSeconds, step.Members, "", $"{step.Members / elapsed.TotalSeconds:0} a second, {bytes / 1024m / step.Members:0.0} KB each");

    private void Measure(List<long> sizes)
    {
        ((long)sizes.Count).MustBe(step.Members, "statements issued");
        if (sizes.Max() > MostBytes) throw new InvalidOperationException($"A statement has {sizes.Max()} bytes.");
    }

    private void Issue(TrialCoOp coOp, string? folder, string? zip)
    {
        var issued = new IssueStatements(step.Books).Run(new IssueStatements.Request(coOp.Code, TrialCoOp.Run, "ann", folder, zip)).Require();
        ((long)issued.Written).MustBe(coOp.Members, "statements written");
    }

    /// <remarks>What a statement says is put together outside the time.</remarks>
    private StepResult Draw(Action<byte[]> put)
    {
        using var batch = new StatementBatch(PaperSize.Letter);
        for (var round = 0; round < WarmRounds; round++) Draw(TrialCoOp.Warm, batch, put);
        var drawing = Draw(step.Grocery, batch, put);
        return new StepResult(drawing.TotalSeconds, step.Members, "", $"{step.Members / drawing.TotalSeconds:0} a second");
    }

    private TimeSpan Draw(TrialCoOp trial, StatementBatch batch, Action<byte[]> put)
    {
        using var db = step.Books.Open();
        var coOp = FindCoOp.Run(db, trial.Code).Require();
        var run = FindRun.Run(db, coOp, TrialCoOp.Run).Require();
        var prepare = new PrepareStatements(db, coOp, run, new DateOnly(2026, 2, 14));
        var watch = new Stopwatch();
        foreach (var some in prepare.Members(db).Select(member => member.Id).Chunk(AtOnce))
        {
            var statements = prepare.Of(db, some);
            watch.Start();
            Parallel.ForEach(statements, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, statement => put(batch.Draw(statement.Statement)));
            watch.Stop();
        }
        return watch.Elapsed;
    }
}
