using CsCheck;
using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Tests.Equity;

/// <summary>Which lots give how much where capital is paid back: figures worked out by hand, and what holds of any member's lots.</summary>
public sealed class RedemptionTests
{
    private static CapitalLot Qualified(int year, long cents) => new(AccountCodes.QualifiedNotices, year, new Money(cents));
    private static CapitalLot Nonqualified(int year, long cents) => new(AccountCodes.NonqualifiedNotices, year, new Money(cents));
    private static CapitalLot Shares(long cents) => new(AccountCodes.MembershipShares, null, new Money(cents));
    private static CapitalLot Preferred(long cents) => new(AccountCodes.PreferredShares, null, new Money(cents));

    private static readonly CapitalLot[] Held = [Shares(100_00), Nonqualified(2021, 30_00), Qualified(2022, 50_00), Qualified(2021, 20_00), Preferred(10_00), Nonqualified(2023, 0)];

    private static IReadOnlyList<CapitalLot> Take(CapitalKinds kinds, long cents, RedemptionOrder order) => Redemption.OfAmount(Held, kinds, new Money(cents), order).Value;

    [Test]
    public void TheOldestOrTheNewestGivesFirstAndSharesLast()
    {
        Assert.That(Take(CapitalKinds.Notices, 60_00, RedemptionOrder.OldestFirst), Is.EqualTo([Qualified(2021, 20_00), Nonqualified(2021, 30_00), Qualified(2022, 10_00)]));
        Assert.That(Take(CapitalKinds.Notices, 60_00, RedemptionOrder.NewestFirst), Is.EqualTo([Qualified(2022, 50_00), Qualified(2021, 10_00)]));
        Assert.That(Take(CapitalKinds.All, 115_00, RedemptionOrder.OldestFirst).TakeLast(2), Is.EqualTo([Preferred(10_00), Shares(5_00)]));
        Assert.That(Take(CapitalKinds.All, 115_00, RedemptionOrder.NewestFirst).TakeLast(2), Is.EqualTo([Preferred(10_00), Shares(5_00)]), "what has no year is no newer than a notice");
        Assert.That(Take(CapitalKinds.Nonqualified | CapitalKinds.Preferred, 35_00, RedemptionOrder.OldestFirst), Is.EqualTo([Nonqualified(2021, 30_00), Preferred(5_00)]));
    }

    [Test]
    public void APercentageTakesTheSamePartOfEachAndTheCentsLeftGoToTheLargestRemainders()
    {
        // 50.00 of 100.00: half of each. 33.34: 6.668, 10.002 and 16.67; the cent goes to the first.
        Assert.That(Take(CapitalKinds.Notices, 50_00, RedemptionOrder.Percentage), Is.EqualTo([Qualified(2021, 10_00), Nonqualified(2021, 15_00), Qualified(2022, 25_00)]));
        Assert.That(Take(CapitalKinds.Notices, 33_34, RedemptionOrder.Percentage), Is.EqualTo([Qualified(2021, 6_67), Nonqualified(2021, 10_00), Qualified(2022, 16_67)]));
        Assert.That(Take(CapitalKinds.Notices, 1, RedemptionOrder.Percentage), Is.EqualTo([Qualified(2022, 1)]), "what gives nothing is not named");
    }

    [Test]
    public void UpToAYearAllNoticesGiveAllAndNothingElseDoes()
    {
        Assert.That(Redemption.Through(Held, CapitalKinds.All, 2021), Is.EqualTo([Qualified(2021, 20_00), Nonqualified(2021, 30_00)]));
        Assert.That(Redemption.Through(Held, CapitalKinds.Nonqualified, 2030), Is.EqualTo([Nonqualified(2021, 30_00)]));
        Assert.That(Redemption.Through(Held, CapitalKinds.Notices, 2020), Is.Empty);
        Assert.That(Redemption.Everything(Held, CapitalKinds.All).Sum(lot => lot.Balance), Is.EqualTo(new Money(210_00)));
    }

    [Test]
    public void NobodyIsPaidMoreThanThereIsNorNothing()
    {
        Assert.That(Redemption.OfAmount(Held, CapitalKinds.Notices, new Money(100_01), RedemptionOrder.Percentage).Refusal, Is.EqualTo(new Refusal("redemption-too-much", "The member holds 100.00 of the kinds that take part, so 100.01 cannot be paid back.")));
        Assert.That(Redemption.OfAmount(Held, CapitalKinds.Interest, new Money(1), RedemptionOrder.OldestFirst).Refusal!.Code, Is.EqualTo("redemption-too-much"));
        Assert.That(Redemption.OfAmount(Held, CapitalKinds.All, Money.Zero, RedemptionOrder.OldestFirst).Refusal!.Code, Is.EqualTo("redemption-amount"));
        Assert.That(Redemption.OfAmount(Held, CapitalKinds.All, new Money(-1), RedemptionOrder.OldestFirst).Refusal!.Code, Is.EqualTo("redemption-amount"));
    }

    [Test]
    public void AnEntryDebitsTheLotsAndCreditsTheBank()
    {
        var entry = Redemption.Entry(7, "2026/9", 1001, Take(CapitalKinds.All, 112_00, RedemptionOrder.OldestFirst), new DateOnly(2026, 3, 1));
        Assert.That((entry.Kind, entry.Source, entry.Item, entry.Narration), Is.EqualTo((EntryKind.EquityRedemption, 7L, 1001L, "Redemption 7, resolution 2026/9")));
        Assert.That(entry.Lines, Is.EqualTo(new EntryLine[]
        {
            new(AccountCodes.QualifiedNotices, 1001, 2021, 20_00), new(AccountCodes.NonqualifiedNotices, 1001, 2021, 30_00), new(AccountCodes.QualifiedNotices, 1001, 2022, 50_00),
            new(AccountCodes.PreferredShares, 1001, null, 10_00), new(AccountCodes.MembershipShares, 1001, null, 2_00), new(AccountCodes.Bank, null, null, -112_00),
        }));
    }

    private static readonly string[] Accounts = [AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices, AccountCodes.PreferredShares, AccountCodes.MembershipShares, AccountCodes.AccountInterest];

    private static readonly Gen<CapitalLot> AnyLot = Gen.Select(Gen.Int[0, 4], Gen.Int[2015, 2025], Gen.Long[0, 500], (account, year, cents) => new CapitalLot(Accounts[account], account < 2 ? year : null, new Money(cents)));

    [Test]
    public void LotsNeverFallBelowZeroThePartsAreTheAmountAndTheOrderIsKept() =>
        Gen.Select(AnyLot.Array[0, 14], Gen.Int[1, 31], Gen.Int[1, 3], Gen.Int[0, 100]).Sample((drawn, named, ordered, percent) =>
        {
            var (kinds, order) = ((CapitalKinds)named, (RedemptionOrder)ordered);
            var lots = drawn.DistinctBy(lot => (lot.AccountCode, lot.FiscalYear)).ToArray();
            var taking = lots.Where(lot => kinds.HasFlag(lot.Kind)).ToArray();
            var sum = taking.Sum(lot => lot.Balance.Cents);
            var amount = new Money(Math.Max(1, sum * percent / 100));
            var outcome = Redemption.OfAmount(lots, kinds, amount, order);
            Assert.That(outcome.Refusal?.Code, Is.EqualTo(amount.Cents > sum ? "redemption-too-much" : null));
            if (outcome.IsRefused) return;
            var taken = outcome.Value.ToDictionary(lot => (lot.AccountCode, lot.FiscalYear), lot => lot.Balance.Cents);
            Assert.That(taken.Values.Sum(), Is.EqualTo(amount.Cents));
            Assert.That(taken.Values, Is.All.Positive);
            long Of(CapitalLot lot) => taken.GetValueOrDefault((lot.AccountCode, lot.FiscalYear));
            foreach (var lot in lots) Assert.That(Of(lot), Is.LessThanOrEqualTo(kinds.HasFlag(lot.Kind) ? lot.Balance.Cents : 0));
            foreach (var lot in taking)
            {
                // By percentage within a cent of the exact part; else nobody behind gives while one in front still has something.
                if (order == RedemptionOrder.Percentage) Assert.That(BigInteger.Abs((BigInteger)Of(lot) * sum - (BigInteger)amount.Cents * lot.Balance.Cents), Is.LessThan((BigInteger)sum));
                else if (Of(lot) > 0)
                    Assert.That(taking.Where(other => IsBefore(other, lot, order) && Of(other) < other.Balance.Cents), Is.Empty);
            }
            // Whatever the order in which they come.
            Array.Reverse(lots);
            Assert.That(Redemption.OfAmount(lots, kinds, amount, order).Value, Is.EqualTo(outcome.Value));
        }, seed: "0000Evergreen", iter: 3_000, threads: 1);

    private static bool IsBefore(CapitalLot one, CapitalLot other, RedemptionOrder order)
    {
        if (!one.IsNotice || !other.IsNotice) return one.IsNotice;
        return order == RedemptionOrder.OldestFirst ? one.FiscalYear < other.FiscalYear : one.FiscalYear > other.FiscalYear;
    }
}
