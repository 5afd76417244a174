using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Access;

/// <summary>The way in, through the pages: set-up, sign-in, second factor, the end of a session; and what must not open.</summary>
public sealed class GettingInTests
{
    private const string Mail = "ruth@laundry.example", Password = "four plain words here";
    private string folder = "";
    private RunningSite site = null!;

    [SetUp]
    public async Task Start()
    {
        folder = Directory.CreateTempSubdirectory("evergreen-in-").FullName;
        var books = Path.Combine(folder, "books.db");
        Migrator.Run(DatabaseAddress.Sqlite(books));
        site = await RunningSite.Start(books);
    }

    [TearDown]
    public async Task Stop()
    {
        await site.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private T Verb<T>() where T : notnull => site.Services.CreateScope().ServiceProvider.GetRequiredService<T>();

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static string? Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    private async Task<HttpClient> SetUpHouse()
    {
        var visitor = site.Visitor();
        var code = Verb<PrepareSetUp>().Run()!;
        Assert.That(Place(await visitor.Send("/set-up", ("Code", code))), Is.EqualTo("/set-up/co-op"));
        Assert.That(Place(await visitor.Send("/set-up/co-op", ("Name", "The Wash House"), ("Code", "laundry"), ("Country", "US"), ("Currency", "USD"), ("FiscalYearEndMonth", "12"), ("TimeZone", "America/New_York"))), Is.EqualTo("/set-up/you"));
        Assert.That(Place(await visitor.Send("/set-up/you", ("DisplayName", "Ruth"), ("Mail", Mail), ("Password", Password))), Is.EqualTo("/account/second-factor?returnUrl=%2Foffice%2Flaundry%2Fsettings%2Fmail%3Ffirst%3Dtrue"));
        return visitor;
    }

    private static Task<HttpResponseMessage> Enter(HttpClient visitor, string page = "/sign-in", string password = Password) => visitor.SendTo(page, "/sign-in", ("Mail", Mail), ("Password", password));

    [Test]
    public async Task EmptyHouseIsSetUpOnceAndItsPagesAreThenGone()
    {
        using var stranger = site.Visitor();
        Assert.That(Place(await stranger.GetAsync(At("/sign-in"))), Is.EqualTo("/set-up"));
        using var wrong = await stranger.Send("/set-up", ("Code", "00000-00000-00000-00000"));
        Assert.That(((int)wrong.StatusCode, (await wrong.Content.ReadAsStringAsync()).Contains("This is not the set-up code", StringComparison.Ordinal)), Is.EqualTo((422, true)));
        Assert.That(Place(await stranger.GetAsync(At("/set-up/you"))), Is.EqualTo("/set-up"));
        using var ruth = await SetUpHouse();
        Assert.That((await ruth.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        foreach (var page in (string[])["/set-up", "/set-up/co-op", "/set-up/you"]) Assert.That((await stranger.GetAsync(At(page))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), page);
        Assert.That(Verb<PrepareSetUp>().Run(), Is.Null);
    }

    [Test]
    public async Task SignInLeadsToThePageAskedForAndNeverToAnotherSite()
    {
        (await SetUpHouse()).Dispose();
        using var asked = site.Visitor();
        Assert.That(Place(await asked.GetAsync(At("/account/password?x=1"))), Is.EqualTo("/sign-in?returnUrl=%2Faccount%2Fpassword%3Fx%3D1"));
        foreach (var (wanted, reached) in new[]
        {
            ("%2Faccount%2Fpassword%3Fx%3D1", "/account/password?x=1"), ("https%3A%2F%2Fevil.example", "/"), ("%2F%2Fevil.example", "/"), ("%2F%5Cevil.example", "/"),
            ("javascript%3Aalert(1)", "/"), ("%20%2F%2Fevil.example", "/"), ("%09%2F%2Fevil.example", "/"),
        })
        {
            using var visitor = site.Visitor();
            Assert.That(Place(await Enter(visitor, $"/sign-in?returnUrl={wanted}")), Is.EqualTo(reached), wanted);
        }
    }

    [Test]
    public async Task WrongPasswordAndUnknownAccountGetTheSamePage()
    {
        (await SetUpHouse()).Dispose();
        using var visitor = site.Visitor();
        using var wrong = await Enter(visitor, password: "not the right words");
        using var unknown = await visitor.Send("/sign-in", ("Mail", "nobody@laundry.example"), ("Password", "not the right words"));
        Assert.That((wrong.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity)));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("The mail address or the password is not right").And.Not.Contain("not the right words"));
        Assert.That(await unknown.Content.ReadAsStringAsync(), Does.Contain("The mail address or the password is not right"));
    }

    [Test]
    public async Task CookieOfAnEndedSessionOpensNothing()
    {
        (await SetUpHouse()).Dispose();
        using var visitor = site.Visitor();
        await Enter(visitor);
        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        thief.DefaultRequestHeaders.Add("Cookie", RunningSite.CookiesOf(visitor));
        Assert.That((await thief.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Place(await visitor.SendTo("/account", "/account/sessions/end-all")), Is.EqualTo("/sign-in"));
        Assert.That((await thief.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task SignInAgainMakesANewSessionAndEndsTheOld()
    {
        using var ruth = await SetUpHouse();
        var before = RunningSite.CookiesOf(ruth);
        Assert.That(Place(await ruth.Send("/account/again", ("Password", Password))), Is.EqualTo("/account"));
        using var old = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
        old.DefaultRequestHeaders.Add("Cookie", before);
        Assert.That((await old.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await ruth.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task SecondFactorOpensWhatAPasswordAloneDoesNotAndIsThenAlwaysAskedFor()
    {
        using var ruth = await SetUpHouse();
        Assert.That(Place(await ruth.GetAsync(At("/office/laundry/settings/people"))), Is.EqualTo("/account/second-factor?returnUrl=%2Foffice%2Flaundry%2Fsettings%2Fpeople"));
        Assert.That(await ruth.GetStringAsync(At("/account/authenticator")), Does.Not.Contain("<code>"), "looking makes no secret");
        const string Back = "%2Foffice%2Flaundry%2Fsettings%2Fpeople";
        Assert.That(Place(await ruth.SendTo($"/account/second-factor?returnUrl={Back}", "/account/authenticator/make")), Is.EqualTo($"/account/authenticator?returnUrl={Back}"));
        var page = await ruth.GetStringAsync(At($"/account/authenticator?returnUrl={Back}"));
        Assert.That(await ruth.GetStringAsync(At($"/account/authenticator?returnUrl={Back}")), Does.Contain("<code>"), "and it can be looked at twice");
        var secret = Unspell(System.Text.RegularExpressions.Regex.Match(page, "<code>(?<secret>[A-Z2-7 ]+)</code>", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["secret"].Value);
        string Code(int later = 0) => TimeCode.At(secret, TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime) + later);
        using var confirmed = await ruth.Send("/account/authenticator", ("Code", Code()));
        Assert.That(await confirmed.Content.ReadAsStringAsync(), Does.Contain("Keep these recovery codes"));
        Assert.That((await ruth.GetAsync(At("/office/laundry/settings/people"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        using var again = site.Visitor();
        Assert.That(Place(await Enter(again, "/sign-in?returnUrl=%2Faccount")), Is.EqualTo("/sign-in/code"));
        Assert.That((await again.GetAsync(At("/account"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "a password alone is half the way");
        Assert.That((int)(await again.Send("/sign-in/code", ("Code", Code(40)), ("Recovery", "false"))).StatusCode, Is.EqualTo(422));
        Assert.That(Place(await again.Send("/sign-in/code", ("Code", Code(1)))), Is.EqualTo("/account"));
        Assert.That((await again.GetAsync(At("/office/laundry/settings/people/roles"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task CookieIsClosedToScriptsAndToOtherSites()
    {
        (await SetUpHouse()).Dispose();
        using var visitor = site.Visitor();
        using var entered = await Enter(visitor);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(line => line.Contains("evergreen=", StringComparison.Ordinal));
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=lax").And.Contain("path=/"));
    }

    [Test]
    public async Task InvitedPersonComesInWithTheRoleAndTheCodeIsUsedUp()
    {
        using var ruth = await SetUpHouse();
        var books = site.Services.GetRequiredService<Books>();
        var (user, coOp) = books.Read(db => (db.SignIns.Single().Id, db.CoOps.Single().Id));
        var code = Verb<InvitePerson>().Run(new InvitePerson.Request(coOp, "sam@laundry.example", "Sam", Role.Clerk, user, Mail, "test")).Value.Code;
        using var sam = site.Visitor();
        using (var without = await sam.Send("/invitation", ("Code", " ")))
        {
            var page = await without.Content.ReadAsStringAsync();
            Assert.That(((int)without.StatusCode, page.Contains("name=\"Password\"", StringComparison.Ordinal)), Is.EqualTo((422, false)));
        }
        using var typed = await sam.Send("/invitation", ("Code", code));
        Assert.That((typed.StatusCode, typed.RequestMessage!.RequestUri!.Query), Is.EqualTo((HttpStatusCode.OK, "")), "a typed code stands in no address");
        Assert.That(await typed.Content.ReadAsStringAsync(), Does.Contain("name=\"Password\""));
        using var accepted = await sam.SendTo($"/invitation?code={code}", "/invitation", ("DisplayName", "Sam"), ("Password", "words of another kind"));
        Assert.That(Place(accepted), Is.EqualTo("/sign-in"));
        Assert.That(Place(await sam.Send("/sign-in", ("Mail", "sam@laundry.example"), ("Password", "words of another kind"))), Is.EqualTo("/"));
        Assert.That(Place(await sam.GetAsync(At("/"))), Is.EqualTo("/office"));
        Assert.That((await sam.GetAsync(At("/office/laundry/settings/people"))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(books.Read(db => db.AuditRecords.Count(record => record.Verb == "access.denied" && record.By == "sam@laundry.example")), Is.EqualTo(1));
        Assert.That((int)(await sam.GetAsync(At($"/invitation?code={code}"))).StatusCode, Is.EqualTo(422));
    }

    internal static byte[] Unspell(string spelled)
    {
        var bits = string.Concat(spelled.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }
}
