using Evergreen.Domain.Arithmetic;

namespace Evergreen.Benchmarks.Stage;

internal static class Outcomes
{
    /// <summary>A refusal ends the benchmark.</summary>
    public static T Require<T>(this Outcome<T> outcome) => outcome.Value;

    /// <summary>A figure that is not what it must be ends the benchmark.</summary>
    public static void MustBe(this long found, long expected, string what)
    {
        if (found != expected) throw new InvalidOperationException($"{what}: {found}, and not {expected}.");
    }
}
