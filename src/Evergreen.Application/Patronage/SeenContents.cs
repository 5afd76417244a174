namespace Evergreen.Application.Patronage;

/// <summary>A row that says the same as another one under another id.</summary>
/// <param name="Row">Its line in the file.</param>
/// <param name="Other">Source id of the other.</param>
internal sealed record Twin(long Row, string SourceRef, string Other);

/// <summary>Tells of a row whether its content may have come before in the file: never misses one, and is wrong about a few in a thousand of ten million.</summary>
/// <remarks>A Bloom filter of 16 MB, however long the file is; who is told yes looks in the database.</remarks>
internal sealed class SeenContents
{
    private const int Bits = 1 << 27, Probes = 4;
    private readonly ulong[] bits = new ulong[Bits / 64];

    /// <param name="first">A hash of the content.</param>
    /// <param name="second">Another one, salted otherwise.</param>
    public bool MayHaveCome(int first, int second)
    {
        var seen = true;
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = unchecked((uint)(first + probe * (second | 1))) % Bits;
            ref var word = ref bits[bit / 64];
            var mask = 1UL << (int)(bit % 64);
            seen &= (word & mask) != 0;
            word |= mask;
        }
        return seen;
    }
}
