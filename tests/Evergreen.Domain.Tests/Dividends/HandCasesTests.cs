using Evergreen.Domain.Dividends;
using Evergreen.Domain.Tests.Books;
using static Evergreen.Domain.Tests.Dividends.SmallCoOp;

namespace Evergreen.Domain.Tests.Dividends;

/// <summary>Years worked out by hand from the rules; the working stands in <c>tests/books/cases/hand-*</c>.</summary>
public sealed class HandCasesTests
{
    [Test]
    public void TheLeftoverCentOfThreeEqualMembersGoesToTheLowestNumber()
    {
        var sheet = Sheet.Of("hand-three-equal-members");
        var run = Run(Inputs(Policy(HoursPool()), sheet.Text("given.pool"), [Member(1), Member(2), Member(10)], Hours(10, "7.00"), Hours(2, "7.00"), Hours(1, "7.00")));
        Assert.That(run.Pools[0].Dividends(), Is.EqualTo(sheet.At("expected").EnumerateArray().Select(share => share.GetString())));
    }

    [Test]
    public void AWorkerCoOpsYearComesOutToTheCent()
    {
        var sheet = Sheet.Of("hand-worker-largest-remainder");
        var book = sheet.At("given.members").EnumerateArray().ToList();
        var members = book.Select((_, i) => Member(i + 1)).ToList();
        var patronage = book.Select((one, i) => Hours(i + 1, one.Text("hours"))).Append(Hours(0, sheet.Text("given.nonMemberHours"))).ToArray();
        var run = Run(Inputs(Policy(HoursPool(sheet.Text("given.cash"))) with { CollectiveReserve = sheet.Ratio("given.collective") }, sheet.Text("given.net"), members, patronage));

        var working = run.Working.Pools[0];
        Assert.That((working.MemberNet, working.NonMemberNet, working.ToReserve, working.ToMembers),
            Is.EqualTo((sheet.Money("expected.patronageNet"), sheet.Money("expected.nonMemberNet"), sheet.Money("expected.collective"), sheet.Money("expected.toMembers"))));
        Assert.That(working.MemberRatio, Is.EqualTo(Ratio.Parse("80%")));

        var rows = run.Pools[0].Rows;
        Assert.That(rows.Select(row => (row.Dividend, row.Cash, row.Qualified)), Is.EqualTo(book.Select(one => (one.Money("dividend"), one.Money("cash"), one.Money("retained")))));
        Assert.That(rows.Sum(row => row.Cash), Is.EqualTo(sheet.Money("expected.cash")));
        Assert.That(run.Pools[0].LeftoverCents, Is.EqualTo(sheet.Number("expected.leftoverCents")));
        Assert.That(Names(rows.Where(row => row.ExtraCent == 1)), Is.EqualTo(Texts("expected.leftoverTo")));
        // To the nearest cent, two of the seven would fall short of the 20 %.
        Assert.That(Names(rows.Where(row => !CashTest.Passes(Ratio.Parse("20%").DivideHalfUp(row.Dividend), row.Dividend, Money.Zero))), Is.EqualTo(Texts("expected.halfUpWouldFail")));

        IEnumerable<string> Names(IEnumerable<ProposedAllocation> some) => some.Select(row => book[row.Member.Id - 1].Text("member"));
        IEnumerable<string?> Texts(string place) => sheet.At(place).EnumerateArray().Select(text => text.GetString());
    }

    [Test]
    public void WithholdingComesOutOfTheCash()
    {
        var sheet = Sheet.Of("hand-backup-withholding");
        var policy = Policy(HoursPool("20%")) with { BackupWithholding = sheet.Ratio("given.rate") };
        var row = Run(Inputs(policy, "100.00", [Member(1) with { HasTaxId = false }], Hours(1, "1.00"))).Pools[0].Rows[0];
        Assert.That((row.Cash, row.Qualified), Is.EqualTo((sheet.Money("given.cash"), sheet.Money("given.qualified"))));
        Assert.That((row.Withheld, row.Cash - row.Withheld, row.Cash + row.Qualified), Is.EqualTo((sheet.Money("expected.withheld"), sheet.Money("expected.paid"), sheet.Money("expected.box1"))));
        Assert.That(row.Withheld, Is.EqualTo(sheet.Money("expected.box4")));
    }
}
