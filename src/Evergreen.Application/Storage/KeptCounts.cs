using System.Collections.Concurrent;

namespace Evergreen.Application.Storage;

/// <summary>How many rows a list holds, counted once and kept until anything is written down for the co-op: telling a hundred thousand members' status anew for every page of them takes far longer than the page.</summary>
/// <remarks>
/// Every act at a co-op leaves a line in its audit trail within its own transaction, so the number of the last line says whether anything may have changed. Servers number lines before they commit, and not in the order in which they
/// commit; there a count is kept for no longer than <see cref="Longest"/>.
/// </remarks>
public sealed class KeptCounts(TimeProvider clock, bool commitsInOrder)
{
    /// <summary>How long a count may be kept where lines may appear behind the last one.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>As many are kept; all are forgotten when there would be more.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(int CoOpId, object Question), (long LastLine, long At, long Count)> kept = new();

    /// <param name="question">What is counted: equal to another exactly when the answer is the same.</param>
    public long Of(EvergreenDb db, int coOpId, object question, Func<long> count)
    {
        // Looked at before counting: what is written in between is then counted again, and never missed.
        var lastLine = db.AuditRecords.Where(record => record.CoOpId == coOpId).Max(record => (long?)record.Id) ?? 0;
        if (kept.TryGetValue((coOpId, question), out var known) && known.LastLine == lastLine && (commitsInOrder || clock.GetElapsedTime(known.At) < Longest)) return known.Count;
        var at = clock.GetTimestamp();
        var counted = count();
        if (kept.Count >= Most) kept.Clear();
        kept[(coOpId, question)] = (lastLine, at, counted);
        return counted;
    }
}
