using Evergreen.Application.Access;
using Evergreen.Domain.CoOps;

namespace Evergreen.Web.Layout;

/// <summary>The items at the top of the office's pages, at most seven, for those who may open them.</summary>
public static class Navigation
{
    public sealed record Item(string Name, string Icon, string Url, bool IsHome = false)
    {
        public bool IsHere(string path) => IsHome ? string.Equals(path.TrimEnd('/'), Url, StringComparison.Ordinal) : path.StartsWith(Url, StringComparison.Ordinal);
    }

    public static IReadOnlyList<Item> Of(Desk desk, CoOp coOp)
    {
        var office = $"/office/{coOp.Code}";
        var items = new List<Item> { new("Overview", "layout-dashboard", office, IsHome: true) };
        Add(Permission.SeeMembers, "Members", "users", "members");
        Add(Permission.Import, "Imports", "file-import", "imports");
        Add(Permission.SeeLedger, "Dividends", "chart-pie", "dividends");
        Add(Permission.SeeLedger, "Statements", "file-text", "statements");
        Add(Permission.SeeAudit, "Audit", "history", "audit");
        Add(Permission.EditSettings, "Settings", "settings", "settings");
        return items;

        void Add(Permission permission, string name, string icon, string path)
        {
            if (desk.Holds(permission)) items.Add(new Item(name, icon, $"{office}/{path}"));
        }
    }
}
