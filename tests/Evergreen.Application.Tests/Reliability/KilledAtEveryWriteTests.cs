using System.Text.RegularExpressions;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>The program is killed at each write and each flush of one posting in turn, with strace's fault injection: whatever had reached the disk, the run is whole or absent.</summary>
public sealed partial class KilledAtEveryWriteTests
{
    private const string Calls = "write,pwrite64,pwritev,writev,fsync,fdatasync,ftruncate,unlink,rename";

    private const int Killed = 128 + 9;

    private static int Members => Effort.Of(100, 5_000);

    [Test]
    public void PostingIsWholeOrAbsent()
    {
        using var work = new PostingWork(new TestDatabase(DatabaseKind.Sqlite, null), Members);
        var points = WritesOfOnePosting(work);
        Assert.That(points, Has.Count.GreaterThan(10), "A posting writes to the disk.");
        var tried = Effort.Of(120, int.MaxValue) >= points.Count ? points : Evenly(points, 120);
        var whole = 0;
        Parallel.ForEach(tried, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, point =>
        {
            using var database = work.Copy();
            using (var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready())
            using (new Trace(worker, database.Address.Path!, Calls, "/dev/null", "-e", $"inject={point.Call}:signal=SIGKILL:when={point.Occurrence}"))
            {
                worker.Go();
                worker.End();
                Assert.That(worker.ExitCode, Is.EqualTo(Killed), $"The worker should have died at {point}, and did not. {worker.Fault}");
            }
            if (work.Examine(database, $"killed at {point}")) Interlocked.Increment(ref whole);
        });
        TestContext.Out.WriteLine(string.Join(", ", points.GroupBy(point => point.Call, StringComparer.Ordinal).Select(call => $"{call.Count()} × {call.Key}")));
        TestContext.Out.WriteLine($"Killed at {tried.Count} of the {points.Count} writes and flushes of a posting of {Members} members: it was whole {whole} times and absent {tried.Count - whole} times.");
    }

    /// <param name="Place">1, 2, 3 … among all of them.</param>
    /// <param name="Occurrence">1, 2, 3 … among the same call.</param>
    private sealed record Write(int Place, string Call, int Occurrence);

    /// <summary>All of them where they are few, else the first twenty, the last twenty, and as many between.</summary>
    private static List<Write> Evenly(List<Write> points, int most)
    {
        var middle = points.GetRange(20, points.Count - 40);
        return [.. points.Take(20), .. Enumerable.Range(0, most - 40).Select(i => middle[i * middle.Count / (most - 40)]), .. points.TakeLast(20)];
    }

    private static List<Write> WritesOfOnePosting(Workload work)
    {
        using var database = work.Copy();
        var log = Path.GetTempFileName();
        try
        {
            using (var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready())
            using (var trace = new Trace(worker, database.Address.Path!, Calls, log))
            {
                worker.Go();
                Assert.That(worker.End(), Does.StartWith("done"), worker.Fault);
                trace.End();
            }
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            var points = new List<Write>();
            foreach (var call in File.ReadLines(log).Select(line => Call().Match(line)).Where(match => match.Success).Select(match => match.Groups["call"].Value))
            {
                seen[call] = seen.GetValueOrDefault(call) + 1;
                points.Add(new Write(points.Count + 1, call, seen[call]));
            }
            return points;
        }
        finally
        {
            File.Delete(log);
        }
    }

    [GeneratedRegex(@"^\d+\s+(?<call>[a-z0-9]+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();
}
