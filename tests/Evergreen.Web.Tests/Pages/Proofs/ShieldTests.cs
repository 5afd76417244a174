using System.Net;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>What every answer carries, what every form asks for, and that looking changes nothing: over every route that the walk finds.</summary>
public sealed class ShieldTests
{
    /// <summary>What the books may gain when someone only looks.</summary>
    private static readonly Dictionary<string, string> NotedInPassing = new(StringComparer.Ordinal)
    {
        ["SignInSessions"] = "that the session is in use, once a minute",
        ["SignInAttempts"] = "a try at the door",
        ["SiteKeys"] = "the first key of cookies and forms",
        ["AuditRecords"] = "who read a document, wrote a letter or was refused",
        ["Jobs"] = "a worker looks for work in its own time",
        ["JobLines"] = "a worker looks for work in its own time",
        ["Mails"] = "the post goes out in its own time",
        ["MemberInvitations"] = "the invitations of many members are made by a worker in its own time",
        ["Announcements"] = "other programs are told in their own time",
        ["WebhookDeliveries"] = "other programs are told in their own time",
        ["StatementDeliveries"] = "that a statement was opened, and by whom",
    };

    /// <summary>The whole policy, as the house has decided on it: what is added or left out is seen here.</summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Of files of members that are handed out.</summary>
    private const string Sandbox = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private DemoSite site = null!;
    private Routes routes = null!;
    private ChangeLog log = null!;

    /// <summary>Those that were found on a walk, by who went.</summary>
    private readonly Dictionary<string, IReadOnlyList<FoundForm>> forms = new(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start(PreparedBooks.Path);
        routes = Routes.Of(site);
        log = ChangeLog.Of(site.Database);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        log.Dispose();
        await site.DisposeAsync();
    }

    [TestCase("")]
    [TestCase("ana@demo.example")]
    [TestCase("joy@demo.example")]
    [TestCase("sam@demo.example")]
    [TestCase("lee@demo.example")]
    [TestCase("alma@demo.example")]
    [TestCase("alice@demo.example")]
    public async Task LookingChangesNothingAndEveryPageHasOneName(string mail)
    {
        using var visitor = await site.EnterAs(mail.Length == 0 ? null : mail);
        await Task.Delay(200);
        log.Take();
        var walk = await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery", "laundry"));
        forms[mail] = walk.Forms;
        var changes = log.Take().ToList();
        Assert.That(changes.Where(change => !NotedInPassing.ContainsKey(change.Table)), Is.Empty);
        Assert.That(changes.Where(change => change.Table == "AuditRecords" && change.What != "new"), Is.Empty);
        Assert.That(walk.Pages.Where(page => (int)page.Status >= 500).Select(page => page.Address), Is.Empty);
        Assert.That(walk.Pages.SelectMany(NotNamedOnce), Is.Empty);
        TestContext.Out.WriteLine($"proof: {walk.Pages.Count} pages, {walk.Forms.Count} forms, {changes.Count} notes in passing");
    }

    /// <summary>What the browser's title, the heading and the crumbs call a page is the same, and the office offers seven ways on at most.</summary>
    private static IEnumerable<string> NotNamedOnce(FoundPage page)
    {
        if (page.Html is not { } html || html.QuerySelector("main") is null) yield break;
        var headings = html.QuerySelectorAll("h1").Select(heading => Plain(heading.TextContent)).ToList();
        if (headings is not [{ Length: > 0 } name])
        {
            yield return $"{page.Address} has {headings.Count} headings of the first rank";
            yield break;
        }
        var title = Plain(html.Title ?? "");
        var said = title.StartsWith("Error: ", StringComparison.Ordinal) ? title["Error: ".Length..] : title;
        if (!said.StartsWith($"{name} – ", StringComparison.Ordinal) || !title.EndsWith(" – Evergreen", StringComparison.Ordinal)) yield return $"{page.Address} is '{name}' and in the browser '{title}'";
        if (html.QuerySelector(".breadcrumb .active") is { } last && Plain(last.TextContent) != name) yield return $"{page.Address} is '{name}' and in its crumbs '{last.TextContent}'";
        if (html.QuerySelectorAll(".top .tabs a").Length > 7) yield return $"{page.Address} has more than seven items at its top";

        static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Test]
    public async Task NoFormDoesAnythingWithoutItsToken()
    {
        var faults = new List<string>();
        foreach (var mail in (string[])["joy@demo.example", "ana@demo.example", "alma@demo.example"])
        {
            using var visitor = await site.EnterAs(mail);
            if (!forms.TryGetValue(mail, out var found)) found = (await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"))).Forms;
            foreach (var form in found.DistinctBy(form => form.Pattern))
            {
                foreach (var token in (string?[])[null, "", "CfDJ8of-another-house"])
                {
                    log.Take();
                    var fields = Answers.Of(form, 300).Where(field => field.Key != "_token").ToList();
                    if (token is not null) fields.Add(KeyValuePair.Create("_token", token));
                    using var content = Answers.Content(form, fields);
                    using var answer = await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), content);
                    if (answer.StatusCode != HttpStatusCode.BadRequest) faults.Add($"{form.Pattern} with token '{token}': {(int)answer.StatusCode}");
                    faults.AddRange(log.Take().Where(change => !NotedInPassing.ContainsKey(change.Table)).Select(change => $"{form.Pattern}: {change}"));
                }
            }
        }
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task EveryAnswerOfEveryMethodCarriesTheHeadersAndOtherMethodsDoNothing()
    {
        var faults = new List<string>();
        using var visitor = await site.Enter(Role.Administrator);
        log.Take();
        foreach (var route in routes.All.Select(route => route.Pattern).Distinct().Append("/no/such/page").Append("/assets/"))
        {
            if (route.EndsWith("/events", StringComparison.Ordinal)) continue;
            foreach (var method in (string[])["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), Places.Fill(route));
                using var answer = await visitor.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var where = $"{method} {route}: {(int)answer.StatusCode}";
                if (method is not ("GET" or "POST" or "HEAD" or "OPTIONS") && (int)answer.StatusCode is not (400 or 401 or 403 or 404 or 405) && routes.All.All(one => one.Pattern != route || one.Method != method && one.Method != "*")) faults.Add(where);
                if ((int)answer.StatusCode >= 500) faults.Add(where);
                var policy = answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies.Single() : "";
                if (policy != Policy && !(policy == Sandbox && answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is not "text/html")) faults.Add($"{where} has the policy {policy}");
                if (!Is("X-Content-Type-Options", "nosniff") || !Is("Referrer-Policy", "") || !Is("Permissions-Policy", "camera=()") || !Is("Cross-Origin-Opener-Policy", "same-origin") || !Is("Cross-Origin-Resource-Policy", "same-origin")) faults.Add($"{where} lacks a header");
                if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By")) faults.Add($"{where} names the server");

                bool Is(string name, string begins) => answer.Headers.TryGetValues(name, out var values) && values.Single().Contains(begins, StringComparison.Ordinal);
            }
        }
        faults.AddRange(log.Take().Where(change => !NotedInPassing.ContainsKey(change.Table)).Select(change => change.ToString()));
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task EveryRefusalAtTheDoorIsOneRecord()
    {
        var faults = new List<string>();
        foreach (var role in (Role[])[Role.Clerk, Role.Auditor, Role.Accountant])
        {
            using var visitor = await site.Enter(role);
            foreach (var route in routes.All.Where(route => route.Method is "GET" or "POST" && route.Pattern.StartsWith("/office/{coop}", StringComparison.Ordinal)))
            {
                log.Take();
                var address = Places.Fill(route.Pattern);
                using var answer = route.Method == "GET" ? await visitor.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead) : await visitor.Post(address);
                if (answer.StatusCode != HttpStatusCode.Forbidden) continue;
                var records = log.Take().Where(change => change.Table == "AuditRecords" && !change.After["From"].StartsWith("'job ", StringComparison.Ordinal)).ToList();
                var right = records.Count == 1 && records[0].After["Verb"] == "'access.denied'" && records[0].After["By"] == $"'{DemoSite.MailOf(role)}'" && records[0].After.Values.Any(value => value.Contains($"{route.Method} {address}", StringComparison.Ordinal)) && records[0].After["At"].Length > 10;
                if (!right) faults.Add($"{role} {route.Method} {address}: {string.Join("; ", records)}");
            }
        }
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task WhatIsWrittenIntoTheAuditStaysOnOneLine()
    {
        using var clerk = await site.Enter(Role.Clerk);
        log.Take();
        foreach (var part in (string[])["people%0d%0aaccess.grant%20joy", "people%0a%1b[2J", "people%e2%80%a8x", "people%00"])
            using (await clerk.GetAsync(new Uri($"/office/grocery/settings/{part}", UriKind.Relative))) { }
        using (await clerk.GetAsync(new Uri("/office/grocery/settings/people?x=%0d%0aaccess.grant", UriKind.Relative))) { }
        using (var stranger = site.Site.Visitor())
            await stranger.Send("/sign-in", ("Mail", "joy@demo.example\r\naccess.grant"), ("Password", "x\r\ny"));
        var texts = log.Take().Where(change => change.Table == "AuditRecords").SelectMany(change => change.After.Values).ToList();
        Assert.That(texts, Is.Not.Empty);
        Assert.That(texts.Where(text => text.Any(sign => char.IsControl(sign) || sign is '\u2028' or '\u2029')), Is.Empty);
    }
}
