namespace Evergreen.Benchmarks.Workload;

/// <summary>MT19937 (Matsumoto and Nishimura, 1998), seeded and drawn from as Python's <c>random.Random(seed)</c> does.</summary>
public sealed class MersenneTwister
{
    private const int Size = 624, Middle = 397;
    private readonly uint[] state = new uint[Size];
    private int at = Size;

    public MersenneTwister(uint seed)
    {
        unchecked
        {
            state[0] = 19650218;
            for (var i = 1; i < Size; i++) state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + (uint)i;
            var place = 1;
            for (var k = Size; k > 0; k--)
            {
                state[place] = (state[place] ^ ((state[place - 1] ^ (state[place - 1] >> 30)) * 1664525u)) + seed;
                Advance(ref place);
            }
            for (var k = Size - 1; k > 0; k--)
            {
                state[place] = (state[place] ^ ((state[place - 1] ^ (state[place - 1] >> 30)) * 1566083941u)) - (uint)place;
                Advance(ref place);
            }
            state[0] = 0x80000000;
        }
    }

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        if (at == Size) Refill();
        var y = state[at++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>Evenly 0 … <paramref name="count"/> − 1, by throwing away what is too large.</summary>
    public int Below(int count)
    {
        var bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)count);
        while (true)
        {
            var drawn = Next() >> (32 - bits);
            if (drawn < count) return (int)drawn;
        }
    }

    private void Advance(ref int place)
    {
        if (++place < Size) return;
        state[0] = state[Size - 1];
        place = 1;
    }

    private void Refill()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7fffffff);
            state[i] = state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        at = 0;
    }
}
