using System.Diagnostics;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>A program killed with SIGKILL at a random moment of its work leaves all of it or none, and it can be asked for again.</summary>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class KilledAtRandomTests(TestDatabase databases)
{
    private const int Seed = 20260101;

    private int Kills(int ofSixty) => databases.Kind == DatabaseKind.Sqlite ? Effort.Of(ofSixty, ofSixty * 1_000 / 60) : Effort.Of(ofSixty / 6, ofSixty * 200 / 60);

    [Test]
    public void PostingIsWholeOrAbsent()
    {
        using var work = new PostingWork(databases, 1_000);
        KillAtRandom(work, Kills(30));
    }

    [Test]
    public void ImportIsWholeOrAbsent()
    {
        using var work = new ImportingWork(databases, 100, 5_000);
        KillAtRandom(work, Kills(18));
    }

    [Test]
    public void IssuingStatementsTakesUpWhereItWasStopped()
    {
        using var work = new IssuingWork(databases, 30);
        KillAtRandom(work, Kills(12));
    }

    private static void KillAtRandom(Workload work, int kills)
    {
        var random = new Random(Seed);
        var microseconds = MicrosecondsUndisturbed(work);
        int whole = 0, atWork = 0;
        // One moment in each of as many stretches of the work: the first, the last and all between.
        var delays = Enumerable.Range(0, kills).Select(kill => TimeSpan.FromMicroseconds((microseconds * kill + random.NextInt64(microseconds)) / kills)).ToList();
        Parallel.ForEach(delays, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, delay =>
        {
            using var database = work.Copy();
            using (var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready())
            {
                worker.Go();
                Thread.Sleep(delay);
                worker.Kill();
                if (worker.End() is null) Interlocked.Increment(ref atWork);
            }
            if (work.Examine(database, $"seed {Seed}, killed after {delay.TotalMicroseconds} µs")) Interlocked.Increment(ref whole);
        });
        TestContext.Out.WriteLine($"Seed {Seed}: {kills} kills within {microseconds} µs of work; {atWork} found it at work; it was whole {whole} times and absent {kills - whole} times.");
        Assert.That(atWork, Is.GreaterThanOrEqualTo((kills + 1) / 2), "the kills fall within the work");
    }

    /// <summary>How long the work takes when nobody disturbs it, so that the kills fall within it.</summary>
    private static long MicrosecondsUndisturbed(Workload work)
    {
        using var database = work.Copy();
        using var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready();
        var since = Stopwatch.GetTimestamp();
        worker.Go();
        Assert.That(worker.End(), Does.StartWith("done"), worker.Fault);
        var taken = Stopwatch.GetElapsedTime(since);
        Assert.That(work.Examine(database, "undisturbed"), Is.True);
        return taken.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
