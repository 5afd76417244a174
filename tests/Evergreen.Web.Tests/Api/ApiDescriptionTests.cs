using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Web.Api.Reference;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Tests.Api.Connect;
using Evergreen.Web.Tests.Pages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Evergreen.Web.Tests.Api;

/// <summary>The API's description holds: it is made from the code, its examples run, its answers have the form it says, and it never breaks a program that keeps to it.</summary>
/// <remarks>With EVERGREEN_WRITE_OPENAPI=1 the checked-in document is written anew, unless that would break somebody.</remarks>
public sealed partial class ApiDescriptionTests
{
    private DemoSite site = null!;
    private JsonObject made = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        var document = await site.Site.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDescription.Version).GetOpenApiDocumentAsync();
        made = JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject();
    }

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task CheckedInDescriptionIsCurrentAndBreaksNobody()
    {
        var kept = JsonNode.Parse(ReferenceController.CheckedIn.Span)!.AsObject();
        Assert.That(ApiChanges.Breaking(kept, made), Is.Empty, "These changes break programs that keep to the description. Add beside what is there instead.");
        if (Environment.GetEnvironmentVariable("EVERGREEN_WRITE_OPENAPI") == "1")
            await File.WriteAllTextAsync(Path.Combine(Checkout(), "src/Evergreen.Web/Api/openapi.json"), made.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ReplaceLineEndings("\n") + "\n");
        else Assert.That(JsonNode.DeepEquals(kept, made), Is.True, "The API has changed. Read the difference after EVERGREEN_WRITE_OPENAPI=1 and keep it.");
    }

    [Test]
    public void EveryRouteOfTheApiIsDescribedAndSaysWhoMayUseIt()
    {
        var routes = site.Endpoints().Where(endpoint => endpoint.Route.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(endpoint => $"{endpoint.Method} {endpoint.Route}").ToList();
        Assert.That(Operations().Select(operation => $"{operation.Method} {operation.Path}"), Is.EquivalentTo(routes));
        Assert.Multiple(() =>
        {
            foreach (var (method, path, operation) in Operations())
            {
                Assert.That(operation["x-scope"]?.GetValue<string>(), Is.Not.Null.And.Not.Empty, $"{method} {path}");
                Assert.That(operation["summary"]?.GetValue<string>(), Is.Not.Null.And.Not.Empty, $"{method} {path}");
                Assert.That(operation["security"]?.AsArray(), Is.Not.Empty, $"{method} {path}");
            }
        });
    }

    /// <summary>Nothing is asked of an administrator, or of a member, that opens nothing.</summary>
    [Test]
    public void EveryScopeThatAnAppMayAskForOpensSomething()
    {
        var opens = Operations().SelectMany(operation => operation.Operation["x-scope"]!.ToString().Split(' ')).Concat([AppScopes.OpenId, AppScopes.Profile, AppScopes.Email, AppScopes.OfflineAccess]).ToHashSet(StringComparer.Ordinal);
        Assert.That(AppScopes.Of(AppKind.Program).Concat(AppScopes.Of(AppKind.ForMembers)).Select(scope => scope.Name).Except(opens), Is.Empty);
    }

    [Test]
    public void EveryProblemOfAnOperationIsInTheCatalogueWithItsStatus()
    {
        var said = new HashSet<string>(StringComparer.Ordinal) { "not-found", "method-not-allowed" };
        foreach (var (method, path, operation) in Operations())
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(response => response.Key[0] is '4' or '5'))
                foreach (var code in response!["x-codes"]!.AsArray().Select(code => code!.GetValue<string>()))
                {
                    said.Add(code);
                    Assert.That(KnownProblem.Find(code)?.Status.ToString(CultureInfo.InvariantCulture), Is.EqualTo(status), $"{method} {path}: {code}");
                }
        Assert.That(KnownProblem.All.Select(problem => problem.Code).Except(said), Is.Empty, "Problems that no operation answers with.");
        Assert.That(KnownProblem.All.Select(problem => problem.Code).Distinct().Count(), Is.EqualTo(KnownProblem.All.Count));
    }

    [Test]
    public async Task EveryExampleRunsAndEveryAnswerHasTheFormThatIsDescribed()
    {
        var scopes = AppScopes.Of(AppKind.Program).Select(scope => scope.Name).ToArray();
        using var program = await Tokens.ProgramOf(site.Site, "grocery", scopes);
        var ran = 0;
        foreach (var (method, path, operation) in Operations().Where(operation => !operation.Path.StartsWith("/api/v1/my/", StringComparison.Ordinal)).OrderBy(operation => operation.Method == "GET"))
        {
            var address = Address(path, operation);
            var bodies = operation["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject().Select(example => example.Value!["value"]!.ToJsonString()).ToList() ?? [null!];
            Assert.That(bodies, Is.Not.Empty, $"{method} {path} has no example.");
            foreach (var body in bodies)
            {
                var answer = await program.Call(new HttpMethod(method), address, body, method == "GET" ? null : Guid.NewGuid().ToString());
                Assert.That(answer.Status, Is.EqualTo(method == "GET" || path.EndsWith("/batch", StringComparison.Ordinal) ? 200 : 201), $"{method} {address}: {answer}");
                ran++;
                var content = operation["responses"]![answer.Status.ToString(CultureInfo.InvariantCulture)]!["content"]!.AsObject();
                Assert.That(content.ContainsKey(answer.Message.Content.Headers.ContentType!.MediaType!), Is.True, $"{method} {path}: {answer.Message.Content.Headers.ContentType}");
                Assert.That(Faults(operation, answer), Is.Empty, $"{method} {path}: {answer}");
                if (method != "GET") continue;
                Assert.That((await program.Get(address, ("If-None-Match", answer.Message.Headers.ETag!.ToString()))).Status, Is.EqualTo(304), path);
                await ReadsOnWithoutLossOrDouble(program, path, operation);
            }
        }
        Assert.That(ran, Is.GreaterThanOrEqualTo(18));
    }

    [Test]
    public async Task EveryOperationForMembersAnswersInTheFormThatIsDescribed()
    {
        using var ruth = await site.EnterAs("ruth@demo.example");
        using var app = await AppOf(site, ruth, [.. AppScopes.Of(AppKind.ForMembers).Select(scope => scope.Name)]);
        var ran = 0;
        foreach (var (method, path, operation) in Operations().Where(operation => operation.Path.StartsWith("/api/v1/my/", StringComparison.Ordinal)))
        {
            Assert.That(method, Is.EqualTo("GET"));
            var answer = await app.Get(Address(path, operation));
            Assert.That(answer.Status, Is.EqualTo(200), $"{path}: {answer}");
            Assert.That(Faults(operation, answer), Is.Empty, $"{path}: {answer}");
            var etag = answer.Message.Headers.ETag?.ToString();
            Assert.That((await app.Get(Address(path, operation), ("If-None-Match", etag!))).Status, Is.EqualTo(304), path);
            await ReadsOnWithoutLossOrDouble(app, path, operation);
            ran++;
        }
        Assert.That(ran, Is.GreaterThanOrEqualTo(7));
    }

    /// <summary>Without a token, with one that is not good or does not reach so far, with a query, a body or a key that cannot be read, of a thing that is not there: each operation answers as it says.</summary>
    [Test]
    public async Task EveryOperationSaysNoInTheFormThatIsDescribed()
    {
        using var ruth = await site.EnterAs("ruth@demo.example");
        using var stranger = site.Site.Visitor();
        using var nobody = site.Site.Visitor();
        nobody.DefaultRequestHeaders.Authorization = new("Bearer", "not.a.token");
        using var program = await Tokens.ProgramOf(site.Site, "grocery", [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)]);
        using var narrowProgram = await Tokens.ProgramOf(site.Site, "grocery", AppScopes.StatementsRead);
        using var narrowestProgram = await Tokens.ProgramOf(site.Site, "grocery", AppScopes.HoursRead);
        using var app = await AppOf(site, ruth, [.. AppScopes.Of(AppKind.ForMembers).Select(scope => scope.Name)]);
        using var narrowApp = await AppOf(site, ruth, [AppScopes.Profile]);
        var (wrong, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (method, path, operation) in Operations())
        {
            var own = path.StartsWith("/api/v1/my/", StringComparison.Ordinal);
            var (full, narrow) = own ? (app, narrowApp) : (program, operation["x-scope"]!.ToString() == AppScopes.StatementsRead ? narrowestProgram : narrowProgram);
            var address = Address(path, operation);
            var body = operation["requestBody"]?["content"]?["application/json"]?["examples"]?.AsObject().First().Value!["value"]!.ToJsonString();
            await Try(stranger, address, body, "401");
            await Try(nobody, address, body, "401");
            if (operation["responses"]!["403"] is not null && !operation["x-scope"]!.ToString().Contains(' ', StringComparison.Ordinal) && path != "/api/v1/who-am-i") await Try(narrow, address, body, "403");
            if (body is null && operation["parameters"]?.AsArray().Any(parameter => parameter!["name"]!.ToString() == "limit") == true)
            {
                await Try(full, $"{address.Split('?')[0]}?limit=0", null, "400");
                await Try(full, $"{address.Split('?')[0]}?after=%00", null, "400");
            }
            if (operation["responses"]!["404"] is not null && path.Contains('{', StringComparison.Ordinal)) await Try(full, Placeholder().Replace(path, "999999"), null, "404");
            if (body is null) continue;
            await Try(full, address, body, "400", key: "");
            await Try(full, address, body, "400", key: "with a blank");
            await Try(full, address, "{", "400");
            await Try(full, address, """{ "nothing": "of this" }""", "400");
            await Try(full, address, body, "415", type: "text/plain");

            async Task Try(HttpClient caller, string to, string? what, string status, string? key = null, string type = "application/json")
            {
                var answer = await caller.Call(new HttpMethod(method), to, what, what is null ? null : key ?? Guid.NewGuid().ToString("N"), type);
                seen.Add(answer.Code ?? "");
                if (answer.Status.ToString(CultureInfo.InvariantCulture) != status) wrong.Add($"{method} {to}: {answer.Status} and not {status}: {answer.Body}");
                else wrong.AddRange(Faults(operation, answer).Select(fault => $"{method} {to}: {status}: {fault}"));
            }
        }
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(seen, Is.SupersetOf(new[] { "token-missing", "token-invalid", "scope-missing", "query-invalid", "not-found", "idempotency-key-missing", "idempotency-key-malformed", "body-invalid", "media-type-unsupported" }), string.Join(", ", seen));
    }

    /// <summary>A key that is worked on or stands for another call, a row that differs, a body too large: what is answered then is what the operation says of it.</summary>
    [Test]
    public async Task EveryOperationSaysTooLargeAndDifferentInTheFormThatIsDescribed()
    {
        string[] scopes = [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)];
        using var program = await Tokens.ProgramOf(site.Site, "grocery", scopes);
        var (wrong, seen) = (new List<string>(), new List<string>());
        var keyed = Operations().Where(operation => operation.Method == "POST").Select(operation => (operation.Path, operation.Operation, Body: BodyOf(operation.Operation), Key: Guid.NewGuid().ToString("N"))).ToList();
        Assert.That(keyed, Has.Count.EqualTo(4));
        await using (var blocker = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={site.Database}"))
        {
            await blocker.OpenAsync();
            await using var held = blocker.BeginTransaction(deferred: false);
            var first = keyed.Select(one => program.Post(one.Path, one.Body, one.Key)).ToList();
            await Task.Delay(300);
            foreach (var (path, operation, body, key) in keyed) Hold(path, operation, await program.Post(path, body, key), "409");
            await held.RollbackAsync();
            Assert.That((await Task.WhenAll(first)).Select(answer => answer.Status), Has.All.InRange(200, 201));
        }
        foreach (var (path, operation, body, key) in keyed)
        {
            var other = QuantityOf().Replace(body, "$1\"98.76\"", 1);
            Assert.That(other, Is.Not.EqualTo(body), path);
            Hold(path, operation, await program.Post(path, other, key), "422");
            if (!path.EndsWith("/batch", StringComparison.Ordinal)) Hold(path, operation, await program.Post(path, other), "409");
            Hold(path, operation, await program.Post(path, body + new string(' ', path.EndsWith("/batch", StringComparison.Ordinal) ? 1 << 20 : 1 << 14)), "413");
        }
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(seen.Distinct(), Is.SupersetOf(new[] { "idempotency-key-in-progress", "idempotency-key-reused", "purchase-differs-amount", "body-too-large" }));

        void Hold(string path, JsonObject operation, Answered answer, string status)
        {
            seen.Add(answer.Code ?? "");
            if (answer.Status.ToString(CultureInfo.InvariantCulture) != status) wrong.Add($"{path}: {answer.Status} and not {status}: {answer.Body}");
            // Whoever is told that a row differs has nothing to wait for.
            else wrong.AddRange(Faults(operation, answer).Where(fault => answer.Code == "idempotency-key-in-progress" || status != "409" || fault != "the header Retry-After is missing").Select(fault => $"{path}: {status}: {fault}"));
        }
    }

    /// <summary>Calls too many, books that another keeps too long, a database that is away: each operation, those for members too, answers as it says and names the seconds to wait.</summary>
    [Test]
    public async Task EveryOperationSaysTooManyAndBusyInTheFormThatIsDescribed()
    {
        string[] scopes = [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)];
        var away = new AwayDatabase();
        await using var narrow = await DemoSite.Start(null, services => services.AddSingleton(provider =>
            new Books(DatabaseAddress.Find(provider.GetRequiredService<IConfiguration>()[DatabaseAddress.Variable]).Value, TimeProvider.System, TimeSpan.FromSeconds(2), AlsoOnSqlServer.Each, away)), $"--{CallRate.Setting}=1");
        using var ruth = await narrow.EnterAs("ruth@demo.example");
        using var app = await AppOf(narrow, ruth, [.. AppScopes.Of(AppKind.ForMembers).Select(scope => scope.Name)]);
        using var program = await Tokens.ProgramOf(narrow.Site, "grocery", scopes);
        var keyed = Operations().Where(operation => operation.Method == "POST").ToList();
        var tills = new List<HttpClient>();
        foreach (var _ in keyed) tills.Add(await Tokens.ProgramOf(narrow.Site, "grocery", scopes));
        var wrong = new List<string>();
        foreach (var caller in (HttpClient[])[app, program]) Assert.That((await caller.Get("/api/v1/who-am-i")).Status, Is.EqualTo(200), "the one call of the minute");
        foreach (var (method, path, operation) in Operations()) Hold(path, operation, await Call(method, path, operation), 429, "too-many-calls");
        away.IsAway = true;
        foreach (var (method, path, operation) in Operations()) Hold(path, operation, await Call(method, path, operation), 503, "busy");
        away.IsAway = false;
        narrow.Books.Write<int>(dryRun: true, _ =>
        {
            var answers = Task.WhenAll(keyed.Zip(tills).Select(pair => pair.Second.Post(pair.First.Path, BodyOf(pair.First.Operation)))).GetAwaiter().GetResult();
            foreach (var ((_, path, operation), answer) in keyed.Zip(answers)) Hold(path, operation, answer, 503, "busy");
            return answers.Length;
        });
        foreach (var till in tills) till.Dispose();
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));

        Task<Answered> Call(string method, string path, JsonObject operation) =>
            (path.StartsWith("/api/v1/my/", StringComparison.Ordinal) ? app : program).Call(new HttpMethod(method), Address(path, operation), method == "GET" ? null : BodyOf(operation), method == "GET" ? null : Guid.NewGuid().ToString("N"));

        void Hold(string path, JsonObject operation, Answered answer, int status, string code)
        {
            if ((answer.Status, answer.Code) != (status, code)) wrong.Add($"{path}: {answer} and not {status} {code}");
            else if (answer.Message.Headers.RetryAfter?.Delta?.TotalSeconds is not (>= 1 and <= 60)) wrong.Add($"{path}: {status} without the seconds to wait");
            else wrong.AddRange(Faults(operation, answer).Select(fault => $"{path}: {status}: {fault}"));
        }
    }

    /// <summary>The first of an operation's examples.</summary>
    private static string BodyOf(JsonObject operation) => operation["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().First().Value!["value"]!.ToJsonString();

    /// <summary>A list read in pages of one row, of two and of three holds what it holds in one: each row once, in the same order.</summary>
    private static async Task ReadsOnWithoutLossOrDouble(HttpClient caller, string path, JsonObject operation)
    {
        if (operation["parameters"]?.AsArray().Any(parameter => parameter!["name"]!.GetValue<string>() == "after") != true) return;
        var whole = (await Items(caller, $"{Address(path, operation)}?limit={ApiController.MostLimit}", 1)).Take(12).ToList();
        foreach (var limit in (int[])[1, 2, 3]) Assert.That(await Items(caller, $"{Address(path, operation)}?limit={limit}", 12 / limit), Is.EqualTo(whole), $"{path} in pages of {limit}");
    }

    /// <summary>The rows of so many pages, or of all there are.</summary>
    private static async Task<List<string>> Items(HttpClient caller, string address, int pages)
    {
        var (items, next) = (new List<string>(), (string?)"");
        for (var page = 0; page < pages && next is not null; page++)
        {
            var answer = JsonNode.Parse((await caller.Get(next.Length == 0 ? address : $"{address}&after={next}")).Body)!;
            items.AddRange(answer["items"]!.AsArray().Select(item => item!.ToJsonString()));
            next = answer["next"]?.GetValue<string>();
        }
        return items;
    }

    /// <summary>In what an answer differs from what the operation says of it: its status, the kind of its content, its form, its code, its headers.</summary>
    private IEnumerable<string> Faults(JsonObject operation, Answered answer)
    {
        if (operation["responses"]![answer.Status.ToString(CultureInfo.InvariantCulture)] is not { } said) return [$"{answer.Status} is not described"];
        var type = answer.Message.Content.Headers.ContentType?.MediaType ?? "";
        if (said["content"]?[type] is not { } content) return [$"{type} is not described"];
        // A first answer is not told again, so that header may be missing.
        if (said["headers"] is JsonObject headers && headers.FirstOrDefault(header => header.Key != "Idempotency-Replayed" && !answer.Message.Headers.Contains(header.Key)).Key is { } missing) return [$"the header {missing} is missing"];
        if (!type.EndsWith("json", StringComparison.Ordinal)) return [];
        var faults = ApiSchema.Faults(made, content["schema"]!, JsonNode.Parse(answer.Body));
        return said["x-codes"] is JsonArray codes && !codes.Any(code => code!.ToString() == answer.Code) ? [.. faults, $"the problem {answer.Code} is not described"] : faults;
    }

    /// <summary>An app that someone let in, with a token of its own.</summary>
    private static async Task<HttpClient> AppOf(DemoSite site, HttpClient person, string[] scopes)
    {
        var purse = Purse.At(site, scopes);
        var (verifier, challenge) = Purse.Pkce();
        var (status, tokens) = await purse.Redeem(await purse.LetIn(person, challenge, string.Join(' ', ["openid", .. scopes])), verifier);
        Assert.That(status, Is.EqualTo(200), tokens.ToString());
        var app = site.Site.Visitor();
        app.DefaultRequestHeaders.Authorization = new("Bearer", Purse.Access(tokens));
        return app;
    }

    private static string Address(string path, JsonObject operation) => Placeholder().Replace(path, part => Uri.EscapeDataString(Example(operation, part.Groups[1].Value)));

    [Test]
    public async Task ReferenceIsShownToThoseSignedInAndCatalogueToEverybody()
    {
        using var stranger = site.Site.Visitor();
        using var clerk = await site.Enter(Role.Clerk);
        Assert.That((int)(await stranger.GetAsync(new Uri("/help/api/reference", UriKind.Relative))).StatusCode, Is.EqualTo(302));
        Assert.That((int)(await stranger.GetAsync(new Uri("/help/api/openapi.json", UriKind.Relative))).StatusCode, Is.EqualTo(302));
        var catalogue = await stranger.GetStringAsync(new Uri("/help/api/problems", UriKind.Relative));
        Assert.That(KnownProblem.All.Where(problem => !catalogue.Contains($"id=\"{problem.Code}\"", StringComparison.Ordinal)), Is.Empty);
        var reference = await clerk.GetStringAsync(new Uri("/help/api/reference", UriKind.Relative));
        // While the document is written anew, the page still shows the one before.
        if (Environment.GetEnvironmentVariable("EVERGREEN_WRITE_OPENAPI") != "1") Assert.That(Operations().Where(operation => !reference.Contains($"{operation.Method} {operation.Path}", StringComparison.Ordinal)).Select(operation => operation.Path), Is.Empty);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(await clerk.GetStringAsync(new Uri("/help/api/openapi.json", UriKind.Relative))), JsonNode.Parse(ReferenceController.CheckedIn.Span)), Is.True);
    }

    private IEnumerable<(string Method, string Path, JsonObject Operation)> Operations() =>
        made["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(item => (item.Key.ToUpperInvariant(), path.Key, item.Value!.AsObject())));

    private static string Example(JsonObject operation, string name) => operation["parameters"]!.AsArray().Single(parameter => parameter!["name"]!.GetValue<string>() == name)!["example"]!.ToString();

    internal static string Checkout()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"(""(?:amount|hours)"":)""[^""]+""")]
    private static partial Regex QuantityOf();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
