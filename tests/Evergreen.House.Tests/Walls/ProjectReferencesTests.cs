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
    public void EveryProjectIsInTheSolution() =>
        Assert.That(ProjectReferences.NotInTheSolution(Checkout.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)), Checkout.Read("Evergreen.sln")), Is.Empty);

    [Test]
    public void AProjectOutsideTheSolutionIsCaught()
    {
        const string Solution = """
            Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "Evergreen.Domain", "src\Evergreen.Domain\Evergreen.Domain.csproj", "{1}"
            Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "Evergreen.Cli", "src\Evergreen.Cli\Evergreen.Cli.csproj", "{2}"
            """;
        Assert.That(ProjectReferences.NotInTheSolution(["src/Evergreen.Domain/Evergreen.Domain.csproj", "Evergreen.Cli/Evergreen.Cli.csproj", "src/Evergreen.Attic/Evergreen.Attic.csproj"], Solution), Is.EqualTo(["Evergreen.Cli/Evergreen.Cli.csproj", "src/Evergreen.Attic/Evergreen.Attic.csproj"]));
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
