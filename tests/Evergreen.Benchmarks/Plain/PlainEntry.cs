using System.Security.Cryptography;
using System.Text.Unicode;

namespace Evergreen.Benchmarks.Plain;

/// <summary>One member's row of the run and entry in the ledger, as the plain program makes them.</summary>
internal readonly ref struct PlainEntry
{
    public const string Narration = "Patronage dividend FY2025, run 2025-1";

    public PlainEntry(long floor, byte extra)
    {
        Floor = floor;
        Extra = extra;
        Dividend = floor + extra;
        Cash = (Dividend + 4) / 5;
        Notice = Dividend - Cash;
    }

    public long Floor { get; }
    public byte Extra { get; }
    public long Dividend { get; }
    public long Cash { get; }
    public long Notice { get; }
    public int Lines => 1 + (Cash == 0 ? 0 : 1) + (Notice == 0 ? 0 : 1);

    /// <summary>SHA-256 of the hash before and a simple text of this entry, written over the hash before.</summary>
    public void Link(Span<byte> hash, long sequence, int member)
    {
        Span<byte> text = stackalloc byte[300];
        hash.CopyTo(text);
        Utf8.TryWrite(text[32..], $"{sequence}|4|1|{member}|2026-02-14|2026-02-14T09:00:00.000Z|{Narration}\n1|2000|USD|{member}||{-Cash}\n2|3200|USD|{member}|2025|{-Notice}\n3|3950|USD||2025|{Dividend}\n", out var length);
        SHA256.HashData(text[..(32 + length)], hash);
    }
}
