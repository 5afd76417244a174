using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using static Evergreen.Domain.Tests.Dividends.SmallCoOp;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class DividendCalculationTests
{
    private static Refusal Refused(CalculationInputs inputs) => DividendCalculation.Run(inputs).Refusal!;
    private static CapitalLot Lot(bool qualified, int year, string amount) => new(qualified ? AccountCodes.QualifiedNotices : AccountCodes.NonqualifiedNotices, year, Money.Parse(amount));
    private static PoolPolicy Pool(string code, Measure measure) => HoursPool() with { Code = code, Name = code, NetShare = null, Unit = [new UnitPart(measure, Ratio.One)] };

    [Test]
    public void PatronageBeforeConsentIsNonqualified()
    {
        var member = Member(1) with { Consent = ConsentCover.Since(new DateOnly(2026, 7, 1), Year) };
        var row = Run(Inputs(Policy(HoursPool()), "100.00", [member], Hours(1, "40.00")) with { OutsideConsent = [Hours(1, "10.00")] }).Pools[0].Rows[0];
        Assert.That((row.Cash, row.Qualified, row.Nonqualified), Is.EqualTo((Money.Parse("20.00"), Money.Parse("60.00"), Money.Parse("20.00"))));
    }

    [Test]
    public void WithoutConsentEverythingKeptIsNonqualified()
    {
        var row = Run(Inputs(Policy(HoursPool()), "100.00", [Member(1) with { Consent = ConsentCover.None }], Hours(1, "40.00"))).Pools[0].Rows[0];
        Assert.That((row.Qualified, row.Nonqualified), Is.EqualTo((Money.Zero, Money.Parse("80.00"))));
    }

    [Test]
    public void AHouseholdsPatronageAccruesToItsPrimaryOwnerThroughEveryStep()
    {
        // 3 belongs to the household of 2, and 2 to that of 1.
        MemberFacts[] members = [Member(1), Member(2) with { OwnerId = 1 }, Member(3) with { OwnerId = 2 }, Member(4)];
        var run = Run(Inputs(Policy(HoursPool()), "100.00", members, Hours(1, "10.00"), Hours(2, "20.00"), Hours(3, "30.00"), Hours(4, "40.00")));
        Assert.That(run.Pools[0].Rows.Select(row => (row.Member.Id, row.Dividend)), Is.EqualTo([(1, Money.Parse("60.00")), (4, Money.Parse("40.00"))]));
    }

    [Test]
    public void AHouseholdWithoutAnOwnerIsABrokenPromise() =>
        Assert.That(() => DividendCalculation.Run(Inputs(Policy(HoursPool()), "1.00", [Member(1) with { OwnerId = 2 }, Member(2) with { OwnerId = 1 }])), Throws.ArgumentException.With.Message.Contains("name each other"));

    [Test]
    public void MembersOutOfOrderAreABrokenPromise()
    {
        Assert.That(() => DividendCalculation.Run(Inputs(Policy(HoursPool()), "1.00", [Member(10), Member(9)])), Throws.ArgumentException.With.Message.Contains("'9' follows '10'"));
        Assert.That(() => DividendCalculation.Run(Inputs(Policy(HoursPool()), "1.00", [Member(9), Member(9)])), Throws.ArgumentException);
    }

    [Test]
    public void TwoLossesNeverTakeTheSameNoticeTwice()
    {
        var policy = Policy(Pool("a", Measure.Hours), Pool("b", Measure.Purchases)) with { LossSteps = [LossStep.MemberAccounts] };
        var member = Member(1) with { Lots = [Lot(true, 2020, "10.00"), Lot(false, 2021, "10.00")] };
        var run = Run(Inputs(policy, "0.00", [member], Hours(1, "1.00"), Purchases(1, "1.00")) with { Figures = [Line(1, "-12.00", pool: "a"), Line(2, "-5.00", pool: "b")] });
        Assert.That(run.Pools.Select(pool => (pool.Rows[0].Qualified, pool.Rows[0].Nonqualified)), Is.EqualTo([(Money.Parse("-10.00"), Money.Parse("-2.00")), (Money.Zero, Money.Parse("-5.00"))]));
    }

    [Test]
    public void LossesAreTakenByReserveThenMembersThenLaterYears()
    {
        var policy = Policy(HoursPool()) with { LossSteps = [LossStep.Reserve, LossStep.MemberAccounts, LossStep.CarryForward] };
        MemberFacts[] members = [Member(1) with { Lots = [Lot(true, 2020, "10.00")] }, Member(2)];
        var working = Run(Inputs(policy, "-100.00", members, Hours(1, "1.00"), Hours(2, "1.00")) with { CollectiveReserve = Money.Parse("30.00") }).Working;
        var pool = working.Pools[0];
        Assert.That((pool.LossToReserve, pool.ToMembers, pool.LossCarriedForward), Is.EqualTo((Money.Parse("30.00"), Money.Parse("-10.00"), Money.Parse("60.00"))));
        Assert.That((working.ToReserve, working.LossesCarriedForward), Is.EqualTo((Money.Parse("-30.00"), Money.Parse("60.00"))));
    }

    [Test]
    public void AnElectedOffsetSetsOnePoolsLossAgainstAnothersEarnings()
    {
        var policy = Policy(Pool("a", Measure.Hours), Pool("b", Measure.Purchases)) with
        {
            LossSteps = [LossStep.OffsetPools, LossStep.CarryForward], LossOffset = new LossOffsetElection(new DateOnly(2027, 1, 10), new DateOnly(2027, 9, 15)),
        };
        var run = Run(Inputs(policy, "0.00", [Member(1)], Hours(1, "1.00"), Purchases(1, "1.00")) with { Figures = [Line(1, "100.00", pool: "a"), Line(2, "-30.00", pool: "b")] });
        Assert.That(run.Working.Pools.Select(pool => (pool.Offset, pool.Allocated)), Is.EqualTo([(Money.Parse("30.00"), Money.Parse("70.00")), (Money.Parse("-30.00"), Money.Zero)]));
        Assert.That(run.Findings.Single(), Does.Contain("2027-09-15").And.Contain("1388(j)"));
    }

    [Test]
    public void EarlierLossesAreMadeUpBeforePatronsShare()
    {
        var run = Run(Inputs(Policy(HoursPool()), "100.00", [Member(1)], Hours(1, "1.00")) with { LossesCarriedForward = Money.Parse("25.00") });
        Assert.That((run.Working.LossesRecovered, run.Working.Pools[0].Allocated), Is.EqualTo((Money.Parse("25.00"), Money.Parse("75.00"))));
    }

    [TestCase(BelowMinimum.Retain, CashTreatment.Retained, "0.00", "0.00", "4.00")]
    [TestCase(BelowMinimum.Donate, CashTreatment.Donated, "0.80", "3.20", "0.00")]
    [TestCase(BelowMinimum.RollForward, CashTreatment.RolledForward, "0.80", "0.00", "3.20")]
    [TestCase(BelowMinimum.StoreCredit, CashTreatment.StoreCredit, "0.80", "0.00", "3.20")]
    [TestCase(BelowMinimum.Pool, CashTreatment.Pooled, "0.80", "0.00", "3.20")]
    public void SmallPaymentsAreTreatedAsThePolicySays(BelowMinimum below, CashTreatment treatment, string cash, string qualified, string nonqualified)
    {
        var policy = Policy(HoursPool()) with { MinimumPayment = Money.Parse("5.00"), BelowMinimum = below };
        var rows = Run(Inputs(policy, "100.00", [Member(1), Member(2)], Hours(1, "96.00"), Hours(2, "4.00"))).Pools[0].Rows;
        Assert.That(rows[0].Treatment, Is.EqualTo(CashTreatment.Paid));
        Assert.That((rows[1].Treatment, rows[1].Cash, rows[1].Qualified, rows[1].Nonqualified), Is.EqualTo((treatment, Money.Parse(cash), Money.Parse(qualified), Money.Parse(nonqualified))));
    }

    [Test]
    public void WhatWasRolledForwardCountsTowardsTheMinimum()
    {
        var policy = Policy(HoursPool()) with { MinimumPayment = Money.Parse("5.00"), BelowMinimum = BelowMinimum.RollForward };
        var row = Run(Inputs(policy, "5.00", [Member(1) with { RolledForward = Money.Parse("4.00") }], Hours(1, "1.00"))).Pools[0].Rows[0];
        Assert.That((row.Treatment, row.Cash), Is.EqualTo((CashTreatment.Paid, Money.Parse("1.00"))));
    }

    [Test]
    public void ANegativeYearCountsAsNoneAndIsListed()
    {
        var run = Run(Inputs(Policy(HoursPool()), "90.00", [Member(1), Member(2)], Hours(1, "10.00"), Hours(2, "-1.00")));
        Assert.That(run.Pools[0].Rows.Select(row => (row.Member.Id, row.Dividend)), Is.EqualTo([(1, Money.Parse("90.00"))]));
        Assert.That(run.Findings.Single(), Does.Contain("1 members").And.EndsWith(": 2."));
    }

    [Test]
    public void AskingForNoHoursExcludesNobody()
    {
        var pool = HoursPool() with { Unit = [new UnitPart(Measure.Purchases, Ratio.One)] };
        var run = Run(Inputs(Policy(pool), "10.00", [Member(1)], Purchases(1, "5.00"), Hours(1, "-2.00")));
        Assert.That(run.Pools[0].Dividends(), Is.EqualTo(["10.00"]));
    }

    [Test]
    public void ShareInterestIsACostBeforeTheDividendAndPoolsKeepThePolicysOrder()
    {
        var divi = HoursPool("100%", NoticeKind.None) with { Code = "divi", Unit = [new UnitPart(Measure.Purchases, Ratio.One)] };
        var interest = new PoolPolicy { Code = "interest", Name = "Share interest", Kind = PoolKind.ShareInterest, Rate = Ratio.Parse("5%"), Cash = Ratio.One, Notice = NoticeKind.None };
        var labour = HoursPool("100%", NoticeKind.None) with { ThroughPayroll = true };
        var policy = Policy(divi with { NetShare = Ratio.Parse("50%") }, interest, labour with { NetShare = Ratio.Parse("50%") });
        // 100.00 held the whole year, 100.00 for 73 of 365 days: 5.00 and 1.00.
        MemberFacts[] members = [Member(1) with { ShareCentDays = 10_000 * 365 }, Member(2) with { ShareCentDays = 10_000 * 73 }];
        var run = Run(Inputs(policy, "106.00", members, Purchases(1, "1.00"), Hours(2, "1.00")) with { Regime = TaxRegime.UkRegisteredSociety });
        Assert.That(run.Pools.Select(pool => pool.Policy.Code), Is.EqualTo(["divi", "interest", "labour"]));
        Assert.That(run.Pools.Select(pool => string.Join(' ', pool.Dividends())), Is.EqualTo(["50.00", "5.00 1.00", "50.00"]));
        Assert.That(run.Pools[2].Rows[0].Treatment, Is.EqualTo(CashTreatment.Payroll));
    }

    [Test]
    public void ClassesWeighAndMembersOfSeveralHaveTheHighest()
    {
        var pool = HoursPool() with { ClassWeights = new Dictionary<string, Ratio> { ["worker"] = Ratio.One, ["apprentice"] = Ratio.Parse("3/4"), ["supporter"] = Ratio.Zero } };
        MemberFacts[] members = [Member(1) with { Classes = ["worker", "apprentice"] }, Member(2) with { Classes = ["apprentice"] }, Member(3) with { Classes = ["supporter"] }, Member(4)];
        var run = Run(Inputs(Policy(pool), "70.00", members, Hours(1, "10.00"), Hours(2, "10.00"), Hours(3, "10.00"), Hours(4, "10.00")));
        Assert.That(run.Pools[0].Rows.Select(row => (row.Member.Id, row.Dividend)), Is.EqualTo([(1, Money.Parse("40.00")), (2, Money.Parse("30.00"))]));
        Assert.That(run.Pools[0].UnitsScale, Is.EqualTo(new BigInteger(4)));
    }

    [Test]
    public void AYearWithoutMembersOrUnitsIsRefusedOnlyWhereThereIsSomethingToDivide()
    {
        Assert.That(Refused(Inputs(Policy(HoursPool()), "1.00", [])).Code, Is.EqualTo("pool-without-units"));
        Assert.That(Refused(Inputs(Policy(HoursPool()) with { FixedMemberRatio = Ratio.One }, "1.00", [])).Code, Is.EqualTo("pool-without-members"));
        Assert.That(Refused(Inputs(Policy(HoursPool() with { ClassWeights = new Dictionary<string, Ratio> { ["worker"] = Ratio.Zero } }), "1.00", [Member(1) with { Classes = ["worker"] }], Hours(1, "1.00"))).Code, Is.EqualTo("pool-without-members"));
        Assert.That(Run(Inputs(Policy(HoursPool()), "0.00", [])).Pools[0].Rows, Is.Empty);
        Assert.That(Run(Inputs(Policy(HoursPool()) with { CollectiveReserve = Ratio.One }, "5.00", [Member(1)], Hours(1, "1.00"))).Working.ToReserve, Is.EqualTo(Money.Parse("5.00")));
    }

    [Test]
    public void CapitalNeverTakesMoreThanThereIs()
    {
        var inputs = Inputs(Policy(HoursPool()) with { CapitalDividends = Money.Parse("10.01") }, "10.00", [Member(1)], Hours(1, "1.00"));
        Assert.That(Refused(inputs).Code, Is.EqualTo("capital-above-earnings"));
        var fromReserve = inputs with { Policy = inputs.Policy with { CapitalDividendsReducePatronageNet = false } };
        Assert.That(Refused(fromReserve), Is.EqualTo(new Refusal("capital-above-reserve", "Dividends on capital of 10.01 would leave the collective reserve at -10.01. Lower them, or let them reduce what patrons share.")));
        Assert.That(Run(fromReserve with { CollectiveReserve = Money.Parse("10.01") }).Working.ToReserve, Is.EqualTo(Money.Parse("-10.01")));
    }

    [Test]
    public void FiguresAndSharesThatDoNotFitThePoolsAreRefused()
    {
        var two = Policy(Pool("a", Measure.Hours), Pool("b", Measure.Purchases));
        Assert.That(Refused(Inputs(two, "1.00", [Member(1)], Hours(1, "1.00"))), Has.Property("Code").EqualTo("figure-without-pool").And.Property("Sentence").Contains("names no pool"));
        Assert.That(Refused(Inputs(two, "1.00", [Member(1)]) with { Figures = [Line(1, "1.00", pool: "c")] }).Sentence, Does.Contain("'c'"));
        Assert.That(Refused(Inputs(Policy(HoursPool() with { NetShare = Ratio.Parse("90%") }), "1.00", [Member(1)])).Sentence, Does.Contain("90%"));
        Assert.That(Refused(Inputs(Policy(Pool("a", Measure.Hours), HoursPool()), "1.00", [Member(1)])).Sentence, Does.Contain("every pool"));
        Assert.That(Refused(Inputs(Policy(HoursPool()) with { LossSteps = [LossStep.Reserve] }, "-1.00", [Member(1)], Hours(1, "1.00"))), Has.Property("Code").EqualTo("loss-not-placed").And.Property("Sentence").Contains("1.00"));
        Assert.That(Refused(Inputs(Policy(HoursPool("10%")), "1.00", [Member(1)])).Code, Is.EqualTo("policy-not-lawful"));
    }

    [Test]
    public void HugeWeightsAndAmountsStayExact()
    {
        var pool = HoursPool() with { Unit = [new UnitPart(Measure.Hours, new Ratio(BigInteger.Pow(10, 60) + 1, BigInteger.Pow(7, 50)))] };
        var run = Run(Inputs(Policy(pool), "80000000000000000.01", [Member(1), Member(2), Member(3)], Hours(1, "80000000000000000.00"), Hours(2, "0.01"), Hours(3, "80000000000000000.00")));
        Assert.That(run.Pools[0].Rows.Sum(row => row.Dividend), Is.EqualTo(Money.Parse("80000000000000000.01")));
    }

    [Test]
    public void AHundredThousandMembersAddUp()
    {
        var members = Enumerable.Range(1, 100_000).Select(id => Member(id) with { HasTaxId = id % 10 != 0, Consent = ConsentCover.Since(id % 7 == 0 ? new DateOnly(2026, 7, 1) : Year.StartsOn, Year), Lots = [Lot(true, 2024, "3.00")] }).ToList();
        var patronage = members.SelectMany(member => new[] { Purchases(member.Id, $"{member.Id % 977 + 1}.37", "grocery"), Purchases(member.Id, $"{member.Id % 13}.01", "bakery") }).ToArray();
        var policy = Policy(HoursPool() with { Unit = [new UnitPart(Measure.Purchases, Ratio.Parse("3/4")) { Except = ["gift-cards"] }] }) with { MinimumPayment = Money.Parse("1.00"), BackupWithholding = Ratio.Parse("24%") };
        var run = Run(Inputs(policy, "1234567.89", members, patronage) with { OutsideConsent = [.. patronage.Where(sum => sum.MemberId % 7 == 0)] });
        Assert.That(run.Pools[0].Rows.Sum(row => row.Dividend), Is.EqualTo(Money.Parse("1234567.89")));
        Assert.That(run.Inputs.Sha256(), Has.Length.EqualTo(64));
        var loss = Run(Inputs(policy with { LossSteps = [LossStep.MemberAccounts] }, "-123456.78", members, patronage));
        Assert.That(loss.Pools[0].Rows.Sum(row => row.Qualified), Is.EqualTo(Money.Parse("-123456.78")));
    }
}
