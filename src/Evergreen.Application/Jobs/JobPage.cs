using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>One job as a person watches it: how far it is, how fast it goes, how long it may yet take, and its log.</summary>
public sealed class JobPage(Books books, JobKinds kinds)
{
    /// <param name="AfterLine">Only log lines after this one.</param>
    /// <param name="Live">What its worker said last, where that is of this very program: during one long transaction the books hear nothing of it.</param>
    public sealed record Request(int JobId, int? CoOpId, int AfterLine = 0, ReportProgress.Progress? Live = null);

    /// <param name="PerMinute">Of the stage's unit; null before it can be told.</param>
    /// <param name="SecondsLeft">Of the stage, at the rate so far; null before it can be told.</param>
    public sealed record Result(Job Job, string Title, IReadOnlyList<JobLine> Lines, JobResult? Outcome, string Stage, int Done, int Total, long? PerMinute, long? SecondsLeft)
    {
        /// <summary>Whole per cent, rounded down; null where nobody knows how much there is.</summary>
        public int? Percent => Job.State == JobState.Done ? 100 : Total > 0 ? (int)(100L * Math.Min(Done, Total) / Total) : null;
    }

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        if (db.Jobs.SingleOrDefault(job => job.Id == request.JobId && job.CoOpId == request.CoOpId) is not { } job) return Refusals.Unknown(request.JobId);
        var lines = db.JobLines.Where(line => line.JobId == job.Id && line.No > request.AfterLine).OrderBy(line => line.No).ToList();
        var live = job.State == JobState.Running ? request.Live : null;
        var (stage, done, total, since) = live is null ? (job.Stage, job.Done, job.Total, job.StageAt) : (live.Stage, live.Done, live.Total, live.Since);
        var (perMinute, left) = job.State == JobState.Running && since is { } begun ? Pace(done, total, begun, books.Now) : (null, null);
        return new Result(job, kinds.Title(job.Kind), lines, JobResult.FromJson(job.ResultJson), stage, done, total, perMinute, left);
    });

    /// <summary>How fast a stage goes, and how long it may yet take at that rate; nothing in its first second.</summary>
    private static (long? PerMinute, long? SecondsLeft) Pace(int done, int total, DateTime since, DateTime now)
    {
        if (done <= 0) return (null, null);
        var milliseconds = (now - since).Ticks / TimeSpan.TicksPerMillisecond;
        if (milliseconds < 1_000) return (null, null);
        var left = total > done ? (total - done) * milliseconds / done / 1_000 : (long?)null;
        return (done * 60_000L / milliseconds, left);
    }
}
