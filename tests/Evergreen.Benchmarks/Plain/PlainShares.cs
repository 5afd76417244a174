namespace Evergreen.Benchmarks.Plain;

/// <summary>Cents divided by largest remainder, in a few plain lines.</summary>
internal static class PlainShares
{
    /// <param name="weights">By member; those not above zero get nothing.</param>
    /// <returns>By member: the floor, and 0 or 1 cent more.</returns>
    public static (long[] Floors, byte[] Extras, long Total) Of(long cents, long[] weights)
    {
        Int128 total = 0;
        foreach (var weight in weights) total += Math.Max(0, weight);
        var floors = new long[weights.Length];
        var order = new int[weights.Length];
        var rest = new Int128[weights.Length];
        var left = cents;
        for (var i = 0; i < weights.Length; i++)
        {
            order[i] = i;
            if (weights[i] <= 0) continue;
            var product = (Int128)cents * weights[i];
            floors[i] = (long)(product / total);
            rest[i] = -(product - floors[i] * total);
            left -= floors[i];
        }
        Array.Sort(order, (a, b) => rest[a] == rest[b] ? a.CompareTo(b) : rest[a].CompareTo(rest[b]));
        var extras = new byte[weights.Length];
        for (var i = 0; i < left; i++) extras[order[i]] = 1;
        return (floors, extras, (long)total);
    }
}
