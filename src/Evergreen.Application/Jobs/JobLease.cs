using Evergreen.Application.Storage;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>A job in somebody's hands: good until it ends or its fence has grown.</summary>
public sealed record JobLease(int JobId, long Fence)
{
    /// <summary>Makes sure, until the transaction ends, that nobody else has the job.</summary>
    /// <remarks>A write and not a look: it holds the row, so that whoever would take the job over waits for this transaction's end.</remarks>
    /// <returns>False where it is in other hands or over.</returns>
    internal bool Hold(EvergreenDb db) => Row(db).ExecuteUpdate(set => set.SetProperty(job => job.Fence, Fence)) == 1;

    internal IQueryable<Job> Row(EvergreenDb db) => db.Jobs.Where(job => job.Id == JobId && job.Fence == Fence && job.State == JobState.Running);

    /// <summary>Books in which nothing can be written once the job is in other hands, and in which every write keeps the lease.</summary>
    public Books Fenced(Books books, TimeSpan leaseFor) => books.Guarded(
        db =>
        {
            if (!Hold(db)) throw new LeaseLostException(JobId);
        },
        db => Row(db).ExecuteUpdate(set => set.SetProperty(job => job.LeaseUntil, books.Now + leaseFor)));
}

/// <summary>The job is in other hands now; nothing was written.</summary>
public sealed class LeaseLostException(int job) : Exception($"Job {job} is in other hands now.")
{
    public int Job { get; } = job;
}
