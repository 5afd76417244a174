namespace Evergreen.House.Tests.Walls;

public sealed class RefusalExamplesTests
{
    private static IEnumerable<(string Path, string Text)> Application => Checkout.CSharpBelow("src/Evergreen.Application");
    private static IEnumerable<(string Path, string Text)> Lists => Application.Where(f => Path.GetFileName(f.Path) == "Refusals.cs");

    [Test]
    public void EveryRefusalHasAnExample()
    {
        var tests = Checkout.CSharpBelow("tests").Where(f => !f.Path.Contains("House.Tests", StringComparison.Ordinal)).Select(f => f.Text).ToList();
        Assert.That(Lists.SelectMany(f => RefusalExamples.WithoutAnExample(f.Text, tests)), Is.Empty);
    }

    [Test]
    public void EveryRefusalSaysItsCodePlainly() =>
        Assert.That(Lists.SelectMany(f => RefusalExamples.WithoutAPlainCode(f.Path, f.Text)), Is.Empty);

    [Test]
    public void RefusalsAreMadeInTheListOfTheirFolder() =>
        Assert.That(Application.SelectMany(f => RefusalExamples.MadeElsewhere(f.Path, f.Text)), Is.Empty);

    private const string Planted = """
        public static Refusal PeriodClosed(int year) => new("period-closed", $"The {year} books were closed.");
        public static readonly Refusal RunUnknown = new Refusal("run-unknown", "There is no such run.");
        """;

    [Test]
    public void ARefusalWithoutAnExampleIsCaught() =>
        Assert.That(RefusalExamples.WithoutAnExample(Planted, ["""Is.EqualTo("run-unknown")"""]), Is.EqualTo(["period-closed"]));

    [Test]
    public void ALongerCodeIsNoExampleOfAShorterOne() =>
        Assert.That(RefusalExamples.WithoutAnExample(Planted, ["\"period-closed-late\" \"run-unknown\""]), Is.EqualTo(["period-closed"]));

    [Test]
    public void ARefusalWithAHiddenCodeIsCaught() =>
        Assert.That(RefusalExamples.WithoutAPlainCode("planted", Planted + "public static Refusal Hidden => new(Code, \"No.\");"), Is.Not.Empty);

    [Test]
    public void AListWithPlainCodesPasses() => Assert.That(RefusalExamples.WithoutAPlainCode("planted", Planted), Is.Empty);

    [Test]
    public void ARefusalMadeInAVerbIsCaught() =>
        Assert.That(RefusalExamples.MadeElsewhere("Dividends/PostDividend.cs", "return new Refusal(\"x\", \"X.\");"), Is.Not.Empty);
}
