using System.Text;
using Evergreen.Application.Access;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

public sealed class TimeCodeTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, SHA-1: the last six of the eight digits printed there.</summary>
    [TestCase(59L, "287082")]
    [TestCase(1111111109L, "081804")]
    [TestCase(1111111111L, "050471")]
    [TestCase(1234567890L, "005924")]
    [TestCase(2000000000L, "279037")]
    [TestCase(20000000000L, "353130")]
    public void CodesAreThoseOfTheStandard(long second, string code)
    {
        var now = DateTime.UnixEpoch.AddSeconds(second);
        Assert.That(TimeCode.At(Secret, TimeCode.StepAt(now)), Is.EqualTo(code));
        Assert.That(TimeCode.Match(Secret, $" {code[..3]} {code[3..]}", now, lastTaken: 0), Is.EqualTo(second / 30));
    }

    [Test]
    public void CodesOfTwoStepsAwayOrTakenBeforeDoNotMatch()
    {
        var now = DateTime.UnixEpoch.AddSeconds(1_234_567_890);
        var step = TimeCode.StepAt(now);
        Assert.That(new long[] { -2, -1, 0, 1, 2 }.Select(off => TimeCode.Match(Secret, TimeCode.At(Secret, step + off), now, 0) is not null), Is.EqualTo(new[] { false, true, true, true, false }));
        Assert.That(TimeCode.Match(Secret, TimeCode.At(Secret, step), now, lastTaken: step), Is.Null);
    }

    [Test]
    public void SecretIsSpelledInBase32() => Assert.That(TimeCode.Spelled(Secret), Is.EqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));

    [Test]
    public void AddressNamesTheAccountSafely() =>
        Assert.That(TimeCode.Address("The Wash House", "ruth+1@laundry.example", Secret), Does.StartWith("otpauth://totp/The%20Wash%20House:ruth%2B1%40laundry.example?secret=GEZD"));
}
