using Evergreen.Domain.Payments;

namespace Evergreen.Domain.Tests.Payments;

public sealed class RoutingNumberTests
{
    [TestCase("231380104", true)]
    [TestCase("121042882", true)]
    [TestCase("231380105", false)]
    [TestCase("213380104", false)]
    [TestCase("23138010", false)]
    [TestCase("2313801O4", false)]
    [TestCase("000000000", true)]
    public void TheNinthDigitChecksTheOthers(string number, bool valid) => Assert.That(RoutingNumber.IsValid(number), Is.EqualTo(valid));

    [Test]
    public void EverySingleWrongDigitIsFound()
    {
        for (var at = 0; at < 9; at++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var wrong = "231380104".ToCharArray();
                if (wrong[at] == digit) continue;
                wrong[at] = digit;
                Assert.That(RoutingNumber.IsValid(wrong), Is.False);
            }
        }
    }

    [Test]
    public void OnlyEightDigitsHaveACheckDigit()
    {
        Assert.That(RoutingNumber.CheckDigit("23138010"), Is.EqualTo(4));
        Assert.That(() => RoutingNumber.CheckDigit("2313801"), Throws.ArgumentException);
    }
}
