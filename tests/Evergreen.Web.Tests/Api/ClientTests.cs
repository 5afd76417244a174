using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Evergreen.Application.Access.Apps;
using Evergreen.Client;
using Evergreen.Client.Samples;
using Evergreen.Web.Api.Reference;
using Evergreen.Web.Tests.Pages;

namespace Evergreen.Web.Tests.Api;

/// <summary>The typed client and its samples, against the site.</summary>
public sealed class ClientTests
{
    private DemoSite site = null!;
    private RegisterApp.Result program = null!;
    private string folder = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        program = Tokens.Program(site.Site, "grocery", [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)]);
        folder = Directory.CreateTempSubdirectory("evergreen-till-").FullName;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await site.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private (HttpClient Http, EvergreenClient Evergreen) Open(DelegatingHandler? between = null)
    {
        var http = between is null ? new HttpClient() : new HttpClient(between);
        http.BaseAddress = site.Address;
        return (http, new EvergreenClient(http, new EvergreenOptions(program.ClientId, program.Secret!) { FirstWait = TimeSpan.FromMilliseconds(5), LongestWait = TimeSpan.FromMilliseconds(50) }));
    }

    private long Count(string prefix) => site.Books.Read(db => db.Purchases.LongCount(row => row.SourceRef.StartsWith(prefix)));

    [Test]
    public async Task EverythingIsReadTyped()
    {
        var (http, evergreen) = Open();
        using (http)
        using (evergreen)
        {
            var members = await evergreen.Members().ToListAsync();
            Assert.That(members.Count, Is.EqualTo(site.Books.Read(db => db.Members.Count(member => member.CoOpId == db.CoOps.Single(coOp => coOp.Code == "grocery").Id))));
            Assert.That((await evergreen.Member("1001"))!.Name, Is.EqualTo(members[0].Name));
            Assert.That(await evergreen.Member("no-such"), Is.Null);
            var run = (await evergreen.Runs().ToListAsync())[0];
            var allocations = await evergreen.Allocations(run.Name).ToListAsync();
            Assert.That(allocations.Sum(one => one.Dividend), Is.EqualTo(run.Allocated));
            Assert.That((await evergreen.Equity().ToListAsync()).Sum(one => one.Capital), Is.GreaterThan(0m));
            Assert.That((await evergreen.Run(run.Name))!.Allocated, Is.EqualTo(run.Allocated));
            Assert.That(await evergreen.Run("no-such"), Is.Null);
            Assert.That((await evergreen.Equity(allocations[0].Member))!.Currency, Is.EqualTo("USD"));
            Assert.That((await evergreen.WhoAmI()).ClientId, Is.EqualTo(program.ClientId));
            var statement = (await evergreen.Statements().ToListAsync())[0];
            var pdf = await evergreen.Statement(statement.Run, statement.Member);
            Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pdf)), Is.EqualTo(statement.Sha256));
            var mine = await evergreen.RecordPurchase(new NewPurchase("typed", new DateOnly(2026, 6, 12), -1.5m, "1001") { Volume = 2m }, "typed-key");
            Assert.That((mine.Entry.Amount, mine.Entry.Volume, mine.Entry.Currency, mine.Replayed), Is.EqualTo((-1.5m, (decimal?)2m, "USD", false)));
            Assert.That((await evergreen.Purchase("typed"))!.Source, Is.EqualTo($"app {program.ClientId}"));
            Assert.That((await evergreen.RecordPurchases([new NewPurchase("typed", new DateOnly(2026, 6, 12), -1.5m, "1001") { Volume = 2m }, new NewPurchase("typed-2", new DateOnly(2026, 6, 12), 3m, "no-such")], "typed-batch")).Lines.Select(line => line.Status), Is.EqualTo(new[] { "replayed", "refused" }));
            Assert.That((await evergreen.RecordHours(new NewHours("typed-hours", 7.25m, "1001") { WorkedOn = new DateOnly(2026, 6, 15), Wages = 145m }, "typed-hours-key")).Entry.Wages, Is.EqualTo(145m));
            Assert.That((await evergreen.HoursOf("typed-hours"))!.Hours, Is.EqualTo(7.25m));
            Assert.That(await evergreen.Purchases("1001").AnyAsync(one => one.Receipt == "typed") && await evergreen.Hours("1001").AnyAsync(one => one.Id == "typed-hours"), Is.True);
            var refused = await Assert.ThrowsAsync<EvergreenProblem>(() => evergreen.RecordPurchase(new NewPurchase("typed", new DateOnly(2026, 6, 12), 2m, "1001"), "other-key"));
            Assert.That((refused!.Code, refused.IsPassing, refused.Places[0].Pointer), Is.EqualTo(("purchase-differs-amount", false, "#/amount")));
        }
    }

    /// <summary>Each operation that the description has for programs is called by a method, and no method calls anything else.</summary>
    [Test]
    public async Task EveryOperationForProgramsHasItsMethod()
    {
        var described = JsonNode.Parse(ReferenceController.CheckedIn.Span)!["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(operation => operation.Value is JsonObject one && one["security"] is JsonArray ways && ways.Any(way => way!["program"] is not null)).Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}")).ToList();
        var asked = new AnsweringNothing();
        using var http = new HttpClient(asked) { BaseAddress = site.Address };
        using var evergreen = new EvergreenClient(http, new EvergreenOptions("program", "secret") { Tries = 1 });
        foreach (var method in typeof(EvergreenClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.Name != nameof(IDisposable.Dispose)))
        {
            // A part of an address bears its own name, so that the address is the one of the description.
            var answer = method.Invoke(evergreen, [.. method.GetParameters().Select(part => part.ParameterType == typeof(string) ? part.Name is "member" ? null : $"{{{part.Name}}}" : part.ParameterType.IsValueType ? (object)CancellationToken.None : null)])!;
            try
            {
                if (answer is Task task) await task;
                else await (Task)Drained.MakeGenericMethod(answer.GetType().GetInterfaces().Single(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)).GetGenericArguments()[0]).Invoke(null, [answer])!;
            }
            catch (EvergreenProblem missing)
            {
                Assert.That(missing.Status, Is.EqualTo(404), method.Name);
            }
        }
        Assert.That(asked.Calls.Distinct(), Is.EquivalentTo(described));
    }

    private static readonly MethodInfo Drained = typeof(ClientTests).GetMethod(nameof(Drain), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task Drain<T>(IAsyncEnumerable<T> items) => await items.CountAsync();

    /// <summary>What the site answers has its place in the client's records: a field that came later is not lost unseen.</summary>
    [Test]
    public async Task NoFieldOfAnAnswerIsLeftOut()
    {
        using var raw = await Tokens.ProgramOf(site.Site, "grocery", [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)]);
        await raw.Post("/api/v1/purchases", """{"receipt":"every-field","member":"1001","on":"2026-06-12","amount":"12.34","volume":"2.00"}""");
        await raw.Post("/api/v1/hours", """{"id":"every-field","member":"1001","workedOn":"2026-06-15","hours":"7.25","wages":"145.00"}""");
        var strict = new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        foreach (var (path, type) in ((string, Type)[])[("members", typeof(Member)), ("equity", typeof(Equity)), ("runs", typeof(Run)), ("runs/2025-1/allocations", typeof(Allocation)), ("statements", typeof(Statement)), ("purchases?member=1001", typeof(Purchase)), ("hours?member=1001", typeof(WorkedHours))])
        {
            var items = (await raw.Get($"/api/v1/{path}")).Json.GetProperty("items").EnumerateArray().ToList();
            if (path != "statements") Assert.That(items, Is.Not.Empty, path);
            foreach (var item in items) Assert.That(() => item.Deserialize(type, strict), Throws.Nothing, path);
        }
        Assert.That(() => JsonSerializer.Deserialize<WhoAmI>("""{"coOp":"x","clientId":"y","scopes":[],"more":1}""", strict), Throws.TypeOf<JsonException>(), "the comparison can fail");
    }

    [Test]
    public async Task WhatWasLostOnTheWayIsSentAgainWithItsKey()
    {
        // Every second answer is lost after the site has done its work.
        var (http, evergreen) = Open(new LosingAnswers());
        using (http)
        using (evergreen)
        {
            for (var i = 0; i < 20; i++) await evergreen.RecordPurchase(new NewPurchase($"lost-{i}", new DateOnly(2026, 6, 12), 1m), Guid.NewGuid().ToString());
        }
        Assert.That(Count("lost-"), Is.EqualTo(20));
    }

    [Test]
    public async Task ATillThatIsKilledInTheMiddleLosesNothingAndDoublesNothing()
    {
        var queue = new TillQueue(folder);
        for (var i = 0; i < 150; i++) queue.Add(new NewPurchase($"killed-{i:D3}", new DateOnly(2026, 6, 12), 1m, i % 3 == 0 ? "1001" : null));
        queue.Add(new NewPurchase("killed-none", new DateOnly(2026, 6, 12), 1m, "no-such"));
        for (var kills = 0; kills < 3; kills++)
        {
            using var till = StartTill();
            // Between the site's answer and the till's note of it is where a crash would double a receipt.
            for (var heard = 0; heard < 25; heard++)
                if (await till.StandardOutput.ReadLineAsync() is null) Assert.Fail(await till.StandardError.ReadToEndAsync());
            till.Kill();
            await till.WaitForExitAsync();
        }
        using (var last = StartTill())
        {
            await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.That(last.ExitCode, Is.Zero, await last.StandardError.ReadToEndAsync());
        }
        Assert.That(Count("killed-"), Is.EqualTo(150));
        Assert.That((queue.Waiting().Count, queue.Aside().Count), Is.EqualTo((0, 1)));
        Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.Subject.StartsWith("receipt killed-"))), Is.EqualTo(150));
    }

    [Test]
    public async Task ATillWithoutAConnectionKeepsItsReceipts()
    {
        var own = Path.Combine(folder, "offline");
        var queue = new TillQueue(own);
        queue.Add(new NewPurchase("offline-1", new DateOnly(2026, 6, 12), 1m));
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:9") };
        using var evergreen = new EvergreenClient(http, new EvergreenOptions(program.ClientId, program.Secret!) { Tries = 2, FirstWait = TimeSpan.FromMilliseconds(1) });
        Assert.That(await new Till(evergreen, queue).SendWaiting(), Has.Property("StillWaiting").EqualTo(1).And.Property("Stopped").Not.Null);
        var (open, there) = Open();
        using (open)
        using (there) Assert.That(await new Till(there, new TillQueue(own)).SendWaiting(), Is.EqualTo(new Till.Outcome(1, 0, 0, null)));
        Assert.That(Count("offline-"), Is.EqualTo(1));
    }

    [Test]
    public async Task PayrollSendsTheHoursOfAPeriodTwiceAndTheyCountOnce()
    {
        string[] csv = ["member,hours,wages", "1001,76.50,1530.00", "1002,80,1600.00", "no-such,10,200.00"];
        var period = new PayPeriod.Period(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 15), new DateOnly(2026, 3, 20));
        var (http, evergreen) = Open();
        using (http)
        using (evergreen)
        {
            var first = await new PayPeriod(evergreen).Send(period, csv);
            Assert.That((first.Recorded, first.Replayed, first.Refused.Select(one => one.Member)), Is.EqualTo((2, 0, new[] { "no-such" })));
            var second = await new PayPeriod(evergreen).Send(period, csv);
            Assert.That((second.Recorded, second.Replayed), Is.EqualTo((0, 2)));
        }
        Assert.That(site.Books.Read(db => db.HoursWorked.Where(row => row.SourceRef.StartsWith("20260302-")).Sum(row => row.HoursHundredths)), Is.EqualTo(15650));
    }

    private Process StartTill() => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Evergreen.Worker.dll"), "till", folder, site.Address.ToString(), program.ClientId, program.Secret!])
        { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;

    /// <summary>Gives a token and has nothing else.</summary>
    private sealed class AnsweringNothing : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
            if (path == "/connect/token") return Task.FromResult(new HttpResponseMessage { Content = new StringContent("""{"access_token":"t","expires_in":300}""", System.Text.Encoding.UTF8, "application/json") });
            Calls.Add($"{request.Method} {path}");
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NotFound) { Content = new StringContent("""{"code":"not-found"}""", System.Text.Encoding.UTF8, "application/problem+json") });
        }
    }

    private sealed class LosingAnswers() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int answers;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath != "/connect/token" && ++answers % 2 == 1) throw new HttpRequestException("lost on the way");
            return answer;
        }
    }
}
