namespace Evergreen.House.Tests.Walls;

public sealed class AssemblyReferencesTests
{
    [Test]
    public void TheDomainLeansOnTheBaseClassLibraryOnly() =>
        Assert.That(AssemblyReferences.OutsideTheBaseClassLibrary("Evergreen.Domain"), Is.Empty);

    [TestCase("Evergreen.Domain")]
    [TestCase("Evergreen.Application")]
    [TestCase("Evergreen.Web")]
    [TestCase("evergreen")]
    public void OnlyDocumentsDraw(string assembly) => Assert.That(AssemblyReferences.ToTheDrawingLibrary(assembly), Is.Empty);

    [Test]
    public void AnAssemblyWithAPackageIsCaught() =>
        Assert.That(AssemblyReferences.OutsideTheBaseClassLibrary("Evergreen.House.Tests"), Does.Contain("nunit.framework"));

    [Test]
    public void AnAssemblyThatDrawsIsCaught() =>
        Assert.That(AssemblyReferences.ToTheDrawingLibrary("SkiaSharp.HarfBuzz"), Does.Contain("SkiaSharp"));
}
