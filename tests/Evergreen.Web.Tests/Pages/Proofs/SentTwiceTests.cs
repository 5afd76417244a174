using System.Net;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Every form that the walk finds, sent five times at once from two windows, and once more from each afterwards: its work is done once, and each act is in the audit once.</summary>
public sealed class SentTwiceTests
{
    /// <summary>Noted with each request, or written by workers in their own time.</summary>
    private static readonly HashSet<string> Aside = new(StringComparer.Ordinal) { "SignInSessions", "SignInAttempts", "JobLines", "Mails", "StatementIssues", "StatementCopies", "StatementDeliveries", "Announcements", "WebhookDeliveries", "WebhookAttempts" };

    /// <summary>What changes only what its owner sees, and needs no record.</summary>
    internal static readonly string[] Private = ["/theme", "/office/{coop}/filters", "/office/{coop}/filters/{id}/remove", "/office/{coop}/dividends/{year}/scenarios", "/office/{coop}/dividends/{year}/scenarios/{id}/drop"];

    [TestCase("ana@demo.example", 25)]
    [TestCase("joy@demo.example", 25)]
    [TestCase("alma@demo.example", 0)]
    public async Task AFormSentManyTimesDoesItsWorkOnce(string mail, int atLeast)
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        var routes = Routes.Of(site);
        using var visitor = await site.EnterAs(mail);
        var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"));
        using var log = ChangeLog.Of(site.Database);
        var faults = new List<string>();
        var worked = new List<string>();
        var refused = new List<string>();
        var turn = 700;
        foreach (var form in walk.Forms.Where(form => !Routes.AtTheDoor(form.Pattern) && !Routes.StartsAJobOfInvitations(form.Pattern)).DistinctBy(form => form.Pattern).OrderBy(form => Course.Place(form.Pattern)))
        {
            if (await visitor.Again(form) is not { } fresh) continue;
            // Whoever signs in anew is in a new session, and whoever then does it from another window signs in anew too.
            if ((form.Pattern == "/account/again" ? fresh : await visitor.Again(form)) is not { } window) continue;
            turn++;
            var file = fresh.WithFiles && !form.Pattern.EndsWith("/logo", StringComparison.Ordinal) ? ("paper.csv", System.Text.Encoding.UTF8.GetBytes($"source_id,member_number,purchased_on,amount,department,eligible,store\r\nT{turn},1001,2026-11-03,1.00,,,\r\n")) : ((string, byte[])?)null;
            log.Take();
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Send(i % 2 == 0 ? fresh : window)));
            var first = Counted(log);
            var after = await Send(fresh);
            var last = await Send(window);
            var second = Counted(log);
            var status = string.Join(' ', answers.Select(answer => (int)answer));
            if (answers.Append(after).Append(last).Any(answer => (int)answer >= 500)) faults.Add($"{form.Pattern}: {status} then {(int)after} and {(int)last}");
            if (second.Any(change => change.Table != "AuditRecords" || !Repeats(change))) faults.Add($"{form.Pattern}, sent once more: {string.Join("; ", second)}");
            if (first.Count(change => change.Table == "SubmittedForms" && change.What == "new") > 1) faults.Add($"{form.Pattern}: its key was used more than once");
            var records = first.Where(change => change.Table == "AuditRecords").Select(change => string.Join('|', change.After.Where(column => column.Key is "Verb" or "Subject" or "Detail" or "Reason").Select(column => column.Value))).ToList();
            if (records.Count != records.Distinct().Count()) faults.Add($"{form.Pattern}: in the audit more than once: {string.Join("; ", records)}");
            var did = first.Any(change => change.Table is not ("SubmittedForms" or "AuditRecords"));
            if (did && records.Count == 0 && !Private.Contains(form.Pattern)) faults.Add($"{form.Pattern}: no record of {string.Join("; ", first)}");
            (did ? worked : refused).Add(form.Pattern);

            async Task<HttpStatusCode> Send(FoundForm copy)
            {
                using var content = Answers.Content(copy, Answers.Of(copy, turn).Select(field => field.Value == "{password}" ? KeyValuePair.Create(field.Key, site.Password) : field).ToList(), file);
                using var answer = await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), content);
                return answer.StatusCode;
            }
        }
        TestContext.Out.WriteLine($"proof: {mail}: {worked.Count} forms did their work once; refused or without effect: {string.Join(", ", refused)}");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(worked, Has.Count.GreaterThanOrEqualTo(atLeast));
    }

    internal static List<ChangeLog.Change> Counted(ChangeLog log) => [.. log.Take().Where(change => !Aside.Contains(change.Table) && !(change.Table is "Jobs" && change.What != "new") && !(change.After.TryGetValue("From", out var from) && from.StartsWith("'job ", StringComparison.Ordinal)))];

    /// <summary>A form that shows something, or was refused, is recorded each time it is sent.</summary>
    internal static bool Repeats(ChangeLog.Change change) => change.After["Verb"] is "'access.denied'" or "'access.sign-in-failed'" or "'members.reveal'";
}
