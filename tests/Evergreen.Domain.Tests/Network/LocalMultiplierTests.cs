using Evergreen.Domain.Network;
using Evergreen.Domain.Tests.Books;

namespace Evergreen.Domain.Tests.Network;

public sealed class LocalMultiplierTests
{
    /// <remarks>https://studylib.net/doc/5500398/lm3-monitoring---keep-scotland-beautiful</remarks>
    [Test]
    public void TheLeakyBucketRunsAsPublished()
    {
        foreach (var bucket in Sheet.Of("lm3-leaky-bucket").At("buckets").EnumerateArray())
        {
            var expected = bucket.At("rounds").EnumerateArray().Select(round => Money.Parse(round.GetString()!)).ToList();
            var rounds = LocalMultiplier.Rounds(expected[0], bucket.Ratio("share"), expected.Count);
            Assert.That(rounds, Is.EqualTo(expected));
            Assert.That(new LocalMultiplier(rounds[0], rounds[1], rounds[2]).Lm3, Is.EqualTo(bucket.Ratio("lm3")));
        }
    }

    /// <remarks>http://pluggingtheleaks.org/downloads/plm/plm_averaging_surveys.xls</remarks>
    [Test]
    public void AStaffSurveyIsAveragedAsPublished()
    {
        var sheet = Sheet.Of("lm3-staff-survey");
        var mean = LocalMultiplier.Mean([.. sheet.At("given.answers").EnumerateArray().Select(answer => Ratio.Parse(answer.GetString()!))]);
        Assert.That((mean, mean.RoundHalfUp(3)), Is.EqualTo((sheet.Ratio("expected.mean"), sheet.Ratio("expected.meanPrinted"))));
        Assert.That(LocalMultiplier.ThirdRound(sheet.Ratio("given.secondMean"), sheet.Money("given.secondPaid")), Is.EqualTo(sheet.Money("expected.thirdRound")));
    }

    [Test]
    public void AWeightedMeanFollowsWhatWasPaid() =>
        Assert.That(LocalMultiplier.WeightedMean([(Ratio.Parse("50%"), new Money(300)), (Ratio.Parse("10%"), new Money(100))]), Is.EqualTo(Ratio.Parse("40%")));

    [TestCase(100, 0, 0, "1")]
    [TestCase(100, 100, 100, "3")]
    public void TheMultiplierLiesBetweenOneAndThree(long income, long second, long third, string lm3) =>
        Assert.That(new LocalMultiplier(new Money(income), new Money(second), new Money(third)).Lm3, Is.EqualTo(Ratio.Parse(lm3)));
}
