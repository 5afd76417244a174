using CsCheck;
using Evergreen.Domain.Dividends;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class CappedApportionmentTests
{
    private static long[] Shares(long loss, BigInteger[] units, long[] caps)
    {
        var parts = CappedApportionment.Apportion(new Money(-loss), units, caps);
        return [.. Enumerable.Range(0, parts.Count).Select(i => parts[i].Cents)];
    }

    [Test]
    public void WhatACappedMemberCannotBearIsBorneByTheOthers() => Assert.That(Shares(100, [1, 1, 2], [10, 1000, 1000]), Is.EqualTo([-10, -30, -60]));

    [Test]
    public void OneCapMayBringTheNextMemberToTheirs() => Assert.That(Shares(100, [1, 1, 1, 1], [0, 30, 34, 1000]), Is.EqualTo([0, -30, -34, -36]));

    [Test]
    public void TheCapsMayBeWhollyUsedUp() => Assert.That(Shares(60, [5, 1, 9], [10, 20, 30]), Is.EqualTo([-10, -20, -30]));

    [Test]
    public void MembersWithoutUnitsBearNothing() => Assert.That(Shares(10, [0, 1, 0], [99, 10, 99]), Is.EqualTo([0, -10, 0]));

    [Test]
    public void NoLossIsNoShare() => Assert.That(Shares(0, [1, 1], [5, 5]), Is.EqualTo([0, 0]));

    [Test]
    public void ALossBeyondTheCapsIsABrokenPromise() =>
        Assert.That(() => Shares(61, [5, 1, 9], [10, 20, 30]), Throws.ArgumentException.With.Message.Contains("0.01 short of the loss of 0.61"));

    [Test]
    public void NobodyBearsMoreThanTheCapAndTheOthersBearByUnits()
    {
        var unit = Gen.OneOf(Gen.Long[0, 50].Select(value => (BigInteger)value), Gen.Long[0, long.MaxValue].Select(value => (BigInteger)value * value));
        Gen.Select(Gen.Select(unit, Gen.Long[0, 5_000]).Array[1, 25], Gen.Int[0, 100]).Sample((members, percent) =>
        {
            BigInteger[] units = [.. members.Select(member => member.Item1)];
            long[] caps = [.. members.Select(member => member.Item2)];
            var loss = caps.Where((_, i) => !units[i].IsZero).Sum() * percent / 100;
            var shares = Shares(loss, units, caps);
            Assert.That(shares.Sum(), Is.EqualTo(-loss));
            var open = new List<int>();
            for (var i = 0; i < shares.Length; i++)
            {
                Assert.That(-shares[i], Is.InRange(0, units[i].IsZero ? 0 : caps[i]));
                if (!units[i].IsZero && -shares[i] < caps[i]) open.Add(i);
            }
            // Two members below their caps bear by units, to within a cent each.
            foreach (var a in open)
                foreach (var b in open)
                    Assert.That(BigInteger.Abs(shares[a] * units[b] - shares[b] * units[a]), Is.LessThan(units[a] + units[b]));
        }, seed: "0000Evergreen", iter: 3_000, threads: 1);
    }

    [Test]
    public void ALadderOfCapsOverAHundredThousandMembersEnds()
    {
        // Each cap lies just above the level that the one before it sets.
        const int count = 100_000;
        var units = Enumerable.Repeat(BigInteger.One, count).ToArray();
        var caps = Enumerable.Range(0, count).Select(i => 100_000L + i).ToArray();
        var loss = caps.Sum() * 9 / 10;
        Assert.That(Shares(loss, units, caps).Sum(), Is.EqualTo(-loss));
    }
}
