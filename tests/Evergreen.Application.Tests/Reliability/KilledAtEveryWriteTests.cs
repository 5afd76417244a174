using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Whatever of one posting had reached the disk when the program died, the run is whole or absent: looked at after each write and each flush of it.</summary>
/// <remarks>
/// strace lists every call of a posting with its bytes, and the calls are done again one by one on a copy of the files; so all points are looked at without a program for each.
/// That this is what a kill leaves is shown at some points: strace's fault injection kills the program there, and the files are the same.
/// Where ptrace is barred the test fails and says so; it is not passed over.
/// </remarks>
public sealed class KilledAtEveryWriteTests
{
    private const int Killed = 128 + 9;

    /// <summary>After every so many writes the work is also asked for again, which takes longer than to look at what is there.</summary>
    private const int Stride = 25;

    private static int Members => Effort.Of(500, 5_000);

    [Test]
    public void PostingIsWholeOrAbsent()
    {
        var databases = new TestDatabase(DatabaseKind.Sqlite, null);
        using var work = new PostingWork(databases, Members);
        using var original = work.Copy();
        var calls = CallsOfOnePosting(work);
        Assert.That(calls.Count(call => call.Changes), Is.GreaterThan(100), "a posting writes to the disk");
        var wholeAfter = new bool[calls.Count + 1];
        var repeated = 0;
        var parts = Environment.ProcessorCount;
        Parallel.For(0, parts, part =>
        {
            var files = new FilesOnDisk(original.Address.Path!);
            for (var done = 0; done <= calls.Count; done++)
            {
                if (done > 0) files.Do(calls[done - 1]);
                if (done % parts != part) continue;
                // After a flush the files are what they were before it.
                var all = done % Stride == 0 || done == calls.Count;
                if (done > 0 && !calls[done - 1].Changes && !all) continue;
                using var database = new OpenTestDatabase(databases.Kind, databases.AddressOf($"evergreen_test_{Environment.ProcessId}_after_{done}"));
                files.LeaveAt(database.Address.Path!);
                var when = done == 0 ? "killed before the first call" : $"killed after {calls[done - 1]} of {calls.Count}";
                wholeAfter[done] = all ? work.Examine(database, when) : work.Look(database, when);
                if (all) Interlocked.Increment(ref repeated);
            }
        });
        for (var done = 1; done <= calls.Count; done++)
            if (!calls[done - 1].Changes) wholeAfter[done] = wholeAfter[done - 1];
        var first = Array.IndexOf(wholeAfter, true);
        Assert.That((wholeAfter[0], first > 0, first > 0 && Array.TrueForAll(wholeAfter[first..], whole => whole)), Is.EqualTo((false, true, true)), "absent up to one write, and whole from there on");

        var kills = KillAt(work, original, calls, [.. Spread(calls, Effort.Of(8, 200)), calls[first - 1], .. calls.Skip(first).Take(1)]);
        TestContext.Out.WriteLine(string.Join(", ", calls.GroupBy(call => call.Call, StringComparer.Ordinal).Select(call => $"{call.Count()} × {call.Key}")));
        TestContext.Out.WriteLine($"All {calls.Count} writes and flushes of a posting of {Members} members: absent up to {calls[first - 1]}, whole from there on; asked for again after {repeated} of them. A program was killed at {kills}, and left the same.");
    }

    private static int KillAt(Workload work, OpenTestDatabase original, List<DiskCall> calls, IReadOnlyList<DiskCall> points)
    {
        Parallel.ForEach(points, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, point =>
        {
            using var database = work.Copy();
            using (var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready())
            using (new Trace(worker, database.Address.Path!, DiskCall.Traced, "/dev/null", "-e", $"inject={point.Call}:signal=SIGKILL:when={point.Occurrence}"))
            {
                worker.Go();
                worker.End();
                Assert.That(worker.ExitCode, Is.EqualTo(Killed), $"The worker should have died at {point}, and did not. {worker.Fault}");
            }
            // The call at which a program is killed is not done any more.
            var files = new FilesOnDisk(original.Address.Path!);
            foreach (var call in calls.Take(point.Place - 1)) files.Do(call);
            Assert.That(files.AreThoseAt(database.Address.Path!), Is.True, $"killed at {point}: other files than those that its calls make");
            work.Examine(database, $"killed at {point}");
        });
        return points.Count;
    }

    private static IEnumerable<DiskCall> Spread(List<DiskCall> calls, int count) => Enumerable.Range(0, count).Select(i => calls[(int)((long)i * (calls.Count - 1) / (count - 1))]).Distinct();

    private static List<DiskCall> CallsOfOnePosting(Workload work)
    {
        using var database = work.Copy();
        var log = Path.GetTempFileName();
        try
        {
            using (var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready())
            using (var trace = new Trace(worker, database.Address.Path!, DiskCall.Traced, log, DiskCall.Listing))
            {
                worker.Go();
                Assert.That(worker.End(), Does.StartWith("done"), worker.Fault);
                trace.End();
            }
            return DiskCall.Read(log, database.Address.Path!);
        }
        finally
        {
            File.Delete(log);
        }
    }
}
