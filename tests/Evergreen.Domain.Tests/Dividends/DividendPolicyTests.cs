using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Patronage;
using static Evergreen.Domain.Tests.Dividends.SmallCoOp;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class DividendPolicyTests
{
    private static readonly DividendPolicy Lawful = Policy(HoursPool());
    private static readonly PoolPolicy Divi = HoursPool("50%", NoticeKind.None) with { Unit = [new UnitPart(Measure.Purchases, Ratio.One)] };
    private static readonly PoolPolicy Interest = new() { Code = "interest", Name = "Interest", Kind = PoolKind.ShareInterest, Rate = Ratio.Parse("2%"), Cash = Ratio.One, Notice = NoticeKind.None };

    private static IEnumerable<TestCaseData> American()
    {
        TestCaseData Case(string name, DividendPolicy policy, string fault) => new TestCaseData(policy, fault).SetName(name);
        yield return Case("APolicyNeedsAPool", Policy(), "pools: ");
        yield return Case("TheReserveTakesNoMoreThanTheWhole", Lawful with { CollectiveReserve = Ratio.Parse("101%") }, "collectiveReserve: ");
        yield return Case("ReserveAndFundsTogetherTakeNoMoreThanTheWhole", Lawful with { CollectiveReserve = Ratio.Parse("60%"), OtherFunds = [new FundShare("a", "A", Ratio.Parse("41%"))] }, "collectiveReserve: ");
        yield return Case("AFundTakesNothingBelowZero", Lawful with { CollectiveReserve = Ratio.Parse("60%"), OtherFunds = [new FundShare("a", "A", Ratio.Parse("-1%"))] }, "otherFunds: the share of 'a'");
        yield return Case("AFundHasItsOwnCode", Lawful with { OtherFunds = [new FundShare("a", "A", Ratio.Parse("1%")), new FundShare("a", "B", Ratio.Parse("1%"))] }, "otherFunds: the code 'a'");
        yield return Case("WithholdingTakesNoMoreThanTheCash", Lawful with { BackupWithholding = Ratio.Parse("240%") }, "backupWithholding: ");
        yield return Case("AMemberRatioIsAPart", Lawful with { FixedMemberRatio = Ratio.Parse("3/2") }, "memberRatio: ");
        yield return Case("APoolHasItsOwnCode", Policy(HoursPool(), HoursPool()), "pools: the code 'labour'");
        yield return Case("ALossStepStandsOnce", Lawful with { LossSteps = [LossStep.Reserve, LossStep.Reserve] }, "losses.steps: ");
        yield return Case("AnOffsetNeedsItsElection", Lawful with { LossSteps = [LossStep.OffsetPools] }, "losses.offset: ");
        yield return Case("TheOffsetNoticeComesInTime", Lawful with { LossOffset = new LossOffsetElection(Year.EndsOn, new DateOnly(2027, 9, 16)) }, "losses.offset.noticeOn: 2027-09-16 is after 2027-09-15");
        yield return Case("CashIsAPart", Policy(HoursPool("110%")), "pools['labour'].cash: ");
        yield return Case("AQualifiedNoticeNeedsAFifthInMoney", Policy(HoursPool("19.99%")), "pools['labour'].cash: 19.99% is below the 20%");
        yield return Case("WhatIsRetainedNeedsANotice", Policy(HoursPool("50%", NoticeKind.None)), "pools['labour'].notice: ");
        yield return Case("PayrollIsBritish", Policy(HoursPool() with { ThroughPayroll = true }), "pools['labour'].payThrough: ");
        yield return Case("ShareInterestIsBritish", Policy(Interest), "pools['interest'].kind: ");
        yield return Case("APoolNeedsAUnit", Policy(HoursPool() with { Unit = [] }), "pools['labour'].unit: ");
        yield return Case("AUnitWeighsSomething", Policy(HoursPool() with { Unit = [new UnitPart(Measure.Hours, Ratio.Zero)] }), "pools['labour'].unit: ");
        yield return Case("AClassWeighsNothingBelowZero", Policy(HoursPool() with { ClassWeights = new Dictionary<string, Ratio> { ["worker"] = Ratio.Parse("-1") } }), "pools['labour'].classes: ");
        yield return Case("ANetShareIsAPart", Policy(HoursPool() with { NetShare = Ratio.Parse("2") }), "pools['labour'].net: ");
    }

    [TestCaseSource(nameof(American))]
    public void TheFirstFaultIsNamedWithItsPlace(DividendPolicy policy, string fault)
    {
        Assert.That(policy.Fault(TaxRegime.SubchapterT, Year), Does.StartWith(fault));
        Assert.That(DividendCalculation.Run(Inputs(policy, "1.00", [Member(1)], Hours(1, "1.00"))).Refusal!.Code, Is.EqualTo("policy-not-lawful"));
    }

    private static IEnumerable<TestCaseData> British()
    {
        TestCaseData Case(string name, PoolPolicy pool, string? fault) => new TestCaseData(pool, fault).SetName(name);
        yield return Case("ADiviByPurchasesStands", Divi, null);
        yield return Case("ALabourShareThroughPayrollStands", HoursPool("100%", NoticeKind.None) with { ThroughPayroll = true }, null);
        yield return Case("ShareInterestStands", Interest, null);
        yield return Case("NoticesAreAmerican", Divi with { Notice = NoticeKind.Qualified }, "notice: ");
        yield return Case("ALabourShareIsNeverADividendPayment", HoursPool("100%", NoticeKind.None), "payThrough: ");
        yield return Case("AShareByWagesIsALabourShareAsWell", HoursPool("100%", NoticeKind.None) with { Unit = [new UnitPart(Measure.Purchases, Ratio.One), new UnitPart(Measure.Wages, Ratio.One)] }, "payThrough: ");
        yield return Case("PayrollPaysWhollyInCash", HoursPool("50%", NoticeKind.None) with { ThroughPayroll = true }, "cash: ");
        yield return Case("InterestNeedsARate", Interest with { Rate = null }, "rate: ");
        yield return Case("InterestIsPaidInCash", Interest with { Cash = Ratio.Parse("1/2") }, "cash: ");
    }

    [TestCaseSource(nameof(British))]
    public void ABritishSocietyHasItsOwnRules(PoolPolicy pool, string? fault) =>
        Assert.That(Policy(pool).Fault(TaxRegime.UkRegisteredSociety, Year), fault is null ? Is.Null : Does.StartWith($"pools['{pool.Code}'].{fault}"));

    [TestCase(null, RowEligibility.ByDepartment, true, false)]
    [TestCase("grocery", RowEligibility.ByDepartment, true, true)]
    [TestCase("gift-cards", RowEligibility.ByDepartment, false, false)]
    [TestCase("gift-cards", RowEligibility.Eligible, true, true)]
    [TestCase("grocery", RowEligibility.NotEligible, false, false)]
    [TestCase("bakery", RowEligibility.ByDepartment, true, false)]
    public void WhatARowSaysOfItselfGoesBeforeItsDepartment(string? department, RowEligibility row, bool except, bool only)
    {
        var part = new UnitPart(Measure.Purchases, Ratio.One);
        Assert.That((part with { Except = ["gift-cards"] }).Counts(department, row), Is.EqualTo(except));
        Assert.That((part with { Only = ["grocery"] }).Counts(department, row), Is.EqualTo(only));
    }
}
