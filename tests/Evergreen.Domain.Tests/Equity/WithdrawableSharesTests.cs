using CsCheck;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Domain.Tests.Equity;

/// <summary>The limit on withdrawable shares: Co-operative and Community Benefit Societies Act 2014, section 24.</summary>
public sealed class WithdrawableSharesTests
{
    private static CoOp CoOp(TaxRegime regime, string? own = null) => new()
    {
        Code = "c", Name = "C", Country = "GB", Currency = "GBP", FiscalYearEndMonth = 12, Regime = regime, CreatedAt = DateTime.UnixEpoch, WithdrawableLimitCents = own is null ? null : Money.Parse(own).Cents,
    };

    [TestCase("2014-07-31", null, null)]
    [TestCase("2014-08-01", null, "100000.00")]
    [TestCase("2026-11-30", null, "100000.00")]
    [TestCase("2026-11-30", "20000.00", "20000.00")]
    [TestCase("2026-11-30", "100000.01", "100000.00", TestName = "RulesAllowNoMoreThanTheLaw")]
    public void TheLimitIsThatOfTheLawOrLess(string on, string? own, string? limit)
    {
        Assert.That(WithdrawableShares.LimitOf(CoOp(TaxRegime.UkRegisteredSociety, own), DateOnly.Parse(on))?.ToString(), Is.EqualTo(limit));
        Assert.That(WithdrawableShares.LimitOf(CoOp(TaxRegime.SubchapterT, own), DateOnly.Parse(on)), Is.Null, "nothing outside the United Kingdom");
    }

    [Test]
    public void PeopleAreBoundByBothKindsOfShares()
    {
        Assert.That(WithdrawableShares.Accounts, Is.EqualTo(new[] { AccountCodes.MembershipShares, AccountCodes.PreferredShares }));
        Assert.That(WithdrawableShares.Bound, Is.EqualTo(new[] { MemberKind.Person }));
    }

    [Test]
    public void NoRowOfCreditsLeadsAboveTheLimitAndWhatIsTakenOutMayAlwaysGo() =>
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Long[-6_000_000, 6_000_000].List[1, 40]).Sample((limit, amounts) =>
        {
            long held = 0;
            foreach (var amount in amounts)
            {
                var may = WithdrawableShares.MayAdd(new(limit), new(held), new(amount));
                Assert.That(may, Is.EqualTo(amount <= 0 || held + amount <= limit));
                if (may) held += amount;
                Assert.That(held, Is.LessThanOrEqualTo(limit));
            }
        }, seed: "0000Evergreen", iter: 500, threads: 1);
}
