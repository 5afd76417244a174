using System.Reflection;

namespace Evergreen.House.Tests.Walls;

public sealed class StreetTests
{
    private static IEnumerable<Street> Streets => [Street.Domain, Street.Application];

    [TestCaseSource(nameof(Streets))]
    public void EveryFolderHasAPlaceInTheStreet(Street street) =>
        Assert.That(street.WithoutAPlace(Checkout.FoldersIn("src/" + street.Namespace)), Is.Empty);

    [TestCaseSource(nameof(Streets))]
    public void NoTypeUsesATypeFurtherRight(Street street) =>
        Assert.That(street.Violations(Assembly.Load(street.Namespace)), Is.Empty);

    [Test]
    public void FoldersOfDocumentsAreNamedAfterWhatIsPrintedOrFiled() =>
        Assert.That(FolderNames.Documents.Violations(Checkout.FoldersIn("src/Evergreen.Documents")), Is.Empty);

    [Test]
    public void FoldersOfTheCommandLineAreNamedAfterCapabilities() =>
        Assert.That(FolderNames.CommandLine.Violations(Checkout.FoldersIn("src/Evergreen.Cli")), Is.Empty);

    [Test]
    public void AFolderThatIsNotAgreedIsCaught()
    {
        Assert.That(FolderNames.Documents.Violations(["Statements", "Members", "Shared", "statements"]), Is.EqualTo(["Members", "Shared", "statements"]));
        Assert.That(FolderNames.CommandLine.Violations(["Members", "Common"]), Is.EqualTo(["Common"]));
    }

    [Test]
    public void AFolderWithoutAPlaceIsCaught() =>
        Assert.That(Street.Domain.WithoutAPlace(["Arithmetic", "Common"]), Is.EqualTo(["Common"]));

    [Test]
    public void TheCellarIsNoPlaceInADomainWithoutOne() =>
        Assert.That(Street.Domain.WithoutAPlace(["Storage"]), Is.EqualTo(["Storage"]));

    private const string PlantedStreet = "Evergreen.House.Tests.Planted.Street";

    [TestCase("Members.UsesInABody", "Dividends.Pool")]
    [TestCase("Members.UsesAStaticMember", "Dividends.Calculation")]
    [TestCase("Members.UsesAsAField", "Dividends.Pool")]
    [TestCase("Members.UsesAsATypeArgument", "Dividends.Pool")]
    [TestCase("Members.UsesInALambda", "Dividends.Pool")]
    [TestCase("Members.UsesInAnAsyncMethod", "Dividends.Pool")]
    [TestCase("Members.UsesInAnIterator", "Dividends.Pool")]
    [TestCase("Members.UsesAsAnAttribute", "Dividends.MarkAttribute")]
    [TestCase("Members.UsesInTypeOf", "Dividends.Pool")]
    [TestCase("Members.UsesFromTheRoot", "Root")]
    [TestCase("Storage.KnowsAVerb", "Members.Allowed")]
    public void APlantedUseIsCaught(string user, string used) =>
        Assert.That(Planted(), Has.Some.Matches<string>(v => v!.StartsWith($"{PlantedStreet}.{user}", StringComparison.Ordinal) && v.EndsWith($" uses {PlantedStreet}.{used}", StringComparison.Ordinal)));

    [Test]
    public void UsesToTheLeftAndOfTheCellarAreAllowed() =>
        Assert.That(Planted(), Has.None.Contains("Allowed uses"));

    private static IEnumerable<string> Planted() =>
        new Street(PlantedStreet, ["Arithmetic", "Members", "Dividends"], "Storage").Violations(typeof(StreetTests).Assembly);
}
