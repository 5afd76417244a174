using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;

namespace Evergreen.Web.Office.Jobs;

/// <summary>Follows a job until it is over, from where the page left off: what the page is to show from now on, and the log lines that it does not have yet.</summary>
/// <param name="draw">A part of the page.</param>
public sealed class JobEvents(Books books, JobKinds kinds, WorkOnJobs worker, Func<JobPage.Result, Task<string>> draw)
{
    /// <summary>The last event of a job.</summary>
    private const string Over = "over";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <summary>Silence longer than this looks like a broken line.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <param name="line">The number of the last log line that the page has; 0 for none.</param>
    public async IAsyncEnumerable<SseItem<string>> Follow(int jobId, int? coOpId, int line, [EnumeratorCancellation] CancellationToken stop)
    {
        string? told = null;
        var silent = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            var found = new JobPage(books, kinds).Run(new(jobId, coOpId, line, worker.ProgressOf(jobId)));
            if (found.IsRefused) yield break;
            var now = await draw(found.Value);
            if (now != told || silent >= Heartbeat)
            {
                if (found.Value.Lines.Count > 0) line = found.Value.Lines[^1].No;
                (told, silent) = (now, TimeSpan.Zero);
                yield return new SseItem<string>(now) { EventId = line.ToString(CultureInfo.InvariantCulture), ReconnectionInterval = Retry };
            }
            if (found.Value.Job.IsOver)
            {
                yield return new SseItem<string>("", Over);
                yield break;
            }
            try
            {
                await Task.Delay(Look, books.Clock, stop);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
            silent += Look;
        }
    }
}
