using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>Lets go of a job that is not finished, so that another program takes it at once and need not wait for the lease to run out.</summary>
public sealed class GiveJobBack(Books books)
{
    /// <param name="InOrder">The program stops; where it is false the try counts.</param>
    public sealed record Request(JobLease Lease, string Line, bool InOrder);

    public Outcome<int> Run(Request request) => books.Write(false, db => GiveBack(db, request));

    private Outcome<int> GiveBack(EvergreenDb db, Request request)
    {
        var lease = request.Lease;
        var less = request.InOrder ? 1 : 0;
        if (lease.Row(db).ExecuteUpdate(set => set.SetProperty(job => job.State, JobState.Queued).SetProperty(job => job.Fence, lease.Fence + 1).SetProperty(job => job.Owner, (string?)null)
            .SetProperty(job => job.LeaseUntil, (DateTime?)null).SetProperty(job => job.Tries, job => job.Tries - less).SetProperty(job => job.Version, job => job.Version + 1)) == 0) return Refusals.LeaseLost(lease.JobId);
        JobLog.Add(db, lease.JobId, books.Now, request.Line);
        return lease.JobId;
    }
}
