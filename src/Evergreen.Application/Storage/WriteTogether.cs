namespace Evergreen.Application.Storage;

/// <summary>Many small calls in one transaction. Whoever comes while others are being stored waits, and is then stored with everybody else who waits: one flush of the disk serves them all.</summary>
/// <param name="work">Does the work of the calls in their order and notes in each what came of it. A call that is refused must have written nothing.</param>
/// <remarks>Where a group fails, each of its calls is done again by itself, so that one bad call spoils none of the others. Calls are therefore such as may be done again: each bears a key.</remarks>
public sealed class WriteTogether<TCall>(Books books, Action<EvergreenDb, IReadOnlyList<TCall>> work)
{
    /// <summary>Calls in one transaction. More would make the first wait for the last.</summary>
    public const int Most = 256;

    private readonly Lock turn = new();
    private readonly Queue<(TCall Call, TaskCompletionSource Done)> waiting = [];
    private bool writing;

    /// <returns>Ends when the call's transaction has been stored, or fails as it failed.</returns>
    public Task Run(TCall call)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (turn)
        {
            waiting.Enqueue((call, done));
            if (writing) return done.Task;
            writing = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(_ => WriteAll(), null);
        return done.Task;
    }

    private void WriteAll()
    {
        while (Next() is { Count: > 0 } group)
        {
            if (TryWrite(group)) continue;
            foreach (var one in group) Write(one.Call, one.Done);
        }
    }

    private List<(TCall Call, TaskCompletionSource Done)> Next()
    {
        lock (turn)
        {
            var group = new List<(TCall, TaskCompletionSource)>(Math.Min(waiting.Count, Most));
            while (group.Count < Most && waiting.TryDequeue(out var next)) group.Add(next);
            writing = group.Count > 0;
            return group;
        }
    }

    /// <returns>False where nothing was stored, or nobody knows whether it was.</returns>
    private bool TryWrite(List<(TCall Call, TaskCompletionSource Done)> group)
    {
        if (group.Count == 1)
        {
            Write(group[0].Call, group[0].Done);
            return true;
        }
        try
        {
            Store([.. group.Select(one => one.Call)]);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return false;
        }
        foreach (var (_, done) in group) done.SetResult();
        return true;
    }

    private void Write(TCall call, TaskCompletionSource done)
    {
        try
        {
            Store([call]);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            done.SetException(fault);
            return;
        }
        done.SetResult();
    }

    private void Store(IReadOnlyList<TCall> calls) => books.Write<int>(dryRun: false, db =>
    {
        work(db, calls);
        return calls.Count;
    });
}
