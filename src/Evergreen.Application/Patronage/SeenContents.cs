namespace Evergreen.Application.Patronage;

/// <summary>A row that says the same as another one under another id.</summary>
/// <param name="Row">Its line in the file.</param>
/// <param name="Other">Source id of the other.</param>
internal sealed record Twin(long Row, string SourceRef, string Other);

/// <summary>Tells of a row whether its content may have come before in the file: never misses one, and is wrong about a few in a thousand of ten million.</summary>
/// <remarks>A Bloom filter of 16 MB at most, however long the file is, of which a short file takes but a few pages; who is told yes looks in the database.</remarks>
internal sealed class SeenContents
{
    private const int Bits = 1 << 27, Probes = 4;

    /// <summary>Words of 64 bits: 4 KB, so that no page is a large object, whose coming would set off a collection of everything.</summary>
    private const int Page = 512;
    private readonly ulong[]?[] pages = new ulong[Bits / 64 / Page][];

    /// <param name="first">A hash of the content.</param>
    /// <param name="second">Another one, salted otherwise.</param>
    public bool MayHaveCome(int first, int second)
    {
        var seen = true;
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = unchecked((uint)(first + probe * (second | 1))) % Bits;
            var place = bit / 64;
            ref var word = ref (pages[place / Page] ??= new ulong[Page])[place % Page];
            var mask = 1UL << (int)(bit % 64);
            seen &= (word & mask) != 0;
            word |= mask;
        }
        return seen;
    }
}
