using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Jobs;
using Evergreen.Worker;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>A worker that is frozen past its lease, and wakes up when another has done its job, can write nothing any more: no mail and no file is there twice.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class FrozenWorkerTests(TestDatabase databases)
{
    private const int Seed = 20260801;
    private const int Mails = 4;
    private const int Rounds = 200;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static int Start(Books books, int mails, int pause = 0) =>
        new StartJob(books, new JobKinds([MailingWork.Kind()])).Run(new(MailingWork.Name, null, "test", new MailingWork.Order(mails, pause), Guid.NewGuid().ToString("N"), "ann")).Value.JobId;

    private static void DoneOnce(Books books, JobFiles files, int id, int mails, string when) => books.Read(db =>
    {
        var prefix = $"{id} ";
        var job = db.Jobs.Single(job => job.Id == id);
        Assert.That(job.State, Is.EqualTo(JobState.Done), when);
        Assert.That(db.Mails.Count(mail => mail.Key.StartsWith(prefix)), Is.EqualTo(mails), when);
        Assert.That(db.AuditRecords.Count(record => record.Verb == "jobs.finish" && record.Subject == $"job {id}"), Is.EqualTo(1), when);
        Assert.That(File.ReadAllText(files.KeptBy(id, JobResult.FromJson(job.ResultJson))!), Is.EqualTo($"{mails} mails"), when);
        return Directory.GetDirectories(Path.Combine(files.Root, "jobs", $"{id}", "kept")).Length;
    });

    [Test]
    public void EveryWriteAfterTheTakeoverIsRefusedInTwoHundredRounds()
    {
        using var database = databases.Create();
        var files = new JobFiles(Directory.CreateTempSubdirectory("evergreen-frozen-").FullName);
        var random = new Random(Seed);
        int refused = 0, attempted = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            // The frozen worker's own clock stands still with it.
            var itsClock = new FakeTimeProvider(database.Clock.GetUtcNow());
            var id = Start(database.Books, Mails);
            var frozenAt = random.Next(1, Mails + 2);
            using var frozen = new ManualResetEventSlim();
            using var thaw = new ManualResetEventSlim();
            var kind = MailingWork.Kind((_, i) =>
            {
                if (i != frozenAt) return;
                frozen.Set();
                thaw.Wait();
            }, () => refused++);
            var stale = new WorkOnJobs(new Books(database.Address, itsClock), new JobKinds([kind]), files, new("stale", Lease, TimeSpan.FromSeconds(1)));
            var staleRuns = Task.Run(() => stale.RunNext(CancellationToken.None));
            frozen.Wait();
            database.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
            var other = new WorkOnJobs(database.Books, new JobKinds([MailingWork.Kind()]), files, new("other", Lease, TimeSpan.FromSeconds(1)));
            var when = $"seed {Seed}, round {round}, frozen before step {frozenAt}";
            Assert.That(other.RunNext(CancellationToken.None).Ending, Is.EqualTo(WorkOnJobs.Ending.Done), when);
            thaw.Set();
            Assert.That(staleRuns.GetAwaiter().GetResult().Ending, Is.EqualTo(WorkOnJobs.Ending.Lost), when);
            attempted += Mails + 1 - frozenAt;
            DoneOnce(database.Books, files, id, Mails, when);
        }
        Directory.Delete(files.Root, recursive: true);
        Assert.That(refused, Is.EqualTo(attempted));
    }
}

/// <summary>The same with real programs, stopped by SIGSTOP and woken by SIGCONT, and killed.</summary>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class FrozenProgramTests(TestDatabase databases)
{
    private const int Seed = 20260802;
    private const int LeaseMilliseconds = 200;
    private const int Mails = 8;

    private OpenTestDatabase database = null!;
    private Books books = null!;
    private JobFiles files = null!;
    private WorkOnJobs other = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        books = new Books(database.Address, TimeProvider.System);
        files = JobFiles.Of(database.Address);
        other = new WorkOnJobs(books, new JobKinds([MailingWork.Kind()]), files, new("other", TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(200)));
    }

    [TearDown]
    public void Close()
    {
        if (Directory.Exists(files.Root)) Directory.Delete(files.Root, recursive: true);
        database.Dispose();
    }

    private int Start() => new StartJob(books, new JobKinds([MailingWork.Kind()])).Run(new(MailingWork.Name, null, "test", new MailingWork.Order(Mails, 20), Guid.NewGuid().ToString("N"), "ann")).Value.JobId;

    private int MailsOf(int id)
    {
        var prefix = $"{id} ";
        return books.Read(db => db.Mails.Count(mail => mail.Key.StartsWith(prefix)));
    }

    private void TakeOver(int id)
    {
        Thread.Sleep(LeaseMilliseconds + 100);
        for (var attempt = 0; attempt < 100 && books.Read(db => db.Jobs.Any(job => job.Id == id && job.EndedAt == null)); attempt++)
            if (other.RunNext(CancellationToken.None).Ending == WorkOnJobs.Ending.Idle) Thread.Sleep(50);
    }

    private void DoneOnce(int id, string when)
    {
        Assert.That(MailsOf(id), Is.EqualTo(Mails), when);
        Assert.That(books.Read(db => db.Jobs.Single(job => job.Id == id).State), Is.EqualTo(JobState.Done), when);
        Assert.That(books.Read(db => db.AuditRecords.Count(record => record.Verb == "jobs.finish" && record.Subject == $"job {id}")), Is.EqualTo(1), when);
        Assert.That(Directory.GetFiles(Path.Combine(files.Root, "jobs", $"{id}", "kept")), Has.Length.EqualTo(1), when);
    }

    [Test]
    public void StoppedProgramThatIsWokenWritesNothingTwice()
    {
        var random = new Random(Seed);
        using var worker = new WorkerProcess(database.Address, ["jobs", $"{LeaseMilliseconds}"]).Ready();
        worker.Go();
        // A program that is frozen inside a transaction, or after its last step, keeps its job: such a round is one more, and does not count.
        var (lost, kept, rounds) = (0, 0, Effort.Of(6, 200));
        for (var round = 1; lost < rounds; round++)
        {
            var id = Start();
            while (MailsOf(id) == 0) Thread.Sleep(1);
            Thread.Sleep(random.Next(0, 100));
            worker.Freeze();
            var takes = Task.Run(() => TakeOver(id));
            // Frozen inside a transaction it holds what others wait for: then it is woken before they are done.
            takes.Wait(TimeSpan.FromSeconds(1));
            worker.Thaw();
            takes.GetAwaiter().GetResult();
            var said = worker.Hear();
            Assert.That(said, Does.StartWith($"job {id} "));
            if (said!.EndsWith("Lost", StringComparison.Ordinal)) lost++;
            else kept++;
            Assert.That(kept, Is.LessThan(5 * rounds), $"seed {Seed}: the program that is woken loses its job");
            DoneOnce(id, $"seed {Seed}, round {round}: {said}");
        }
        TestContext.Out.WriteLine($"Seed {Seed}: the program that was woken had lost its job in {lost} rounds, and kept it in {kept} more.");
    }

    [Test]
    public void JobOfAKilledProgramIsTakenUpAndDoneOnce()
    {
        var id = Start();
        using (var worker = new WorkerProcess(database.Address, ["jobs", $"{LeaseMilliseconds}"]).Ready())
        {
            worker.Go();
            while (MailsOf(id) < 2) Thread.Sleep(1);
            worker.Kill();
        }
        TakeOver(id);
        DoneOnce(id, "killed");
    }
}
