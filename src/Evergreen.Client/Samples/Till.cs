namespace Evergreen.Client.Samples;

/// <summary>A till that goes on selling without a connection, and sends its receipts when there is one.</summary>
public sealed class Till(EvergreenClient evergreen, TillQueue queue)
{
    /// <param name="Stopped">Why the rest waits for the next time; null where nothing waits.</param>
    public sealed record Outcome(int Sent, int PutAside, int StillWaiting, string? Stopped);

    /// <summary>Sends what waits, the oldest first. Stops where the site cannot be reached: the rest waits for the next time.</summary>
    public async Task<Outcome> SendWaiting(Action<string>? sent = null, CancellationToken stop = default)
    {
        var (done, put, stopped) = (0, 0, (string?)null);
        foreach (var file in queue.Waiting())
        {
            var entry = TillQueue.Read(file);
            try
            {
                await evergreen.RecordPurchase(entry.Purchase, entry.Key, stop).ConfigureAwait(false);
                sent?.Invoke(entry.Purchase.Receipt);
                TillQueue.Done(file);
                done++;
            }
            catch (EvergreenProblem refused) when (!refused.IsPassing)
            {
                queue.PutAside(file, refused);
                put++;
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException or EvergreenProblem)
            {
                stopped = away.Message;
                break;
            }
        }
        return new Outcome(done, put, queue.Waiting().Count, stopped);
    }
}
