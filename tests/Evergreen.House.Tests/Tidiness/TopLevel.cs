namespace Evergreen.House.Tests.Tidiness;

/// <summary>What a visitor sees first: four folders, the solution and the README. Dotfiles do not count.</summary>
public static class TopLevel
{
    private static readonly string[] Agreed = ["Evergreen.sln", "README.md", "deploy", "migrations", "src", "tests"];

    public static IEnumerable<string> Violations(IEnumerable<string> files)
    {
        var seen = files.Select(f => f.Split('/')[0]).Where(f => f[0] != '.').ToHashSet();
        return seen.Except(Agreed).Select(f => $"{f} is not agreed").Concat(Agreed.Except(seen).Select(f => $"{f} is missing"));
    }
}
