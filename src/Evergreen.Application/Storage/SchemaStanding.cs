using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Storage;

/// <summary>How a database stands to this version of the program: the migrations it has, those it still needs, and those of a later version.</summary>
public sealed record SchemaStanding(IReadOnlyList<string> Applied, IReadOnlyList<string> Pending, IReadOnlyList<string> Unknown)
{
    public string State => Unknown.Count > 0 ? "newer" : Pending.Count == 0 ? "current" : Applied.Count == 0 ? "missing" : "older";

    /// <summary>Looks, and creates nothing.</summary>
    public static SchemaStanding Of(DatabaseAddress address)
    {
        using var db = new EvergreenDb(address.Options());
        var known = db.Database.GetMigrations().ToList();
        if (address.Path is { } path && !File.Exists(path)) return new([], known, []);
        var applied = db.Database.GetAppliedMigrations().ToList();
        return new(applied, [.. known.Except(applied, StringComparer.Ordinal)], [.. applied.Except(known, StringComparer.Ordinal)]);
    }
}
