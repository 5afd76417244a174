using Evergreen.Application.Jobs;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Jobs;

/// <summary>Asking for work, taking it, telling how far it is, ending it: each verb, and each of its refusals.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class JobTests(TestDatabase databases)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly JobKinds Kinds = new([new JobKind("test.nothing", "Do nothing", (_, _, _, _) => new JobResult("Nothing was done."))]);
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private Outcome<StartJob.Result> Start(string key = "k1", string kind = "test.nothing", int amount = 1, int? coOp = null) =>
        new StartJob(database.Books, Kinds).Run(new(kind, coOp, "run 2025-1", new { Amount = amount }, key, "ann"));

    private TakeJob.Result Take(string owner = "one") => new TakeJob(database.Books).Run(new(owner, Kinds.Names, Lease)).Value;
    private Job Stored(int id) => database.Books.Read(db => db.Jobs.Single(job => job.Id == id));
    private Outcome<ReportProgress.Result> Report(JobLease lease, int done, params string[] lines) => new ReportProgress(database.Books).Run(new(lease, Lease, new("Counting", done, 10, database.Books.Now), lines));
    private Outcome<JobState> Finish(JobLease lease, Action? keep = null) => new FinishJob(database.Books).Run(new(lease, new JobResult("All counted."), null, [], keep));

    [Test]
    public void AskingTwiceUnderOneKeyIsOneJob()
    {
        var first = Start().Value;
        Assert.That((first.AlreadyThere, Start().Value), Is.EqualTo((false, new StartJob.Result(first.JobId, true))));
        Assert.That(Start("k2").Value.JobId, Is.Not.EqualTo(first.JobId));
        Assert.That(Start(amount: 2).Refusal!.Code, Is.EqualTo("job-key-used"));
        Assert.That(Start("").Refusal!.Code, Is.EqualTo("job-key-missing"));
        Assert.That(Start(kind: "test.something").Refusal!.Code, Is.EqualTo("job-kind-unknown"));
    }

    [Test]
    public void JobIsTakenByOneAndOnceItsLeaseRanOutByAnother()
    {
        var id = Start().Value.JobId;
        var one = Take();
        Assert.That((one.Job!.Id, one.Job.Owner, one.Job.Tries, one.Lease!.Fence), Is.EqualTo((id, "one", 1, 1L)));
        Assert.That(Take("two").Job, Is.Null);
        database.Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.That(new KeepLease(database.Books).Run(new(one.Lease, Lease)).Value.CancelAsked, Is.False);
        database.Clock.Advance(Lease);
        Assert.That(Take("two").Job, Is.Null, "the lease was kept");
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        var two = Take("two");
        Assert.That((two.Job!.Owner, two.Lease!.Fence), Is.EqualTo(("two", 2L)));
    }

    [Test]
    public void WhoHasTheJobNoMoreIsRefusedEveryWrite()
    {
        Start();
        var stale = Take().Lease!;
        database.Clock.Advance(Lease + Lease);
        var fresh = Take("two").Lease!;
        Assert.That(Report(stale, 5).Refusal!.Code, Is.EqualTo("job-lease-lost"));
        Assert.That(new KeepLease(database.Books).Run(new(stale, Lease)).Refusal!.Code, Is.EqualTo("job-lease-lost"));
        Assert.That(Finish(stale, () => Assert.Fail("nothing is kept")).Refusal!.Code, Is.EqualTo("job-lease-lost"));
        Assert.That(new GiveJobBack(database.Books).Run(new(stale, "Given back.", true)).Refusal!.Code, Is.EqualTo("job-lease-lost"));
        Assert.That(() => stale.Fenced(database.Books, Lease).Write<int>(false, db => 1), Throws.TypeOf<LeaseLostException>());
        Assert.That(Report(fresh, 1).IsRefused, Is.False);
        Assert.That(Finish(fresh).Value, Is.EqualTo(JobState.Done));
        Assert.That(Finish(fresh).Refusal!.Code, Is.EqualTo("job-lease-lost"));
    }

    [Test]
    public void EveryWriteOfTheWorkKeepsTheLease()
    {
        Start();
        var lease = Take().Lease!;
        database.Clock.Advance(Lease / 2);
        lease.Fenced(database.Books, Lease).Write<int>(false, db => 1);
        database.Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.That(Take("two").Job, Is.Null);
    }

    [Test]
    public void PageTellsHowFarHowFastAndHowLong()
    {
        var id = Start().Value.JobId;
        var lease = Take().Lease!;
        var since = database.Books.Now;
        database.Clock.Advance(TimeSpan.FromSeconds(20));
        new ReportProgress(database.Books).Run(new(lease, Lease, new("Counting", 4, 10, since), ["The first four are counted."]));
        var page = new JobPage(database.Books, Kinds).Run(new(id, null)).Value;
        Assert.That((page.Title, page.Job.Stage, page.Percent, page.PerMinute, page.SecondsLeft), Is.EqualTo(("Do nothing", "Counting", (int?)40, (long?)12, (long?)30)));
        Assert.That(page.Lines.Select(line => (line.No, line.Text)), Is.EqualTo(new[] { (1, "Begun."), (2, "The first four are counted.") }));
        Assert.That(new JobPage(database.Books, Kinds).Run(new(id, null, 1)).Value.Lines.Single().No, Is.EqualTo(2));
        Assert.That(new JobPage(database.Books, Kinds).Run(new(id, 7)).Refusal!.Code, Is.EqualTo("job-unknown"));
        Finish(lease);
        Assert.That(new JobPage(database.Books, Kinds).Run(new(id, null)).Value is { Percent: 100, Outcome.Sentence: "All counted." }, Is.True);
    }

    [Test]
    public void WaitingJobIsCancelledAtOnceAndARunningOneIsAskedToStop()
    {
        var waiting = Start("w").Value.JobId;
        Assert.That(new CancelJob(database.Books).Run(new(waiting, null, "bea")).Value, Is.EqualTo(JobState.Cancelled));
        Assert.That(new CancelJob(database.Books).Run(new(waiting, null, "bea")).Value, Is.EqualTo(JobState.Cancelled));
        Assert.That(Take().Job, Is.Null);
        var running = Start("r").Value.JobId;
        var lease = Take().Lease!;
        Assert.That(new CancelJob(database.Books).Run(new(running, null, "bea")).Value, Is.EqualTo(JobState.Running));
        Assert.That(Report(lease, 3).Value.CancelAsked, Is.True);
        Assert.That(new FinishJob(database.Books).Run(new(lease, null, null, [])).Value, Is.EqualTo(JobState.Cancelled));
        var done = Start("d").Value.JobId;
        Finish(Take().Lease!);
        Assert.That(new CancelJob(database.Books).Run(new(done, null, "bea")).Refusal!.Code, Is.EqualTo("job-over"));
        Assert.That(new CancelJob(database.Books).Run(new(99, null, "bea")).Refusal!.Code, Is.EqualTo("job-unknown"));
    }

    [Test]
    public void JobOfADeadProgramIsCancelledAtOnceAndTheDeadStayRefused()
    {
        var id = Start().Value.JobId;
        var lease = Take().Lease!;
        database.Clock.Advance(Lease * 2);
        Assert.That(new CancelJob(database.Books).Run(new(id, null, "bea")).Value, Is.EqualTo(JobState.Cancelled));
        Assert.That(Finish(lease).Refusal!.Code, Is.EqualTo("job-lease-lost"));
        Assert.That(Stored(id).State, Is.EqualTo(JobState.Cancelled));
    }

    [Test]
    public void JobThatNeverEndsIsGivenUp()
    {
        var id = Start().Value.JobId;
        for (var i = 0; i < TakeJob.MostTries; i++)
        {
            Assert.That(Take().Job, Is.Not.Null);
            database.Clock.Advance(Lease * 2);
        }
        Assert.That(Take().Job, Is.Null);
        Assert.That((Stored(id).State, Stored(id).RefusalCode), Is.EqualTo((JobState.Failed, "job-gave-up")));
    }

    [Test]
    public void StartEndAndCancellingStandInTheAuditTrail()
    {
        var bakery = Bakery.In(database, [100]);
        var id = Start(coOp: bakery.CoOp.Id).Value.JobId;
        new CancelJob(database.Books).Run(new(id, bakery.CoOp.Id, "bea"));
        Start("k2", coOp: bakery.CoOp.Id);
        Finish(Take().Lease!);
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb.StartsWith("jobs.")).OrderBy(record => record.Id).Select(record => record.Verb + " " + record.By).ToList()),
            Is.EqualTo(new[] { "jobs.start ann", "jobs.cancel bea", "jobs.start ann", "jobs.finish ann" }));
        var listed = new ListJobs(database.Books, Kinds).Run(new(bakery.CoOp.Id, Most: 1));
        Assert.That((listed.Jobs.Single().State, listed.Next is not null), Is.EqualTo((JobState.Done, true)));
        Assert.That(new ListJobs(database.Books, Kinds).Run(new(bakery.CoOp.Id, listed.Next, 1)).Jobs.Single().State, Is.EqualTo(JobState.Cancelled));
    }
}
