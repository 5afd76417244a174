namespace Evergreen.Application.Jobs;

/// <summary>How work on its way through its one transaction says how far it is, and is stopped: until the commit nothing of it is kept.</summary>
/// <param name="progress">Told the stage, how much of it is done and how much there is; zero where nobody knows.</param>
internal sealed class JobSteps(Action<string, int, int>? progress, CancellationToken stop)
{
    /// <summary>Rows between two words: often enough for whoever watches, and cheap beside the writing.</summary>
    private const int Every = 250;

    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void At(string stage, int done = 0, int total = 0)
    {
        stop.ThrowIfCancellationRequested();
        progress?.Invoke(stage, done, total);
    }

    /// <summary>The rows as they are taken, counted.</summary>
    public IEnumerable<T> Counted<T>(string stage, IEnumerable<T> rows, int total)
    {
        var done = 0;
        At(stage, done, total);
        foreach (var row in rows)
        {
            yield return row;
            if (++done % Every == 0) At(stage, done, total);
        }
        At(stage, done, total);
    }
}
