using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

[TestFixture]
public sealed class MemberStatementTests
{
    private static readonly MemberStatement Worker = SampleStatements.Worker;

    private static IEnumerable<TestCaseData> Contradictions()
    {
        TestCaseData Case(string name, MemberStatement statement, string numbers) => new TestCaseData(statement, numbers).SetArgDisplayNames(name);
        var settlement = Worker.Settlement;
        yield return Case("cash and retained are not the dividend", Worker with { Settlement = settlement with { Cash = Money.Parse("479.96"), Payable = Money.Parse("479.96") } }, "2399.84 against 2399.85");
        yield return Case("payable is not cash less withheld", Worker with { Settlement = settlement with { Withheld = Money.Parse("10.00") } }, "469.97 against 479.97");
        yield return Case("the pools are not the dividend", Worker with { Settlement = settlement with { Dividend = Money.Parse("2399.86"), Qualified = Money.Parse("1919.89") } }, "2399.85 against 2399.86");
        yield return Case("a pool's dividend is a cent off its exact share", Worker with { Pools = [Worker.Pools[0] with { Dividend = Money.Parse("2399.87") }] }, "2,399.85169826\u2026");
        yield return Case("a total is not the sum above it", Worker with { Earnings = [.. Worker.Earnings.Take(5), new("Shared among members", Money.Parse("48000.01"), IsTotal: true)] }, "48000.00 against 48000.01");
        yield return Case("a lot does not add up", Worker with { Account = [Worker.Account[0] with { Closing = Money.Parse("2999.99") }, .. Worker.Account.Skip(1)] }, "2999.99");
        yield return Case("the notice is not what was credited", Worker with { Account = [.. Worker.Account.Take(4)], StakeOverTheYears = [] }, "0.00 against 1919.88");
        yield return Case("the chart is not the account", Worker with { StakeOverTheYears = [new(2025, Money.Parse("3000.00"), Money.Parse("4926.24"))] }, "7926.24 against 7926.25");
    }

    [Test]
    public void AStatementThatAgreesWithItselfPasses() => Assert.Multiple(() =>
    {
        foreach (var statement in (MemberStatement[])[Worker, SampleStatements.Tiny, SampleStatements.Society, SampleStatements.Corrected, SampleStatements.WithManyLots(40)])
            Assert.That(statement.Check, Throws.Nothing, statement.DocumentNumber);
    });

    [TestCaseSource(nameof(Contradictions))]
    public void AContradictionIsThrownWithItsNumbers(MemberStatement statement, string numbers) =>
        Assert.That(statement.Check, Throws.TypeOf<StatementDisagreesException>().With.Message.Contains(numbers).And.Message.Contains("member 1042"));

    [Test]
    public void TheUnroundedShareIsCutOffNotRounded() => Assert.Multiple(() =>
    {
        var third = new StatementPool("Hours", Money.Parse("200.00"), "hours", "1", "3", new Ratio(1, 3), "", Money.Parse("66.67"));
        Assert.That(third.UnroundedShare(8), Is.EqualTo("66.66666666\u2026"));
        Assert.That((third with { Fraction = new Ratio(1, 4) }).UnroundedShare(6), Is.EqualTo("50.000000"));
        Assert.That((third with { Amount = Money.Parse("-200.00") }).UnroundedShare(6), Is.EqualTo("\u221266.666666\u2026"));
    });

    [Test]
    public void AYearAcrossTwoCalendarYearsIsNamedByBoth() => Assert.Multiple(() =>
    {
        Assert.That(Worker.YearName, Is.EqualTo("2025"));
        Assert.That(SampleStatements.Society.YearName, Is.EqualTo("2025/26"));
    });

    [Test]
    public void BothNoticesAreWordedWhenBothKindsAreIssued()
    {
        var settlement = Worker.Settlement with { Qualified = Money.Parse("1000.00"), Nonqualified = Money.Parse("919.88") };
        var notice = NoticeWording.ForUnitedStates(Domain.Languages.Language.English, settlement, ConsentGround.Written, amount => "$" + amount.ToGroupedString());
        Assert.Multiple(() =>
        {
            Assert.That(notice, Has.Count.EqualTo(2));
            Assert.That(notice[0].Text, Does.Contain("Its stated amount is $1,000.00").And.Contain("the consent you signed"));
            Assert.That(notice[1].Text, Does.Contain("$919.88").And.Contain("do not include it in income now"));
        });
    }
}
