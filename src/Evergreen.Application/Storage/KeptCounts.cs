using System.Collections.Concurrent;

namespace Evergreen.Application.Storage;

/// <summary>How many rows a list holds, counted once and kept until anything is written down for the co-op: telling a hundred thousand members' status anew for every page of them takes far longer than the page.</summary>
/// <remarks>
/// Every act at a co-op leaves a line in its audit trail within its own transaction, and a seal behind it. Seals are numbered in the order in which their transactions commit, since each waits for the one before
/// (<see cref="AuditGuard"/>), so the number of the last one says whether anything may have changed. Whoever asks while another is counting the same waits for the answer.
/// </remarks>
public sealed class KeptCounts
{
    /// <summary>As many are kept; all are forgotten when there would be more.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(int CoOpId, object Question), Counted> kept = new();

    /// <param name="question">What is counted: equal to another exactly when the answer is the same.</param>
    public long Of(EvergreenDb db, int coOpId, object question, Func<long> count)
    {
        // Looked at before counting: what is written in between is then counted again, and never missed.
        var mine = new Counted(AuditGuard.LastNumber(db, coOpId), new Lazy<long>(count));
        if (kept.Count >= Most) kept.Clear();
        var found = kept.AddOrUpdate((coOpId, question), mine, (_, known) => known.Seal >= mine.Seal ? known : mine);
        // Another has seen more than this picture shows.
        if (found.Seal > mine.Seal) return count();
        try
        {
            return found.Count.Value;
        }
        catch when (found != mine)
        {
            return count();
        }
        catch
        {
            kept.TryRemove(new((coOpId, question), mine));
            throw;
        }
    }

    private sealed class Counted(long seal, Lazy<long> count)
    {
        public long Seal => seal;
        public Lazy<long> Count => count;
    }
}
