using Evergreen.Domain.Network;
using Evergreen.Domain.Tests.Books;

namespace Evergreen.Domain.Tests.Network;

public sealed class LocalSpendTests
{
    /// <remarks>https://docslib.org/doc/2048457/data-suppliers, Appendix 3b, Table 1.</remarks>
    [Test]
    public void GreaterManchestersTableComesOutAsPrinted()
    {
        var sheet = Sheet.Of("anchor-spend-greater-manchester");
        LocalSpend Read(System.Text.Json.JsonElement row) => new(row.Money("spend"), row.Money("local"));
        foreach (var row in sheet.At("anchors").EnumerateArray().Concat(sheet.At("outsideTheTotal").EnumerateArray()))
            Assert.That(Read(row).Share.RoundHalfUp(3), Is.EqualTo(row.Ratio("printed")), row.Text("name"));

        var anchors = sheet.At("anchors").EnumerateArray().Select(Read).ToList();
        var together = LocalSpend.Together(anchors);
        Assert.That(together, Is.EqualTo(new LocalSpend(sheet.Money("expected.spend"), sheet.Money("expected.local"))));
        Assert.That(LocalSpend.Mean(anchors).RoundHalfUp(3), Is.EqualTo(sheet.Ratio("expected.mean")));
        Assert.That(together.Share.RoundHalfUp(4), Is.EqualTo(sheet.Ratio("expected.weighted")));
    }

    [Test]
    public void OnlyTheLargestSuppliersCountAndBranchesWhereAsked()
    {
        SupplierSpend[] suppliers = [new("baker", new Money(300), true, true), new("chain", new Money(500), false, true), new("far", new Money(200), false, false), new("tiny", new Money(1), true, true)];
        Assert.That(LocalSpend.Of(suppliers, branchesCount: false, largest: 3), Is.EqualTo(new LocalSpend(new Money(1000), new Money(300))));
        Assert.That(LocalSpend.Of(suppliers, branchesCount: true, largest: 3), Is.EqualTo(new LocalSpend(new Money(1000), new Money(800))));
        Assert.That(LocalSpend.Of([], branchesCount: true).Share, Is.EqualTo(Ratio.Zero));
    }
}
