namespace Evergreen.Application.Storage;

/// <summary>The same question asked by many at once. Whoever asks while others are being answered waits, and is then answered with everybody else who waits: one look serves them all.</summary>
/// <param name="look">Looks it up; called again and again, never twice at once for the same question.</param>
/// <remarks>Nothing is kept. Every answer comes from a look that began after the question was asked, so that it is as fresh as one of its own would be.</remarks>
public sealed class ReadTogether<TAsked, TFound>(Func<TAsked, TFound> look) where TAsked : notnull
{
    private readonly Lock turn = new();

    /// <summary>The questions that are being looked up, each with those who came since that look began.</summary>
    private readonly Dictionary<TAsked, TaskCompletionSource<TFound>?> waiting = [];

    public Task<TFound> Ask(TAsked asked)
    {
        lock (turn)
        {
            if (waiting.TryGetValue(asked, out var next))
            {
                if (next is null) waiting[asked] = next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return next.Task;
            }
            waiting[asked] = null;
        }
        try
        {
            return Task.FromResult(look(asked));
        }
        finally
        {
            if (Next(asked) is { } others) ThreadPool.UnsafeQueueUserWorkItem(_ => Answer(asked, others), null);
        }
    }

    private void Answer(TAsked asked, TaskCompletionSource<TFound> asking)
    {
        for (var others = asking; others is not null; others = Next(asked))
        {
            try
            {
                others.SetResult(look(asked));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                others.SetException(fault);
            }
        }
    }

    /// <summary>Those who came since the last look began; where there are none, the next who asks looks by itself.</summary>
    private TaskCompletionSource<TFound>? Next(TAsked asked)
    {
        lock (turn)
        {
            if (!waiting.Remove(asked, out var next) || next is null) return null;
            waiting[asked] = null;
            return next;
        }
    }
}
