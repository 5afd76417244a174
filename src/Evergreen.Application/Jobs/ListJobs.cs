using Evergreen.Application.Storage;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>A co-op's jobs, newest first.</summary>
public sealed class ListJobs(Books books, JobKinds kinds)
{
    /// <param name="Before">Only jobs older than this one; from the newest where it is null.</param>
    /// <param name="State">Only jobs that stand so; all where it is null.</param>
    public sealed record Request(int? CoOpId, int? Before = null, int Most = 50, JobState? State = null);

    public sealed record Row(int Id, string Title, string Subject, string By, DateTime At, JobState State, int Done, int Total, DateTime? EndedAt);

    /// <param name="Count">Jobs on all pages.</param>
    /// <param name="Next">Where the next page begins; null on the last.</param>
    public sealed record Result(IReadOnlyList<Row> Jobs, int Count, int? Next);

    public Result Run(Request request) => books.Read(db =>
    {
        var all = db.Jobs.Where(job => job.CoOpId == request.CoOpId && (request.State == null || job.State == request.State));
        var rows = all.Where(job => request.Before == null || job.Id < request.Before).OrderByDescending(job => job.Id).Take(request.Most + 1)
            .Select(job => new { job.Id, job.Kind, job.Subject, job.By, job.At, job.State, job.Done, job.Total, job.EndedAt }).ToList();
        var shown = rows.Take(request.Most).Select(job => new Row(job.Id, kinds.Title(job.Kind), job.Subject, job.By, job.At, job.State, job.Done, job.Total, job.EndedAt)).ToList();
        return new Result(shown, all.Count(), rows.Count > request.Most ? shown[^1].Id : null);
    });
}
