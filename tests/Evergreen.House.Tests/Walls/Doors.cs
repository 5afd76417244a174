using System.Reflection;
using ArchUnitNET.Loader;

namespace Evergreen.House.Tests.Walls;

/// <summary>A door sees what Application does and the Domain's values. Whoever in a door draws a paper, or asks the database itself, stands in a list.</summary>
public static class Doors
{
    public const string Drawing = "Evergreen.Documents.", Database = "Evergreen.Application.Storage.EvergreenDb";

    /// <summary>Papers in the member's own words, which only the door has: it fills the lines in, Documents sets them.</summary>
    public static readonly IReadOnlyList<string> Draw =
    [
        "Evergreen.Web.Portal.Dividends.ExplanationPdf", "Evergreen.Web.Portal.Me.DataController", "Evergreen.Web.Portal.Me.RecordSheet",
    ];

    /// <summary>Stores of the framework and of OpenIddict, which want the context itself; and looks at one row that are no page's business.</summary>
    public static readonly IReadOnlyList<string> AskTheDatabase =
    [
        "Evergreen.Web.Access.AccessRegistration", "Evergreen.Web.Access.SealedKeyRepository", "Evergreen.Web.Api.Connect.ConnectRegistration", "Evergreen.Web.Api.Connect.TokenController", "Evergreen.Web.Api.My.MyController",
        "Evergreen.Web.Api.Patronage.PatronagePages", "Evergreen.Web.Demo.YearEnds", "Evergreen.Web.Jobs.PromptWork", "Evergreen.Web.Layout.Desk", "Evergreen.Web.Office.Members.EntryController", "Evergreen.Web.Office.Members.InvitationsController", "Evergreen.Web.Office.Members.RequestsController", "Evergreen.Web.Office.Settings.SettingsController",
        "Evergreen.Web.Portal.Dividends.DividendsController",
    ];

    /// <summary>Which types of an assembly use what of ours, a nested type and what the compiler makes of it counted as the type around it.</summary>
    public static IReadOnlyList<(string User, string Used)> Uses(Assembly door) =>
    [
        .. (from type in new ArchLoader().LoadAssembly(door).Build().Types
            from used in type.Dependencies.Select(dependency => dependency.Target.FullName).Distinct()
            where used.StartsWith("Evergreen.", StringComparison.Ordinal)
            select (Around(type.FullName), used)).Distinct(),
    ];

    public static IEnumerable<string> WhoUses(IEnumerable<(string User, string Used)> uses, string what) =>
        uses.Where(use => use.Used.StartsWith(what, StringComparison.Ordinal)).Select(use => use.User).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Around(string type) => type.Split('+', '/')[0];
}
