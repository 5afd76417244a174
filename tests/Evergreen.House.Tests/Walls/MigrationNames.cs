namespace Evergreen.House.Tests.Walls;

/// <summary>The migrations of the three databases go together step by step, though each was made at a moment of its own.</summary>
public static class MigrationNames
{
    public static IEnumerable<string> Violations(IReadOnlyDictionary<string, IReadOnlyList<string>> migrations)
    {
        var (first, expected) = (migrations.First().Key, Names(migrations.First().Value));
        return migrations.Where(one => Names(one.Value) != expected).Select(one => $"{one.Key} has {Names(one.Value)}, {first} has {expected}");
    }

    /// <summary>Without the moment, which stands before the first stroke.</summary>
    private static string Names(IEnumerable<string> ids) => string.Join(' ', ids.Select(id => id.Split('_', 2)[1]));
}
