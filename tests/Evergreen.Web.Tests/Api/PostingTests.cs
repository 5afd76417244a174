using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Reconciliation;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Tests.Pages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Api;

/// <summary>What a till meets at the API: each receipt once, whatever happens on the way, and every mistake said with its place.</summary>
public sealed class PostingTests
{
    private DemoSite site = null!;
    private RegisterApp.Result program = null!;
    private HttpClient till = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        program = Tokens.Program(site.Site, "grocery", AppScopes.PurchasesWrite, AppScopes.PurchasesRead, AppScopes.HoursWrite, AppScopes.HoursRead, AppScopes.MembersRead);
        till = await site.Site.Enter(program);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        till.Dispose();
        await site.DisposeAsync();
    }

    private static string Receipt(string receipt, string amount = "12.34", string member = "1001") => $$"""{"receipt":"{{receipt}}","member":"{{member}}","on":"2026-06-12","amount":"{{amount}}"}""";

    private long Count(string receipt) => site.Books.Read(db => db.Purchases.LongCount(row => row.SourceRef == receipt));

    [Test]
    public async Task FiveHundredPostsOfOneKeyAtOnceMakeOneEntryAndTheSameAnswer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => PostUntilDone()));
        Assert.Multiple(() =>
        {
            Assert.That(answers.Count(answer => answer is { Status: 201, Replayed: false }), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer is { Status: 200, Replayed: true }), Is.EqualTo(499));
            Assert.That(answers.Select(answer => answer.Body).Distinct().Count(), Is.EqualTo(1));
            Assert.That(Count("five-hundred"), Is.EqualTo(1));
            Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.Subject == "receipt five-hundred")), Is.EqualTo(1));
            Assert.That(new CheckBooks(site.Books).Run(new("grocery")).Value.Findings, Is.Empty);
        });

        // Where the first is at work for long, as on a machine with much else to do, some are told to come again; they do, as a till would.
        async Task<Answered> PostUntilDone()
        {
            while (true)
            {
                var answer = await till.Post("/api/v1/purchases", Receipt("five-hundred"), "key-500");
                if (answer.Status != 409 || answer.Code != "idempotency-key-in-progress") return answer;
                await Task.Delay(answer.Message.Headers.RetryAfter!.Delta!.Value);
            }
        }
    }

    [Test]
    public async Task AKeyIsKnownAfterARestartAndToEveryCopyOfTheSite()
    {
        var first = await till.Post("/api/v1/purchases", Receipt("restart"), "\"key-restart\"");
        await using var other = await RunningSite.Start(site.Database, demo: true);
        using var again = await other.Enter(program);
        var second = await again.Post("/api/v1/purchases", Receipt("restart"), "key-restart");
        Assert.That((first.Status, second.Status, second.Replayed, second.Body), Is.EqualTo((201, 200, true, first.Body)));
        Assert.That((await again.Post("/api/v1/purchases", Receipt("restart", "9.99"), "key-restart")).Code, Is.EqualTo("idempotency-key-reused"));
        // The batch of one client is not the key of another.
        using var elsewhere = await Tokens.ProgramOf(site.Site, "grocery", AppScopes.PurchasesWrite);
        Assert.That((await elsewhere.Post("/api/v1/purchases", Receipt("restart"), "key-restart")).Status, Is.EqualTo(201));
        Assert.That(Count("restart"), Is.EqualTo(2), "Two tills may have receipts of one number.");
        var both = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? till : again).Post("/api/v1/purchases", Receipt("two-copies"), "key-copies")));
        Assert.That(both.Count(answer => answer.Status == 201), Is.EqualTo(1), string.Join('\n', both.Select(answer => answer.Status).Distinct()));
        Assert.That(Count("two-copies"), Is.EqualTo(1));
    }

    [Test]
    public async Task TheSecondOfTwoCallsIsToldToComeAgainWhileTheFirstIsWorkedOn()
    {
        await using var blocker = new SqliteConnection($"Data Source={site.Database}");
        await blocker.OpenAsync();
        await using var held = blocker.BeginTransaction(deferred: false);
        var first = till.Post("/api/v1/purchases", Receipt("slow"), "key-slow");
        await Task.Delay(200);
        var second = await till.Post("/api/v1/purchases", Receipt("slow"), "key-slow");
        Assert.That((second.Status, second.Code, second.Message.Headers.RetryAfter!.Delta), Is.EqualTo((409, "idempotency-key-in-progress", (TimeSpan?)TimeSpan.FromSeconds(1))));
        await held.RollbackAsync();
        Assert.That((await first).Status, Is.EqualTo(201));
        Assert.That((await till.Post("/api/v1/purchases", Receipt("slow"), "key-slow")).Replayed, Is.True);
    }

    [Test]
    public async Task AReceiptIsTheKeyOfItsPurchase()
    {
        await till.Post("/api/v1/purchases", Receipt("R/1"));
        var again = await till.Post("/api/v1/purchases", Receipt("R/1"));
        Assert.That((again.Status, again.Replayed), Is.EqualTo((200, true)));
        var amount = await till.Post("/api/v1/purchases", Receipt("R/1", "12.35"));
        Assert.That((amount.Status, amount.Code, amount.Pointers), Is.EqualTo((409, "purchase-differs-amount", new[] { "#/amount" })));
        var member = await till.Post("/api/v1/purchases", Receipt("R/1", member: "1002"));
        Assert.That((member.Status, member.Code, member.Pointers), Is.EqualTo((409, "purchase-differs", new[] { "#/member" })));
        var shown = await till.Get("/api/v1/purchases/R%2F1");
        Assert.That((shown.Status, shown.Json.GetProperty("amount").GetString(), shown.Json.GetProperty("currency").GetString()), Is.EqualTo((200, "12.34", "USD")));
    }

    [TestCase("""{"receipt":"x","member":"none","on":"2026-06-12","amount":"1.00"}""", 422, "member-unknown", "#/member")]
    [TestCase("""{"receipt":"x","on":"2025-06-12","amount":"1.00"}""", 422, "period-closed", "#/on")]
    [TestCase("""{"receipt":"x","on":"2126-06-12","amount":"1.00"}""", 422, "date-implausible", "#/on")]
    [TestCase("""{"receipt":"x","on":"2026-06-12","amount":"1.00","currency":"GBP"}""", 422, "currency-differs", "#/currency")]
    [TestCase("""{"receipt":"x","on":"2026-06-12","amount":"1.005"}""", 400, "body-invalid", "#/amount")]
    [TestCase("""{"receipt":"x","on":"2026-06-12","amount":"1e3"}""", 400, "body-invalid", "#/amount")]
    [TestCase("""{"receipt":"x","on":"2026-06-12","amount":1.00}""", 400, "body-invalid", "#/amount")]
    [TestCase("""{"receipt":"x","on":"12.6.2026","amount":"1.00"}""", 400, "body-invalid", "#/on")]
    [TestCase("""{"receipt":" ","on":"2026-06-12","amount":"1.00"}""", 400, "body-invalid", "#/receipt")]
    [TestCase("""{"receipt":null,"on":"2026-06-12","amount":"1.00"}""", 400, "body-invalid", "#/receipt")]
    [TestCase("""{"receipt":"x","on":"2026-06-12"}""", 400, "body-invalid", "#")]
    [TestCase("""{"receipt":"x","on":"2026-06-12","amount":"1.00","amount":"2.00"}""", 400, "body-invalid", null)]
    [TestCase("""{"receipt":"x","on":"2026-06-12","amount":"1.00","coOpId":2}""", 400, "body-invalid", "#/coOpId")]
    [TestCase("""{"Receipt":"x","on":"2026-06-12","amount":"1.00"}""", 400, "body-invalid", "#/Receipt")]
    [TestCase("[]", 400, "body-invalid", "#")]
    [TestCase("null", 400, "body-invalid", "#")]
    [TestCase("", 400, "body-invalid", "#")]
    [TestCase("{", 400, "body-invalid", null)]
    public async Task AMistakeIsSaidWithItsPlaceAndNothingOfTheInside(string body, int status, string code, string? pointer)
    {
        var answer = await till.Post("/api/v1/purchases", body);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((status, code)), answer.Body);
        if (pointer is not null) Assert.That(answer.Pointers, Does.Contain(pointer), answer.Body);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Message.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Json.GetProperty("type").GetString(), Is.EqualTo($"/help/api/problems#{code}"));
            Assert.That(answer.Json.GetProperty("traceId").GetString(), Is.Not.Empty);
            Assert.That(answer.Json.GetProperty("status").GetInt32(), Is.EqualTo(status));
            Assert.That(answer.Body, Does.Not.Contain("Evergreen.").And.Not.Contain("System.").And.Not.Contain("SELECT").And.Not.Contain(".cs"));
        });
    }

    [Test]
    public async Task NothingIsSetThatTheOperationDoesNotName()
    {
        foreach (var name in (string[])["id", "sourceId", "sourceRef", "coOpId", "memberId", "categoryId", "importId", "row", "amountCents", "eligibility", "volumeHundredths", "source", "by", "at"])
        {
            var answer = await till.Post("/api/v1/purchases", $$"""{"receipt":"assigned","on":"2026-06-12","amount":"1.00","{{name}}":1}""");
            Assert.That((answer.Status, answer.Pointers), Is.EqualTo((400, new[] { "#/" + name })), answer.Body);
        }
        Assert.That(Count("assigned"), Is.Zero);
    }

    [Test]
    public async Task WhatIsNotACallOfTheApiIsAnsweredInItsForm()
    {
        Assert.That((await till.Call(HttpMethod.Post, "/api/v1/purchases", Receipt("n"), null)).Code, Is.EqualTo("idempotency-key-missing"));
        Assert.That((await till.Post("/api/v1/purchases", Receipt("n"), new string('k', 129))).Code, Is.EqualTo("idempotency-key-malformed"));
        Assert.That((await till.Post("/api/v1/purchases", Receipt("n"), "a b")).Code, Is.EqualTo("idempotency-key-malformed"));
        Assert.That((await till.Post("/api/v1/purchases", Receipt("n"), type: "text/plain")).Code, Is.EqualTo("media-type-unsupported"));
        Assert.That((await till.Post("/api/v1/purchases", "a=b", type: "application/x-www-form-urlencoded")).Code, Is.EqualTo("media-type-unsupported"));
        Assert.That((await till.Post("/api/v1/purchases", new string(' ', (16 << 10) + 1))).Code, Is.EqualTo("body-too-large"));
        Assert.That((await till.Call(HttpMethod.Delete, "/api/v1/purchases", null, null)).Code, Is.EqualTo("method-not-allowed"));
        Assert.That((await till.Get("/api/v1/nothing")).Code, Is.EqualTo("not-found"));
        Assert.That((await till.Get("/api/v1/purchases?limit=201")).Code, Is.EqualTo("query-invalid"));
        Assert.That((await till.Get("/api/v1/purchases?limit=x")).Code, Is.EqualTo("query-invalid"));
        Assert.That((await till.Get("/api/v1/purchases?after=x")).Code, Is.EqualTo("query-invalid"));
        Assert.That((await till.Get("/api/v1/equity")).Code, Is.EqualTo("scope-missing"));
        Assert.That((await till.Post("/api/v1/purchases/batch", """{"lines":[]}""")).Pointers, Is.EqualTo(new[] { "#/lines" }));
        Assert.That((await till.Post("/api/v1/purchases/batch", """{"lines":[{"receipt":"b","on":"2026-06-12","amount":"1"},{"receipt":"","on":"2026-06-12","amount":"x"}]}""")).Pointers, Is.EqualTo(new[] { "#/lines/1/receipt", "#/lines/1/amount" }));
        Assert.That(Count("n") + Count("b"), Is.Zero);
    }

    [Test]
    public async Task ABodyThatKeepsComingIsCutOff()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(site.Address.Host, site.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/purchases HTTP/1.1\r\nHost: {site.Address.Authority}\r\nAuthorization: {till.DefaultRequestHeaders.Authorization}\r\nIdempotency-Key: cut\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
        var chunk = Encoding.ASCII.GetBytes("2000\r\n" + new string(' ', 0x2000) + "\r\n");
        try
        {
            for (var i = 0; i < 4; i++) await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // It may have been cut off already.
        }
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 413 Payload Too Large"));
    }

    [Test]
    public async Task AListIsReadPageByPageWithoutLossAndKnowsWhenNothingChanged()
    {
        var numbers = new List<string>();
        for (var next = ""; ;)
        {
            var page = await till.Get($"/api/v1/members?limit=70{next}");
            numbers.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(member => member.GetProperty("number").GetString()!));
            if (!page.Json.TryGetProperty("next", out var after)) break;
            next = $"&after={after.GetString()}";
        }
        Assert.That(numbers, Is.EqualTo(site.Books.Read(db => db.Members.Where(member => member.CoOpId == db.CoOps.Single(coOp => coOp.Code == "grocery").Id).OrderBy(member => member.Number).Select(member => member.Number).ToList())));
        var first = await till.Get("/api/v1/members?limit=2");
        var again = await till.Get("/api/v1/members?limit=2", ("If-None-Match", first.Message.Headers.ETag!.ToString()));
        Assert.That((again.Status, again.Body), Is.EqualTo((304, "")));
        var mine = await till.Get("/api/v1/purchases?member=1001&limit=3");
        var rest = await till.Get($"/api/v1/purchases?member=1001&limit=200&after={mine.Json.GetProperty("next").GetString()}");
        var days = mine.Json.GetProperty("items").EnumerateArray().Concat(rest.Json.GetProperty("items").EnumerateArray()).Select(row => row.GetProperty("on").GetString()).ToList();
        Assert.That(days, Is.Ordered.And.Count.GreaterThan(3));
    }

    [Test]
    public async Task NothingOfAnotherCoOpIsThere()
    {
        using var other = await Tokens.ProgramOf(site.Site, "laundry", [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)]);
        await till.Post("/api/v1/purchases", Receipt("not-yours"));
        var laundry = site.Books.Read(db => db.Members.Where(member => member.CoOpId == db.CoOps.Single(coOp => coOp.Code == "laundry").Id).Select(member => member.Number).ToList());
        var theirs = site.Books.Read(db => db.Members.Where(member => member.CoOpId == db.CoOps.Single(coOp => coOp.Code == "grocery").Id).Select(member => member.Number).ToList()).Except(laundry).First();
        foreach (var (there, missing) in ((string, string)[])[($"/api/v1/members/{theirs}", "/api/v1/members/no-such"), ($"/api/v1/members/{theirs}/equity", "/api/v1/members/no-such/equity"),
            ("/api/v1/purchases/not-yours", "/api/v1/purchases/no-such"), ($"/api/v1/purchases?member={theirs}", "/api/v1/purchases?member=no-such"), ($"/api/v1/hours?member={theirs}", "/api/v1/hours?member=no-such"),
            ("/api/v1/runs/2025-9", "/api/v1/runs/no-such"), ($"/api/v1/statements/2025-1/{theirs}", "/api/v1/statements/2025-1/no-such")])
        {
            var (a, b) = (await other.Get(there), await other.Get(missing));
            Assert.That((a.Status, Without(a)), Is.EqualTo((404, Without(b))), there);
        }
        var listed = await other.Get("/api/v1/members?limit=200");
        Assert.That(listed.Json.GetProperty("items").EnumerateArray().Select(member => member.GetProperty("number").GetString()), Is.SubsetOf(laundry));
        // A place in a list of one co-op leads into the other's list, not into the first's.
        var place = (await till.Get("/api/v1/purchases?limit=1")).Json.GetProperty("next").GetString();
        Assert.That((await other.Get($"/api/v1/purchases?after={place}")).Body, Does.Not.Contain("R23"));

        static string Without(Answered answer) => string.Join(' ', answer.Json.EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member.Name}={member.Value}"));
    }

    [Test]
    public async Task CallsBeyondTheLimitAreToldWhenToComeAgain()
    {
        await using var narrow = await RunningSite.Start(site.Database, demo: true, more: $"--{CallRate.Setting}=20");
        using var one = await narrow.Enter(program);
        var answers = new List<Answered>();
        for (var i = 0; i < 25; i++) answers.Add(await one.Get("/api/v1/members?limit=1"));
        Assert.That(answers.Count(answer => answer.Status == 200), Is.EqualTo(20).Within(1));
        Assert.That(answers[^1].Code, Is.EqualTo("too-many-calls"));
        Assert.That(answers[^1].Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.InRange(1, 60));
        using var another = await Tokens.ProgramOf(narrow, "grocery", AppScopes.MembersRead);
        Assert.That((await another.Get("/api/v1/members?limit=1")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task HoursAreTakenByDayOrByPayPeriod()
    {
        var day = await till.Post("/api/v1/hours", """{"id":"d1","member":"1001","workedOn":"2026-06-15","hours":"7.25","wages":"145.00"}""");
        Assert.That((day.Status, day.Json.GetProperty("kind").GetString(), day.Json.GetProperty("currency").GetString()), Is.EqualTo((201, "regular", "USD")), day.Body);
        Assert.That((await till.Post("/api/v1/hours", """{"id":"d2","member":"1001","hours":"7.25"}""")).Pointers, Is.EqualTo(new[] { "#/workedOn" }));
        Assert.That((await till.Post("/api/v1/hours", """{"id":"d1","member":"1001","workedOn":"2026-06-15","hours":"8.00","wages":"145.00"}""")).Code, Is.EqualTo("hours-differ"));
        var batch = await till.Post("/api/v1/hours/batch", """{"lines":[{"id":"d1","member":"1001","workedOn":"2026-06-15","hours":"7.25","wages":"145.00"},{"id":"d3","member":"none","workedOn":"2026-06-15","hours":"1"},{"id":"d4","workedOn":"2026-06-15","hours":"2"}]}""");
        Assert.That(batch.Json.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("status").GetString()), Is.EqualTo(new[] { "replayed", "refused", "recorded" }));
        Assert.That(batch.Json.GetProperty("lines")[1].GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("#/lines/1/member"));
    }
}
