using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>Takes one job after another and does it, from the taking to the end, whatever happens on the way.</summary>
public sealed class WorkOnJobs(Books books, JobKinds kinds, JobFiles files, WorkOnJobs.Terms terms)
{
    /// <param name="Owner">Machine and process, for people to read.</param>
    /// <param name="Lease">After so long without a sign of life another takes the job over.</param>
    /// <param name="Beat">How often progress is written down and cancelling is looked for.</param>
    public sealed record Terms(string Owner, TimeSpan Lease, TimeSpan Beat);

    public enum Ending
    {
        /// <summary>Nothing waited.</summary>
        Idle,
        Done,
        Failed,
        Cancelled,

        /// <summary>Given back, to be taken up again.</summary>
        GivenBack,

        /// <summary>In other hands; nothing that this worker did afterwards was kept.</summary>
        Lost,
    }

    /// <param name="Fault">What broke, for the program's log; null where nothing did.</param>
    public sealed record Result(Ending Ending, Job? Job = null, Exception? Fault = null);

    private const int TriesAfterFaults = 3;
    private volatile Held? held;

    private sealed record Held(JobLease Lease, JobPulse Pulse);

    /// <summary>What the job is at that this worker has in hand, newer than the books may be.</summary>
    /// <returns>Null where it has another, or none.</returns>
    public ReportProgress.Progress? ProgressOf(int jobId) => held is { } now && now.Lease.JobId == jobId ? now.Pulse.Latest : null;

    /// <summary>Tells the worker of this very program to stop a job, before <see cref="CancelJob"/> writes it down: a worker that has the books to itself for one long transaction lets nobody write before its end.</summary>
    public void AskToStop(int jobId)
    {
        if (held is { } now && now.Lease.JobId == jobId) now.Pulse.AskToStop();
    }

    /// <param name="stop">The program stops: the job is given back at the next step that leaves things whole.</param>
    public Result RunNext(CancellationToken stop)
    {
        var taken = new TakeJob(books).Run(new(terms.Owner, kinds.Names, terms.Lease)).Value;
        if (taken is not { Job: { } job, Lease: { } lease }) return new(Ending.Idle);
        using var pulse = new JobPulse(books, lease, terms.Lease, terms.Beat, stop);
        held = new Held(lease, pulse);
        try
        {
            return Do(job, lease, pulse);
        }
        finally
        {
            held = null;
        }
    }

    /// <summary>Gives back the job in hand without waiting for its worker, whose writes are refused from then on.</summary>
    public void LetGo()
    {
        if (held is { } now) new GiveJobBack(books).Run(new(now.Lease, "The program stops; the work is taken up again.", InOrder: true));
    }

    private Result Do(Job job, JobLease lease, JobPulse pulse)
    {
        try
        {
            Whence.Begin($"job {job.Id}");
            if (JobResult.FromJson(job.ResultJson) is { } settled) return Finish(job, lease, pulse, settled, null);
            var task = new JobTask(job.Id, job.CoOpId, job.By, job.RequestJson, () => files.Working(lease));
            var outcome = kinds.Find(job.Kind)!.Work(lease.Fenced(books, terms.Lease), task, pulse.Voice, pulse.Halt);
            return outcome.IsRefused ? Finish(job, lease, pulse, null, outcome.Refusal) : Finish(job, lease, pulse, outcome.Value, null);
        }
        catch (LeaseLostException)
        {
            return new(Ending.Lost, job);
        }
        catch (OperationCanceledException) when (pulse.IsCancelAsked)
        {
            return Finish(job, lease, pulse, null, null);
        }
        catch (OperationCanceledException) when (pulse.Halt.IsCancellationRequested)
        {
            return pulse.IsLost ? new(Ending.Lost, job) : GiveBack(job, lease, "The program stops; the work is taken up again.", inOrder: true, null);
        }
        catch (Exception fault) when (job.Tries < TriesAfterFaults && (fault is StorageFault || Transient.Is(fault)))
        {
            return GiveBack(job, lease, "The database could not be reached or was busy; the work is taken up again.", inOrder: false, fault);
        }
        catch (Exception fault)
        {
            return Finish(job, lease, pulse, null, Refusals.Broke(job.Id)) with { Fault = fault };
        }
    }

    private Result Finish(Job job, JobLease lease, JobPulse pulse, JobResult? result, Refusal? refusal)
    {
        var kept = result?.File is { } file ? result with { File = Path.GetFileName(file) } : result;
        var finished = new FinishJob(books).Run(new(lease, kept, refusal, pulse.TakeLines(), kept?.File is { } name ? () => files.Keep(lease, name) : null, pulse.Latest));
        if (finished.IsRefused) return new(Ending.Lost, job);
        files.Clear(lease);
        return new(finished.Value switch { JobState.Done => Ending.Done, JobState.Failed => Ending.Failed, _ => Ending.Cancelled }, job);
    }

    private Result GiveBack(Job job, JobLease lease, string line, bool inOrder, Exception? fault) =>
        new(new GiveJobBack(books).Run(new(lease, line, inOrder)).IsRefused ? Ending.Lost : Ending.GivenBack, job, fault);
}
