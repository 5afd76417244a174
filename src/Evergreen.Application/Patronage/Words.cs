namespace Evergreen.Application.Patronage;

/// <summary>Short texts that come back in row after row, made once each. Beyond a thousand different ones they are made anew.</summary>
internal sealed class Words
{
    private const int Most = 1_000;
    private readonly HashSet<string> known = new(Imports.Utf8Keys.Comparer);

    public string? Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return null;
        var byBytes = known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (byBytes.TryGetValue(utf8, out var word)) return word;
        word = System.Text.Encoding.UTF8.GetString(utf8);
        if (known.Count < Most) known.Add(word);
        return word;
    }
}
