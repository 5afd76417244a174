using System.Collections.Concurrent;

namespace Evergreen.Application.Storage;

/// <summary>One writer at a time in this process for each SQLite file, in the order they came as far as the system allows.</summary>
internal static class WriteGate
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    /// <returns>The open gate, to be disposed of; null when it stayed shut for too long.</returns>
    public static IDisposable? Enter(string path, TimeSpan patience)
    {
        var gate = Gates.GetOrAdd(path, _ => new SemaphoreSlim(1, 1));
        return gate.Wait(patience) ? new Pass(gate) : null;
    }

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
