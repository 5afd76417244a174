using System.Collections.Frozen;
using Evergreen.Application.Access;

namespace Evergreen.Web.Office.Lists;

/// <summary>The lists whose filters can be kept, and who may see them.</summary>
public static class OfficeLists
{
    public const string Members = "members", Register = "register", Applications = "applications", Requests = "requests", Imports = "imports", RunMembers = "run-members", Statements = "statements", Jobs = "jobs", Audit = "audit";

    private static readonly FrozenDictionary<string, Permission> Seen = new Dictionary<string, Permission>(StringComparer.Ordinal)
    {
        [Members] = Permission.SeeMembers, [Register] = Permission.SeeMembers, [Applications] = Permission.SeeMembers, [Requests] = Permission.SeeMembers, [Imports] = Permission.Import,
        [RunMembers] = Permission.SeeLedger, [Statements] = Permission.SeeLedger, [Jobs] = Permission.SeeJobs, [Audit] = Permission.SeeAudit,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null for what is no such list.</returns>
    public static Permission? SeenWith(string? list) => list is not null && Seen.TryGetValue(list, out var permission) ? permission : null;
}
