using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;

namespace Evergreen.Web.Office.Jobs;

/// <summary>What a page that watches a job is told: how far it is and the log lines that it does not have yet.</summary>
/// <param name="Left">How long it may yet take, as a sentence; empty where nobody knows.</param>
public sealed record JobEvent(string State, string Stage, int Done, int Total, int? Percent, string Left, bool Over, IReadOnlyList<string> Lines);

/// <summary>Follows a job until it is over, from where the page left off.</summary>
public sealed class JobEvents(Books books, JobKinds kinds, WorkOnJobs worker)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>Silence longer than this looks like a broken line.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <param name="lastEventId">The number of the last log line that the page has; null for all.</param>
    public async IAsyncEnumerable<SseItem<JobEvent>> Follow(int jobId, int? coOpId, string? lastEventId, [EnumeratorCancellation] CancellationToken stop)
    {
        var line = int.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        JobEvent? told = null;
        var silent = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            var found = new JobPage(books, kinds).Run(new(jobId, coOpId, line));
            if (found.IsRefused) yield break;
            var now = Of(found.Value);
            if (told is null || now.Lines.Count > 0 || now != told with { Lines = now.Lines } || silent >= Heartbeat)
            {
                if (found.Value.Lines.Count > 0) line = found.Value.Lines[^1].No;
                (told, silent) = (now, TimeSpan.Zero);
                yield return new SseItem<JobEvent>(now) { EventId = line.ToString(CultureInfo.InvariantCulture), ReconnectionInterval = Retry };
            }
            if (now.Over) yield break;
            try
            {
                await Task.Delay(Look, stop);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            silent += Look;
        }
    }

    private JobEvent Of(JobPage.Result page)
    {
        var job = page.Job;
        // The worker of this very program knows more than the books may hold while a long transaction is open.
        var (stage, done, total) = worker.ProgressOf(job.Id) is { } live ? (live.Stage, live.Done, live.Total) : (job.Stage, job.Done, job.Total);
        var percent = job.IsOver ? page.Percent : total > 0 ? (int)(100L * Math.Min(done, total) / total) : (int?)null;
        return new(JobWords.State(job), stage, done, total, percent, JobWords.Left(page), job.IsOver, [.. page.Lines.Select(JobWords.Line)]);
    }
}
