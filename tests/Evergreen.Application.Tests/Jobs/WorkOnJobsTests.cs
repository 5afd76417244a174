using System.Data.Common;
using Evergreen.Application.Audit;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Jobs;

/// <summary>One job from the taking to its end, whatever happens on the way.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class WorkOnJobsTests(TestDatabase databases)
{
    private static readonly WorkOnJobs.Terms Terms = new("here", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
    private OpenTestDatabase database = null!;
    private JobFiles files = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        files = new JobFiles(Directory.CreateTempSubdirectory("evergreen-jobs-").FullName);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(files.Root, recursive: true);
    }

    private WorkOnJobs Worker(JobWork work) => new(database.Books, KindOf(work), files, Terms);
    private static JobKinds KindOf(JobWork work) => new([new JobKind("test.work", "Work", work)]);
    private int Start() => new StartJob(database.Books, KindOf((_, _, _, _) => new JobResult(""))).Run(new("test.work", null, "test", new { }, Guid.NewGuid().ToString("N"), "ann")).Value.JobId;
    private Job Stored(int id) => database.Books.Read(db => db.Jobs.Single(job => job.Id == id));
    private List<string> Log(int id) => database.Books.Read(db => db.JobLines.Where(line => line.JobId == id).OrderBy(line => line.No).Select(line => line.Text).ToList());

    [Test]
    public void FileOfAFinishedJobIsKeptAndTheRestIsCleared()
    {
        var id = Start();
        var worker = Worker((_, task, voice, _) =>
        {
            voice.Progress("Writing", 3, 3);
            voice.Log("A line.");
            File.WriteAllText(Path.Combine(task.Folder(), "scrap.txt"), "scrap");
            var file = Path.Combine(task.Folder(), "list.txt");
            File.WriteAllText(file, "list");
            return new JobResult("Written.", file, "list.txt");
        });
        Assert.That(worker.RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Done));
        Assert.That(worker.RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Idle));
        Assert.That((Stored(id).State, Stored(id).Done, Stored(id).Total), Is.EqualTo((JobState.Done, 3, 3)));
        Assert.That(Log(id), Is.EqualTo(new[] { "Begun.", "A line.", "Written." }));
        Assert.That(File.ReadAllText(files.KeptBy(id, JobResult.FromJson(Stored(id).ResultJson))!), Is.EqualTo("list"));
        Assert.That(Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories), Has.Length.EqualTo(1));
    }

    /// <summary>A database that is not there when the pulse beats.</summary>
    private sealed class Gone : DbConnectionInterceptor
    {
        public bool Now { get; set; }

        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => Now ? throw new InvalidOperationException("The database is gone.") : result;
    }

    [Test]
    public void DatabaseThatIsGoneForABeatEndsNothing()
    {
        var id = Start();
        var gone = new Gone();
        var worker = new WorkOnJobs(new Books(database.Address, database.Clock, null, gone), KindOf((_, _, voice, _) =>
        {
            voice.Log("Said meanwhile.");
            gone.Now = true;
            // The clock of the tests beats here and now: what the beat threw would come out of this line.
            database.Clock.Advance(Terms.Beat);
            gone.Now = false;
            database.Clock.Advance(Terms.Beat);
            return new JobResult("Written.");
        }), files, Terms);
        Assert.That(worker.RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Done));
        Assert.That(Log(id), Is.EqualTo(new[] { "Begun.", "Said meanwhile.", "Written." }));
    }

    [Test]
    public void RefusalOfTheVerbIsTheJobsAnswer()
    {
        var id = Start();
        Assert.That(Worker((_, _, _, _) => new Refusal("test-refused", "No.")).RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Failed));
        Assert.That((Stored(id).RefusalCode, Stored(id).RefusalSentence), Is.EqualTo(("test-refused", "No.")));
    }

    [Test]
    public void FaultEndsTheJobAndIsToldToTheProgramAlone()
    {
        var id = Start();
        var result = Worker((_, _, _, _) => throw new InvalidOperationException("secret inside")).RunNext(default);
        Assert.That((result.Ending, result.Fault!.Message, Stored(id).RefusalCode), Is.EqualTo((WorkOnJobs.Ending.Failed, "secret inside", "job-broke")));
        Assert.That(Stored(id).RefusalSentence, Does.Not.Contain("secret"));
    }

    [Test]
    public void JobInHandIsGivenBackWhenTheProgramStopsAndTakenUpAgain()
    {
        var id = Start();
        using var stop = new CancellationTokenSource();
        Assert.That(Worker((_, _, _, halt) =>
        {
            stop.Cancel();
            halt.ThrowIfCancellationRequested();
            return new JobResult("Not reached.");
        }).RunNext(stop.Token).Ending, Is.EqualTo(WorkOnJobs.Ending.GivenBack));
        Assert.That((Stored(id).State, Stored(id).Tries, Stored(id).Owner), Is.EqualTo((JobState.Queued, 0, (string?)null)));
        Assert.That(Worker((_, _, _, _) => new JobResult("Done after all.")).RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Done));
        Assert.That(Log(id), Is.EqualTo(new[] { "Begun.", "The program stops; the work is taken up again.", "Taken up again.", "Done after all." }));
    }

    /// <summary>Its program dies between the commit and the job's end, and somebody asks for it to be stopped: it is done, and is said to be.</summary>
    [Test]
    public void WhatIsSettledWithTheWorkIsItsEndWhateverComesBetween()
    {
        var id = Start();
        Assert.That(Worker((books, task, _, _) =>
        {
            books.Write<int>(false, db =>
            {
                task.Settle(db, new JobResult("Never kept."));
                return new Refusal("test-refused", "No.");
            });
            books.Write<int>(false, db =>
            {
                task.Settle(db, new JobResult("Half of it and the other half."));
                return 1;
            });
            throw new LeaseLostException(id);
        }).RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Lost));
        database.Clock.Advance(Terms.Lease * 2);
        Assert.That(new CancelJob(database.Books).Run(new(id, null, "bea")).Value, Is.EqualTo(JobState.Running));
        Assert.That(Worker((_, _, _, _) => throw new InvalidOperationException("It is done already.")).RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Done));
        Assert.That((Stored(id).State, JobResult.FromJson(Stored(id).ResultJson)!.Sentence), Is.EqualTo((JobState.Done, "Half of it and the other half.")));
        Assert.That(Log(id)[^1], Is.EqualTo("Half of it and the other half."));
    }

    [Test]
    public void JobTakenFromAWorkerThatDoesNotStopRefusesItsWrites()
    {
        var id = Start();
        WorkOnJobs? worker = null;
        worker = Worker((books, _, _, _) =>
        {
            worker!.LetGo();
            books.Write<int>(false, db => 1);
            return new JobResult("Not reached.");
        });
        Assert.That(worker.RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Lost));
        Assert.That(Stored(id).State, Is.EqualTo(JobState.Queued));
    }

    [Test]
    public void LeaseIsKeptAndProgressWrittenAtEachBeatAndCancellingIsSeen()
    {
        var id = Start();
        WorkOnJobs? worker = null;
        worker = Worker((_, _, voice, halt) =>
        {
            voice.Progress("Counting", 5, 10);
            Assert.That((worker!.ProgressOf(id)?.Done, worker.ProgressOf(id + 1)), Is.EqualTo(((int?)5, (ReportProgress.Progress?)null)), "known here before it is in the books");
            database.Clock.Advance(Terms.Beat);
            Assert.That((Stored(id).Stage, Stored(id).Done, Stored(id).Total), Is.EqualTo(("Counting", 5, 10)));
            for (var i = 0; i < 60; i++) database.Clock.Advance(Terms.Beat);
            Assert.That(Stored(id).LeaseUntil, Is.GreaterThan(database.Books.Now));
            new CancelJob(database.Books).Run(new(id, null, "bea"));
            for (var i = 0; i < 11; i++) database.Clock.Advance(Terms.Beat);
            halt.ThrowIfCancellationRequested();
            return new JobResult("Not reached.");
        });
        Assert.That(worker.RunNext(default).Ending, Is.EqualTo(WorkOnJobs.Ending.Cancelled));
        Assert.That((Stored(id).State, Stored(id).CancelAskedBy), Is.EqualTo((JobState.Cancelled, "bea")));
    }

    [Test]
    public void WorkerThatHasTheBooksToItselfStopsWhenItsOwnProgramIsToldTo()
    {
        var id = Start();
        using var inside = new ManualResetEventSlim();
        var worker = Worker((books, _, voice, stop) => books.Write<JobResult>(false, db =>
        {
            AuditTrail.Add(db, null, books.Now, "ann", "test.work", "half");
            db.SaveChanges();
            inside.Set();
            stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            stop.ThrowIfCancellationRequested();
            return new JobResult("Not stopped.");
        }));
        var running = Task.Run(() => worker.RunNext(default));
        Assert.That(inside.Wait(TimeSpan.FromSeconds(20)), Is.True);
        worker.AskToStop(id + 1);
        worker.AskToStop(id);
        var cancelled = new CancelJob(database.Books).Run(new(id, null, "joy"));
        Assert.That(cancelled.Value, Is.AnyOf(JobState.Running, JobState.Cancelled));
        Assert.That(running.Result.Ending, Is.EqualTo(WorkOnJobs.Ending.Cancelled));
        Assert.That((Stored(id).State, Stored(id).CancelAskedBy), Is.EqualTo((JobState.Cancelled, "joy")), "whoever asked stands there, however fast the worker was");
        Assert.That(new CancelJob(database.Books).Run(new(id, null, "sam")).Value, Is.EqualTo(JobState.Cancelled));
        Assert.That(Stored(id).CancelAskedBy, Is.EqualTo("joy"));
        Assert.That(database.Books.Read(db => (db.AuditRecords.Count(record => record.Verb == "test.work"), db.AuditRecords.Count(record => record.Verb == "jobs.cancel"))), Is.EqualTo((0, 1)));
    }
}
