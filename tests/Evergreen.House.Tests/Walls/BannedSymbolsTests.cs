using System.Text.RegularExpressions;

namespace Evergreen.House.Tests.Walls;

/// <summary>The lists of banned symbols, seen to work: the analyser passes over an entry that it cannot resolve without a word.</summary>
[NonParallelizable]
public sealed partial class BannedSymbolsTests
{
    private string folder = "";

    [OneTimeSetUp]
    public void ALittleHouseWithTheSameBuild()
    {
        folder = Directory.CreateTempSubdirectory("evergreen-planted-").FullName;
        foreach (var file in new[] { "src/Directory.Build.props", "src/Directory.Packages.props", "src/BannedSymbols.txt", "src/Evergreen.Domain/BannedSymbols.txt", "src/Evergreen.Domain/Evergreen.Domain.csproj", ".editorconfig" })
            Write(file, Checkout.Read(file));
        Write("src/Evergreen.Domain/Arithmetic/Paper.cs", Planted("Paper"));
        Write("src/Planted.Door/Door.cs", Planted("Door"));
        Write("src/Planted.Door/Planted.Door.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Relational" />
              </ItemGroup>
            </Project>
            """);
    }

    [OneTimeTearDown]
    public void TakeItDown() => Directory.Delete(folder, recursive: true);

    [TestCase("Planted.Door", "Door", "src/BannedSymbols.txt")]
    [TestCase("Evergreen.Domain", "Paper", "src/Evergreen.Domain/BannedSymbols.txt")]
    public void EveryBannedSymbolIsAnErrorAndNothingElseIs(string project, string planted, string list)
    {
        var expected = MarkedLines(Planted(planted));
        Assert.That(expected, Has.Count.EqualTo(Entries(Checkout.Read(list)).Count()), "one planted line for each entry of the list");
        Assert.That(BannedLines(Build(project)), Is.EquivalentTo(expected));
    }

    [Test]
    public void TheDomainKeepsTheListOfTheHouseToo()
    {
        Write("src/Evergreen.Domain/Arithmetic/Clock.cs", "namespace Evergreen.Domain.Arithmetic;\n\npublic static class Clock { public static DateTime Now => DateTime.Now; }\n");
        var output = Build("Evergreen.Domain");
        File.Delete(Path.Combine(folder, "src/Evergreen.Domain/Arithmetic/Clock.cs"));
        Assert.That(output, Does.Match(@"Clock\.cs\(3,\d+\): error RS0030"));
    }

    private string Build(string project)
    {
        var (exitCode, output) = Command.Run(folder, "dotnet", "build", $"src/{project}/{project}.csproj", "-nodeReuse:false",
            "-p:UseSharedCompilation=false", "-p:RestorePackagesWithLockFile=false", "-p:RestoreLockedMode=false");
        Assert.That(exitCode, Is.Not.Zero, output);
        Assert.That(output, Does.Not.Match(@"error (CS|NU|MSB)\d+"), "the planted lines are otherwise sound");
        return output;
    }

    private static List<int> BannedLines(string output) =>
        [.. BannedError().Matches(output).Select(m => int.Parse(m.Groups[1].Value)).Distinct().Order()];

    private static List<int> MarkedLines(string source) =>
        [.. source.Split('\n').Index().Where(l => l.Item.EndsWith("// banned", StringComparison.Ordinal)).Select(l => l.Index + 1)];

    private static IEnumerable<string> Entries(string list) => list.Split('\n').Where(l => l.Contains(';', StringComparison.Ordinal));

    private static string Planted(string name) => Checkout.Read($"tests/Evergreen.House.Tests/Planted/BannedSymbols/{name}.cs.txt");

    private void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    [GeneratedRegex(@"\.cs\((\d+),\d+\): error RS0030")]
    private static partial Regex BannedError();
}
