using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using static Evergreen.Domain.Tests.Dividends.SmallCoOp;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class DividendEntriesTests
{
    private static EntryLine[] OfMember(CalculationInputs inputs, int member = 1) =>
        [.. Postings.Entries(Run(inputs)).Single(entry => entry.Kind == EntryKind.DividendAllocation && entry.Item == member).Lines];

    [Test]
    public void ADividendIsOwedRetainedAndTakenFromIncome() =>
        Assert.That(OfMember(Inputs(Policy(HoursPool()) with { BackupWithholding = Ratio.Parse("24%") }, "500.00", [Member(1) with { HasTaxId = false }], Hours(1, "1.00"))), Is.EqualTo(new EntryLine[]
        {
            new(AccountCodes.PatronagePayable, 1, null, -7600), new(AccountCodes.BackupWithholdingPayable, 1, null, -2400), new(AccountCodes.QualifiedNotices, 1, 2026, -40000), new(AccountCodes.NetIncome, null, 2026, 50000),
        }));

    [Test]
    public void WhatWasRolledForwardIsPaidWithTheNextDividend()
    {
        var policy = Policy(HoursPool("100%")) with { MinimumPayment = Money.Parse("5.00"), BelowMinimum = BelowMinimum.RollForward };
        Assert.That(OfMember(Inputs(policy, "4.00", [Member(1) with { RolledForward = Money.Parse("1.00") }], Hours(1, "1.00"))), Is.EqualTo(new EntryLine[]
        {
            new(AccountCodes.PatronagePayable, 1, null, -500), new(AccountCodes.PatronageRolledForward, 1, null, 100), new(AccountCodes.NetIncome, null, 2026, 400),
        }));
    }

    [TestCase(BelowMinimum.Donate, AccountCodes.DonationsPayable, 1)]
    [TestCase(BelowMinimum.StoreCredit, AccountCodes.StoreCreditPayable, 1)]
    [TestCase(BelowMinimum.RollForward, AccountCodes.PatronageRolledForward, 1)]
    [TestCase(BelowMinimum.Pool, AccountCodes.CollectiveReserve, null)]
    [TestCase(BelowMinimum.Retain, AccountCodes.NonqualifiedNotices, 1)]
    public void SmallAmountsGoToTheAccountOfTheirTreatment(BelowMinimum below, string account, int? member)
    {
        var policy = Policy(HoursPool("100%")) with { MinimumPayment = Money.Parse("5.00"), BelowMinimum = below };
        var line = OfMember(Inputs(policy, "4.00", [Member(1)], Hours(1, "1.00")))[0];
        Assert.That((line.AccountCode, line.MemberId, line.AmountCents), Is.EqualTo((account, member, -400L)));
    }

    [Test]
    public void ALossIsTakenFromTheOldestNotices()
    {
        var member = Member(1) with { Lots = [new CapitalLot(AccountCodes.NonqualifiedNotices, 2023, new Money(500)), new CapitalLot(AccountCodes.QualifiedNotices, 2022, new Money(300))] };
        Assert.That(OfMember(Inputs(Policy(HoursPool()) with { LossSteps = [LossStep.MemberAccounts] }, "-4.00", [member], Hours(1, "1.00"))), Is.EqualTo(new EntryLine[]
        {
            new(AccountCodes.QualifiedNotices, 1, 2022, 300), new(AccountCodes.NonqualifiedNotices, 1, 2023, 100), new(AccountCodes.NetIncome, null, 2026, -400),
        }));
    }

    [Test]
    public void ReserveFundsAndCapitalAreAppropriatedInOneSealedEntry()
    {
        var policy = Policy(HoursPool()) with { CollectiveReserve = Ratio.Parse("30%"), OtherFunds = [new FundShare("education", "Education", Ratio.Parse("10%"))], CapitalDividends = Money.Parse("20.00") };
        var entry = Postings.Entries(Run(Inputs(policy, "120.00", [Member(1)], Hours(1, "1.00")))).Single(one => one.Kind == EntryKind.Appropriation);
        Assert.That(entry.Lines, Is.EqualTo(new EntryLine[]
        {
            new(AccountCodes.NetIncome, null, 2026, 6000), new(AccountCodes.CollectiveReserve, null, null, -3000), new(AccountCodes.CapitalDividendsPayable, null, null, -2000), new("3910-education", null, null, -1000),
        }));
        Assert.That(entry.Narration, Is.EqualTo("Appropriation of FY2026, run 2026-1 seal"));
    }

    [Test]
    public void WhereNothingIsAppropriatedOrAllocatedThereIsNoEntry() =>
        Assert.That(Postings.Entries(Run(Inputs(Policy(HoursPool()), "0.00", [Member(1)], Hours(1, "1.00")))), Is.Empty);
}
