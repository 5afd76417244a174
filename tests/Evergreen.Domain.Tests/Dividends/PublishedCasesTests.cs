using Evergreen.Domain.Dividends;
using Evergreen.Domain.Tests.Books;
using static Evergreen.Domain.Tests.Dividends.SmallCoOp;

namespace Evergreen.Domain.Tests.Dividends;

/// <summary>Examples that regulations and co-ops have printed; inputs and sources stand in <c>tests/books/cases</c>.</summary>
public sealed class PublishedCasesTests
{
    /// <remarks>26 CFR 1.1388-1(a)(3), Examples 1 to 4.</remarks>
    [TestCase("patronage-pool-per-unit")]
    [TestCase("patronage-pool-later-year")]
    [TestCase("patronage-purchasing-coop")]
    [TestCase("patronage-service-coop")]
    public void OnlyWhatFollowsFromNetEarningsIsAPatronageDividend(string name)
    {
        var sheet = Sheet.Of(name);
        var given = sheet.At("given").EnumerateArray().Select(one => new PatronDistribution(one.Date("on"), one.Money("amount"), one.At("byNetEarnings").GetBoolean())).ToList();
        Assert.That(PatronDistribution.DividendPaidIn(sheet.Number("expected.paidIn"), given), Is.EqualTo(sheet.Money("expected.patronageDividend")));
        Assert.That(PatronDistribution.OtherThanDividends(given), Is.EqualTo(sheet.Money("expected.other")));
        if (sheet.TryGetProperty("poolClosedOn", out _))
            Assert.That(PatronDistribution.PatronageYear(sheet.Date("poolClosedOn"), 12).Year, Is.EqualTo(sheet.Number("expected.patronageYear")));
    }

    /// <remarks>26 CFR 1.1388-1(c)(1).</remarks>
    [Test]
    public void TheNonqualifiedPartIsLeftOutOfTheTwentyPercentTest()
    {
        var sheet = Sheet.Of("twenty-percent-test-nonqualified");
        Money nonqualified = sheet.Money("given.nonqualified"), notice = sheet.Money("given.notice"), money = sheet.Money("given.money");
        Assert.That(CashTest.Passes(money, nonqualified + notice + money, nonqualified), Is.EqualTo(sheet.At("expected.passes").GetBoolean()));
        Assert.That(CashTest.Passes(money - new Money(1), nonqualified + notice + money - new Money(1), nonqualified), Is.False);

        // What the 1099 shows in box 1, and the lot that stays nonqualified.
        Assert.That((notice + money, notice), Is.EqualTo((sheet.Money("expected.box1"), sheet.Money("expected.qualified"))));
        Assert.That(nonqualified, Is.EqualTo(sheet.Money("expected.nonqualifiedLot")));
    }

    /// <remarks>http://wholefoodscoop.org/member-benefits-faq</remarks>
    [Test]
    public void SuzysRefundFollowsFromTheExactShare()
    {
        var sheet = Sheet.Of("consumer-suzy");
        Money hers = sheet.Money("given.suzysPurchases"), others = sheet.Money("given.memberSales") - hers, pool = sheet.Money("given.refundedPool");
        var policy = Policy(HoursPool("100%") with { Unit = [new UnitPart(Domain.Patronage.Measure.Purchases, Ratio.One)] });
        var run = Run(Inputs(policy, pool.ToString(), [Member(1), Member(2)], Purchases(1, hers.ToString()), Purchases(2, others.ToString())));
        Assert.That(run.Pools[0].Rows[0].Cash, Is.EqualTo(sheet.Money("expected.refund")));
        Assert.That(Ratio.Parse("0.07%").DivideHalfUp(pool), Is.EqualTo(sheet.Money("expected.refundWithShareRoundedTo0_07Percent")));
    }

    /// <remarks>https://middlebury.coop/tag/democratic-ownership</remarks>
    [Test]
    public void MiddleburyReturnsFortyFivePercentAndKeepsTheRest()
    {
        var sheet = Sheet.Of("consumer-middlebury-2024");
        var policy = Policy(HoursPool("100%", NoticeKind.None)) with { CollectiveReserve = sheet.Ratio("given.retained"), MinimumPayment = sheet.Money("given.minimum"), BelowMinimum = BelowMinimum.Donate };
        // The second member's refund falls under the minimum and is donated.
        var run = Run(Inputs(policy, sheet.Text("given.total"), [Member(1), Member(2)], Hours(1, "99999.00"), Hours(2, "1.00")));
        Assert.That(run.Working.Pools[0].ToMembers, Is.EqualTo(sheet.Money("expected.returned")));
        Assert.That(run.Working.ToReserve, Is.EqualTo(sheet.Money("expected.retained")));
        Assert.That(run.Pools[0].Rows.Select(row => row.Treatment), Is.EqualTo([CashTreatment.Paid, CashTreatment.Donated]));
        Assert.That(run.Working.Pools[0].ToMembers.Cents / 100, Is.EqualTo(long.Parse(sheet.Text("expected.returnedInWholeDollars"))));
    }

    /// <remarks>http://davisfood.coop/about/faq/patronage</remarks>
    [Test]
    public void DavisNeedsTheExactRatio()
    {
        var sheet = Sheet.Of("consumer-davis-2017");
        Money Pool(string ratio) => Run(Inputs(Policy(HoursPool("100%")) with { FixedMemberRatio = sheet.Ratio(ratio) }, sheet.Text("given.netIncome"), [Member(1)], Hours(1, "1.00"))).Working.Pools[0].ToMembers;
        Assert.That(Pool("given.exactRatio"), Is.EqualTo(sheet.Money("expected.pool")));
        Assert.That(Pool("given.printedRatio"), Is.EqualTo(sheet.Money("expected.poolByThePrintedRatio")));
        Assert.That(Pool("given.exactRatio") - Pool("given.printedRatio"), Is.EqualTo(sheet.Money("expected.difference")));
    }

    /// <remarks>https://wheatsville.coop/news-and-events/news/when-you-shop-the-co-op-the-co-op-pays-you-back</remarks>
    [Test]
    public void WheatsvilleDistributesAFifth()
    {
        var sheet = Sheet.Of("consumer-wheatsville-2022");
        var cash = Ratio.One - sheet.Ratio("given.retained");
        var run = Run(Inputs(Policy(HoursPool("20%")), sheet.Text("given.rebate"), [Member(1)], Hours(1, "1.00")));
        Assert.That(cash, Is.EqualTo(Ratio.Parse("20%")));
        Assert.That((run.Pools[0].Rows[0].Cash, run.Pools[0].Rows[0].Qualified), Is.EqualTo((sheet.Money("expected.distributed"), sheet.Money("expected.retained"))));
    }

    /// <remarks>http://www.unitedprairie.coop/</remarks>
    [Test]
    public void UnitedPrairiePaysThreeTenthsInCash()
    {
        var sheet = Sheet.Of("farm-supply-united-prairie");
        var dividend = sheet.Ratio("given.profitOnSales").DivideHalfUp(sheet.Money("given.spending"));
        var row = Run(Inputs(Policy(HoursPool(sheet.Text("given.cash"))), dividend.ToString(), [Member(1)], Hours(1, "1.00"))).Pools[0].Rows[0];
        Assert.That((row.Dividend, row.Cash, row.Qualified), Is.EqualTo((sheet.Money("expected.dividend"), sheet.Money("expected.cheque"), sheet.Money("expected.equity"))));
    }

    /// <remarks>https://cooperatives.extension.org/the-fuzzy-math-of-cash-patronage-percentages/</remarks>
    [Test]
    public void APercentageOfAPercentageIsRestatedAsAShareOfTheProfit()
    {
        var sheet = Sheet.Of("split-fuzzy-percentages");
        var profit = sheet.Money("given.profit");
        var run = Run(Inputs(Policy(HoursPool(sheet.Text("given.cashOfTheRest"))) with { CollectiveReserve = sheet.Ratio("given.unallocated") }, profit.ToString(), [Member(1)], Hours(1, "1.00")));
        var row = run.Pools[0].Rows[0];
        Ratio Of(Money part) => new(part.Cents, profit.Cents);
        Assert.That((Of(run.Working.ToReserve), Of(row.Cash), Of(row.Qualified)), Is.EqualTo((sheet.Ratio("expected.unallocated"), sheet.Ratio("expected.cash"), sheet.Ratio("expected.stock"))));
    }

    /// <remarks>https://commonscapitalism.com/research-2</remarks>
    [Test]
    public void MondragonsThreeSharesAddUpInCents()
    {
        var sheet = Sheet.Of("split-mondragon");
        var policy = Policy(HoursPool()) with { CollectiveReserve = sheet.Ratio("given.reserve"), OtherFunds = [new FundShare("education", "Education fund", sheet.Ratio("given.education"))] };
        var working = Run(Inputs(policy, sheet.Text("given.surplus"), [Member(1)], Hours(1, "1.00"))).Working;
        Assert.That((working.Funds[0].Amount, working.ToReserve, working.Pools[0].Allocated), Is.EqualTo((sheet.Money("expected.education"), sheet.Money("expected.reserve"), sheet.Money("expected.members"))));
        Assert.That(policy.MembersShare, Is.EqualTo(sheet.Ratio("given.members")));
    }
}
