using Evergreen.Application.Storage;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>A co-op's jobs, newest first where nobody asks for another order.</summary>
public sealed class ListJobs(Books books, JobKinds kinds)
{
    private static readonly ListOrder<Plain> Order = ListOrder<Plain>.Keyed("-number", job => job.Id).By("about", job => job.Subject).By("by", job => job.By).By("state", job => (int)job.State);

    /// <param name="After">What the page before gave as its next.</param>
    /// <param name="State">Only jobs that stand so; all where it is null.</param>
    /// <param name="Sort">One of <c>number</c>, <c>about</c>, <c>by</c> and <c>state</c>; with a minus sign in front the other way round.</param>
    public sealed record Request(int? CoOpId, string? After = null, int Most = 50, JobState? State = null, string? Sort = null);

    public sealed record Row(int Id, string Title, string Subject, string By, DateTime At, JobState State, int Done, int Total, DateTime? EndedAt);

    /// <param name="Count">Jobs on all pages.</param>
    /// <param name="Next">Where the next page begins; null on the last.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Result(IReadOnlyList<Row> Jobs, int Count, string? Next, string Sort);

    private sealed record Plain
    {
        public required int Id { get; init; }
        public required string Kind { get; init; }
        public required string Subject { get; init; }
        public required string By { get; init; }
        public required DateTime At { get; init; }
        public required JobState State { get; init; }
        public required int Done { get; init; }
        public required int Total { get; init; }
        public required DateTime? EndedAt { get; init; }
    }

    public Result Run(Request request) => books.Read(db =>
    {
        var all = db.Jobs.Where(job => job.CoOpId == request.CoOpId && (request.State == null || job.State == request.State));
        var page = Order.Page(all.Select(job => new Plain { Id = job.Id, Kind = job.Kind, Subject = job.Subject, By = job.By, At = job.At, State = job.State, Done = job.Done, Total = job.Total, EndedAt = job.EndedAt }), request.Sort, request.After, request.Most);
        return new Result([.. page.Rows.Select(job => new Row(job.Id, kinds.Title(job.Kind), job.Subject, job.By, job.At, job.State, job.Done, job.Total, job.EndedAt))], all.Count(), page.Next, page.Sort);
    });
}
