using CsCheck;
using Evergreen.Domain.Members;

namespace Evergreen.Domain.Tests.Members;

public sealed class MemberNumberTests
{
    private static readonly Gen<string> Number = Gen.Char["0129aB-"].Array[0, 6].Select(letters => new string(letters));

    [Test]
    public void RunsOfDigitsCompareAsNumbers() =>
        Assert.That(new[] { "M-10", "M-9", "10", "9", "007", "7", "a2b10", "a2b9", "", "A1" }.Order(MemberNumber.Order), Is.EqualTo(["", "007", "7", "9", "10", "A1", "M-9", "M-10", "a2b9", "a2b10"]));

    [Test]
    public void NumbersBeyondSixtyFourBitsAreNumbers() =>
        Assert.That(MemberNumber.Order.Compare("99999999999999999999999998", "99999999999999999999999999"), Is.LessThan(0));

    [Test]
    public void TheOrderIsTotal() =>
        Gen.Select(Number, Number, Number).Sample((a, b, c) =>
        {
            var order = MemberNumber.Order;
            Assert.That(Math.Sign(order.Compare(a, b)), Is.EqualTo(-Math.Sign(order.Compare(b, a))));
            Assert.That(order.Compare(a, b) == 0, Is.EqualTo(a == b));
            if (order.Compare(a, b) <= 0 && order.Compare(b, c) <= 0) Assert.That(order.Compare(a, c), Is.LessThanOrEqualTo(0));
        }, seed: "0000Evergreen", iter: 100_000, threads: 1);

    [Test]
    public void NoNumberComesFirst() => Assert.That((MemberNumber.Order.Compare(null, "1"), MemberNumber.Order.Compare("1", null), MemberNumber.Order.Compare(null, null)), Is.EqualTo((-1, 1, 0)));
}
