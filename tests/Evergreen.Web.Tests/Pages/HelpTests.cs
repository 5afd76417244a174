using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Web.Help;
using Evergreen.Web.Layout;
using Evergreen.Web.Tests.Pages.Proofs;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Every page's help is about that page, in the reader's language where the guide is; and what shows members' records is known by its address.</summary>
public sealed partial class HelpTests
{
    /// <summary>What no person reads as a page of ours.</summary>
    private static readonly string[] NoPages = ["/.well-known/", "/api/", "/assets/", "/health/", "/theme", "/sign-out"];

    /// <summary>Files of the office about something else than members, or about what is not in anybody's record yet.</summary>
    private static readonly Dictionary<string, string> FilesAside = new(StringComparer.Ordinal)
    {
        ["/office/{coop}/audit/export"] = "who did what: names members by number alone, and those looks are in it",
        ["/office/{coop}/dividends/years.{format}"] = "sums of years",
        ["/office/{coop}/dividends/{year}/scenarios.{format}"] = "sums of scenarios",
        ["/office/{coop}/imports/drafts/{draft}/problems.{format}"] = "what is wrong with a file that is not in the books",
        ["/office/{coop}/imports/held.{format}"] = "numbers that are in nobody's record",
        ["/office/{coop}/imports/imports.{format}"] = "files and their counts",
        ["/office/{coop}/jobs/jobs.{format}"] = "long work",
        ["/office/{coop}/ledger/accounts.{format}"] = "sums of accounts",
        ["/office/{coop}/members/applications.{format}"] = "people who are not members yet",
        ["/office/{coop}/settings/apps.{format}"] = "programs",
        ["/office/{coop}/settings/departments.{format}"] = "sums of departments",
        ["/office/{coop}/settings/people.{format}"] = "the staff",
        ["/office/{coop}/settings/webhooks.{format}"] = "addresses of programs",
        ["/office/{coop}/settings/webhooks/{webhook}/deliveries.{format}"] = "events without names and amounts",
        ["/office/{coop}/statements/runs.{format}"] = "sums of runs",
    };

    /// <summary>Answers of the API in which a program reads of no member but the one who let it in, or what it wrote itself.</summary>
    private static readonly Dictionary<string, string> AnswersAside = new(StringComparer.Ordinal)
    {
        ["/api/v1/who-am-i"] = "the program itself",
        ["/api/v1/runs"] = "sums of runs",
        ["/api/v1/runs/{run}"] = "sums of a run",
        ["/api/v1/purchases/{receipt}"] = "the till reads back the receipt it wrote",
        ["/api/v1/hours/{id}"] = "payroll reads back the row it wrote",
    };

    private DemoSite site = null!;
    private Routes routes = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        routes = Routes.Of(site);
    }

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static async Task<IHtmlDocument> Open(HttpClient visitor, string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public void EveryPageHasItsSectionAndEverySectionItsPage()
    {
        var pages = routes.All.Where(route => !NoPages.Any(begins => route.Pattern.StartsWith(begins, StringComparison.Ordinal))).ToList();
        Assert.That(pages, Has.Count.GreaterThan(200));
        Assert.That(pages.Where(route => AddressPattern.Of(route.Endpoint) != route.Pattern).Select(route => $"{route.Pattern} is read as {AddressPattern.Of(route.Endpoint)}"), Is.Empty);
        var found = pages.Select(route => (route.Pattern, Topic: HelpTopics.Of(route.Pattern))).ToList();
        Assert.That(found.Where(one => one.Topic is null).Select(one => one.Pattern), Is.Empty, "pages without a section");
        Assert.That(found.Where(one => one.Topic is { Subject: "" } && one.Pattern != "/" && !one.Pattern.StartsWith("/help", StringComparison.Ordinal) && !one.Pattern.StartsWith("/trouble", StringComparison.Ordinal)).Select(one => one.Pattern), Is.Empty, "pages that lead to the contents alone");
        Assert.That(HelpTopics.Table.Where(topic => found.All(one => one.Topic != topic)).Select(topic => topic.Begins), Is.Empty, "sections for pages that are not there");
        Assert.That(found.Select(one => one.Topic!).Where(topic => topic.Subject.Length > 0).Distinct().SelectMany(topic => Guides.All.Where(guide => guide.Subject == topic.Subject).Where(guide => guide.Sections.All(section => section.Anchor != topic.Anchor)).Select(guide => $"{guide.Name}#{topic.Anchor}")), Is.Empty, "sections that no guide has");
    }

    [Test]
    public async Task SectionsAreWhereTheGuideSaysAndAlikeInBothLanguages()
    {
        using var stranger = await site.EnterAs(null);
        foreach (var guide in Guides.All)
        {
            var page = await Open(stranger, $"/help/{guide.Name}");
            Assert.That(guide.Sections.Where(section => page.GetElementById(section.Anchor)?.TextContent != section.Title).Select(section => section.Anchor), Is.Empty, guide.Name);
            Assert.That(page.QuerySelectorAll(".prose h2").Length, Is.EqualTo(guide.Sections.Count), $"{guide.Name}: each heading has a name");
            Assert.That(page.Body!.TextContent, Does.Not.Contain("{#"));
        }
        Assert.That(Guides.In("member", "es").Sections.Select(section => section.Anchor), Is.EqualTo(Guides.In("member", "en").Sections.Select(section => section.Anchor)));
    }

    [TestCase("hanh@demo.example", "/my/laundry/dividends", "/help/member#dividend")]
    [TestCase("jose@demo.example", "/my/laundry/me/bank", "/help/member.es#bank")]
    [TestCase("joy@demo.example", "/office/grocery/members/1001/sign-in", "/help/administrator#invite")]
    [TestCase("ana@demo.example", "/office/grocery/statements", "/help/accountant#statements")]
    [TestCase(null, "/sign-in", "/help/member#signing-in")]
    public async Task HelpOfAPageIsAboutThatPage(string? mail, string address, string help)
    {
        using var visitor = await site.EnterAs(mail);
        var links = (await Open(visitor, address)).QuerySelectorAll("a[href^='/help']").Where(link => link.Closest("main") is null).Select(link => link.GetAttribute("href")!).Distinct().ToList();
        Assert.That(links, Is.EqualTo(new[] { help }));
    }

    [Test]
    public async Task ContentsSpeakTheReadersLanguageAndSayWhatIsEnglishAlone()
    {
        using var jose = await site.EnterAs("jose@demo.example");
        var spanish = await Open(jose, "/help");
        Assert.That((spanish.DocumentElement.GetAttribute("lang"), spanish.QuerySelector("h1")!.TextContent), Is.EqualTo(("es", "Ayuda")));
        Assert.That(spanish.QuerySelectorAll("main h2 a").Select(link => link.GetAttribute("href")).First(), Is.EqualTo("/help/member.es"));
        Assert.That(spanish.QuerySelectorAll("main p.quiet").Select(note => note.TextContent).Distinct(), Is.EqualTo(new[] { "Esta guía solo existe en inglés." }));
        Assert.That(spanish.QuerySelectorAll("main p.quiet").Length, Is.EqualTo(Guides.All.Count(guide => guide.Tongue == "en") - 1), "each but the members'");
        using var joy = await site.EnterAs("joy@demo.example");
        var english = await Open(joy, "/help");
        Assert.That((english.QuerySelector("h1")!.TextContent, english.QuerySelectorAll("main p.quiet").Length), Is.EqualTo(("Help", 0)));
        Assert.That(english.QuerySelectorAll("main li a").Length, Is.EqualTo(Guides.All.Where(guide => guide.Tongue == "en").Sum(guide => guide.Sections.Count)));
    }

    [Test]
    public void WhatShowsMembersIsNotedOrHasItsReason()
    {
        var looks = routes.All.Where(route => route.Method == "GET").Select(route => (route.Pattern, Reach: LookFilter.Of(route.Pattern))).ToList();
        Assert.That(looks.Where(one => one.Pattern.StartsWith("/my", StringComparison.Ordinal) && one.Reach is not null), Is.Empty, "one's own is no look");
        var office = looks.Where(one => one.Pattern.StartsWith("/office/{coop}/", StringComparison.Ordinal)).ToList();
        Assert.That(office.Where(one => one.Reach is null && Member().IsMatch(one.Pattern)).Select(one => one.Pattern), Is.Empty, "pages about one member");
        Assert.That(office.Where(one => one.Reach is null && File().IsMatch(one.Pattern) && !FilesAside.ContainsKey(one.Pattern)).Select(one => one.Pattern), Is.Empty, "files about many");
        Assert.That(looks.Where(one => one.Pattern.StartsWith("/api/v1/", StringComparison.Ordinal) && !one.Pattern.StartsWith("/api/v1/my/", StringComparison.Ordinal) && one.Reach is null && !AnswersAside.ContainsKey(one.Pattern)).Select(one => one.Pattern), Is.Empty, "answers to programs");
        Assert.That(FilesAside.Keys.Concat(AnswersAside.Keys).Except(looks.Where(one => one.Reach is null).Select(one => one.Pattern)), Is.Empty, "no reason outlives its page");
        Assert.That(looks.Count(one => one.Reach == LookFilter.Reach.One), Is.GreaterThan(20));
    }

    [Test]
    public async Task LooksAreNotedWhateverPageItWas()
    {
        using (var clerk = await site.EnterAs("joy@demo.example"))
        {
            await Open(clerk, "/office/grocery/members/1003/edit");
            using var missing = await clerk.GetAsync(new Uri("/office/grocery/members/99999/edit", UriKind.Relative));
            Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            using var register = await clerk.GetAsync(new Uri("/office/grocery/members/members.csv", UriKind.Relative));
            Assert.That(register.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        var noted = site.Books.Read(db => db.AuditRecords.Where(record => record.By == "joy@demo.example" && (record.Verb == "members.look" || record.Verb == "members.register-read")).Select(record => record.Verb + " " + record.Subject).ToList());
        Assert.That(noted, Does.Contain("members.look member 1003").And.Contain("members.register-read register").And.None.Contain("99999"));
    }

    [GeneratedRegex(@"/members/\{(number|member)\}|/requests/\{request\}")]
    private static partial Regex Member();

    [GeneratedRegex(@"\.(\{format\}|csv|xlsx|pdf|zip)$|/export$|/files/")]
    private static partial Regex File();
}
