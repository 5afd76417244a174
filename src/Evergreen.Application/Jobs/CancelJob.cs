using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>Stops a job: at once where nobody works on it, else at the next step at which its worker can leave things whole. What is committed by then stays.</summary>
public sealed class CancelJob(Books books)
{
    public sealed record Request(int JobId, int? CoOpId, string By);

    /// <returns>Cancelled, or running still until its worker has seen it, or has put an end to what is done already.</returns>
    public Outcome<JobState> Run(Request request) => books.Write(false, db => Cancel(db, request));

    private Outcome<JobState> Cancel(EvergreenDb db, Request request)
    {
        var now = books.Now;
        var job = db.Jobs.AsNoTracking().SingleOrDefault(job => job.Id == request.JobId && job.CoOpId == request.CoOpId);
        if (job is null) return Refusals.Unknown(request.JobId);
        if (job.IsOver) return job.State == JobState.Cancelled ? Stopped(db, job, request, now) : Refusals.Over(job.Id, job.State);
        if (job.CancelAskedAt is not null && job.LeaseUntil >= now) return JobState.Running;
        var atOnce = job.ResultJson is null && (job.State == JobState.Queued || job.LeaseUntil < now);
        var row = db.Jobs.Where(one => one.Id == job.Id && one.Fence == job.Fence)
            .ExecuteUpdate(set => set.SetProperty(one => one.CancelAskedAt, now).SetProperty(one => one.CancelAskedBy, request.By).SetProperty(one => one.Version, one => one.Version + 1));
        if (row == 1 && atOnce)
            db.Jobs.Where(one => one.Id == job.Id).ExecuteUpdate(set => set.SetProperty(one => one.State, JobState.Cancelled).SetProperty(one => one.Fence, job.Fence + 1).SetProperty(one => one.EndedAt, now)
                .SetProperty(one => one.Owner, (string?)null).SetProperty(one => one.LeaseUntil, (DateTime?)null));
        JobLog.Add(db, job.Id, now, atOnce ? "Cancelled." : "Asked to stop.");
        Record(db, job, request, now);
        return atOnce ? JobState.Cancelled : JobState.Running;
    }

    /// <summary>Its worker was told first and has stopped already (<see cref="WorkOnJobs.AskToStop"/>): who asked for it is written down all the same.</summary>
    private static JobState Stopped(EvergreenDb db, Job job, Request request, DateTime now)
    {
        if (db.Jobs.Where(one => one.Id == job.Id && one.CancelAskedAt == null).ExecuteUpdate(set => set.SetProperty(one => one.CancelAskedAt, now).SetProperty(one => one.CancelAskedBy, request.By)) == 1) Record(db, job, request, now);
        return JobState.Cancelled;
    }

    private static void Record(EvergreenDb db, Job job, Request request, DateTime now) => AuditTrail.Add(db, job.CoOpId, now, request.By, "jobs.cancel", $"job {job.Id}", $"{job.Kind}, {job.Subject}");
}
