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
    }

    /// <remarks>26 CFR 1.1388-1(c)(1): the same dividend as a year of two pools, one of them kept under nonqualified notices alone.</remarks>
    [Test]
    public void ADividendOfTwoPoolsIsQualifiedByTheMoneyOfOne()
    {
        var sheet = Sheet.Of("twenty-percent-test-nonqualified");
        Money nonqualified = sheet.Money("given.nonqualified"), notice = sheet.Money("given.notice"), money = sheet.Money("given.money");
        var all = nonqualified + notice + money;
        PoolPolicy Part(string code, Money amount, string cash, NoticeKind kind) => HoursPool(cash, kind) with { Code = code, NetShare = new Ratio(amount.Cents, all.Cents) };
        var policy = Policy(Part("kept", nonqualified, "0%", NoticeKind.Nonqualified), Part("shared", notice + money, new Ratio(money.Cents, (notice + money).Cents).ToString(), NoticeKind.Qualified));
        var rows = Run(Inputs(policy, all.ToString(), [Member(1)], Hours(1, "1.00"))).Pools.SelectMany(pool => pool.Rows).ToList();
        Assert.That(rows.Select(row => (row.Cash, row.Qualified, row.Nonqualified)), Is.EqualTo([(Money.Zero, Money.Zero, sheet.Money("expected.nonqualifiedLot")), (money, sheet.Money("expected.qualified"), Money.Zero)]));
        // What the 1099 shows in box 1: money and qualified notices.
        Assert.That(rows.Sum(row => row.Cash + row.Qualified), Is.EqualTo(sheet.Money("expected.box1")));
    }

    /// <remarks>http://wholefoodscoop.org/member-benefits-faq</remarks>
    [Test]
    public void SuzysRefundFollowsFromTheExactShare()
    {
        var sheet = Sheet.Of("consumer-suzy");
        Money hers = sheet.Money("given.suzysPurchases"), sales = sheet.Money("given.sales"), members = sheet.Ratio("given.membersShareOfSales").DivideDown(sales), pool = sheet.Money("given.refundedPool");
        Assert.That(members, Is.EqualTo(sheet.Money("given.memberSales")));
        var policy = Policy(HoursPool("100%") with { Unit = [new UnitPart(Domain.Patronage.Measure.Purchases, Ratio.One)] }) with { CollectiveReserve = sheet.Ratio("given.retained") };
        var run = Run(Inputs(policy, sheet.Text("given.netIncome"), [Member(1), Member(2)], Purchases(1, hers.ToString()), Purchases(2, (members - hers).ToString()), Purchases(0, (sales - members).ToString())));
        var working = run.Working.Pools[0];
        Assert.That((working.MemberRatio, working.MemberNet), Is.EqualTo((sheet.Ratio("given.membersShareOfSales"), sheet.Money("expected.membersProfit"))));
        Assert.That((working.ToReserve, working.ToMembers), Is.EqualTo((sheet.Money("expected.membersProfit") - pool, pool)));
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

    /// <remarks>https://middlebury.coop/tag/democratic-ownership: each member's purchases are here as many cents as the refund, and how many had how much is ours.</remarks>
    [Test]
    public void MiddleburysRefundsUnderFiveDollarsAreDonated()
    {
        var sheet = Sheet.Of("consumer-middlebury-2024");
        var pool = Policy(HoursPool("100%", NoticeKind.None) with { Unit = [new UnitPart(Domain.Patronage.Measure.Purchases, Ratio.One)] });
        var policy = pool with { CollectiveReserve = sheet.Ratio("given.retained"), MinimumPayment = sheet.Money("given.minimum"), BelowMinimum = BelowMinimum.Donate };
        List<Money> refunds = [sheet.Money("given.minimum")];
        foreach (var small in sheet.At("given.smallRefunds").EnumerateArray()) refunds.AddRange(Enumerable.Repeat(small.Money("refund"), small.Number("members")));
        refunds.Add(sheet.Money("expected.returned") - refunds.Aggregate(Money.Zero, (sum, refund) => sum + refund));
        var run = Run(Inputs(policy, sheet.Text("given.total"), [.. refunds.Select((_, i) => Member(i + 1))], [.. refunds.Select((refund, i) => Purchases(i + 1, refund.ToString()))]));
        var rows = run.Pools[0].Rows;
        Assert.That(rows.Select(row => row.Dividend), Is.EqualTo(refunds));
        Assert.That(rows.Where(row => row.Treatment == CashTreatment.Donated).Sum(row => row.Cash), Is.EqualTo(sheet.Money("expected.donated")));
        Assert.That((rows[0].Treatment, rows[^1].Treatment), Is.EqualTo((CashTreatment.Paid, CashTreatment.Paid)), "the minimum itself is paid");
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

    /// <remarks>https://wheatsville.coop/news-and-events/news/when-you-shop-the-co-op-the-co-op-pays-you-back: a fifth of 5.00 is the smallest rebate that is paid, a fifth of 4.95 is not. What becomes of it is not printed; here it is kept for the member.</remarks>
    [Test]
    public void WheatsvillePaysNoRebateUnderADollar()
    {
        var sheet = Sheet.Of("consumer-wheatsville-2022");
        Money[] rebates = [sheet.Money("given.belowTheMinimum"), sheet.Money("given.atTheMinimum"), sheet.Money("given.rebate") - sheet.Money("given.belowTheMinimum") - sheet.Money("given.atTheMinimum")];
        var policy = Policy(HoursPool("20%")) with { MinimumPayment = sheet.Money("given.minimum") };
        var rows = Run(Inputs(policy, sheet.Text("given.rebate"), [Member(1), Member(2), Member(3)], [.. rebates.Select((rebate, i) => Hours(i + 1, rebate.ToString()))])).Pools[0].Rows;
        Assert.That(rows.Select(row => row.Treatment), Is.EqualTo([CashTreatment.Retained, CashTreatment.Paid, CashTreatment.Paid]));
        Assert.That(rows.Select(row => row.Cash), Is.EqualTo([Money.Zero, sheet.Money("given.minimum"), sheet.Money("expected.distributed") - sheet.Money("given.minimum") - sheet.Money("expected.notPaid")]));
        Assert.That((rows[0].Qualified, rows[0].Nonqualified), Is.EqualTo((Money.Zero, sheet.Money("given.belowTheMinimum"))), "without money in hand no notice is a qualified one");
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
