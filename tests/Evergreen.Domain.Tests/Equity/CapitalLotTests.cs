using CsCheck;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Tests.Equity;

public sealed class CapitalLotTests
{
    private static CapitalLot Qualified(int year, long cents) => new(AccountCodes.QualifiedNotices, year, new Money(cents));
    private static CapitalLot Nonqualified(int year, long cents) => new(AccountCodes.NonqualifiedNotices, year, new Money(cents));

    [Test]
    public void TheOldestVintageGivesFirstAndQualifiedBeforeNonqualified() =>
        Assert.That(CapitalLot.TakeOldestFirst([Nonqualified(2021, 500), Qualified(2022, 900), Qualified(2021, 300), Nonqualified(2020, 100)], new Money(1000)),
            Is.EqualTo([Nonqualified(2020, 100), Qualified(2021, 300), Nonqualified(2021, 500), Qualified(2022, 100)]));

    [Test]
    public void SharesAndInterestAreNeverTaken()
    {
        CapitalLot[] lots = [new(AccountCodes.MembershipShares, null, new Money(10_000)), new(AccountCodes.AccountInterest, null, new Money(10_000)), Qualified(2022, 5)];
        Assert.That(() => CapitalLot.TakeOldestFirst(lots, new Money(6)), Throws.InvalidOperationException.With.Message.Contains("0.01 short"));
        Assert.That(CapitalLot.TakeOldestFirst(lots, new Money(5)), Is.EqualTo([Qualified(2022, 5)]));
    }

    [Test]
    public void TakingNothingTakesNothing() => Assert.That(CapitalLot.TakeOldestFirst([Qualified(2022, 5)], Money.Zero), Is.Empty);

    [Test]
    public void PartsSumToTheAmountAndNoLotFallsBelowZero()
    {
        var lot = Gen.Select(Gen.Bool, Gen.Int[2015, 2025], Gen.Long[0, 500], (qualified, year, cents) => qualified ? Qualified(year, cents) : Nonqualified(year, cents));
        Gen.Select(lot.Array[0, 12], Gen.Int[0, 100]).Sample((drawn, percent) =>
        {
            var lots = drawn.DistinctBy(one => (one.AccountCode, one.FiscalYear)).ToArray();
            var amount = new Money(lots.Sum(one => one.Balance.Cents) * percent / 100);
            var taken = CapitalLot.TakeOldestFirst(lots, amount);
            Assert.That(taken.Sum(part => part.Balance), Is.EqualTo(amount));
            foreach (var part in taken)
                Assert.That(part.Balance.IsPositive && part.Balance <= lots.Single(one => one.AccountCode == part.AccountCode && one.FiscalYear == part.FiscalYear).Balance, Is.True);
        }, seed: "0000Evergreen", iter: 2_000, threads: 1);
    }
}
