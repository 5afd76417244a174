using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Access;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Access;

/// <summary>What the set-up may begin with: a co-op of one's own in its own language, or the samples, which make the site a demo from then on.</summary>
public sealed partial class FirstRunTests
{
    private const string Mail = "ruth@wash.example", Password = "four plain words here";
    private string folder = "";
    private string books = "";

    [SetUp]
    public void Empty()
    {
        folder = Directory.CreateTempSubdirectory("evergreen-first-").FullName;
        books = Path.Combine(folder, "books.db");
        Migrator.Run(DatabaseAddress.Sqlite(books));
    }

    [TearDown]
    public void Drop()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<(RunningSite Site, StringWriter Console)> Start()
    {
        var console = new StringWriter();
        var site = await RunningSite.Start(books, also: services => services.AddSingleton(new Greeting("http://here", console)));
        site.Services.GetRequiredService<Greeting>().Say(site.Services);
        return (site, console);
    }

    private static string? Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    private static Task<string> Read(HttpClient visitor, string page) => visitor.GetStringAsync(new Uri(page, UriKind.Relative));

    private static string CodeOn(StringWriter console) => Code().Match(console.ToString()).Value;

    [Test]
    public async Task TheSamplesMakeADemoThatStaysOneAfterARestart()
    {
        var (site, console) = await Start();
        string password;
        await using (site)
        {
            using var ruth = site.Visitor();
            Assert.That(await Read(ruth, "/set-up"), Does.Contain("two sample co-ops").And.Not.Contain("class=\"banner\""));
            Assert.That(Place(await ruth.Send("/set-up", ("Code", CodeOn(console)), ("Start", "demo"))), Is.EqualTo("/set-up/you"));
            Assert.That(Place(await ruth.GetAsync(new Uri("/set-up/co-op", UriKind.Relative))), Is.EqualTo("/set-up"), "no co-op is asked for");
            Assert.That((int)(await ruth.Send("/set-up/you", ("DisplayName", "Ruth"), ("Mail", Mail), ("Password", "password"))).StatusCode, Is.EqualTo(422));
            Assert.That(site.Services.GetRequiredService<Books>().Read(db => db.CoOps.Count()), Is.Zero, "nothing is loaded for someone who cannot be made administrator");
            Assert.That(Place(await ruth.Send("/set-up/you", ("DisplayName", "Ruth"), ("Mail", Mail), ("Password", Password))), Does.StartWith("/account/second-factor?returnUrl="));
            password = Made().Matches(console.ToString())[^1].Groups["password"].Value;
            await IsDemo(site, password);
            foreach (var page in (string[])["/set-up", "/set-up/co-op", "/set-up/you"]) Assert.That((await site.Visitor().GetAsync(new Uri(page, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), page);
        }

        var (again, said) = await Start();
        await using (again)
        {
            var next = Made().Match(said.ToString()).Groups["password"].Value;
            Assert.That((said.ToString().Contains("set-up code", StringComparison.Ordinal), next.Length > 10, next == password), Is.EqualTo((false, true, false)), "a new password at each start, and no set-up");
            await IsDemo(again, next);
            using var before = again.Visitor();
            Assert.That((int)(await before.Send("/sign-in", ("Mail", DemoSite.MailOf(Role.Accountant)), ("Password", password))).StatusCode, Is.EqualTo(422), "the password of the start before");
        }
    }

    /// <summary>The banner is there for everyone, the samples hold their years, the demo's people enter with the password of this start, and the administrator who was made is still one.</summary>
    private static async Task IsDemo(RunningSite site, string password)
    {
        using var visitor = site.Visitor();
        Assert.That(await Read(visitor, "/sign-in"), Does.Contain("class=\"banner\""));
        Assert.That(Place(await visitor.Send("/sign-in", ("Mail", DemoSite.MailOf(Role.Accountant)), ("Password", password))), Is.EqualTo("/"));
        foreach (var (coOp, run) in ((string, string)[])[("laundry", "2026-1"), ("grocery", "2025-1")]) Assert.That(await Read(visitor, $"/office/{coOp}/statements"), Does.Contain(run).And.Contain("class=\"banner\""));
        using var ruth = site.Visitor();
        Assert.That(Place(await ruth.Send("/sign-in", ("Mail", Mail), ("Password", Password))), Is.EqualTo("/"));
        Assert.That(await Read(ruth, "/office/laundry/settings/details"), Does.Contain("class=\"banner\""));
        Assert.That(Place(await ruth.GetAsync(new Uri("/office/laundry/settings/people", UriKind.Relative))), Does.StartWith("/account/second-factor"), "a demo opens nothing to a real account without its second factor");
    }

    [Test]
    public async Task TheLocaleIsAskedAndSpokenToWhoeverChoseNone()
    {
        var (site, console) = await Start();
        await using var open = site;
        using var ruth = site.Visitor();
        Assert.That(Place(await ruth.Send("/set-up", ("Code", CodeOn(console)), ("Start", "empty"))), Is.EqualTo("/set-up/co-op"));
        var asked = await new HtmlParser().ParseDocumentAsync(await Read(ruth, "/set-up/co-op"));
        Assert.That(asked.QuerySelectorAll("select[name=Language] option").Select(option => option.TextContent), Is.EqualTo(new[] { "English", "Spanish" }));
        (string, string)[] coOp = [("Name", "La Lavandería"), ("Code", "lavanderia"), ("Country", "ES"), ("Currency", "EUR"), ("FiscalYearEndMonth", "12"), ("TimeZone", "Europe/Madrid")];
        Assert.That((int)(await ruth.Send("/set-up/co-op", [.. coOp, ("Language", "tlh")])).StatusCode, Is.EqualTo(422));
        using (var empty = await ruth.Send("/set-up/co-op", ("Name", ""), ("Code", ""), ("Language", "tlh")))
        {
            var refused = await new HtmlParser().ParseDocumentAsync(await empty.Content.ReadAsStringAsync());
            var asks = refused.QuerySelectorAll("main form .field :is(input, select)").Select(field => $"#{field.Id}").ToList();
            var wrong = refused.QuerySelectorAll(".error-summary a").Select(link => link.GetAttribute("href")!).ToList();
            Assert.That(wrong, Is.SupersetOf(new[] { "#Name", "#Code" }));
            Assert.That(wrong, Is.EqualTo(asks.Where(wrong.Contains)), "what is wrong is said in the order of the fields");
        }
        Assert.That(Place(await ruth.Send("/set-up/co-op", [.. coOp, ("Language", "es")])), Is.EqualTo("/set-up/you"));
        await ruth.Send("/set-up/you", ("DisplayName", "Ruth"), ("Mail", Mail), ("Password", Password));
        Assert.That(site.Services.GetRequiredService<Books>().Read(db => db.CoOps.Select(one => one.Language + "-" + one.Country).Single()), Is.EqualTo("es-ES"));
        Assert.That(await Read(ruth, "/office/lavanderia/settings/details"), Does.Contain("the locale is es-ES").And.Not.Contain("class=\"banner\""));
        // The sample of a statement is that of a member who chose no language.
        var statement = await ruth.GetByteArrayAsync(new Uri("/office/lavanderia/settings/sample-statement", UriKind.Relative));
        Assert.That(System.Text.Encoding.Latin1.GetString(statement), Does.Contain("/Lang (es"));
    }

    [GeneratedRegex("[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"with the password\s+(?<password>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Made();
}
