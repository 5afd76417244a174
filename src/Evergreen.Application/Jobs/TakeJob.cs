using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>Takes the oldest job that waits, or whose worker has let its lease run out: one of however many ask at once gets it, under a fence of its own.</summary>
public sealed class TakeJob(Books books)
{
    /// <summary>A job that was begun so often and never ended brings the program down itself, it seems.</summary>
    public const int MostTries = 5;

    /// <param name="Owner">Who takes it: machine and process, for people to read.</param>
    /// <param name="Kinds">What the taker knows how to do.</param>
    public sealed record Request(string Owner, IReadOnlyCollection<string> Kinds, TimeSpan LeaseFor);

    /// <param name="Job">Null where nothing waits.</param>
    public sealed record Result(Job? Job, JobLease? Lease);

    private enum Turn { Lost, Ended, Taken }

    public Outcome<Result> Run(Request request)
    {
        for (; ; )
        {
            var now = books.Now;
            var waiting = books.Read(db => db.Jobs
                .Where(job => request.Kinds.Contains(job.Kind) && (job.State == JobState.Queued || (job.State == JobState.Running && job.LeaseUntil < now)))
                .OrderBy(job => job.Id).FirstOrDefault());
            if (waiting is null) return new Result(null, null);
            var lease = new JobLease(waiting.Id, waiting.Fence + 1);
            var turn = books.Write<Turn>(false, db => Take(db, request, waiting, lease, now));
            if (turn.Value != Turn.Taken) continue;
            return new Result(books.Read(db => db.Jobs.Single(job => job.Id == lease.JobId)), lease);
        }
    }

    private static Outcome<Turn> Take(EvergreenDb db, Request request, Job waiting, JobLease lease, DateTime now)
    {
        // Asked anew inside the transaction: between the look and this the lease may have been kept.
        var mine = db.Jobs.Where(job => job.Id == waiting.Id && job.Fence == waiting.Fence && (job.State == JobState.Queued || (job.State == JobState.Running && job.LeaseUntil < now)));
        // What is settled is done, and lacks nothing but its end.
        if (waiting.ResultJson is null && (waiting.CancelAskedAt is not null || waiting.Tries >= MostTries))
        {
            var refusal = waiting.CancelAskedAt is null ? Refusals.GaveUp(waiting.Id, waiting.Tries) : null;
            var state = refusal is null ? JobState.Cancelled : JobState.Failed;
            if (mine.ExecuteUpdate(set => set.SetProperty(job => job.State, state).SetProperty(job => job.Fence, lease.Fence).SetProperty(job => job.EndedAt, now).SetProperty(job => job.Owner, (string?)null)
                .SetProperty(job => job.LeaseUntil, (DateTime?)null).SetProperty(job => job.RefusalCode, refusal?.Code)
                .SetProperty(job => job.RefusalSentence, refusal?.Sentence).SetProperty(job => job.Version, job => job.Version + 1)) == 0) return Turn.Lost;
            JobLog.Add(db, waiting.Id, now, refusal?.Sentence ?? "Cancelled.");
            return Turn.Ended;
        }
        if (mine.ExecuteUpdate(set => set.SetProperty(job => job.State, JobState.Running).SetProperty(job => job.Fence, lease.Fence).SetProperty(job => job.Owner, request.Owner)
            .SetProperty(job => job.LeaseUntil, now + request.LeaseFor).SetProperty(job => job.Tries, job => job.Tries + 1).SetProperty(job => job.StartedAt, job => job.StartedAt ?? now)
            .SetProperty(job => job.Version, job => job.Version + 1)) == 0) return Turn.Lost;
        JobLog.Add(db, waiting.Id, now, waiting.State == JobState.Running ? "The program that worked on it has gone silent; another takes it over." : waiting.StartedAt is null ? "Begun." : "Taken up again.");
        return Turn.Taken;
    }
}
