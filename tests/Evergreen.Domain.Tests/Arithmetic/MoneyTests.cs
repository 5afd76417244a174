namespace Evergreen.Domain.Tests.Arithmetic;

public sealed class MoneyTests
{
    [TestCase("0.00", 0)]
    [TestCase("-0.01", -1)]
    [TestCase("0.05", 5)]
    [TestCase("1234.50", 123450)]
    [TestCase("92233720368547758.07", long.MaxValue)]
    [TestCase("-92233720368547758.07", -long.MaxValue)]
    public void WhatIsWrittenIsReadAgain(string text, long cents)
    {
        Assert.That(new Money(cents).ToString(), Is.EqualTo(text));
        Assert.That(Money.Parse(text), Is.EqualTo(new Money(cents)));
        Assert.That(Money.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var fromBytes) ? fromBytes.Cents : 0, Is.EqualTo(cents));
    }

    [Test]
    public void TheSmallestAmountIsWrittenWithoutOverflow() => Assert.That(new Money(long.MinValue).ToString(), Is.EqualTo("-92233720368547758.08"));

    [TestCase("−1,234,567.80", -123456780)]
    [TestCase("999.99", 99999)]
    [TestCase("1,000.00", 100000)]
    public void PeopleReadGroupsAndARealMinusSign(string text, long cents) => Assert.That(new Money(cents).ToGroupedString(), Is.EqualTo(text));

    [TestCase("1.234")]
    [TestCase("1,234.00")]
    [TestCase("$1.00")]
    [TestCase("1e2")]
    [TestCase(".50")]
    [TestCase("1.")]
    [TestCase("--1")]
    [TestCase("+1")]
    [TestCase(" 1")]
    [TestCase("")]
    [TestCase("-")]
    [TestCase("１.00")]
    [TestCase("92233720368547758.08")]
    [TestCase("99999999999999999.99")]
    [TestCase("100000000000000000")]
    public void NothingElseIsAnAmount(string text)
    {
        Assert.That(Money.TryParse(text, out _), Is.False);
        Assert.That(() => Money.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("1234.50"));
    }

    [Test]
    public void OverflowThrowsAndNeverWraps()
    {
        var most = new Money(long.MaxValue);
        Assert.That(() => most + new Money(1), Throws.TypeOf<OverflowException>());
        Assert.That(() => new Money(long.MinValue) - new Money(1), Throws.TypeOf<OverflowException>());
        Assert.That(() => -new Money(long.MinValue), Throws.TypeOf<OverflowException>());
        Assert.That(() => new[] { most, most }.Sum(amount => amount), Throws.TypeOf<OverflowException>());
    }

    [Test]
    public void AmountsCompareByCents()
    {
        Money less = new(-1), more = new(2);
        Assert.That(less < more && less <= more && more > less && more >= less && less.CompareTo(more) < 0, Is.True);
        Assert.That(Money.Min(less, more), Is.EqualTo(less));
        Assert.That(Money.Max(less, more), Is.EqualTo(more));
        Assert.That(less.Abs(), Is.EqualTo(new Money(1)));
        Assert.That((less.IsNegative, more.IsPositive, Money.Zero.IsZero), Is.EqualTo((true, true, true)));
    }
}
