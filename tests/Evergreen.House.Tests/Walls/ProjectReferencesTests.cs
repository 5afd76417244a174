namespace Evergreen.House.Tests.Walls;

public sealed class ProjectReferencesTests
{
    private static IEnumerable<string> ProjectFiles =>
        Checkout.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal));

    [TestCaseSource(nameof(ProjectFiles))]
    public void ProjectsNameEachOtherAsDrawn(string path) =>
        Assert.That(ProjectReferences.Violations(Path.GetFileNameWithoutExtension(path), Checkout.Read(path)), Is.Empty);

    [Test]
    public void EveryProjectOfTheDrawingIsThere() =>
        Assert.That(ProjectFiles.Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(ProjectReferences.Projects));

    [Test]
    public void EveryProjectIsInTheSolution()
    {
        var solution = Checkout.Read("Evergreen.sln").Replace('\\', '/');
        Assert.That(Checkout.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains(f, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("Evergreen.Domain", """<PackageReference Include="NodaTime" />""", "names the PackageReference NodaTime")]
    [TestCase("Evergreen.Domain", """<ProjectReference Include="../Evergreen.Application/Evergreen.Application.csproj" />""", "names Evergreen.Application")]
    [TestCase("Evergreen.Documents", """<ProjectReference Include="../Evergreen.Application/Evergreen.Application.csproj" />""", "names Evergreen.Application")]
    [TestCase("Evergreen.Cli", """<ProjectReference Include="..\Evergreen.Documents\Evergreen.Documents.csproj" />""", "names Evergreen.Documents")]
    [TestCase("Evergreen.Web", """<ProjectReference Include="../Evergreen.Cli/Evergreen.Cli.csproj" />""", "names Evergreen.Cli")]
    [TestCase("Evergreen.Application", "", "does not name Evergreen.Documents")]
    [TestCase("Evergreen.Attic", "", "has no place in the drawing")]
    public void APlantedReferenceIsCaught(string project, string item, string expected) =>
        Assert.That(ProjectReferences.Violations(project, $"<Project><ItemGroup>{item}</ItemGroup></Project>"), Has.Some.EndsWith(expected));

    [Test]
    public void TheCommandLineOnlyStartsTheSite() =>
        Assert.That(Checkout.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(f => ProjectReferences.UsesOfTheSite(f, Checkout.Read(f))), Is.Empty);

    [TestCase("src/Evergreen.Cli/Members/RegisterCommand.cs", "using Evergreen.Web.Office.Members;", "reaches into Evergreen.Web")]
    [TestCase("src/Evergreen.Cli/Members/RegisterCommand.cs", "using Evergreen.Web;", "which only serve does")]
    public void APlantedUseOfTheSiteIsCaught(string path, string source, string expected) => Assert.That(ProjectReferences.UsesOfTheSite(path, source), Has.Some.EndsWith(expected));
}
