using CsCheck;

namespace Evergreen.Domain.Tests.Arithmetic;

/// <summary>The selection is seen through the cents it hands out: with a pool below every weight's cent, the remainders are the weights themselves.</summary>
public sealed class LargestRemaindersTests
{
    [Test]
    public void TheSelectionPicksWhatAFullSortWouldPick() =>
        Gen.Select(Gen.Long[0, 20].Array[1, 200], Gen.Int[0, 1_000_000]).Sample((weights, seed) => AssertSorted([.. weights.Select(weight => weight + 1)], seed), seed: "0000Evergreen", iter: 3_000, threads: 1);

    [TestCase(5_000)]
    [TestCase(200_000)]
    public void RemaindersThatRiseAndFallArePickedInReasonableTime(int count)
    {
        // Such a pipe makes a selection that always takes the middle compare every pair.
        var pipe = Enumerable.Range(0, count).Select(i => 1L + Math.Min(i, count - i)).ToArray();
        AssertSorted(pipe, 7);
    }

    private static void AssertSorted(long[] weights, int seed)
    {
        var total = weights.Sum();
        // cents × the largest weight stays below the total, so every floor is zero.
        var cents = Math.Max(1, Math.Min((total - 1) / weights.Max(), weights.Length - 1));
        if (total <= weights.Max()) return;
        cents = 1 + seed % cents;
        var parts = Apportionment.Apportion(new Money(cents), weights);
        var expected = weights.Select((weight, i) => (Remainder: (BigInteger)weight * cents % total, i)).OrderByDescending(member => member.Remainder).ThenBy(member => member.i).Take((int)cents).Select(member => member.i).Order();
        Assert.That(Enumerable.Range(0, weights.Length).Where(i => parts.ExtraCents[i] == 1), Is.EqualTo(expected));
    }
}
