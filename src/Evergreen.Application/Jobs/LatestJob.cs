using Evergreen.Application.Storage;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>The job that has something in hand, or waits to; or that failed last and was not asked for again.</summary>
public static class LatestJob
{
    /// <returns>Null where there is nothing to tell.</returns>
    public static Job? Of(Books books, int coOpId, string kind, string subject) => books.Read(db => db.Jobs.Where(job => job.CoOpId == coOpId && job.Kind == kind && job.Subject == subject).OrderByDescending(job => job.Id).FirstOrDefault())
        is { State: JobState.Queued or JobState.Running or JobState.Failed } job ? job : null;
}
