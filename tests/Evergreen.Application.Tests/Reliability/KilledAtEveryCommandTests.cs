using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>The program ends itself with SIGKILL before and after each command of one posting that it sends to PostgreSQL, and before and after COMMIT: the run is absent up to COMMIT, and whole after it.</summary>
/// <remarks>What the server knows after one command is what it knows before the next, but for rows by COPY: every day the program ends itself before each, in the long run after each as well.</remarks>
public sealed class KilledAtEveryCommandTests
{
    private const int Killed = 128 + 9;

    [Test]
    public void PostingIsWholeOrAbsent()
    {
        var databases = new CopyableDatabases().Cast<TestDatabase>().FirstOrDefault(database => database.Kind == DatabaseKind.PostgreSql)
            ?? throw new IgnoreException("This test is of PostgreSQL: set EVERGREEN_TEST_POSTGRES to the connection string of a server.");
        using var work = new PostingWork(databases, 20);
        var points = PointsOfOnePosting(work);
        Assert.That(points, Is.GreaterThan(20), "a posting is more than a few commands");
        var whole = new bool[points + 1];
        // Odd before a command or COMMIT, even after it.
        var tried = Enumerable.Range(1, points).Where(point => point % Effort.Of(4, 1) == Effort.Of(1, 0) || point == points).ToList();
        // As long as the run is absent the same database serves again; each of those at work has its own.
        Parallel.ForEach(tried, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, work.Copy, (point, _, database) =>
        {
            using (var worker = new WorkerProcess(database.Address, ["post-until", Bakery.Run, point.ToString(CultureInfo.InvariantCulture)]).Ready())
            {
                worker.Go();
                var said = worker.End();
                Assert.That((said, worker.ExitCode), Is.EqualTo(((string?)null, Killed)), $"The worker should have died at point {point} of {points}, and did not. {worker.Fault}");
            }
            whole[point] = work.Look(database, $"killed at point {point} of {points}");
            if (!whole[point]) return database;
            work.Examine(database, $"killed at point {point} of {points}");
            database.Dispose();
            return work.Copy();
        }, database =>
        {
            work.Examine(database, "after all kills");
            database.Dispose();
        });
        Assert.That(tried.Where(point => whole[point]), Is.EqualTo(new[] { points }), "absent at every point but after COMMIT");
        TestContext.Out.WriteLine($"Killed at {tried.Count} of the {points} points before and after each of the {points / 2} commands of a posting: absent {tried.Count - 1} times, and whole after COMMIT.");
    }

    private static int PointsOfOnePosting(Workload work)
    {
        using var database = work.Copy();
        using var worker = new WorkerProcess(database.Address, ["post-until", Bakery.Run, "0"]).Ready();
        worker.Go();
        var said = worker.End()!.Split(' ', 3);
        Assert.That(said[1], Is.EqualTo("done"), worker.Fault);
        return int.Parse(said[0], CultureInfo.InvariantCulture);
    }
}
