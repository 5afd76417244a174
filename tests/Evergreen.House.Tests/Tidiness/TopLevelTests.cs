namespace Evergreen.House.Tests.Tidiness;

public sealed class TopLevelTests
{
    [Test]
    public void TheVisibleTopLevelIsAsAgreed() => Assert.That(TopLevel.Violations(Checkout.Files), Is.Empty);

    [Test]
    public void AStrayOrMissingEntryIsCaught() =>
        Assert.That(TopLevel.Violations([".ci/run", "Evergreen.sln", "README.md", "docs/index.md", "deploy/a", "src/b", "tests/c"]),
            Is.EquivalentTo(["docs is not agreed", "migrations is missing"]));
}
