using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Evergreen.House.Tests.Walls;

/// <summary>The capabilities of one project stand in a line; a folder uses itself, the folders to its left and the cellar, nothing else.</summary>
public sealed record Street(string Namespace, string[] Folders, string? Cellar = null)
{
    public static readonly Street Domain = new("Evergreen.Domain",
        ["Arithmetic", "Languages", "Periods", "CoOps", "Audit", "Jobs", "Mail", "Webhooks", "Imports", "Members", "Equity", "Patronage", "Dividends", "Payments", "Tax", "Statements", "Network"]);

    public static readonly Street Application = new("Evergreen.Application",
        ["Audit", "Jobs", "Mail", "CoOps", "Access", "Webhooks", "Imports", "Periods", "Members", "Equity", "Patronage", "Dividends", "Payments", "Tax", "Statements", "Network", "Reconciliation", "Health"], "Storage");

    public IEnumerable<string> WithoutAPlace(IEnumerable<string> folders) => folders.Except(Folders).Where(f => f != Cellar);

    /// <summary>Each use that goes to the right, out of the cellar, or up to a type that stands in no folder.</summary>
    public IEnumerable<string> Violations(System.Reflection.Assembly assembly) =>
        from type in new ArchLoader().LoadAssembly(assembly).Build().Types
        let here = FolderOf(type)
        where here is not (null or "")
        from used in type.Dependencies.Select(d => d.Target).Distinct()
        let there = FolderOf(used)
        where there is not null && !MayUse(here, there)
        orderby type.FullName, used.FullName
        select $"{type.FullName} uses {used.FullName}";

    private bool MayUse(string here, string there) =>
        here == there || (here != Cellar && (there == Cellar || (Place(there) >= 0 && Place(there) < Place(here))));

    private int Place(string folder) => Array.IndexOf(Folders, folder);

    // Null: outside this street. Empty: at its root, where the whole house may be put together but nothing may be used from.
    private string? FolderOf(IType type)
    {
        if (type.Namespace?.FullName is not { } name) return null;
        if (name == Namespace) return "";
        return name.StartsWith(Namespace + ".", StringComparison.Ordinal) ? name[(Namespace.Length + 1)..].Split('.')[0] : null;
    }
}
