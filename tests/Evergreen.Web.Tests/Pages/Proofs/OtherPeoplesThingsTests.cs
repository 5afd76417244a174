using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.Jobs;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Webhooks;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>What belongs to another co-op is missing, in the same words as what never was: over every route, by path, query and form, pages and files alike.</summary>
public sealed class OtherPeoplesThingsTests
{
    private const string Theirs = "grocery", Ours = "laundry";

    /// <summary>Parts of an address that name no thing of anybody's.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase) { "coop", "year", "kind", "format", "letter", "secret", "guide", "status", "hash", "name", "finding", "area", "controller", "action" };

    private DemoSite site = null!;
    private Routes routes = null!;
    private HttpClient neighbour = null!;
    private ChangeLog log = null!;
    private Walk home = null!;
    private List<string> runs = [];
    private Walk[] abroad = [];

    /// <summary>What no link leads to while its work is not there to be done.</summary>
    private readonly List<(string Method, string Pattern, string Address)> besides = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start(PreparedBooks.Path);
        routes = Routes.Of(site);
        Besides();
        log = ChangeLog.Of(site.Database);
        neighbour = await site.EnterAt(Ours);
        runs = site.Books.Read(db => db.DividendRuns.Where(run => run.CoOpId == db.CoOps.Single(coOp => coOp.Code == Ours).Id).ToList()).ConvertAll(run => run.Name);
        home = await Walk.Through(routes, neighbour, Walk.Starts(routes, Ours));
        using var administrator = await site.Enter(Role.Administrator);
        using var accountant = await site.Enter(Role.Accountant);
        abroad = [await Walk.Through(routes, administrator, Walk.Starts(routes, Theirs)), await Walk.Through(routes, accountant, Walk.Starts(routes, Theirs))];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        log.Dispose();
        neighbour.Dispose();
        await site.DisposeAsync();
    }

    /// <summary>What the prepared books have none of: a member's request, a program, a webhook with a message that did not arrive, a print file, a mail that was not sent.</summary>
    private void Besides()
    {
        var theirs = site.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == Theirs).Id);
        Assert.That(new AskToLeave(site.Books).Run(new(Theirs, "1002", DateOnly.FromDateTime(site.Books.Now).AddMonths(1), null, "hanh@demo.example")).Refusal, Is.Null);
        Assert.That(new RegisterApp(site.Books).Run(new(theirs, "Till", AppKind.Program, [AppScopes.PurchasesWrite], "joy@demo.example", "192.0.2.7")).Refusal, Is.Null);
        site.Books.Write<int>(false, db =>
        {
            var now = site.Books.Now;
            var endpoint = new WebhookEndpoint { CoOpId = theirs, Number = 1, Url = "https://till.example/hook", Events = "nothing.of.this", SecretSealed = "sealed", CreatedAt = now, CreatedBy = "joy@demo.example" };
            db.WebhookEndpoints.Add(endpoint);
            db.SaveChanges();
            db.WebhookDeliveries.Add(new WebhookDelivery { EndpointId = endpoint.Id, MessageId = "msg_1", Type = "test", Body = "{}", QueuedAt = now, DueAt = now, State = DeliveryState.Failed });
            var run = db.DividendRuns.Where(run => run.CoOpId == theirs).OrderBy(run => run.Id).First().Name;
            var printed = new Job { CoOpId = theirs, Kind = "statements.print-file", Subject = $"run {run}", OnceKey = "besides", RequestJson = "{}", By = "ana@demo.example", At = now, State = JobState.Done };
            var notice = new MailMessage { CoOpId = theirs, Key = "besides", MemberId = db.Members.Single(member => member.CoOpId == theirs && member.Number == "1002").Id, ToAddress = "hanh@demo.example", ToName = "Hanh", Subject = "Your statement", Text = "It is there.", Html = "<p>It is there.</p>", By = "ana@demo.example", QueuedAt = now, DueAt = now, State = MailState.Failed };
            db.Add(printed);
            db.Add(notice);
            db.SaveChanges();
            besides.Add(("GET", "/office/{coop}/statements/{run}/files/{id}", $"/office/{Theirs}/statements/{run}/files/{printed.Id}"));
            besides.Add(("POST", "/office/{coop}/statements/{run}/mails/{mailId}/again", $"/office/{Theirs}/statements/{run}/mails/{notice.Id}/again"));
            besides.Add(("POST", "/office/{coop}/members/{number}/mail/{id}/again", $"/office/{Theirs}/members/1002/mail/{notice.Id}/again"));
            return endpoint.Id;
        });
    }

    /// <summary>Method and address of everything of theirs that a link or a form named.</summary>
    private IEnumerable<(string Method, string Pattern, string Address)> OfTheirs() => abroad.SelectMany(walk => walk.Named)
        .SelectMany(named => named.Value.Select(address => (Method: named.Key.Split(' ')[0], Pattern: named.Key.Split(' ')[1], Address: address)))
        .Where(named => named.Address.Contains($"/{Theirs}", StringComparison.Ordinal)).Distinct().GroupBy(named => (named.Method, named.Pattern)).SelectMany(group => group.Take(3));

    /// <summary>Besides, the routes to a thing that no link and no form named: by the things that others of them lead to.</summary>
    private IEnumerable<(string Method, string Pattern, string Address)> WithTheUnnamed()
    {
        var named = OfTheirs().Concat(besides).ToList();
        var known = named.Select(one => (one.Method, one.Pattern)).ToHashSet();
        return named.Concat(OfThings().Where(route => !known.Contains((route.Method, route.Pattern))).SelectMany(route =>
        {
            var thing = Thing(route.Pattern);
            var parts = thing.Count(sign => sign == '/') + 1;
            return named.Where(one => one.Pattern == thing || one.Pattern.StartsWith(thing + "/", StringComparison.Ordinal)).Take(1)
                .Select(one => (route.Method, route.Pattern, string.Join('/', one.Address.Split('/').Take(parts)) + route.Pattern[thing.Length..]));
        }));
    }

    /// <summary>A route as far as it names something.</summary>
    private static string Thing(string pattern) => pattern[..(pattern.LastIndexOf('}') + 1)];

    /// <summary>The office's routes to a thing of somebody's, by its number or name.</summary>
    private IEnumerable<Routes.Route> OfThings() => routes.All.Where(route => route.Pattern.StartsWith("/office/{coop}/", StringComparison.Ordinal) && route.Endpoint.RoutePattern.Parameters.Any(part => !Common.Contains(part.Name)));

    [Test]
    public async Task WhateverACoOpHasIsNotThereForWhoeverHasNoRoleInIt()
    {
        var faults = new List<string>();
        var asked = 0;
        var waiting = OfThings().Select(route => $"{route.Method} {route.Pattern}").ToHashSet(StringComparer.Ordinal);
        foreach (var (method, pattern, address) in WithTheUnnamed())
        {
            asked++;
            waiting.Remove($"{method} {pattern}");
            var (theirs, changed) = await Ask(method, address);
            var (nobodys, _) = await Ask(method, address.Replace($"/{Theirs}", "/no-such-co-op", StringComparison.Ordinal));
            if (theirs != nobodys || !theirs.StartsWith("404", StringComparison.Ordinal)) faults.Add($"{method} {pattern}: {theirs} and not {nobodys}");
            if (changed.Length > 0) faults.Add($"{method} {address} changed {changed}");
        }
        TestContext.Out.WriteLine($"proof: {asked} addresses asked for.");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.GreaterThan(150));
        Assert.That(waiting, Is.Empty, "routes to a thing that was not asked for");
    }

    [Test]
    public async Task WhatIsNumberedElsewhereIsMissingHereInTheSameWordsAsWhatNeverWas()
    {
        var faults = new List<string>();
        var asked = 0;
        var waiting = OfThings().Select(route => $"{route.Method} {route.Pattern}").ToHashSet(StringComparer.Ordinal);
        var same = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (method, pattern, address) in WithTheUnnamed())
        {
            var here = address.Replace($"/{Theirs}", $"/{Ours}", StringComparison.Ordinal);
            if (Nowhere(method, here) is not { } nowhere) continue;
            if (Own(pattern, here) || Both(here) || OurEntry(here) || await OurImport(here))
            {
                same.Add($"{method} {pattern}");
                continue;
            }
            asked++;
            waiting.Remove($"{method} {pattern}");
            var (theirs, changed) = await Ask(method, here);
            var (never, _) = await Ask(method, nowhere);
            if (theirs != never) faults.Add($"{method} {here}: {theirs}\n   {nowhere}: {never}");
            if (changed.Length > 0) faults.Add($"{method} {here} changed {changed}");
        }
        TestContext.Out.WriteLine($"proof: {asked} addresses asked for.");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.GreaterThan(60));
        Assert.That(waiting.Except(same), Is.Empty, "routes to a thing that was not asked for");

        // Each co-op counts what it has from 1: the same number here is another thing, of our own.
        bool Own(string pattern, string here)
        {
            var thing = string.Join('/', here.Split('/').Take(Thing(pattern).Count(sign => sign == '/') + 1));
            return home.Named.Values.Any(addresses => addresses.Any(address => address == thing || address.StartsWith(thing + "/", StringComparison.Ordinal)));
        }

        // The ledger has its own without a gap, so that whatever number stands there is here too, or is asked for.
        bool OurEntry(string here) => here.Split("/ledger/entries/") is [_, var number] && long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var sequence)
            && site.Books.Read(db => db.LedgerEntries.Any(entry => entry.Sequence == sequence && entry.CoOpId == db.CoOps.Single(coOp => coOp.Code == Ours).Id));

        async Task<bool> OurImport(string here)
        {
            var import = here.Split('/').SkipWhile(part => part != "imports").Skip(1).FirstOrDefault();
            return import is not null && (await Ask("GET", $"/office/{Ours}/imports/{import}")).Said.StartsWith("200", StringComparison.Ordinal);
        }
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("999999999")]
    [TestCase("99999999999999999999")]
    [TestCase("00000000000000000000000000000000")]
    [TestCase("%2e%2e%2fevergreen.db")]
    [TestCase("..%5c..%5cevergreen.db")]
    [TestCase("evergreen.db%00.pdf")]
    [TestCase("1%27%20OR%201=1--")]
    public async Task GuessedNumbersAndNamesFindNothing(string guess)
    {
        var faults = new List<string>();
        foreach (var route in routes.All.Where(route => route.Method == "GET" && !route.Pattern.StartsWith("/connect", StringComparison.Ordinal)))
        {
            var parts = route.Endpoint.RoutePattern.Parameters.Select(part => part.Name).Where(name => !Common.Contains(name)).ToList();
            if (parts.Count == 0) continue;
            var address = route.Pattern.Replace("{coop}", Ours, StringComparison.Ordinal).Replace("{year}", "2025", StringComparison.Ordinal);
            foreach (var part in parts) address = address.Replace($"{{{part}}}", guess, StringComparison.Ordinal);
            address = Places.Fill(address);
            using var answer = await neighbour.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            if ((int)answer.StatusCode is not (400 or 401 or 404) && !(answer.Headers.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) ?? false)) faults.Add($"{address}: {(int)answer.StatusCode}");
        }
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task NoQueryBringsUpWhatBelongsToAnotherCoOp()
    {
        var (mails, member) = site.Books.Read(db =>
        {
            var theirs = db.CoOps.Single(coOp => coOp.Code == Theirs).Id;
            var people = db.Members.Where(member => member.CoOpId == theirs && member.Email != null).OrderBy(member => member.Id).ToList();
            return (people.Select(one => one.Email!).ToHashSet(StringComparer.OrdinalIgnoreCase), people[0]);
        });
        var faults = new List<string>();
        foreach (var route in routes.All.Where(route => route.Method == "GET"))
        {
            var names = Queries(route);
            if (names.Count == 0 || !home.Named.TryGetValue($"GET {route.Pattern}", out var addresses) || addresses.First() is not { } address) continue;
            foreach (var value in (string[])[member.Number, member.FamilyName ?? member.Name, member.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "1", "2", "grocery"])
            {
                var query = string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(value)}"));
                using var answer = await neighbour.GetAsync(new Uri($"{address}?{query}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
                if (answer.StatusCode == HttpStatusCode.InternalServerError) faults.Add($"{address}?{query}: a fault");
                if (answer.Content.Headers.ContentType?.MediaType == "text/event-stream") continue;
                var text = await answer.Content.ReadAsStringAsync();
                if (mails.FirstOrDefault(mail => text.Contains(mail, StringComparison.OrdinalIgnoreCase)) is { } mail) faults.Add($"{address}?{query} shows {mail}");
            }
        }
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task NoFieldOfAFormReachesIntoAnotherCoOp()
    {
        // On books of its own: what is sent here changes them.
        await using var own = await DemoSite.Start(PreparedBooks.Path);
        using var changes = ChangeLog.Of(own.Database);
        using var sender = await own.EnterAt(Ours);
        var theirs = own.Books.Read(db => db.CoOps.Single(coOp => coOp.Code == Theirs).Id);
        var owners = Owners();
        var faults = new List<string>();
        var sent = 0;
        foreach (var form in home.Forms.Where(form => form.Action.Contains($"/{Ours}", StringComparison.Ordinal)).DistinctBy(form => form.Pattern))
        {
            var twin = abroad.SelectMany(walk => walk.Forms).FirstOrDefault(other => other.Pattern == form.Pattern);
            changes.Take();
            var fields = Answers.Of(form, 900 + sent).Select(field => field.Key is "_token" or "_once" ? field : KeyValuePair.Create(field.Key, Foreign(form, twin, field))).ToList();
            using var answer = await sender.Post(form.Action, fields);
            sent++;
            if (answer.StatusCode == HttpStatusCode.InternalServerError) faults.Add($"{form.Action}: a fault");
            foreach (var change in changes.Take())
                if (Owner(change.After.Count > 0 ? change.After : change.Before) == theirs) faults.Add($"{form.Action} with {string.Join('&', fields.Select(field => $"{field.Key}={field.Value}"))} reached {change}");
        }
        TestContext.Out.WriteLine($"proof: {sent} forms sent.");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);

        int? Owner(IReadOnlyDictionary<string, string> row) =>
            row.TryGetValue("CoOpId", out var coOp) && int.TryParse(coOp, out var id) ? id : row.TryGetValue("MemberId", out var member) && owners.TryGetValue(member, out var at) ? at : null;
    }

    private Dictionary<string, int> Owners() => site.Books.Read(db => db.Members.Select(member => new { member.Id, member.CoOpId }).ToList()).ToDictionary(member => member.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), member => member.CoOpId);

    private static string Foreign(FoundForm form, FoundForm? twin, KeyValuePair<string, string> field)
    {
        if (field.Key is "Owner" or "Other" or "Kept" or "Member" or "Number" or "member") return "1001";
        var here = form.Fields.FirstOrDefault(one => one.Name == field.Key);
        return here is { Type: "hidden" or "select" or "radio" } && twin?.Fields.FirstOrDefault(one => one.Name == field.Key)?.Value is { Length: > 0 } there ? there : field.Value;
    }

    /// <summary>Runs are named after their year, so that each co-op has its own of the same name.</summary>
    private bool Both(string address) => runs.Any(run => address.EndsWith($"/{run}", StringComparison.Ordinal) || address.Contains($"/{run}/", StringComparison.Ordinal) && !address.Contains("/members/", StringComparison.Ordinal) && !address.Contains("/files/", StringComparison.Ordinal) && !address.Contains("/mails/", StringComparison.Ordinal));

    /// <summary>What a page takes in its address after the question mark.</summary>
    internal static List<string> Queries(Routes.Route route) => [.. (route.Endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters ?? [])
        .Where(parameter => parameter.BindingInfo?.BindingSource != BindingSource.Services && !route.Pattern.Contains($"{{{parameter.Name}}}", StringComparison.OrdinalIgnoreCase))
        .SelectMany(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType.IsValueType ? [parameter.Name] : parameter.ParameterType.GetProperties().Where(property => property.CanWrite).Select(property => property.Name))];

    /// <summary>The same address with the last thing that it names replaced by one that never was; null where it names none.</summary>
    private string? Nowhere(string method, string address)
    {
        if (routes.Find(method, address) is not { } found) return null;
        var last = found.Route.Endpoint.RoutePattern.Parameters.LastOrDefault(part => !Common.Contains(part.Name));
        if (last is null) return null;
        var never = last.ParameterPolicies.Any(policy => policy.Content == "int") ? "999999" : "no-such-thing";
        var filled = found.Route.Pattern;
        foreach (var (name, value) in found.Values) filled = filled.Replace($"{{{name}}}", name == last.Name ? never : value?.ToString(), StringComparison.OrdinalIgnoreCase);
        return filled;
    }

    private async Task<(string Said, string Changed)> Ask(string method, string address)
    {
        log.Take();
        using var answer = method == "POST" ? await neighbour.Post(address, [KeyValuePair.Create("Reason", "none"), KeyValuePair.Create("On", "2026-11-02")]) : await neighbour.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var changed = string.Join("; ", log.Take().Where(change => change.Table is not ("SignInSessions" or "AuditRecords" or "Jobs" or "JobLines")).Select(change => change.ToString()));
        var said = await answer.Said(address);
        // An answer may repeat what was asked for.
        if (routes.Find(method, address) is { } found)
            foreach (var (_, value) in found.Values.Where(value => !Common.Contains(value.Key))) said = System.Text.RegularExpressions.Regex.Replace(said, $@"(?<![\w]){System.Text.RegularExpressions.Regex.Escape($"{value}")}(?![\w])", "#", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        return (said.Length > 300 ? said[..300] : said, changed);
    }
}
