using CsCheck;

namespace Evergreen.Domain.Tests.Arithmetic;

public sealed class FixedPointTests
{
    [Test]
    public void EveryNumberOfHundredthsSurvivesItsText() =>
        Gen.Long.Where(value => value != long.MinValue).Sample(value => FixedPoint.TryParse(new Money(value).ToString(), out var read) && read == value, seed: "0000Evergreen", iter: 20_000);

    [TestCase("5", 500)]
    [TestCase("5.1", 510)]
    [TestCase("5.01", 501)]
    [TestCase("-0", 0)]
    [TestCase("00000000000000007.00", 700)]
    public void OneDecimalMeansTenths(string text, long hundredths)
    {
        Assert.That(FixedPoint.TryParse(text, out var read), Is.True);
        Assert.That(read, Is.EqualTo(hundredths));
    }

    [TestCase("1.0.0")]
    [TestCase("1-1")]
    [TestCase("000000000000000000")]
    [TestCase("1234567890123456789012345")]
    [TestCase("5.\u0661")]
    public void AnythingElseIsRefused(string text) => Assert.That(FixedPoint.TryParse(text, out _), Is.False);
}
