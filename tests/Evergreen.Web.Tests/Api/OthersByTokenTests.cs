using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Evergreen.Web.Tests.Api.Connect;
using Evergreen.Web.Tests.Pages;
using Evergreen.Web.Tests.Pages.Proofs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Evergreen.Web.Tests.Api;

/// <summary>What belongs to another co-op, or to another member, is missing for a token in the same words as what never was: over every route of the API that names a thing.</summary>
public sealed class OthersByTokenTests
{
    private const string Never = "no-such";
    private DemoSite site = null!;
    private List<Routes.Route> routes = null!;
    private HttpClient theirs = null!, ours = null!, member = null!;

    /// <summary>For each part of an address that names a thing: one that the grocery has and the laundry has not.</summary>
    private readonly Dictionary<string, string[]> things = new(StringComparer.Ordinal);

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        routes = [.. Routes.Of(site).All.Where(route => route.Pattern.StartsWith("/api/", StringComparison.Ordinal))];
        string[] all = [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)];
        theirs = await Tokens.ProgramOf(site.Site, "grocery", all);
        ours = await Tokens.ProgramOf(site.Site, "laundry", all);
        using var hanh = await site.EnterAs("hanh@demo.example");
        member = site.Site.Visitor();
        member.DefaultRequestHeaders.Authorization = new("Bearer", await Purse.TokenOf(site, "laundry", hanh, [.. AppScopes.Of(AppKind.ForMembers).Select(scope => scope.Name)]));
        await Plant();
    }

    private async Task Plant()
    {
        using var accountant = await site.Enter(Role.Accountant);
        foreach (var coOp in (string[])["grocery", "laundry"]) (await accountant.SendTo($"/office/{coOp}/statements/2025-1", $"/office/{coOp}/statements/2025-1/issue", ("Paper", "Letter"))).Dispose();
        for (var waited = 0; waited < 600 && site.Books.Read(db => db.Jobs.Any(job => job.State == Domain.Jobs.JobState.Queued || job.State == Domain.Jobs.JobState.Running)); waited++) await Task.Delay(50);
        // A run that the laundry has none of the same name of.
        (await accountant.Send("/office/grocery/dividends/runs/2025-1/reverse", ("Reason", "to be worked out anew"), ("On", "2026-11-02"))).Dispose();
        (await accountant.SendTo("/office/grocery/dividends/2025", "/office/grocery/dividends/2025/calculate")).Dispose();
        Assert.That((await theirs.Post("/api/v1/purchases", """{"receipt":"not-yours","member":"1001","on":"2026-06-12","amount":"12.34"}""")).Status, Is.EqualTo(201));
        Assert.That((await theirs.Post("/api/v1/hours", """{"id":"not-yours","member":"1001","workedOn":"2026-06-15","hours":"7.25","wages":"145.00"}""")).Status, Is.EqualTo(201));
        var (numbers, runs) = site.Books.Read(db =>
        {
            var (grocery, laundry) = (db.CoOps.Single(one => one.Code == "grocery").Id, db.CoOps.Single(one => one.Code == "laundry").Id);
            return (db.Members.Where(one => one.CoOpId == grocery && !db.Members.Any(other => other.CoOpId == laundry && other.Number == one.Number)).OrderBy(one => one.Id).Select(one => one.Number).Take(3).ToArray(),
                db.DividendRuns.Where(run => run.CoOpId == grocery).ToList().Select(run => run.Name).Except(db.DividendRuns.Where(run => run.CoOpId == laundry).ToList().Select(run => run.Name)).ToArray());
        });
        (things["number"], things["member"], things["run"], things["receipt"], things["id"]) = (numbers, numbers, runs, ["not-yours"], ["not-yours"]);
        Assert.That(things.Values, Has.All.Not.Empty);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        theirs.Dispose();
        ours.Dispose();
        member.Dispose();
        await site.DisposeAsync();
    }

    [Test]
    public async Task WhatOthersHaveIsMissingOnEveryRouteThatNamesIt()
    {
        var asked = 0;
        var faults = new List<string>();
        foreach (var route in routes.Where(route => route.Method == "GET" && route.Endpoint.RoutePattern.Parameters.Count > 0))
        {
            var my = route.Pattern.StartsWith("/api/v1/my/", StringComparison.Ordinal);
            foreach (var part in route.Endpoint.RoutePattern.Parameters.Select(part => part.Name))
            {
                // Every member has a dividend of the year: there it is the run that may be another's.
                if (part == "year") continue;
                Assert.That(things.ContainsKey(part), Is.True, $"{route.Pattern}: say here what a {part} of another co-op is");
                foreach (var thing in things[part])
                {
                    var (there, nowhere) = (Filled(route.Pattern, part, thing), Filled(route.Pattern, part, Never));
                    await Same(my ? member : ours, there, nowhere, thing);
                    // The comparison can fail: whoever has it, sees it. Statements of a run that was reversed are seen by nobody.
                    if (!my && !route.Pattern.Contains("/statements/", StringComparison.Ordinal) && (await theirs.Get(there)).Status != 200) faults.Add($"{there} is not there for its own co-op");
                }
            }
        }
        foreach (var route in routes.Where(route => route.Method == "GET" && OtherPeoplesThingsTests.Queries(route).Contains("member", StringComparer.OrdinalIgnoreCase)))
            foreach (var thing in things["member"]) await Same(ours, $"{route.Pattern}?member={thing}", $"{route.Pattern}?member={Never}", thing);
        TestContext.Out.WriteLine($"proof: {asked} things of others asked for");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.GreaterThan(18));

        async Task Same(HttpClient who, string there, string nowhere, string thing)
        {
            asked++;
            var (one, other) = (await who.Get(there), await who.Get(nowhere));
            if (one.Status != 404 || other.Status != 404 || Said(one, thing) != Said(other, Never)) faults.Add($"{there}: {one}\n   {nowhere}: {other}");
        }
    }

    /// <summary>Whoever holds a good token and guesses: numbers beyond all that are there, and names that try to be something else.</summary>
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("999999999")]
    [TestCase("99999999999999999999")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    [TestCase("%2e%2e%2fevergreen.db")]
    [TestCase("..%5c..%5cevergreen.db")]
    [TestCase("1%27%20OR%201=1--")]
    public async Task GuessedNumbersAndNamesFindNothing(string guess)
    {
        var (faults, asked) = (new List<string>(), 0);
        foreach (var route in routes.Where(route => route.Method == "GET"))
            foreach (var part in route.Endpoint.RoutePattern.Parameters.Select(part => part.Name))
            {
                var my = route.Pattern.StartsWith("/api/v1/my/", StringComparison.Ordinal);
                var address = Filled(route.Pattern, part, guess);
                var answer = await (my ? member : ours).Get(address);
                asked++;
                if (answer.Status is not (400 or 404) || answer.Code is null && answer.Body.Length > 0) faults.Add($"{address}: {answer}");
                // A member's token opens nothing that is for programs, whatever it names.
                if (!my && (await member.Get(address)).Status is var status and not (400 or 403 or 404)) faults.Add($"{address} by a member's token: {status}");
            }
        Assert.That(faults, Is.Empty);
        Assert.That(asked, Is.GreaterThan(8));
    }

    /// <summary>One part names the other's thing, or one that never was; all others name what both co-ops have.</summary>
    private static string Filled(string pattern, string part, string thing) => Places.Fill(pattern.Replace($"{{{part}}}", thing, StringComparison.Ordinal)).Replace("/1001", part == "number" ? "/1001" : "/0010", StringComparison.Ordinal);

    [Test]
    public async Task NothingIsPostedForAMemberOfOthers()
    {
        foreach (var (path, body) in ((string, string)[])[("/api/v1/purchases", """{"receipt":"for-others","member":"MEMBER","on":"2026-06-12","amount":"12.34"}"""), ("/api/v1/hours", """{"id":"for-others","member":"MEMBER","workedOn":"2026-06-15","hours":"7.25"}""")])
        {
            var (one, other) = (await ours.Post(path, body.Replace("MEMBER", things["member"][0], StringComparison.Ordinal)), await ours.Post(path, body.Replace("MEMBER", Never, StringComparison.Ordinal)));
            Assert.That((one.Status, Said(one, things["member"][0])), Is.EqualTo((422, Said(other, Never))));
            var many = $$"""{"lines":[{{body.Replace("MEMBER", things["member"][0], StringComparison.Ordinal)}}]}""";
            Assert.That((await ours.Post(path + "/batch", many)).Body, Does.Contain("member-unknown"));
        }
        Assert.That(site.Books.Read(db => db.Purchases.Count(row => row.SourceRef == "for-others")), Is.Zero);
    }

    [Test]
    public async Task ListsHoldNothingOfOthersWhereverTheyAreBegun()
    {
        var others = site.Books.Read(db => db.Members.Where(one => db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")).Select(one => one.Number).ToList()).ToHashSet(StringComparer.Ordinal);
        var own = site.Books.Read(db => db.Members.Where(one => db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "laundry")).Select(one => one.Number).ToList());
        others.ExceptWith(own);
        foreach (var route in routes.Where(route => route.Method == "GET" && OtherPeoplesThingsTests.Queries(route).Contains("after", StringComparer.OrdinalIgnoreCase) && !route.Pattern.StartsWith("/api/v1/my/", StringComparison.Ordinal)))
        {
            var address = Filled(route.Pattern, "", "");
            // A place in the list of one co-op leads into the other's own list, or nowhere.
            var place = (await theirs.Get($"{address}?limit=1")) is { Status: 200 } first && first.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
            foreach (var begin in (string?[])[null, place])
            {
                var answer = await ours.Get($"{address}?limit=200{(begin is null ? "" : $"&after={begin}")}");
                Assert.That(answer.Status, Is.AnyOf(200, 400), address);
                Assert.That(Members(answer.Body), Has.None.Matches<string>(number => others.Contains(number!)), $"{address} after {begin}");
            }
        }

        static IEnumerable<string> Members(string body) => Regex.Matches(body, "\"(member|number)\":\"(?<of>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["of"].Value);
    }

    /// <summary>Whoever is known and was denied something stands in the audit: by whom, which call or page, and for want of what; never whose it was.</summary>
    [Test]
    public async Task EveryDenialOfSomeoneKnownStandsInTheAuditOnceAMinute()
    {
        var (number, grocery, laundry, before) = site.Books.Read(db => (things["number"][0], db.CoOps.Single(one => one.Code == "grocery").Id, db.CoOps.Single(one => one.Code == "laundry").Id, db.AuditRecords.Max(one => one.Id)));
        var registered = Tokens.Program(site.Site, "laundry", AppScopes.MembersRead);
        using var program = await site.Site.Enter(registered);
        using var hanh = await site.EnterAs("hanh@demo.example");
        using var clerk = await site.Enter(Role.Clerk);
        using var nobody = site.Site.Visitor();
        foreach (var (who, path, expected) in ((HttpClient, string, int)[])
        [
            (program, "/api/v1/equity", 403), (program, $"/api/v1/members/{number}", 404), (program, "/api/v1/no/such/call", 404), (hanh, "/my/grocery/statements", 404), (hanh, "/office/laundry/members", 404), (clerk, $"/office/laundry/members/{number}", 404),
            (clerk, "/no/such/page", 404), (nobody, "/api/v1/equity", 401), (nobody, $"/office/laundry/members/{number}", 302), (nobody, "/no/such/page", 404),
        ])
            // Twice each, within the minute.
            for (var i = 0; i < 2; i++)
            {
                using var answer = await who.GetAsync(new Uri(path, UriKind.Relative));
                Assert.That((int)answer.StatusCode, Is.EqualTo(expected), path);
            }
        new WithdrawApp(site.Books).Run(new WithdrawApp.Request(registered.AppId, laundry, "test", "192.0.2.7"));
        Assert.That((await program.Get("/api/v1/equity")).Code, Is.EqualTo("token-withdrawn"));
        var records = site.Books.Read(db => db.AuditRecords.Where(one => one.Id > before && one.Verb == "access.denied").OrderBy(one => one.Id).ToList());
        var by = records.Select(one => one.By).First(who => who.EndsWith($"({registered.ClientId})", StringComparison.Ordinal));
        var account = Actors.Account(site.Books.Read(db => db.SignIns.Single(one => one.UserName == "hanh@demo.example").Id));
        const string NotThere = "not there for them: another's, or nothing";
        // The minute may end between two that are the same.
        Assert.That(records.Select(one => (one.By, one.Subject, one.Detail, one.CoOpId)).Distinct(), Is.EquivalentTo(((string, string, string?, int?)[])
        [
            (by, "GET /api/v1/equity", "the scope equity.read is not held", laundry), (by, "GET /api/v1/members/{number}", NotThere, laundry), (account, "GET /my/{coop}/statements", NotThere, grocery), (account, "GET /office/{coop}/members", NotThere, laundry),
            (DemoSite.MailOf(Role.Clerk), "GET /office/{coop}/members/{number}", NotThere, laundry), (registered.ClientId, "GET /api/v1/equity", "the app was withdrawn, or is no longer let in", laundry),
        ]));
        Assert.That(records, Has.Count.LessThanOrEqualTo(7));
        Assert.That(records.Select(one => $"{one.Subject} {one.Detail}"), Has.None.Contains(number));
    }

    [Test]
    public void WhoeverTriesWithoutEndDoesNotFillTheAudit()
    {
        var clock = new Hand();
        var denials = new Denials(new Books(DatabaseAddress.Sqlite(site.Database), clock));
        for (var turn = 1; turn <= 2; turn++, clock.Now += TimeSpan.FromMinutes(1))
        {
            for (var i = 0; i < 2 * Denials.MostInAMinute; i++) denials.Note(Asked($"/a/{i}"), "someone who guesses", null, "not there");
            denials.Note(Asked("/a/0"), "someone else", null, "not there");
            Assert.That(site.Books.Read(db => (db.AuditRecords.Count(one => one.By == "someone who guesses"), db.AuditRecords.Count(one => one.By == "someone else"))), Is.EqualTo((turn * Denials.MostInAMinute, turn)));
        }

        static HttpContext Asked(string path) => new DefaultHttpContext { Request = { Method = "GET", Path = path } };
    }

    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static string Said(Answered answer, string thing) => string.Join(' ', answer.Json.EnumerateObject().Where(part => part.Name != "traceId").Select(part => $"{part.Name}={part.Value}")).Replace(thing, "#", StringComparison.Ordinal);
}
