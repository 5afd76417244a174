using System.Collections.Concurrent;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Jobs;

/// <summary>Keeps the lease of a job that is worked on, from another thread, and carries what the worker says into the books at the same beat.</summary>
/// <remarks>The worker only leaves its words here: it may be inside a transaction of its own, in which it cannot write a second time.</remarks>
internal sealed class JobPulse : IDisposable
{
    private readonly Books books;
    private readonly JobLease lease;
    private readonly TimeSpan leaseFor;
    private readonly ConcurrentQueue<string> lines = new();
    private readonly CancellationTokenSource halt;
    private readonly ITimer timer;
    private volatile ReportProgress.Progress? latest;
    private ReportProgress.Progress? written;
    private DateTime keptAt;
    private int beating;

    /// <param name="stop">The program stops.</param>
    public JobPulse(Books books, JobLease lease, TimeSpan leaseFor, TimeSpan beat, CancellationToken stop)
    {
        (this.books, this.lease, this.leaseFor, keptAt) = (books, lease, leaseFor, books.Now);
        halt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timer = books.Clock.CreateTimer(_ => Beat(), null, beat, beat);
        Voice = new JobVoice(Say, lines.Enqueue);
    }

    public JobVoice Voice { get; }

    /// <summary>Somebody asked for the work to be stopped.</summary>
    public bool IsCancelAsked { get; private set; }

    /// <summary>Stops the work before anyone can read in the books that it is to stop.</summary>
    public void AskToStop()
    {
        IsCancelAsked = true;
        try
        {
            halt.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It came to its end meanwhile.
        }
    }

    /// <summary>The job is in other hands.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Cancelled when the work is to stop, for whatever reason.</summary>
    public CancellationToken Halt => halt.Token;

    /// <summary>What the worker said last, before it is in the books.</summary>
    public ReportProgress.Progress? Latest => latest;

    /// <summary>Lines that are not in the books yet; taken from here.</summary>
    public IReadOnlyList<string> TakeLines()
    {
        var taken = new List<string>();
        while (lines.TryDequeue(out var line)) taken.Add(line);
        return taken;
    }

    public void Dispose()
    {
        timer.Dispose();
        halt.Dispose();
    }

    private void Say(string stage, int done, int total) =>
        latest = new ReportProgress.Progress(stage, done, total, latest is { } before && before.Stage == stage ? before.Since : books.Now);

    private void Beat()
    {
        if (Interlocked.Exchange(ref beating, 1) == 1) return;
        IReadOnlyList<string> taken = [];
        try
        {
            var news = latest;
            if (ReferenceEquals(news, written)) news = null;
            var now = books.Now;
            if (news is null && lines.IsEmpty && now - keptAt < leaseFor / 3) return;
            taken = TakeLines();
            var said = new ReportProgress(books).Run(new(lease, leaseFor, news, taken));
            if (said.IsRefused) IsLost = true;
            else
            {
                (keptAt, written) = (now, news ?? written);
                if (said.Value.CancelAsked) IsCancelAsked = true;
            }
            if (IsLost || IsCancelAsked) halt.Cancel();
        }
        catch (Exception)
        {
            // Nobody stands above a timer: whatever went out from here, a database that is gone too, would end the whole program. The next beat tries again; until the lease has run out nothing is lost, and the worker meets the fault itself.
            foreach (var line in taken) lines.Enqueue(line);
        }
        finally
        {
            Volatile.Write(ref beating, 0);
        }
    }
}
