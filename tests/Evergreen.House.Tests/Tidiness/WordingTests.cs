namespace Evergreen.House.Tests.Tidiness;

public sealed class WordingTests
{
    [Test]
    public void NoFileSaysWhatItShouldNot() =>
        Assert.That(Checkout.Files.Where(Wording.IsText).SelectMany(f => Wording.Violations(f, Checkout.Read(f))), Is.Empty);

    [Test]
    public void NoFileIsNamedAfterWhatItShouldNot() =>
        Assert.That(Checkout.Files.SelectMany(f => Wording.Violations(f, "./" + f)), Is.Empty);

    [TestCase("// TO", "DO: later")]
    [TestCase("# FIX", "ME")]
    [TestCase("read /wo", "rk/list.md")]
    [TestCase("see ../sha", "red/list.md")]
    [TestCase("written by Clau", "de")]
    [TestCase("Anthro", "pic")]
    [TestCase("with Copi", "lot")]
    [TestCase("an AI assist", "ant")]
    [TestCase("closes issue ", "#12")]
    public void APlantedWordIsCaught(string half, string other) => Assert.That(Wording.Violations("planted", half + other), Is.Not.Empty);

    [TestCase("the homework/list and a framework/thing")]
    [TestCase("evergreen statements issue 12 --out letters")]
    [TestCase("dates go into the to-do list of the office")]
    public void OrdinaryWordsPass(string text) => Assert.That(Wording.Violations("planted", text), Is.Empty);
}
