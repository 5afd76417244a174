namespace Evergreen.Domain.Tests.Arithmetic;

public sealed class HoursTests
{
    [TestCase("2080.00", 208000)]
    [TestCase("-7.50", -750)]
    [TestCase("0.25", 25)]
    public void HoursAreWholeHundredths(string text, long hundredths)
    {
        Assert.That(Hours.TryParse(text, out var hours), Is.True);
        Assert.That(hours.Hundredths, Is.EqualTo(hundredths));
        Assert.That(hours.ToString(), Is.EqualTo(text));
    }

    [TestCase("7:30")]
    [TestCase("7.125")]
    [TestCase("")]
    public void NothingElseIsHours(string text) => Assert.That(Hours.TryParse(text, out _), Is.False);

    [Test]
    public void HoursAddAndCompare()
    {
        Hours a = new(150), b = new(-50);
        Assert.That((a + b, a - b, a.CompareTo(b)), Is.EqualTo((new Hours(100), new Hours(200), 1)));
        Assert.That(() => new Hours(long.MaxValue) + new Hours(1), Throws.TypeOf<OverflowException>());
    }
}
