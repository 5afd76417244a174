using System.Net;
using System.Text;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Every form that the walk finds, sent five times at once from two windows, and once more from each afterwards: its work is done once, and each act is in the audit once. No form is left out but those that are named here.</summary>
public sealed class SentTwiceTests
{
    /// <summary>How many forms of one route are tried until one does its work.</summary>
    private const int Tries = 4;

    /// <summary>Noted with each request, or written by workers in their own time.</summary>
    private static readonly HashSet<string> Aside = new(StringComparer.Ordinal) { "SignInSessions", "SignInAttempts", "JobLines", "Mails", "StatementIssues", "StatementCopies", "StatementDeliveries", "Announcements", "WebhookDeliveries", "WebhookAttempts" };

    /// <summary>What changes only what its owner sees, and needs no record.</summary>
    internal static readonly string[] Private = ["/theme", "/office/{coop}/filters", "/office/{coop}/filters/{id}/remove", "/office/{coop}/dividends/{year}/scenarios", "/office/{coop}/dividends/{year}/scenarios/{id}/drop"];

    /// <summary>Who sends, each the forms that nobody before did the work of: a run goes from one to the next.</summary>
    internal static readonly string[] Senders = ["ruth@demo.example", "ruth@demo.example", "alma@demo.example", "ana@demo.example", "joy@demo.example", FullBooks.By];

    /// <summary>Sent by whoever comes last under that name: after these nobody signs in as before.</summary>
    private static readonly string[] Parting = ["/account/authenticator/remove", "/account/password", "/account/sessions/end-all"];

    /// <summary>The accountant among the senders.</summary>
    private const int Reviewer = 3;

    /// <summary>Not sent by the accountant: a run that is calculated anew takes the place of the one that she reviews.</summary>
    private const string Calculate = "/office/{coop}/dividends/{year}/calculate";

    /// <summary>Of these each is sent: a run is reviewed when all its findings are signed off.</summary>
    internal const string Finding = "/office/{coop}/dividends/runs/{run}/rehearsal/{finding}";

    /// <summary>After these the sender is in a new session, and whoever does it from another window is in yet another.</summary>
    private static readonly string[] OpenASession = ["/account/again", "/account/authenticator"];

    [Test]
    public async Task EveryFormSentManyTimesDoesItsWorkOnce()
    {
        var (books, starts) = await FullBooks.Ready();
        await using var site = await DemoSite.Start(books);
        using var log = ChangeLog.Of(site.Database);
        var routes = Routes.Of(site);
        var worked = new SortedSet<string>(StringComparer.Ordinal);
        var (faults, refused, turn) = (new List<string>(), new List<string>(), 700);
        for (var sender = 0; sender < Senders.Length; sender++)
        {
            var (mail, before) = (Senders[sender], worked.Count);
            using var visitor = await Enter(site, mail);
            var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery").Concat(starts));
            foreach (var forms in walk.Forms.Where(form => IsDue(form.Pattern, sender, worked)).GroupBy(form => form.Pattern).OrderBy(forms => Course.Place(forms.Key)))
                foreach (var form in forms.DistinctBy(form => form.Action).Concat(forms.DistinctBy(form => form.Page)).Distinct().Take(forms.Key == Finding ? int.MaxValue : Tries))
                    if (await DidItsWork(form) && form.Pattern != Finding) break;
            TestContext.Out.WriteLine($"proof: {mail}: {worked.Count - before} forms did their work once");

            async Task<bool> DidItsWork(FoundForm form)
            {
                if (await visitor.Again(form) is not { } fresh || (OpenASession.Contains(form.Pattern) ? fresh : await visitor.Again(form)) is not { } window) return false;
                turn++;
                var (filled, others) = (Answers.Filled(fresh, turn, site), Answers.Filled(window, turn, site));
                string? opened = null;
                log.Take();
                var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => i % 2 == 0 ? Send(fresh, filled) : Send(window, others)));
                if (Routes.StartsAJobOfInvitations(form.Pattern)) await PreparedBooks.Done(site);
                // Who came too late was shown out with the session that the first one ended; the answer to that one holds the new session.
                if (opened is not null) RunningSite.Keep(visitor, opened);
                var first = Counted(log);
                // A form whose work is a mail, a message or a number that is shown is known by its record.
                if (!first.Any(change => change.Table is not ("SubmittedForms" or "AuditRecords") || change.Table == "AuditRecords" && !IsDenial(change)))
                {
                    refused.Add($"{mail}: {form.Action}: {string.Join(' ', answers.Select(answer => (int)answer))}");
                    return false;
                }
                var (after, last) = (await Send(fresh, filled), await Send(window, others));
                var second = Counted(log);
                var status = string.Join(' ', answers.Select(answer => (int)answer));
                if (answers.Append(after).Append(last).Any(answer => (int)answer >= 500)) faults.Add($"{form.Pattern}: {status} then {(int)after} and {(int)last}");
                if (second.Any(change => change.Table != "AuditRecords" || !Repeats(change))) faults.Add($"{form.Pattern}, sent once more: {string.Join("; ", second)}");
                if (first.Count(change => change.Table == "SubmittedForms" && change.What == "new") > 1) faults.Add($"{form.Pattern}: its key was used more than once");
                var records = first.Where(change => change.Table == "AuditRecords").Select(change => string.Join('|', change.After.Where(column => column.Key is "Verb" or "Subject" or "Detail" or "Reason").Select(column => column.Value))).ToList();
                if (records.Count != records.Distinct().Count()) faults.Add($"{form.Pattern}: in the audit more than once: {string.Join("; ", records)}");
                if (records.Count == 0 && !Private.Contains(form.Pattern)) faults.Add($"{form.Pattern}: no record of {string.Join("; ", first)}");
                return worked.Add(form.Pattern) || form.Pattern == Finding;

                async Task<HttpStatusCode> Send(FoundForm copy, IEnumerable<KeyValuePair<string, string>> fields)
                {
                    using var content = Answers.Content(copy, fields, FileOf(copy, turn));
                    using var answer = await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), content);
                    if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) opened = cookies.FirstOrDefault(cookie => cookie.StartsWith("evergreen=", StringComparison.Ordinal) && !cookie.StartsWith("evergreen=;", StringComparison.Ordinal)) ?? opened;
                    return answer.StatusCode;
                }
            }
        }
        var left = NotSent.Of(routes).Except(worked).ToList();
        TestContext.Out.WriteLine($"proof: {worked.Count} forms did their work once, {NotSent.Because.Count} routes are no forms to send so");
        foreach (var fault in faults.Concat(refused.Where(line => left.Exists(pattern => routes.Find("POST", line.Split(": ")[1])?.Route.Pattern == pattern)))) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(left, Is.EquivalentTo(NotSent.Because.Keys), "a form that is not named here did no work, or one that is named did");
    }

    /// <summary>Signs a sender in, and once more elsewhere, in a session that can be ended from here.</summary>
    internal static async Task<HttpClient> Enter(DemoSite site, string mail)
    {
        // Whoever is there already may be shown out by what the administrator sends.
        if (mail == FullBooks.By) site.Seat(mail, "laundry", demo: true, Application.Access.Role.Accountant);
        (await site.EnterAs(mail)).Dispose();
        return await site.EnterAs(mail);
    }

    /// <summary>Whether a sender sends the form.</summary>
    /// <param name="worked">The forms that did their work.</param>
    internal static bool IsDue(string pattern, int sender, ISet<string> worked) =>
        !NotSent.Because.ContainsKey(pattern) && (!worked.Contains(pattern) || pattern == Finding) && (!Parting.Contains(pattern) || !Senders.Skip(sender + 1).Contains(Senders[sender])) && (pattern != Calculate || sender != Reviewer);

    [Test]
    public void EachRouteThatIsNotSentSoNamesTestsThatAreThere()
    {
        var tests = typeof(NotSent).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(TestAttribute), false) || method.IsDefined(typeof(TestCaseAttribute), false)).Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        Assert.That(NotSent.Because.Where(route => route.Value.Tests.Length == 0 || !route.Value.Tests.All(tests.Contains)).Select(route => $"{route.Key}: {route.Value.Words}: {string.Join(' ', route.Value.Tests)}"), Is.Empty);
    }

    /// <summary>What is sent with a form that takes a file: the same each time.</summary>
    internal static (string, byte[])? FileOf(FoundForm form, int turn) => !form.WithFiles || form.Pattern.EndsWith("/logo", StringComparison.Ordinal) ? null
        : form.Pattern.Contains("/imports/", StringComparison.Ordinal) ? ("paper.csv", Encoding.UTF8.GetBytes($"source_id,member_number,purchased_on,amount,department,eligible,store\r\nT{turn},1001,2026-11-03,1.00,,,\r\n"))
        : ("paper.pdf", Encoding.UTF8.GetBytes($"%PDF-1.7 paper T{turn}"));

    internal static List<ChangeLog.Change> Counted(ChangeLog log) => [.. log.Take().Where(change => !Aside.Contains(change.Table) && !(change.Table is "Jobs" && change.What != "new") && !(change.After.TryGetValue("From", out var from) && from.StartsWith("'job ", StringComparison.Ordinal)))];

    /// <summary>A form that was refused is recorded each time it is sent.</summary>
    internal static bool Repeats(ChangeLog.Change change) => IsDenial(change) || change.After["Verb"] is "'members.reveal'";

    internal static bool IsDenial(ChangeLog.Change change) => change.After["Verb"] is "'access.denied'" or "'access.sign-in-failed'";
}
