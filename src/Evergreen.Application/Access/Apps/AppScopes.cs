using System.Collections.Frozen;

namespace Evergreen.Application.Access.Apps;

/// <summary>What an app may be allowed. A scope opens one kind of record for reading or writing, never a page of the office.</summary>
public static class AppScopes
{
    public const string PurchasesWrite = "purchases.write", PurchasesRead = "purchases.read", HoursWrite = "hours.write", HoursRead = "hours.read", MembersRead = "members.read", EquityRead = "equity.read",
        RunsRead = "runs.read", StatementsRead = "statements.read", WebhooksManage = "webhooks.manage";

    public const string OpenId = "openid", Profile = "profile", Email = "email", MyStake = "my.stake", MyDividends = "my.dividends", MyActivity = "my.activity", MyStatements = "my.statements", OfflineAccess = "offline_access";

    /// <param name="Sentence">What it allows, in words that follow "may".</param>
    /// <param name="IsOffered">Whether apps may still ask for it. One that opens nothing is known on, for the programs that were given it.</param>
    public sealed record Line(string Name, AppKind Kind, string Sentence, bool IsOffered = true);

    /// <summary>Every scope once, in the order in which pages show them.</summary>
    public static IReadOnlyList<Line> Table { get; } =
    [
        new(PurchasesWrite, AppKind.Program, "record purchases and returns"),
        new(PurchasesRead, AppKind.Program, "read the purchases that were recorded"),
        new(HoursWrite, AppKind.Program, "record hours worked"),
        new(HoursRead, AppKind.Program, "read the hours that were recorded"),
        new(MembersRead, AppKind.Program, "read the register: member numbers, names, classes and whether they are in good standing"),
        new(EquityRead, AppKind.Program, "read members' capital accounts"),
        new(RunsRead, AppKind.Program, "read dividend runs and their allocations"),
        new(StatementsRead, AppKind.Program, "list and fetch members' statements"),
        new(WebhooksManage, AppKind.Program, "nothing any more: webhooks are registered in the office", IsOffered: false),
        new(OpenId, AppKind.ForMembers, "know who signed in"),
        new(Profile, AppKind.ForMembers, "see the person's name"),
        new(Email, AppKind.ForMembers, "see the person's mail address"),
        new(MyStake, AppKind.ForMembers, "see the member's stake"),
        new(MyDividends, AppKind.ForMembers, "see the member's dividends and how they were worked out"),
        new(MyActivity, AppKind.ForMembers, "see the member's hours and purchases"),
        new(MyStatements, AppKind.ForMembers, "fetch the member's statements"),
        new(OfflineAccess, AppKind.ForMembers, "go on while the member is away, for 30 days at most"),
    ];

    private static readonly FrozenDictionary<string, Line> ByName = Table.ToFrozenDictionary(line => line.Name, StringComparer.Ordinal);

    /// <returns>Null where there is no such scope.</returns>
    public static Line? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Those that an app of a kind may ask for.</summary>
    public static IEnumerable<Line> Of(AppKind kind) => Table.Where(line => line.Kind == kind && line.IsOffered);

    /// <summary>In the order of the table, each once.</summary>
    internal static IReadOnlyList<string> InOrder(IEnumerable<string> names) => [.. Table.Where(line => names.Contains(line.Name, StringComparer.Ordinal)).Select(line => line.Name)];
}
