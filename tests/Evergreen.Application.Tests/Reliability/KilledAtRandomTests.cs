using System.Diagnostics;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>A program killed with SIGKILL at a random moment of its work leaves all of it or none, and it can be asked for again.</summary>
/// <remarks>
/// There is no verb for a backup: the one copy that the program makes of its books, before a migration, is among what a migration is killed in.
/// Of keys, those of the site's provider can be given anew (<c>evergreen keys rotate</c>), and are; there is no verb that gives the master key anew.
/// </remarks>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class KilledAtRandomTests(TestDatabase databases)
{
    private const int Seed = 20260101;

    private int Kills(int onSqlite, int onPostgreSql) => databases.Kind == DatabaseKind.Sqlite ? Effort.Of(onSqlite, 1_000) : Effort.Of(onPostgreSql, 200);

    [Test]
    public void PostingIsWholeOrAbsent()
    {
        using var work = new PostingWork(databases, 300);
        KillAtRandom(work, Kills(20, 4));
    }

    [Test]
    public void ImportIsWholeOrAbsent()
    {
        using var work = new ImportingWork(databases, 50, 2_000);
        KillAtRandom(work, Kills(14, 2));
    }

    [Test]
    public void IssuingStatementsTakesUpWhereItWasStopped()
    {
        using var work = new IssuingWork(databases, 30);
        KillAtRandom(work, Kills(10, 1));
    }

    [Test]
    public void TakingAnImportBackIsWholeOrAbsentAndItsJobEndsTheSame()
    {
        using var work = new WithdrawingWork(databases, 20, 900);
        KillAtRandom(work, Kills(6, 1));
    }

    private static void KillAtRandom(Workload work, int kills) => new RandomKills(work, Seed).Try(kills, Environment.ProcessorCount, worker => worker.Kill());

    /// <summary>What is only on SQLite: a server has its own tools for what a migration does to a file, and no file of keys stands beside it.</summary>
    public sealed class OnSqliteAlone
    {
        private readonly TestDatabase sqlite = new(DatabaseKind.Sqlite, null);

        [Test]
        public void MigrationGoesOnAtTheNextStart()
        {
            using var work = new MigratingWork(sqlite, 300);
            KillAtRandom(work, Effort.Of(10, 1_000));
        }

        [Test]
        public void NewKeysAreThereOrNot()
        {
            using var work = new RotatingWork(sqlite);
            KillAtRandom(work, Effort.Of(6, 1_000));
        }
    }
}

/// <summary>The server itself is killed while a run is posted: the program that posted is told the truth or finds out by itself, and the run is whole or absent once the server has recovered.</summary>
public sealed class ServerKilledTests
{
    private const int Seed = 20260102;

    [Test]
    public void PostingIsWholeOrAbsent()
    {
        using var server = PostgreSqlOfItsOwn.Start();
        var databases = new TestDatabase(DatabaseKind.PostgreSql, server.ConnectionString);
        var empty = new OpenTestDatabase(databases.Kind, databases.AddressOf("evergreen_origin"));
        Migrator.Run(empty.Address);
        using var work = new PostingWork(databases, 300, empty);
        new RandomKills(work, Seed).Try(Effort.Of(2, 200), 1, _ => server.StopAtOnceAndStartAgain());
    }
}

/// <summary>Kills spread over a piece of work: one at a random moment in each of as many stretches of it.</summary>
internal sealed class RandomKills(Workload work, int seed)
{
    private long microseconds;
    private int whole, late, missed;

    /// <param name="kill">Done at the moment; whether or not the worker lives on, it is waited for.</param>
    public void Try(int kills, int atOnce, Action<WorkerProcess> kill)
    {
        var random = new Random(seed);
        microseconds = Undisturbed();
        var taken = microseconds;
        var moments = Enumerable.Range(0, kills).Select(stretch => (Thousandths: stretch * 1_000L + random.Next(1_000), Of: kills * 1_000L)).ToList();
        Parallel.ForEach(moments, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, moment =>
        {
            // Where the work had ended first it takes less time than was thought, and the kill is tried again, within it.
            for (var attempt = 0; attempt < 4; attempt++)
            {
                var delay = TimeSpan.FromMicroseconds(Interlocked.Read(ref microseconds) * moment.Thousandths / moment.Of);
                if (FoundAtWork(delay, kill)) return;
                Interlocked.Increment(ref late);
                Lower((long)delay.TotalMicroseconds);
            }
            // On a machine that has much else to do, the one who kills may be kept waiting for longer than the work takes.
            Interlocked.Increment(ref missed);
        });
        Assert.That(missed * 2, Is.LessThanOrEqualTo(kills + 1), $"seed {seed}: the work could not be found at work, however early it was looked for");
        TestContext.Out.WriteLine($"Seed {seed}: {kills} kills within {taken} µs of work, and {late} after its end; it was whole {whole} times and absent {kills + late - whole} times.");
    }

    private bool FoundAtWork(TimeSpan delay, Action<WorkerProcess> kill)
    {
        using var database = work.Copy();
        bool atWork;
        string? said;
        using (var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready())
        {
            worker.Go();
            Thread.Sleep(delay);
            atWork = !worker.HasEnded();
            kill(worker);
            said = worker.End();
        }
        var there = work.Examine(database, $"seed {seed}, killed after {delay.TotalMicroseconds} µs");
        if (there) Interlocked.Increment(ref whole);
        Assert.That(there || said?.StartsWith("done", StringComparison.Ordinal) != true, Is.True, $"seed {seed}, killed after {delay.TotalMicroseconds} µs: said to be done, and is not there");
        return atWork;
    }

    private void Lower(long to)
    {
        for (var seen = Interlocked.Read(ref microseconds); to < seen; seen = Interlocked.Read(ref microseconds))
            if (Interlocked.CompareExchange(ref microseconds, to, seen) == seen) return;
    }

    /// <summary>How long the work takes when nobody disturbs it, so that the kills fall within it.</summary>
    private long Undisturbed()
    {
        using var database = work.Copy();
        using var worker = new WorkerProcess(database.Address, work.Order(database.Address)).Ready();
        var since = Stopwatch.GetTimestamp();
        worker.Go();
        var said = worker.Hear();
        var taken = Stopwatch.GetElapsedTime(since);
        worker.End();
        Assert.That(said, Does.StartWith("done"), worker.Fault);
        Assert.That(work.Examine(database, "undisturbed"), Is.True);
        return taken.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
