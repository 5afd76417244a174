using Evergreen.Domain.Dividends;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class CashTestTests
{
    [TestCase(20, 100, 0, true)]
    [TestCase(19, 100, 0, false)]
    [TestCase(10, 100, 50, true)]
    [TestCase(9, 100, 55, true)]
    [TestCase(143802, 719012, 0, false, TestName = "HalfUpCashOfMemberEFallsShort")]
    [TestCase(143803, 719012, 0, true, TestName = "RoundedUpCashOfMemberEPasses")]
    [TestCase(0, 0, 0, true)]
    [TestCase(long.MaxValue, long.MaxValue, 0, true)]
    [TestCase(1, long.MaxValue, 0, false)]
    public void AFifthOfWhatIsNotNonqualifiedIsEnough(long money, long dividend, long nonqualified, bool passes) =>
        Assert.That(CashTest.Passes(new Money(money), new Money(dividend), new Money(nonqualified)), Is.EqualTo(passes));
}
