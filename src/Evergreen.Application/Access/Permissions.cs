using System.Collections.Frozen;
using static Evergreen.Application.Access.Role;

namespace Evergreen.Application.Access;

/// <summary>Who may do what: one table, from which every check and the page "what can this role see?" are made.</summary>
public static class Permissions
{
    /// <param name="Sentence">What it allows, in words that follow "may", for the people who give roles.</param>
    /// <param name="Money">It moves money or opens secrets or the door: asked of a session that was entered with a second factor.</param>
    public sealed record Line(Permission Permission, string Sentence, bool Money, IReadOnlyList<Role> Roles);

    /// <summary>Every permission once.</summary>
    public static IReadOnlyList<Line> Table { get; } =
    [
        Plain(Permission.SeeMembers, "see the register of members, their history, documents and capital accounts", Clerk, Accountant, Administrator, Auditor),
        Plain(Permission.EditMembers, "change members' particulars, class, status, household, consents and notes", Clerk, Accountant, Administrator),
        Plain(Permission.DecideApplications, "accept or decline applications for membership", Administrator),
        Plain(Permission.AnswerRequests, "answer what members report and ask for", Clerk, Accountant, Administrator),
        Money(Permission.EraseMembers, "erase what is known of people who left: at their request, or when the term of retention is over", Administrator),
        Money(Permission.RevealSecrets, "open a member's tax or bank number; each opening is recorded", Accountant, Administrator),
        Money(Permission.EditSecrets, "change a member's tax number and where a member is paid", Clerk, Accountant, Administrator),
        Money(Permission.MergeMembers, "merge two records of one member, which moves what one owns to the other", Clerk, Accountant, Administrator),
        Plain(Permission.Import, "import members, purchases and hours; importing members and equity needs the second factor too", Clerk, Accountant, Administrator),
        Plain(Permission.UndoImport, "withdraw an import from the books", Clerk, Accountant, Administrator),
        Money(Permission.CloseYear, "close the books of a fiscal year", Accountant),
        Plain(Permission.EditPolicy, "draw up the dividend policy and try out what it would pay", Accountant, Administrator),
        Money(Permission.CalculateDividend, "calculate a dividend run", Accountant, Administrator),
        Money(Permission.ApproveDividend, "approve a dividend run that someone else calculated, naming the resolution", Accountant, Administrator),
        Money(Permission.PostDividend, "post an approved dividend to the members' accounts", Accountant),
        Money(Permission.ReverseDividend, "reverse a posted dividend, giving the reason", Accountant),
        Money(Permission.IssueStatements, "issue the members' statements and send or print them", Accountant, Administrator),
        Plain(Permission.SeeLedger, "see the ledger: every entry, its source and the accounts' balances", Accountant, Administrator, Auditor),
        Plain(Permission.SeeAudit, "see and export the record of who did what and when", Accountant, Administrator, Auditor),
        Money(Permission.ManageUsers, "invite people, give and withdraw roles, and end people's access", Administrator),
        Plain(Permission.EditSettings, "change the co-op's details, departments, templates and retention", Administrator),
        Money(Permission.EditSafeguards, "change how members may sign in, how long new bank details wait, and the mail server", Administrator),
        Plain(Permission.SeeJobs, "see long work under way and its results", Clerk, Accountant, Administrator, Auditor),
    ];

    private static readonly FrozenDictionary<Permission, Line> Lines = Table.ToFrozenDictionary(line => line.Permission);

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Given =
        Enum.GetValues<Role>().ToFrozenDictionary(role => role, role => Table.Where(line => line.Roles.Contains(role)).Select(line => line.Permission).ToFrozenSet());

    /// <summary>What the role may do; nothing for a role that is not known.</summary>
    public static IReadOnlySet<Permission> Of(Role role) => Given.TryGetValue(role, out var permissions) ? permissions : FrozenSet<Permission>.Empty;

    /// <summary>Whether a session needs a second factor for it.</summary>
    public static bool NeedsSecondFactor(Permission permission) => Lines[permission].Money;

    /// <summary>What it allows, in words that follow "may".</summary>
    public static string Sentence(Permission permission) => Lines[permission].Sentence;

    private static Line Plain(Permission permission, string sentence, params Role[] roles) => new(permission, sentence, Money: false, roles);

    private static Line Money(Permission permission, string sentence, params Role[] roles) => new(permission, sentence, Money: true, roles);
}
