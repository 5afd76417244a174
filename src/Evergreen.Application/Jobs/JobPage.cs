using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>One job as a person watches it: how far it is, how fast it goes, how long it may yet take, and its log.</summary>
public sealed class JobPage(Books books, JobKinds kinds)
{
    /// <param name="AfterLine">Only log lines after this one.</param>
    public sealed record Request(int JobId, int? CoOpId, int AfterLine = 0);

    /// <param name="PerMinute">Of the stage's unit; null before it can be told.</param>
    /// <param name="SecondsLeft">Of the stage, at the rate so far; null before it can be told.</param>
    public sealed record Result(Job Job, string Title, IReadOnlyList<JobLine> Lines, JobResult? Outcome, long? PerMinute, long? SecondsLeft)
    {
        /// <summary>Whole per cent, rounded down; null where nobody knows how much there is.</summary>
        public int? Percent => Job.State == JobState.Done ? 100 : Job.Total > 0 ? (int)(100L * Math.Min(Job.Done, Job.Total) / Job.Total) : null;
    }

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        if (db.Jobs.SingleOrDefault(job => job.Id == request.JobId && job.CoOpId == request.CoOpId) is not { } job) return Refusals.Unknown(request.JobId);
        var lines = db.JobLines.Where(line => line.JobId == job.Id && line.No > request.AfterLine).OrderBy(line => line.No).ToList();
        var (perMinute, left) = Pace(job, books.Now);
        return new Result(job, kinds.Title(job.Kind), lines, JobResult.FromJson(job.ResultJson), perMinute, left);
    });

    private static (long? PerMinute, long? SecondsLeft) Pace(Job job, DateTime now)
    {
        if (job.State != JobState.Running || job.StageAt is not { } since || job.Done <= 0) return (null, null);
        var milliseconds = (now - since).Ticks / TimeSpan.TicksPerMillisecond;
        if (milliseconds < 1_000) return (null, null);
        var left = job.Total > job.Done ? (job.Total - job.Done) * milliseconds / job.Done / 1_000 : (long?)null;
        return (job.Done * 60_000L / milliseconds, left);
    }
}
