using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Layout;
using Evergreen.Web.Tests.Api.Connect;
using Evergreen.Web.Tests.Pages;
using Evergreen.Web.Tests.Pages.Proofs;

namespace Evergreen.Web.Tests.Api;

/// <summary>What an app sees by the token of a member who let it in: the figures that the office has of that member, and nothing outside its scopes.</summary>
public sealed class MembersAppTests
{
    private const string My = "/api/v1/my/";
    private static readonly string[] Own = [.. AppScopes.Of(AppKind.ForMembers).Select(scope => scope.Name)];
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        using var accountant = await site.Enter(Role.Accountant);
        foreach (var coOp in (string[])["grocery", "laundry"]) (await accountant.SendTo($"/office/{coOp}/statements/2025-1", $"/office/{coOp}/statements/2025-1/issue", ("Paper", "Letter"))).Dispose();
        for (var waited = 0; waited < 600 && site.Books.Read(db => db.Jobs.Any(job => job.State == JobState.Queued || job.State == JobState.Running)); waited++) await Task.Delay(50);
    }

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private HttpClient With(string token)
    {
        var app = site.Site.Visitor();
        app.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return app;
    }

    private async Task<HttpClient> AppOf(string mail, string coOp)
    {
        using var person = await site.EnterAs(mail);
        return With(await Purse.TokenOf(site, coOp, person, Own));
    }

    private Task<HttpClient> Office(string coOp) => Tokens.ProgramOf(site.Site, coOp, [.. AppScopes.Of(AppKind.Program).Select(scope => scope.Name)]);

    private static string Items(Answered answer) => answer.Json.GetProperty("items").GetRawText();

    private static List<JsonElement> All(Answered answer) => [.. answer.Json.GetProperty("items").EnumerateArray()];

    [TestCase("ruth@demo.example", "grocery", "1001")]
    [TestCase("hanh@demo.example", "laundry", "0010")]
    [TestCase("alice@demo.example", "grocery", "1150")]
    [TestCase("alice@demo.example", "laundry", "0009")]
    public async Task MembersAppReadsTheSameFiguresAsTheOfficeHasOfThatMember(string mail, string coOp, string number)
    {
        using var app = await AppOf(mail, coOp);
        using var office = await Office(coOp);
        var stake = await app.Get(My + "stake");
        Assert.That((stake.Status, stake.Body), Is.EqualTo((200, (await office.Get($"/api/v1/members/{number}/equity")).Body)));
        Assert.That(stake.Json.GetProperty("member").GetString(), Is.EqualTo(number));
        var (purchases, hours) = (await app.Get(My + "purchases?limit=200"), await app.Get(My + "hours?limit=200"));
        Assert.That(Items(purchases), Is.EqualTo(Items(await office.Get($"/api/v1/purchases?member={number}&limit=200"))));
        Assert.That(Items(hours), Is.EqualTo(Items(await office.Get($"/api/v1/hours?member={number}&limit=200"))));
        Assert.That(All(purchases).Count + All(hours).Count, Is.GreaterThan(3));

        var (total, cash, parts) = site.Books.Read(db =>
        {
            var rows = db.Allocations.Where(row => db.Members.Any(member => member.Id == row.MemberId && member.Number == number && db.CoOps.Any(one => one.Id == member.CoOpId && one.Code == coOp)) && db.DividendRuns.Any(run => run.Id == row.RunId && run.FiscalYear == 2025)).ToList();
            return (rows.Sum(row => row.DividendCents), rows.Sum(row => row.CashCents), rows.Count);
        });
        var dividends = All(await app.Get(My + "dividends")).Where(row => row.GetProperty("run").GetString() == "2025-1").ToList();
        Assert.That((dividends.Count, Sum(dividends, "dividend"), Sum(dividends, "cash")), Is.EqualTo((parts, total, cash)));
        var explained = (await app.Get(My + "dividends/2025")).Json;
        Assert.That((Cents(explained.GetProperty("dividend").GetString()!), explained.GetProperty("run").GetString()), Is.EqualTo((total, "2025-1")));
        Assert.That(explained.GetProperty("steps").GetArrayLength(), Is.GreaterThan(5));

        var statements = All(await app.Get(My + "statements"));
        Assert.That(statements.Select(row => row.GetRawText()), Is.EqualTo(await Statements(office, number)).And.Not.Empty);
        Assert.That(statements, Has.All.Matches<JsonElement>(row => row.GetProperty("member").GetString() == number));
        using var mine = await app.GetAsync(new Uri(My + "statements/2025-1", UriKind.Relative));
        using var copy = await office.GetAsync(new Uri($"/api/v1/statements/2025-1/{number}", UriKind.Relative));
        Assert.That(mine.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pdf"));
        Assert.That(await mine.Content.ReadAsByteArrayAsync(), Is.EqualTo(await copy.Content.ReadAsByteArrayAsync()));

        static long Sum(List<JsonElement> rows, string name) => rows.Sum(row => Cents(row.GetProperty(name).GetString()!));
        static long Cents(string amount) => Money.Parse(amount).Cents;
    }

    private static async Task<List<string>> Statements(HttpClient office, string number)
    {
        var found = new List<string>();
        for (var next = ""; ;)
        {
            var page = await office.Get($"/api/v1/statements?limit=200{next}");
            found.AddRange(All(page).Where(row => row.GetProperty("member").GetString() == number).Select(row => row.GetRawText()));
            if (!page.Json.TryGetProperty("next", out var after)) return found;
            next = $"&after={after.GetString()}";
        }
    }

    [Test]
    public async Task EachScopeOpensItsOwnPartAndNoTokenOfAMemberOpensTheOffice()
    {
        var routes = Routes.Of(site).All.Where(route => route.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(route => (route.Method, route.Pattern, route.Endpoint.Metadata.GetOrderedMetadata<RequiresScopeAttribute>()[^1].Scope)).ToList();
        Assert.That(routes.Count(route => route.Pattern.StartsWith(My, StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(7));
        var apps = new Dictionary<string, HttpClient>();
        using (var ruth = await site.EnterAs("ruth@demo.example"))
        {
            foreach (var scope in Own) apps[scope] = With(await Purse.TokenOf(site, ruth, scope));
            apps["everything"] = With(await Purse.TokenOf(site, ruth, Own));
        }
        apps["the office's"] = await Office("grocery");
        var faults = new List<string>();
        foreach (var (method, pattern, scope) in routes)
        {
            var my = pattern.StartsWith(My, StringComparison.Ordinal);
            foreach (var (held, app) in apps)
            {
                var answer = await app.Call(new HttpMethod(method), Places.Fill(pattern), method == "POST" ? "{}" : null, method == "POST" ? Guid.NewGuid().ToString() : null);
                var opens = scope == RequiresScopeAttribute.Any || held == scope || held == "everything" && my || held == "the office's" && !my;
                if (opens != answer.Code is not "scope-missing" || !opens && answer.Status != 403) faults.Add($"{method} {pattern} with {held}: {answer}");
                if (my && opens && answer.Status != 200) faults.Add($"{method} {pattern} with {held}: {answer}");
            }
        }
        foreach (var app in apps.Values) app.Dispose();
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task HouseholdIsSharedAsTheOwnerAllowsAndNoFurther()
    {
        using var leif = await AppOf("leif@demo.example", "grocery");
        using var office = await Office("grocery");
        Assert.That((await leif.Get(My + "stake")).Body, Is.EqualTo((await office.Get("/api/v1/members/1017/equity")).Body), "the owner lets him see the stake");
        Assert.That(Items(await leif.Get(My + "purchases")), Is.EqualTo(Items(await office.Get("/api/v1/purchases?member=1018"))), "and not her purchases");
        Assert.That(All(await leif.Get(My + "statements")).Select(row => row.GetProperty("member").GetString()), Has.None.EqualTo("1017"));
    }

    [Test]
    public async Task TokenShowsNothingOfAMembershipOnceItsSignInIsEnded()
    {
        using var jose = await AppOf("jose@demo.example", "laundry");
        var routes = Routes.Of(site).All.Where(route => route.Pattern.StartsWith(My, StringComparison.Ordinal)).Select(route => Places.Fill(route.Pattern)).ToList();
        foreach (var route in routes) Assert.That((await jose.Get(route)).Status, Is.EqualTo(200), route);
        Assert.That(new EndMemberSignIn(site.Books).Run(new("laundry", "0007", "test", "test")).IsRefused, Is.False);
        foreach (var route in routes) Assert.That((await jose.Get(route)).Status, Is.AnyOf(401, 404), route);
        using var again = await site.EnterAs("jose@demo.example");
        Assert.That(async () => await Purse.TokenOf(site, "laundry", again, Own), Throws.Exception, "nor is there another token");
    }
}
