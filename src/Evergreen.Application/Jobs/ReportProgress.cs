using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>Says how far a job is and keeps its lease. Refused to whoever has the job no more.</summary>
public sealed class ReportProgress(Books books)
{
    /// <param name="Total">Zero where nobody knows.</param>
    /// <param name="Since">When the stage began.</param>
    public sealed record Progress(string Stage, int Done, int Total, DateTime Since);

    /// <param name="Progress">Null where there is nothing new: the lease is kept all the same.</param>
    public sealed record Request(JobLease Lease, TimeSpan LeaseFor, Progress? Progress, IReadOnlyList<string> Lines);

    /// <param name="CancelAsked">Somebody wants the work stopped.</param>
    public sealed record Result(bool CancelAsked);

    public Outcome<Result> Run(Request request) => books.Write(false, db => Report(db, request));

    private Outcome<Result> Report(EvergreenDb db, Request request)
    {
        var now = books.Now;
        var row = request.Lease.Row(db);
        var until = now + request.LeaseFor;
        var kept = request.Progress is { } progress
            ? row.ExecuteUpdate(set => set.SetProperty(job => job.LeaseUntil, until).SetProperty(job => job.Stage, progress.Stage).SetProperty(job => job.Done, progress.Done)
                .SetProperty(job => job.Total, progress.Total).SetProperty(job => job.StageAt, progress.Since).SetProperty(job => job.Version, job => job.Version + 1))
            : row.ExecuteUpdate(set => set.SetProperty(job => job.LeaseUntil, until).SetProperty(job => job.Version, job => job.Version + (request.Lines.Count > 0 ? 1 : 0)));
        if (kept == 0) return Refusals.LeaseLost(request.Lease.JobId);
        JobLog.Add(db, request.Lease.JobId, now, request.Lines);
        return new Result(db.Jobs.Where(job => job.Id == request.Lease.JobId).Select(job => job.CancelAskedAt).Single() is not null);
    }
}
