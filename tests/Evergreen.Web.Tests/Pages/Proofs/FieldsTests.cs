using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>
/// A form changes what its fields name and nothing else, whatever is sent along: every form is sent twice, on twin copies of the books,
/// once as its page has it and once with every property that anything in the books has and the form does not ask for. Both leave the same behind.
/// </summary>
public sealed class FieldsTests
{
    /// <summary>Written by the worker of the jobs in its own time, or noted with each request.</summary>
    private static readonly HashSet<string> Aside = new(StringComparer.Ordinal) { "SignInSessions", "JobLines", "Mails", "StatementIssues", "StatementCopies", "StatementDeliveries", "SubmittedForms", "Announcements", "WebhookDeliveries", "WebhookAttempts" };

    /// <summary>How many forms of one route are tried until one does its work.</summary>
    private const int Tries = 3;

    /// <summary>Forms that do no work here, beside those of <see cref="NotSent"/>.</summary>
    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["/office/{coop}/jobs/{id}/cancel"] = "changes the job and its record alone, which are set aside here", ["/office/{coop}/members/invitations/mails"] = "starts a job whose codes are different each time",
    };

    [Test]
    public async Task FieldsThatAFormDoesNotHaveChangeNothing()
    {
        var (books, starts) = await FullBooks.Ready();
        await using var plain = await DemoSite.Start(books);
        await using var planted = await DemoSite.Start(books);
        using var plainLog = ChangeLog.Of(plain.Database);
        using var plantedLog = ChangeLog.Of(planted.Database);
        var routes = Routes.Of(plain);
        var extra = Extra(plain);
        var (faults, worked, turn) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal), 500);
        for (var sender = 0; sender < SentTwiceTests.Senders.Length; sender++)
        {
            var (mail, before) = (SentTwiceTests.Senders[sender], worked.Count);
            using var one = await SentTwiceTests.Enter(plain, mail);
            using var other = await SentTwiceTests.Enter(planted, mail);
            var walk = await Walk.Through(routes, one, Walk.Starts(routes, "grocery").Concat(starts));
            foreach (var forms in walk.Forms.Where(form => SentTwiceTests.IsDue(form.Pattern, sender, worked) && !Routes.StartsAJobOfInvitations(form.Pattern)).GroupBy(form => form.Pattern).OrderBy(forms => Course.Place(forms.Key)))
                foreach (var form in forms.DistinctBy(form => form.Action).Concat(forms.DistinctBy(form => form.Page)).Distinct().Take(forms.Key == SentTwiceTests.Finding ? int.MaxValue : Tries))
                    if (await DidItsWork(form) && form.Pattern != SentTwiceTests.Finding) break;
            TestContext.Out.WriteLine($"proof: {mail}: {worked.Count - before} forms did their work, with {extra.Count} more fields");

            async Task<bool> DidItsWork(FoundForm form)
            {
                if (await one.Again(form) is not { } here || await other.Again(form) is not { } there) return false;
                turn++;
                plainLog.Take();
                plantedLog.Take();
                using var first = await Send(one, plain, here, turn, [], []);
                using var second = await Send(other, planted, there, turn, extra, OtherPeoplesThingsTests.Queries(routes.Find("POST", form.Action)!.Value.Route));
                var changes = Counted(plainLog);
                var (left, right) = (Lines(changes), Lines(Counted(plantedLog)));
                if (first.StatusCode != second.StatusCode) faults.Add($"{form.Pattern}: {(int)first.StatusCode} without, {(int)second.StatusCode} with more fields");
                faults.AddRange(right.Except(left).Select(line => $"{form.Pattern}: only with more fields: {line}"));
                faults.AddRange(left.Except(right).Select(line => $"{form.Pattern}: only without: {line}"));
                // That somebody was refused, or tried a password, is no work.
                var did = changes.Any(change => change.Table != "SignInAttempts" && !(change.Table == "AuditRecords" && SentTwiceTests.IsDenial(change)));
                if (did) worked.Add(form.Pattern);
                return did;
            }
        }
        var without = NotSent.Of(routes).Except(worked).Except(NotSent.Because.Keys).ToList();
        foreach (var pattern in without) TestContext.Out.WriteLine($"proof: no work: {pattern}");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(without, Is.EquivalentTo(Left.Keys), "a form that is not named here did no work, or one that is named did");
    }

    private static async Task<HttpResponseMessage> Send(HttpClient visitor, DemoSite site, FoundForm form, int turn, IReadOnlyList<KeyValuePair<string, string>> extra, IEnumerable<string> asked)
    {
        var fields = Answers.Filled(form, turn, site);
        var named = fields.Select(field => field.Key).Concat(form.Fields.Select(field => field.Name)).Concat(asked).ToHashSet(StringComparer.OrdinalIgnoreCase);
        using var content = Answers.Content(form, [.. fields, .. extra.Where(field => !named.Contains(field.Key))], SentTwiceTests.FileOf(form, turn));
        return await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), content);
    }

    /// <summary>Every property of everything that is stored, with a value that stands out; bare, and under the name of what it belongs to.</summary>
    private static List<KeyValuePair<string, string>> Extra(DemoSite site)
    {
        var properties = site.Books.Read(db => db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property => (Entity: entity.ClrType.Name, property.Name, Type: Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType))).ToList());
        var bare = properties.DistinctBy(property => property.Name).Select(property => KeyValuePair.Create(property.Name, Value(property.Type)));
        var owned = properties.Where(property => property.Entity is "Member" or "CoOp" or "SignIn" or "RoleGrant" or "DividendRun").Select(property => KeyValuePair.Create($"{property.Entity}.{property.Name}", Value(property.Type)));
        return [.. bare, .. owned];
    }

    private static string Value(Type type) => type switch
    {
        _ when type == typeof(bool) => "true",
        _ when type == typeof(DateOnly) => "1987-06-05",
        _ when type == typeof(DateTime) => "1987-06-05T04:03:02",
        _ when type.IsEnum => Enum.GetNames(type)[^1],
        _ when type == typeof(string) => "planted",
        _ => "918273",
    };

    private static List<ChangeLog.Change> Counted(ChangeLog log) => [.. log.Take().Where(change => !Aside.Contains(change.Table) && !(change.Table == "Jobs" && change.What != "new") && !(change.Table == "AuditRecords" && change.After["Verb"].StartsWith("'jobs.", StringComparison.Ordinal)) && !(change.Table == "AuditRecords" && change.After["Verb"].StartsWith("'statements.", StringComparison.Ordinal)))];

    /// <summary>What changed, column by column, without what is different each time: moments, random numbers, digests and sealed values.</summary>
    private static HashSet<string> Lines(IEnumerable<ChangeLog.Change> changes) => [.. changes
        .SelectMany(change => change.Columns.Where(column => column is not "OnceKey" && (column is not "Id" || change.Table != "AuditRecords")).Select(column => $"{change.Table} {change.What} {column} = {Same((change.After.Count > 0 ? change.After : change.Before)[column])}"))];

    private static string Same(string value) =>
        value.StartsWith("X'", StringComparison.Ordinal) || value.Length > 45 || System.Text.RegularExpressions.Regex.IsMatch(value, "^'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.Z]+'$|^'[A-Za-z0-9_=+/-]{22,}'$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) ? "*" : value;
}
