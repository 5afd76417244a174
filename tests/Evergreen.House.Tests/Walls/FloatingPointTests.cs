namespace Evergreen.House.Tests.Walls;

public sealed class FloatingPointTests
{
    [Test]
    public void NoFloatingPointTouchesMoneyOrHours() =>
        Assert.That(Checkout.CSharpBelow("src").Where(f => FloatingPoint.HoldsMoney(f.Path)).SelectMany(f => FloatingPoint.Violations(f.Path, f.Text)), Is.Empty);

    [TestCase("double rate;")]
    [TestCase("System.Double rate;")]
    [TestCase("(float)x")]
    [TestCase("List<Half> x;")]
    [TestCase("var x = 1.5;")]
    [TestCase("var x = 1_000.25;")]
    [TestCase("var x = .5;")]
    [TestCase("var x = 1e3;")]
    [TestCase("var x = 1.5e-3;")]
    [TestCase("var x = 2d;")]
    [TestCase("var x = 2F;")]
    [TestCase("var x = 0.5f;")]
    [TestCase("var x = $\"{cents * 0.01}\";")]
    [TestCase("var x = (long)Math.Pow(10, 2);")]
    [TestCase("var x = (long)Math.Sqrt(n);")]
    [TestCase("var x = BigInteger.Log10(n);")]
    [TestCase("var x = amounts.Average();")]
    public void PlantedFloatingPointIsCaught(string code) => Assert.That(FloatingPoint.Violations("planted", code), Is.Not.Empty);

    [TestCase("var x = 1.5m; var y = 2M; var z = .5m;")]
    [TestCase("// double, 1.5\nvar x = \"double 1.5\";")]
    [TestCase("RoundHalfUpResidualToReserve(doubleEntry)")]
    [TestCase("var x = 0x1F + 0xE3 + 0b11;")]
    [TestCase("var x = list[0..5]; var y = list[..2];")]
    [TestCase("var x = pair.Item1.Value; var y = 12L; var z = 3ul;")]
    [TestCase("BigInteger.Pow(10, 2)")]
    public void WhatOnlyLooksLikeItPasses(string code) => Assert.That(FloatingPoint.Violations("planted", code), Is.Empty);

    [TestCase("src/Evergreen.Domain/Arithmetic/Money.cs", true)]
    [TestCase("src/Evergreen.Application/Dividends/PostDividend.cs", true)]
    [TestCase("src/Evergreen.Documents/PaymentFiles/Nacha.cs", true)]
    [TestCase("src/Evergreen.Documents/Drawing/Page.cs", false)]
    [TestCase("src/Evergreen.Cli/Demo/Load.cs", false)]
    public void TheRuleHoldsWhereAmountsAre(string path, bool holds) => Assert.That(FloatingPoint.HoldsMoney(path), Is.EqualTo(holds));
}
