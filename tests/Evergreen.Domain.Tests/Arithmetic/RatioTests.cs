namespace Evergreen.Domain.Tests.Arithmetic;

public sealed class RatioTests
{
    [TestCase("30%", 3, 10)]
    [TestCase("77.44236%", 1936059, 2500000)]
    [TestCase("0.3", 3, 10)]
    [TestCase("3/10", 3, 10)]
    [TestCase("2", 2, 1)]
    [TestCase("1.5/0.5", 3, 1)]
    [TestCase(" 6 / 4 ", 3, 2)]
    [TestCase("-1/3", -1, 3)]
    [TestCase("1/-3", -1, 3)]
    [TestCase("0", 0, 1)]
    public void SharesAreReadExactlyInLowestTerms(string text, int numerator, int denominator)
    {
        var ratio = Ratio.Parse(text);
        Assert.That((ratio.Numerator, ratio.Denominator), Is.EqualTo((new BigInteger(numerator), new BigInteger(denominator))));
    }

    [TestCase("")]
    [TestCase(null)]
    [TestCase("%")]
    [TestCase("1/0")]
    [TestCase("1/3%")]
    [TestCase("1/2/3")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("1e3")]
    [TestCase("half")]
    public void NothingElseIsAShare(string? text) => Assert.That(Ratio.TryParse(text, out _), Is.False);

    [Test]
    public void AFormatFaultShowsHowToWriteAShare() => Assert.That(() => Ratio.Parse("half"), Throws.TypeOf<FormatException>().With.Message.Contains("'half'").And.Message.Contains("30%"));

    // 1/3 of the amount.
    [TestCase(100, 33, 34, 33)]
    [TestCase(101, 33, 34, 34)]
    [TestCase(102, 34, 34, 34)]
    [TestCase(-100, -34, -33, -33)]
    [TestCase(-101, -34, -33, -34)]
    [TestCase(-102, -34, -34, -34)]
    [TestCase(0, 0, 0, 0)]
    public void RoundingGoesDownUpAndToTheNearestForNegativeAmountsAsWell(long cents, long down, long up, long halfUp)
    {
        var third = new Ratio(1, 3);
        Assert.That((third.DivideDown(new Money(cents)).Cents, third.DivideUp(new Money(cents)).Cents, third.DivideHalfUp(new Money(cents)).Cents), Is.EqualTo((down, up, halfUp)));
    }

    [TestCase(1, 1)]
    [TestCase(3, 2)]
    [TestCase(-1, -1)]
    [TestCase(-3, -2)]
    public void HalvesGoAwayFromZero(long cents, long expected) => Assert.That(new Ratio(1, 2).DivideHalfUp(new Money(cents)).Cents, Is.EqualTo(expected));

    [Test]
    public void ANegativeShareRoundsLikeANegativeAmount()
    {
        var share = new Ratio(-1, 3);
        Assert.That((share.DivideDown(new Money(100)).Cents, share.DivideUp(new Money(100)).Cents, share.DivideHalfUp(new Money(100)).Cents), Is.EqualTo((-34L, -33L, -33L)));
    }

    [Test]
    public void ResultsBeyondMoneyThrow() => Assert.That(() => new Ratio(2, 1).DivideUp(new Money(long.MaxValue)), Throws.TypeOf<OverflowException>());

    [Test]
    public void FractionsCalculateExactly()
    {
        Ratio third = new(1, 3), sixth = new(1, 6);
        Assert.That((third + sixth, third - sixth, third * sixth, third / sixth), Is.EqualTo((new Ratio(1, 2), new Ratio(1, 6), new Ratio(1, 18), new Ratio(2, 1))));
        Assert.That(sixth < third && sixth <= third && third > sixth && third >= sixth && third != sixth && third == new Ratio(-2, -6), Is.True);
        Assert.That(third.GetHashCode(), Is.EqualTo(new Ratio(2, 6).GetHashCode()));
        Assert.That(() => third / Ratio.Zero, Throws.TypeOf<DivideByZeroException>());
        Assert.That(() => new Ratio(1, 0), Throws.TypeOf<DivideByZeroException>());
    }

    [Test]
    public void TheEmptyRatioIsZero() => Assert.That((default(Ratio), default(Ratio).ToString()), Is.EqualTo((Ratio.Zero, "0/1")));

    [TestCase("159927/206511", 5, "77.44236%")]
    [TestCase("1/3", 2, "33.33%")]
    [TestCase("2/3", 2, "66.66%")]
    [TestCase("1/5", 4, "20%")]
    [TestCase("-1/8", 1, "−12.5%")]
    [TestCase("1/1000", 0, "0%")]
    public void PercentagesAreCutOffNeverRounded(string share, int decimals, string shown) => Assert.That(Ratio.Parse(share).ToPercent(decimals), Is.EqualTo(shown));

    [TestCase("0.4542", 3, "0.454")]
    [TestCase("0.4545", 3, "0.455")]
    [TestCase("-0.4545", 3, "-0.455")]
    [TestCase("2/3", 2, "0.67")]
    public void APrintedFigureIsTheNearest(string share, int decimals, string printed) => Assert.That(Ratio.Parse(share).RoundHalfUp(decimals), Is.EqualTo(Ratio.Parse(printed)));
}
