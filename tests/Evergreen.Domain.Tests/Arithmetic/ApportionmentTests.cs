using CsCheck;

namespace Evergreen.Domain.Tests.Arithmetic;

public sealed class ApportionmentTests
{
    private static long[] Shares(Apportioned parts) => [.. Enumerable.Range(0, parts.Count).Select(i => parts[i].Cents)];

    [Test]
    public void LeftoverCentsGoToTheLargestRemainders()
    {
        // 10.00 over 1, 2, 4: exact 142.86, 285.71, 571.43.
        var parts = Apportionment.Apportion(new Money(1000), [1L, 2, 4]);
        Assert.That(Shares(parts), Is.EqualTo([143, 286, 571]));
        Assert.That((parts.LeftoverCents, parts.Residue), Is.EqualTo((2L, Money.Zero)));
        Assert.That(parts.ExtraCents, Is.EqualTo(new byte[] { 1, 1, 0 }));
        Assert.That(parts.FloorCents, Is.EqualTo(new long[] { 142, 285, 571 }));
    }

    [Test]
    public void TiesGoToTheLowestMemberNumber() => Assert.That(Shares(Apportionment.Apportion(new Money(102), [1L, 1, 1, 1])), Is.EqualTo([26, 26, 25, 25]));

    [Test]
    public void ALossIsDividedLikeAGainAndNegated()
    {
        var parts = Apportionment.Apportion(new Money(-1000), [1L, 2, 4]);
        Assert.That(Shares(parts), Is.EqualTo([-143, -286, -571]));
    }

    [TestCase(1000, new long[] { 143, 286, 571 }, 0, TestName = "HalfUpLeavesNothingWhereTheHalvesFit")]
    [TestCase(100, new long[] { 14, 29, 57 }, 0, TestName = "HalfUpOfAHundred")]
    [TestCase(-1001, new long[] { -143, -286, -572 }, 0, TestName = "HalfUpOfALoss")]
    public void HalvesGoUp(long cents, long[] shares, long residue)
    {
        var parts = Apportionment.Apportion(new Money(cents), [1L, 2, 4], RoundingPolicy.RoundHalfUpResidualToReserve);
        Assert.That(Shares(parts), Is.EqualTo(shares));
        Assert.That(parts.Residue.Cents, Is.EqualTo(residue));
    }

    [TestCase(101, -1, 51)]
    [TestCase(-101, 1, -51)]
    public void RoundingUpMayTakeFromTheReserve(long cents, long residue, long share)
    {
        var parts = Apportionment.Apportion(new Money(cents), [1L, 1], RoundingPolicy.RoundHalfUpResidualToReserve);
        Assert.That((Shares(parts), parts.Residue.Cents), Is.EqualTo((new[] { share, share }, residue)));
    }

    [TestCase(100, 1, 33)]
    [TestCase(-100, -1, -33)]
    public void FloorsLeaveTheResidueToTheReserve(long cents, long residue, long share)
    {
        var parts = Apportionment.Apportion(new Money(cents), [1L, 1, 1], RoundingPolicy.FloorResidualToReserve);
        Assert.That((Shares(parts), parts.Residue.Cents, parts.LeftoverCents), Is.EqualTo((new[] { share, share, share }, residue, 1L)));
    }

    [Test]
    public void ZeroWeightsGetNothingUnderEveryPolicy()
    {
        foreach (var policy in Enum.GetValues<RoundingPolicy>())
        {
            var parts = Apportionment.Apportion(new Money(5), [0L, 1, 0, 1, 1, 0], policy);
            Assert.That((parts[0].Cents, parts[2].Cents, parts[5].Cents), Is.EqualTo((0L, 0L, 0L)));
        }
    }

    [Test]
    public void NothingIsDividedIntoNothing()
    {
        Assert.That(Shares(Apportionment.Apportion(Money.Zero, [0L, 0])), Is.EqualTo([0, 0]));
        Assert.That(Shares(Apportionment.Apportion(Money.Zero, [3L, 4])), Is.EqualTo([0, 0]));
        Assert.That(Apportionment.Apportion(Money.Zero, Array.Empty<long>()).Count, Is.Zero);
    }

    [Test]
    public void AnAmountWithoutWeightsIsRefused()
    {
        Assert.That(() => Apportionment.Apportion(new Money(1), [0L, 0]), Throws.ArgumentException.With.Message.Contains("0.01").And.Message.Contains("all 2 weights are zero"));
        Assert.That(() => Apportionment.Apportion(new Money(1), [1L, -2]), Throws.ArgumentException.With.Message.Contains("-2"));
    }

    [Test]
    public void OneCentOverThreeIsOneCent() => Assert.That(Shares(Apportionment.Apportion(new Money(1), [1L, 1, 1])), Is.EqualTo([1, 0, 0]));

    [TestCase(60)]
    [TestCase(64)]
    [TestCase(126)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(300)]
    public void ScalingEveryWeightChangesNothing(int bits)
    {
        BigInteger[] weights = [17, 23, 5, 0, 31, 23];
        var wide = weights.Select(weight => weight << bits).ToArray();
        foreach (var policy in Enum.GetValues<RoundingPolicy>())
            Assert.That(Shares(Apportionment.Apportion(new Money(987_654_321), wide, policy)), Is.EqualTo(Shares(Apportionment.Apportion(new Money(987_654_321), weights, policy))));
    }

    [Test]
    public void TheLargestAmountIsDividedWithoutOverflow()
    {
        var parts = Apportionment.Apportion(new Money(long.MaxValue), [long.MaxValue, long.MaxValue, 1]);
        Assert.That(Shares(parts).Aggregate(BigInteger.Zero, (sum, share) => sum + share), Is.EqualTo(new BigInteger(long.MaxValue)));
        Assert.That(parts[0] >= parts[1], Is.True);
    }

    [Test]
    public void SharesSumToTheAmountAndLieWithinACentOfTheExactShare()
    {
        var weight = Gen.OneOf(Gen.Long[0, 1_000_000].Select(value => new BigInteger(value)), Gen.Const(BigInteger.Zero), Gen.Long[0, long.MaxValue].Select(value => (BigInteger)value * value));
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], weight.Array[1, 40], Gen.Enum<RoundingPolicy>()).Sample((cents, weights, policy) =>
        {
            var total = weights.Aggregate(BigInteger.Zero, (a, b) => a + b);
            if (total.IsZero) return;
            var parts = Apportionment.Apportion(new Money(cents), weights, policy);
            var sum = parts.Residue.Cents;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += parts[i].Cents;
                // |share − exact| < 1 cent, without dividing.
                Assert.That(BigInteger.Abs(parts[i].Cents * total - cents * weights[i]), Is.LessThan(total));
            }
            Assert.That(sum, Is.EqualTo(cents));
        }, seed: "0000Evergreen", iter: 5_000, threads: 1);
    }

    [Test]
    public void TheOrderOfMembersDecidesOnlyTies()
    {
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Long[0, 1_000_000].Array[1, 30], Gen.Int[0, 1_000_000]).Sample((cents, raw, seed) =>
        {
            // Distinct remainders are not asked for: the weights carry the member's place, and members are put back into order.
            var weights = raw.Append(1).ToArray();
            var straight = Shares(Apportionment.Apportion(new Money(cents), weights));
            var order = Enumerable.Range(0, weights.Length).ToArray();
            new Random(seed).Shuffle(order);
            var shuffled = order.Select(place => (Place: place, Weight: weights[place])).OrderBy(member => member.Place).Select(member => member.Weight).ToArray();
            Assert.That(Shares(Apportionment.Apportion(new Money(cents), shuffled)), Is.EqualTo(straight));
            // In any other order every member keeps the floor, and the same number of cents is left over.
            var other = Apportionment.Apportion(new Money(cents), order.Select(place => weights[place]).ToArray());
            var same = Apportionment.Apportion(new Money(cents), weights);
            Assert.That(order.Select((place, i) => (place, other.FloorCents[i])).OrderBy(pair => pair.place).Select(pair => pair.Item2), Is.EqualTo(same.FloorCents));
            Assert.That(other.LeftoverCents, Is.EqualTo(same.LeftoverCents));
        }, seed: "0000Evergreen", iter: 2_000, threads: 1);
    }

    [Test]
    public void AMillionWeightsAddUp()
    {
        var random = new Random(20260630);
        var weights = new long[1_000_000];
        for (var i = 0; i < weights.Length; i++) weights[i] = random.NextInt64(1, 50_000_000);
        var parts = Apportionment.Apportion(new Money(1_234_567_890_12), weights);
        Assert.That(Shares(parts).Sum(), Is.EqualTo(1_234_567_890_12));
    }

    [Test]
    public void ASplitOverExactSharesAddsUp()
    {
        Assert.That(Shares(Apportionment.Split(new Money(100), Ratio.Parse("1/3"), Ratio.Parse("1/3"), Ratio.Parse("1/3"))), Is.EqualTo([34, 33, 33]));
        Assert.That(Shares(Apportionment.Split(new Money(-101), Ratio.Parse("50%"), Ratio.Parse("50%"))), Is.EqualTo([-51, -50]));
        Assert.That(() => Apportionment.Split(new Money(1), Ratio.Parse("1/2"), Ratio.Parse("1/3")), Throws.ArgumentException.With.Message.Contains("5/6"));
        Assert.That(() => Apportionment.Split(new Money(1), Ratio.Parse("-1/2"), Ratio.Parse("3/2")), Throws.ArgumentException);
    }
}
