using System.Reflection;
using System.Text.RegularExpressions;
using Evergreen.Application.Storage;

namespace Evergreen.House.Tests.Walls;

/// <summary>A verb is a class that is handed the books and has one public method, Run. Whoever gives the same thing in several ways stands in a list, with all of them.</summary>
public static class Verbs
{
    public static readonly IReadOnlyDictionary<string, string> Several = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // One list or page: the whole of it, one row, a number on it, or the file with the same rows.
        ["AuditTimeline"] = "Export Run",
        ["DividendWorksheet"] = "Export ExportWorkbook List Show",
        ["DraftProblems"] = "AllRows Export Run WriteRejects",
        ["HeldPage"] = "Of Run",
        ["ListApplications"] = "One Run Waiting",
        ["ListImports"] = "Run Show",
        ["ListRequests"] = "One Run",
        ["MemberActivity"] = "Export One Run",
        ["MemberList"] = "Export Run StatusWord Title",
        ["MemberRegister"] = "AsOf Export Sorted",
        ["MemberTimeline"] = "Run Say",
        ["MyRequests"] = "One Run",
        ["NoteLook"] = "Everybody Run",
        ["PatronageById"] = "Hours Purchase Purchases",
        ["RecordOfPerson"] = "Json Run",
        ["RunMembers"] = "All Run",
        ["RunsByYear"] = "Allocations One Run",
        ["StatementBatchPage"] = "All Run",
        ["WebhookPage"] = "List Run",
        // An act, and what its form shows before it or says against it.
        ["AnswerMailLinks"] = "Next",
        ["CheckBooks"] = "Of Run",
        ["ChoosePassword"] = "Find Run",
        ["CreateCoOp"] = "Check Run",
        ["EditMember"] = "Run Since",
        ["EnrolMember"] = "NextNumber Run",
        ["FindMemberInvitation"] = "Again Run",
        ["InviteMembers"] = "HowMany Run",
        ["MakeAuthenticator"] = "Run Waiting",
        ["QueueMail"] = "Add IsAddress Run",
        ["SaveFilter"] = "Of Remove Run",
        ["SetLogo"] = "ContentType Mark Run",
        ["SetMailServer"] = "Mark Run",
        ["SetUpHouse"] = "Check CheckCode IsOver MayTakeSamples NeedsCoOp Run",
        ["StopNotices"] = "Ends Run",
        // Each letter is a text of its own.
        ["WriteLetter"] = "Declined Exit Welcome",
        // The worker is a machine that runs as long as the site does.
        ["WorkOnJobs"] = "AskToStop LetGo ProgressOf RunNext",
    };

    /// <summary>The public classes of an assembly that are handed the books, but for what lies with the books in the cellar.</summary>
    public static IEnumerable<Type> In(Assembly assembly) =>
        assembly.GetExportedTypes().Where(type => type.IsClass && type.Namespace != typeof(Books).Namespace && type.GetConstructors(Members).Any(made => made.GetParameters().Any(given => given.ParameterType == typeof(Books)))).OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static IEnumerable<string> Violations(IEnumerable<Type> verbs, IReadOnlyDictionary<string, string> several) =>
        from verb in verbs
        let methods = string.Join(' ', MethodsOf(verb, Members))
        where methods.Length > 0 && methods != several.GetValueOrDefault(verb.Name, "Run")
        select $"{verb.Name} has {methods}";

    /// <summary>What no test runs: each is to be made and each of its methods called in one file of tests at least.</summary>
    public static IEnumerable<string> Untried(IEnumerable<Type> verbs, IReadOnlyList<string> tests) =>
        from verb in verbs
        let making = tests.Where(test => Regex.IsMatch(test, $@"\bnew {verb.Name}\(")).ToList()
        from method in MethodsOf(verb, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !making.Any(test => Regex.IsMatch(test, $@"\.{method}\("))
        select $"{verb.Name}.{method}";

    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<string> MethodsOf(Type verb, BindingFlags which) =>
        verb.GetMethods(which).Where(method => !method.IsSpecialName && method.Name != nameof(IDisposable.Dispose)).Select(method => method.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
