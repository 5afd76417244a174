using System.Xml.Linq;

namespace Evergreen.House.Tests.Walls;

/// <summary>Which project may name which: the drawing in the house, read from the project files.</summary>
public static class ProjectReferences
{
    private static readonly string[] Migrations = ["Evergreen.Migrations.PostgreSql", "Evergreen.Migrations.SqlServer", "Evergreen.Migrations.Sqlite"];

    private static readonly Dictionary<string, string[]> Drawn = new()
    {
        ["Evergreen.Domain"] = [],
        ["Evergreen.Documents"] = ["Evergreen.Domain"],
        ["Evergreen.Application"] = ["Evergreen.Documents", "Evergreen.Domain"],
        ["Evergreen.Web"] = ["Evergreen.Application", .. Migrations],
        ["Evergreen.Client"] = [],
        ["Evergreen.Cli"] = ["Evergreen.Application", "Evergreen.Web", .. Migrations],
        ["Evergreen.Migrations.Sqlite"] = ["Evergreen.Application"],
        ["Evergreen.Migrations.PostgreSql"] = ["Evergreen.Application"],
        ["Evergreen.Migrations.SqlServer"] = ["Evergreen.Application"],
    };

    public static IEnumerable<string> Projects => Drawn.Keys;

    /// <summary>The command line starts the site and loads the samples, which the site's set-up loads too, and knows nothing else of it.</summary>
    public static IEnumerable<string> UsesOfTheSite(string path, string source)
    {
        if (!path.StartsWith("src/Evergreen.Cli/", StringComparison.Ordinal)) yield break;
        if (source.Replace("using Evergreen.Web.Demo;", "", StringComparison.Ordinal).Contains("Evergreen.Web.", StringComparison.Ordinal)) yield return $"{path} reaches into Evergreen.Web";
        if (source.Contains("using Evergreen.Web;", StringComparison.Ordinal) && !path.StartsWith("src/Evergreen.Cli/Serve/", StringComparison.Ordinal)) yield return $"{path} starts the site, which only serve does";
    }

    /// <summary>A project that the solution does not name at its whole path is built by nobody who builds the solution.</summary>
    public static IEnumerable<string> NotInTheSolution(IEnumerable<string> projects, string solution)
    {
        var named = solution.Replace('\\', '/');
        return projects.Where(project => !named.Contains($"\"{project}\"", StringComparison.Ordinal));
    }

    public static IEnumerable<string> Violations(string project, string csproj)
    {
        if (!Drawn.TryGetValue(project, out var drawn))
        {
            yield return $"{project} has no place in the drawing";
            yield break;
        }
        var items = XDocument.Parse(csproj).Descendants().ToList();
        var named = items.Where(i => i.Name.LocalName == "ProjectReference")
            .Select(i => Path.GetFileNameWithoutExtension(i.Attribute("Include")!.Value.Replace('\\', '/'))).ToHashSet();
        foreach (var extra in named.Except(drawn)) yield return $"{project} names {extra}";
        foreach (var missing in drawn.Except(named)) yield return $"{project} does not name {missing}";
        if (project != "Evergreen.Domain") yield break;
        foreach (var item in items.Where(i => i.Name.LocalName is "PackageReference" or "FrameworkReference" or "Reference" or "Import"))
            yield return $"{project} names the {item.Name.LocalName} {item.FirstAttribute?.Value}";
    }
}
