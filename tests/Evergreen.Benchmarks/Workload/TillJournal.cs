using System.Runtime.InteropServices;

namespace Evergreen.Benchmarks.Workload;

/// <summary>A year at the till of a co-op, the same on every machine: lines in the order of their dates, members scattered.</summary>
/// <remarks>
/// Amounts are log-normal (median 24.00, sigma 0.85, at most 2,500.00) out of a table of 4,096 quantiles; 5 % of the lines are not eligible, 1 % are
/// returns. One line a member in each round: an affine walk with a step that shares no divisor with the number of members visits everyone once.
/// </remarks>
public sealed class TillJournal(int members, int linesEach)
{
    public const int UsualLines = 100, Year = 2025;
    private const uint Seed = 20250101;
    private const int Days = 365, Quantiles = 4096, MostCents = 250_000;
    private static readonly DateOnly First = new(Year, 1, 1);

    /// <param name="Member">1, 2, 3 …</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Line(int Member, DateOnly On, int AmountCents, bool Eligible);

    public int Members => members;
    public int LinesEach => linesEach;

    public IEnumerable<Line> Lines()
    {
        var amounts = Amounts();
        var chance = new MersenneTwister(Seed);
        for (var round = 0; round < linesEach; round++)
        {
            int step;
            do step = members > 1 ? 1 + chance.Below(members - 1) : 1;
            while (Divisor(step, members) != 1);
            var member = chance.Below(members);
            double start = round * Days / (double)linesEach, end = (round + 1) * Days / (double)linesEach;
            for (var i = 0; i < members; i++)
            {
                var drawn = chance.Next();
                var cents = amounts[drawn & (Quantiles - 1)];
                var kind = (drawn >> 12) % 100;
                yield return new Line(member + 1, First.AddDays((int)(start + (end - start) * i / members)), kind == 0 ? -cents : cents, kind < 95);
                member += step;
                if (member >= members) member -= members;
            }
        }
    }

    private static int[] Amounts()
    {
        var amounts = new int[Quantiles];
        for (var i = 0; i < Quantiles; i++)
            amounts[i] = (int)Math.Clamp(Math.Round(2400 * Math.Exp(0.85 * NormalQuantile.At((i + 0.5) / Quantiles)), MidpointRounding.ToEven), 1, MostCents);
        return amounts;
    }

    private static int Divisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
