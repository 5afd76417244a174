namespace Evergreen.Web.Jobs;

/// <summary>Rung when work was asked for in this very program, so that its worker begins at once and not when it next looks.</summary>
public sealed class JobBell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0);

    public void Ring()
    {
        if (rung.CurrentCount == 0) rung.Release();
    }

    /// <summary>Waits until it is rung, and no longer than so.</summary>
    public Task Wait(TimeSpan atMost, CancellationToken stop) => rung.WaitAsync(atMost, stop);

    public void Dispose() => rung.Dispose();
}
