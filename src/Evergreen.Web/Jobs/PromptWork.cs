using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;

namespace Evergreen.Web.Jobs;

/// <summary>Asks for work that is small at most co-ops and long at large ones, and waits a moment for it: what is small is over before the next page is shown, what is long is followed on its own page.</summary>
public sealed class PromptWork(Books books, JobKinds kinds, JobBell bell, PromptWork.Patience patience)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    public sealed record Patience(TimeSpan Most);

    /// <summary>The job as it stands when it is over, or when the patience is.</summary>
    public async Task<Outcome<Job>> Run(StartJob.Request request)
    {
        var started = new StartJob(books, kinds).Run(request);
        if (started.IsRefused) return started.Refusal!;
        bell.Ring();
        for (var waited = TimeSpan.Zero; ; waited += Look)
        {
            var job = books.Read(db => db.Jobs.Single(job => job.Id == started.Value.JobId));
            if (job.IsOver || waited >= patience.Most) return job;
            await Task.Delay(Look);
        }
    }
}
