using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>Ends a job: done with a result, failed with a refusal, or cancelled. Refused to whoever has it no more.</summary>
public sealed class FinishJob(Books books)
{
    /// <param name="Result">What came of it; null where it failed or was cancelled.</param>
    /// <param name="Refusal">Why it failed; null with no result means that it was cancelled.</param>
    /// <param name="Keep">Puts the result's file where it stays, once it is sure that nobody else has the job.</param>
    /// <param name="Progress">How far it came; null where that is in the books already.</param>
    public sealed record Request(JobLease Lease, JobResult? Result, Refusal? Refusal, IReadOnlyList<string> Lines, Action? Keep = null, ReportProgress.Progress? Progress = null);

    public Outcome<JobState> Run(Request request) => books.Write<JobState>(false, db => Finish(db, request), db => LookUp(db, request.Lease));

    private Outcome<JobState> Finish(EvergreenDb db, Request request)
    {
        var (lease, now) = (request.Lease, books.Now);
        if (!lease.Hold(db)) return Refusals.LeaseLost(lease.JobId);
        var state = request.Result is not null ? JobState.Done : request.Refusal is not null ? JobState.Failed : JobState.Cancelled;
        var job = db.Jobs.AsNoTracking().Single(job => job.Id == lease.JobId);
        request.Keep?.Invoke();
        var (result, code, sentence) = (request.Result?.ToJson(), request.Refusal?.Code, request.Refusal?.Sentence);
        lease.Row(db).ExecuteUpdate(set => set.SetProperty(one => one.State, state).SetProperty(one => one.Fence, lease.Fence + 1).SetProperty(one => one.Owner, (string?)null)
            .SetProperty(one => one.LeaseUntil, (DateTime?)null).SetProperty(one => one.EndedAt, now).SetProperty(one => one.ResultJson, result).SetProperty(one => one.RefusalCode, code)
            .SetProperty(one => one.RefusalSentence, sentence).SetProperty(one => one.Version, one => one.Version + 1));
        if (request.Progress is { } progress)
            db.Jobs.Where(one => one.Id == lease.JobId).ExecuteUpdate(set => set.SetProperty(one => one.Stage, progress.Stage).SetProperty(one => one.Done, progress.Done).SetProperty(one => one.Total, progress.Total));
        JobLog.Add(db, lease.JobId, now, [.. request.Lines, request.Result?.Sentence ?? sentence ?? "Cancelled."]);
        AuditTrail.Add(db, job.CoOpId, now, job.By, "jobs.finish", $"job {job.Id}", $"{job.Kind}, {job.Subject}: {state}{(code is null ? "" : $", {code}")}");
        return state;
    }

    /// <summary>After a lost answer: the job ended under the next fence, or it did not end.</summary>
    private static Outcome<JobState>? LookUp(EvergreenDb db, JobLease lease) =>
        db.Jobs.Where(job => job.Id == lease.JobId && job.Fence == lease.Fence + 1 && job.EndedAt != null).Select(job => (JobState?)job.State).SingleOrDefault() is { } state ? state : null;
}
