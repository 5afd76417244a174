namespace Evergreen.House.Tests.Walls;

public sealed class RazorPagesTests
{
    [Test]
    public void NoPageLetsMarkupThroughOrHoldsScriptOrStyle() =>
        Assert.That(Checkout.Files.Where(f => f.EndsWith(".cshtml", StringComparison.Ordinal)).SelectMany(f => RazorPages.Violations(f, Checkout.Read(f))), Is.Empty);

    [TestCase("<p>@Html.Raw(Model.Note)</p>", "Html.Raw")]
    [TestCase("<p>@(new HtmlString(Model.Note))</p>", "HtmlString(")]
    [TestCase("<button onclick=\"go()\">Go</button>", "onclick=")]
    [TestCase("<p style=\"color: red\">Wrong</p>", "style=\"")]
    [TestCase("<script>go()</script>", "<script>")]
    public void APlantedLineIsCaught(string text, string expected) => Assert.That(RazorPages.Violations("a.cshtml", text), Has.Some.EndsWith(expected));
}
