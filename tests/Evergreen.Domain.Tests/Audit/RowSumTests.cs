using Evergreen.Domain.Audit;
using NUnit.Framework;

namespace Evergreen.Domain.Tests.Audit;

public sealed class RowSumTests
{
    [Test]
    public void OrderDoesNotMatterAndWhatGoesTakesBackWhatCame()
    {
        RowSum[] rows = [.. Enumerable.Range(1, 200).Select(i => RowSum.Of($"row {i}"))];
        var all = rows.Aggregate((a, b) => a + b);
        Assert.That(rows.Reverse().Aggregate((a, b) => a + b), Is.EqualTo(all));
        Assert.That(rows.Aggregate(all, (a, b) => a - b), Is.EqualTo(default(RowSum)));
        Assert.That(all + RowSum.Of("row 1"), Is.Not.EqualTo(all));
    }

    [Test]
    public void CarriesOverTheMiddleAndTheEnd()
    {
        var one = RowSum.Parse(new string('0', 63) + "1")!.Value;
        var low = RowSum.Parse(new string('0', 32) + new string('f', 32))!.Value;
        var highest = RowSum.Parse(new string('f', 64))!.Value;
        Assert.That((low + one).ToString(), Is.EqualTo(new string('0', 31) + "1" + new string('0', 32)));
        Assert.That(low + one - one, Is.EqualTo(low));
        Assert.That(highest + one, Is.EqualTo(default(RowSum)));
        Assert.That(default(RowSum) - one, Is.EqualTo(highest));
    }

    [TestCase("")]
    [TestCase("12")]
    [TestCase("zz00000000000000000000000000000000000000000000000000000000000000")]
    public void WhatIsNoSumIsNone(string text) => Assert.That(RowSum.Parse(text), Is.Null);

    [Test]
    public void IsReadAsItIsWritten() => Assert.That(RowSum.Parse(RowSum.Of("a row").ToString()), Is.EqualTo(RowSum.Of("a row")));
}
