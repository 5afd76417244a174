namespace Evergreen.House.Tests.Tidiness;

/// <summary>Every room says at its door what it is for.</summary>
public static class Rooms
{
    public static IEnumerable<string> WithoutReadme(IReadOnlyCollection<string> files) =>
        Of(files).Select(room => room + "/README.md").Except(files);

    // The four floors, every project under src, and the shelf of sample books.
    private static IEnumerable<string> Of(IReadOnlyCollection<string> files) =>
        files.Select(f => f.Split('/'))
            .Where(p => p.Length > 1 && p[0] is "src" or "tests" or "migrations" or "deploy")
            .SelectMany(p => p.Length > 2 && (p[0] == "src" || p is ["tests", "books", ..]) ? [p[0], $"{p[0]}/{p[1]}"] : new[] { p[0] })
            .Distinct();
}
