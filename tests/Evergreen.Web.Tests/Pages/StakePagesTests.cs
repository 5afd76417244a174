using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Web.Portal.Stake;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Pages;

/// <summary>My stake, my dividend and my statements as a member opens them. Whatever belongs to someone else is not there.</summary>
public sealed partial class StakePagesTests
{
    private const string Grocery = "/my/grocery";
    private DemoSite site = null!;
    private HttpClient ruth = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        ruth = await site.EnterAs("ruth@demo.example");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        ruth.Dispose();
        await site.DisposeAsync();
    }

    private static async Task<(HttpStatusCode Status, string Text)> Get(HttpClient visitor, string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<IHtmlDocument> Open(HttpClient visitor, string page)
    {
        var (status, text) = await Get(visitor, page);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), page);
        return await new HtmlParser().ParseDocumentAsync(text);
    }

    private (int Id, int CoOp) MemberOf(string coOp, string number) => site.Books.Read(db => (from member in db.Members join one in db.CoOps on member.CoOpId equals one.Id where one.Code == coOp && member.Number == number select new { member.Id, member.CoOpId }).AsEnumerable().Select(one => (one.Id, one.CoOpId)).Single());

    [Test]
    public async Task StakeShowsOneNumberOnTopAndWhatComesNext()
    {
        var page = await Open(ruth, Grocery);
        var (id, coOpId) = MemberOf("grocery", "1001");
        var stake = new MyStake(site.Books).Run(new(site.Books.Read(db => db.CoOps.AsNoTracking().Single(one => one.Id == coOpId)), id)).Value;
        Assert.That(page.QuerySelector(".hero-figure")!.TextContent.Trim(), Is.EqualTo("$" + stake.Owned.ToGroupedString()));
        Assert.That(page.QuerySelectorAll(".coming li"), Has.Count.GreaterThan(1));
        Assert.That(page.QuerySelector("figure svg[role=img]"), Is.Not.Null);
        Assert.That(page.QuerySelectorAll("figure tbody tr").Length, Is.EqualTo(stake.Years.Count));
    }

    /// <summary>A day that is over is no promise.</summary>
    [Test]
    public void WhatIsLateIsSaidToBeLate()
    {
        var (last, by) = (new MyStake.YearDividend(2025, "2025-1", Money.Parse("36.27"), Money.Parse("14.51"), Money.Parse("14.51"), Money.Parse("21.76"), new DateOnly(2026, 4, 2), null, null, false, CashTreatment.Paid), new DateOnly(2026, 9, 15));
        Assert.That((StakeController.NextKey(last, by, by), StakeController.NextKey(last, by, by.AddDays(1)), StakeController.NextKey(last, null, by)), Is.EqualTo(("next.pay.by", "next.pay.late", "next.pay")));
        Assert.That(StakeController.NextKey(last with { Treatment = CashTreatment.Payroll }, by, by.AddDays(1)), Is.EqualTo("next.wages"));
    }

    /// <summary>Of 30.96 that are on their way, 14.51 are of the latest dividend; the page says what the rest is, and where it comes from.</summary>
    [Test]
    public async Task WhatIsOwedFromBeforeStandsAmongWhatComesNext()
    {
        var page = await Open(ruth, Grocery);
        var coming = page.QuerySelector(".coming")!;
        Assert.That(page.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent.Trim()), Does.Contain("$30.96"));
        Assert.That(coming.TextContent, Does.Contain("$14.51 of your dividend for 2025").And.Contain("$16.45 from before is owed to you"));
        var way = coming.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Single(href => href.Contains('#', StringComparison.Ordinal));
        Assert.That((await Open(ruth, way)).GetElementById(way.Split('#')[1])!.TextContent, Is.EqualTo("Dividends to be paid"));
        using var hanh = await site.EnterAs("hanh@demo.example");
        Assert.That((await Open(hanh, "/my/laundry/account")).QuerySelectorAll("#owed").Length, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public async Task SomeoneOfTheHouseholdIsNotSentToStatementsThatAreKeptFromThem()
    {
        using var alma = await site.EnterAs("alma@demo.example");
        using var leif = await site.EnterAs("leif@demo.example");
        Assert.That((await Open(alma, Grocery)).QuerySelector($".coming a[href='{Grocery}/statements']"), Is.Not.Null);
        var shown = await Open(leif, Grocery);
        Assert.That((shown.QuerySelector(".household")!.TextContent.Contains("Alma", StringComparison.Ordinal), shown.QuerySelector(".coming")!.TextContent.Contains("statement", StringComparison.Ordinal)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task EveryLineOfTheReceiptNamesItsSourceAndTheWaysLeadSomewhere()
    {
        var page = await Open(ruth, $"{Grocery}/dividends/2025");
        var lines = page.QuerySelectorAll(".receipt > section > dl > div").ToList();
        Assert.That(lines, Has.Count.GreaterThan(15));
        Assert.That(lines.Where(line => line.QuerySelector("dd.source") is null).Select(line => line.QuerySelector("dt")!.TextContent.Trim()).Except(["Your dividend"]), Is.Empty);
        Assert.That(lines.Where(line => line.QuerySelector("a.way, details.sum-of") is null).Select(line => line.QuerySelector("dt")!.TextContent.Trim()), Is.Empty, "rows, an entry, or the steps before");
        Assert.That(lines.Select(line => line.Id), Is.Unique);
        var ways = page.QuerySelectorAll(".receipt a.way").Select(way => way.GetAttribute("href")!).ToList();
        Assert.That(ways, Has.Some.Contains("/rows?measure=purchases").And.Some.Contains("/account#entry-"));
        Assert.That(ways.Where(way => way.StartsWith('#') && page.GetElementById(way[1..]) is null), Is.Empty, "no step leads nowhere");
        foreach (var way in ways.Where(way => !way.StartsWith('#')).Distinct())
        {
            var target = await Open(ruth, way);
            if (way.Contains('#')) Assert.That(target.QuerySelector(way[way.IndexOf('#')..]), Is.Not.Null, way);
        }
        // The sums of the rows that count are the member's units.
        var rows = await Open(ruth, ways.First(way => way.Contains("/rows?", StringComparison.Ordinal)));
        Assert.That(page.Body!.TextContent, Does.Contain(rows.QuerySelector(".lead")!.TextContent.Trim().Split("together ")[^1].Split(". ")[0]));
        Assert.That(rows.QuerySelector("nav.actions"), Is.Null, "all are shown, so there is no next page");
        Assert.That(page.QuerySelectorAll("details.term summary").Length, Is.GreaterThan(8));
        Assert.That(page.QuerySelectorAll("dl.terms dt").Length, Is.GreaterThan(8), "also printed");
    }

    /// <summary>Whoever adds up what the page shows comes to what the page shows: the figures are read from the page, as a member does with a pencil.</summary>
    [TestCase("ruth@demo.example", "grocery")]
    [TestCase("alma@demo.example", "grocery")]
    [TestCase("hanh@demo.example", "laundry")]
    public async Task SumsOnThePageAreEqual(string mail, string coOp)
    {
        using var member = await site.EnterAs(mail);
        var years = (await Open(member, $"/my/{coOp}/dividends")).QuerySelectorAll($"a[href^='/my/{coOp}/dividends/']").Select(link => link.GetAttribute("href")!).Where(href => int.TryParse(href[^4..], out _)).Distinct().ToList();
        Assert.That(years, Is.Not.Empty);
        var added = 0;
        foreach (var year in years)
        {
            var page = await Open(member, year);
            var shown = page.QuerySelectorAll(".receipt > section > dl > div").ToDictionary(line => line.Id!, line => Cents(line.QuerySelector("dd.figure")!.TextContent), StringComparer.Ordinal);
            if (shown.Count == 0) continue;
            decimal At(string id) => shown.GetValueOrDefault(id) ?? 0;
            void Equal(string what, decimal one, decimal other)
            {
                Assert.That(one, Is.EqualTo(other), $"{year}: {what}");
                added++;
            }

            Equal("result", At("co-op-net"), page.GetElementById("co-op-net")!.QuerySelectorAll("details.sum-of dd.figure").Sum(figure => Cents(figure.TextContent)!.Value));
            Equal("members' business", At("co-op-patronage"), At("co-op-net") + At("co-op-non-patronage"));
            decimal dividends = 0;
            foreach (var pool in shown.Keys.Where(id => id.StartsWith("pool-", StringComparison.Ordinal) && id.EndsWith("-member-net", StringComparison.Ordinal)).Select(id => id["pool-".Length..^"-member-net".Length]))
            {
                Equal($"{pool}, others", shown.ContainsKey($"pool-{pool}-net") ? At($"pool-{pool}-net") : At("co-op-patronage"), At($"pool-{pool}-member-net") + At($"pool-{pool}-others"));
                string[] taken = ["offset", "loss-reserve", "loss-carried", "capital", "recovered", "reserve"];
                if (At($"pool-{pool}-member-net") >= 0)
                    Equal($"{pool}, shared", At($"pool-{pool}-members"), At($"pool-{pool}-member-net") + taken.Sum(key => At($"pool-{pool}-{key}")) + shown.Where(line => line.Key.StartsWith($"pool-{pool}-fund-", StringComparison.Ordinal)).Sum(line => line.Value!.Value));
            }
            foreach (var mine in shown.Keys.Where(id => id.StartsWith("me-", StringComparison.Ordinal) && id.EndsWith("-dividend", StringComparison.Ordinal)).Select(id => id[..^"-dividend".Length]))
            {
                dividends += At($"{mine}-dividend");
                if (shown.ContainsKey($"{mine}-cut")) Equal($"{mine}, rounding", At($"{mine}-cut") + At($"{mine}-cent"), At($"{mine}-dividend"));
            }
            if (!shown.ContainsKey("payment-cash")) continue;
            Equal("dividend", At("payment-dividend"), dividends);
            Equal("cash and kept", At("payment-cash") + At("payment-qualified") + At("payment-nonqualified") + At("payment-shares"), At("payment-sum"));
            Equal("all of it", At("payment-sum"), At("payment-dividend"));
        }
        Assert.That(added, Is.GreaterThan(6));

        // An amount of money in English, or nothing where the figure is something else.
        static decimal? Cents(string text) => decimal.TryParse(text.Trim().Replace("\u2212", "-", StringComparison.Ordinal).Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    [Test]
    public async Task WhoeverHasNoDividendReadsWhich()
    {
        using var leif = await site.EnterAs("leif@demo.example");
        var shown = await Open(leif, $"{Grocery}/dividends/2025");
        Assert.That(shown.QuerySelector(".household")!.TextContent, Does.Contain("Alma"), "the owner lets him see hers");
        Assert.That(shown.QuerySelectorAll(".receipt a.way").Select(way => way.GetAttribute("href")!), Has.None.Contains("/rows"), "but not what she buys");
        Assert.That((await Get(leif, $"{Grocery}/dividends/2025/rows?measure=purchases")).Text, Does.Not.Contain("1017"), "his own rows only");
        Assert.That((await Open(leif, $"{Grocery}/statements")).QuerySelector(".household"), Is.Null, "his own, of which there are none");
        Assert.That((await Get(ruth, $"{Grocery}/dividends/2031")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    /// <summary>Chosen once for the browser, or named in the address; whatever page hands the table out.</summary>
    [Test]
    public async Task TablesHaveSemicolonsForWhoeverChoseThem()
    {
        using var member = await site.EnterAs("ruth@demo.example");
        var commas = (await Get(member, $"{Grocery}/dividends/2025.csv")).Text;
        Assert.That(commas, Does.StartWith("part,pool,"));
        using (var chosen = await member.SendTo("/account", "/account/files", ("separator", "semicolon"))) Assert.That(chosen.Headers.Location!.OriginalString, Is.EqualTo("/account"));
        Assert.That((await Open(member, "/account")).QuerySelector("form[action='/account/files'] button")!.TextContent, Is.EqualTo("Use commas"));
        var semicolons = (await Get(member, $"{Grocery}/dividends/2025.csv")).Text;
        Assert.That((semicolons[..10], semicolons.Length >= commas.Length, semicolons.Split('\n').Length), Is.EqualTo(("part;pool;", true, commas.Split('\n').Length)));
        Assert.That((await Get(member, $"{Grocery}/dividends/2025.csv?separator=comma")).Text, Is.EqualTo(commas), "the address decides");
        Assert.That((await Get(member, $"{Grocery}/activity.csv?kind=Purchases")).Text.Split('\n')[0], Does.Contain(";").And.Not.Contain(","));
        using (var back = await member.SendTo("/account", "/account/files", ("separator", "comma"))) Assert.That((await Get(member, $"{Grocery}/dividends/2025.csv")).Text, Is.EqualTo(commas));

        using var accountant = await site.EnterAs("ana@demo.example");
        foreach (var table in (string[])["members/members.csv", "members/register.csv", "dividends/runs/2025-1/worksheet.csv", "dividends/years.csv", "statements/2025-1/received.csv"])
            Assert.That((await Get(accountant, $"/office/grocery/{table}?separator=semicolon")).Text.Split('\n')[0], Does.Contain(";").And.Not.Contain(","), table);
        using var workbook = await accountant.GetAsync(new Uri("/office/grocery/dividends/years.xlsx?separator=semicolon", UriKind.Relative));
        Assert.That((await workbook.Content.ReadAsByteArrayAsync())[..2], Is.EqualTo("PK"u8.ToArray()), "a workbook has neither");
    }

    /// <summary>What is on the page is on the paper: the figures of the story, of each line and what it came from, of the sums by department, and of what more would have given.</summary>
    [TestCase("ruth@demo.example", "grocery", 2025)]
    [TestCase("jose@demo.example", "laundry", 2026)]
    public async Task EveryFigureOfTheExplanationIsOnItsPaperToo(string mail, string coOp, int year)
    {
        using var member = await site.EnterAs(mail);
        var page = await Open(member, $"/my/{coOp}/dividends/{year}");
        foreach (var aside in page.QuerySelectorAll("details.term, summary, .worked-from").ToList()) aside.Remove();
        var told = page.QuerySelectorAll("main .hero, main .figures, main .notice, main .receipt > section, main p:not(.chips)").Select(part => part.TextContent);
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await member.GetByteArrayAsync(new Uri($"/my/{coOp}/dividends/{year}.pdf", UriKind.Relative)));
        // A fraction of many digits is broken where it must.
        var paper = string.Concat(pdf.GetPages().SelectMany(one => one.Letters).Select(letter => letter.Value).Where(letter => !string.IsNullOrWhiteSpace(letter)));
        var figures = told.SelectMany(text => Figure().Matches(text)).Select(figure => figure.Value).Distinct().ToList();
        Assert.That(figures, Has.Count.GreaterThan(30));
        Assert.That(figures.Where(figure => !paper.Contains(figure, StringComparison.Ordinal)), Is.Empty);
        Assert.That(page.QuerySelectorAll("a.way[href*='/rows']"), Is.Not.Empty, "among them the numbers of rows");
    }

    [GeneratedRegex(@"\d(?:[\d.,…]*[\d…])?")]
    private static partial Regex Figure();

    [Test]
    public async Task FilesAreKeptByNoCacheAndNameNothingSecret()
    {
        foreach (var (page, kind, start) in new[] { ($"{Grocery}/dividends/2025.pdf", "application/pdf", "%PDF"), ($"{Grocery}/dividends/2025.csv", "text/csv", "part,"), ($"{Grocery}/statements/2025-1.pdf", "application/pdf", "%PDF"), ($"{Grocery}/statements/all.zip", "application/zip", "PK") })
        {
            using var answer = await ruth.GetAsync(new Uri(page, UriKind.Relative));
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            Assert.Multiple(() =>
            {
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
                Assert.That(answer.Headers.CacheControl!.NoStore, Is.True, page);
                Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo(kind));
                Assert.That(System.Text.Encoding.ASCII.GetString(bytes[..start.Length]), Is.EqualTo(start));
                Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Does.Match("^\"?grocery-(dividend-2025|2025-1-1001|statements)\\.(pdf|csv|zip)\"?$"));
            });
        }
        using var zip = new ZipArchive(new MemoryStream(await ruth.GetByteArrayAsync(new Uri($"{Grocery}/statements/all.zip", UriKind.Relative))));
        Assert.That(zip.Entries.Select(entry => entry.Name), Is.EqualTo(new[] { "grocery-2023-1-1001.pdf", "grocery-2024-1-1001.pdf", "grocery-2025-1-1001.pdf" }));
        Assert.That((await Open(ruth, $"{Grocery}/statements")).QuerySelectorAll("td .chip.good").Length, Is.Zero, "all of them were opened");
    }

    [Test]
    public async Task WhatBelongsToAnotherIsAnsweredLikeWhatIsNotThere()
    {
        foreach (var (others, nowhere) in new[]
        {
            ($"{Grocery}/statements/2025-1.pdf?record=1002", $"{Grocery}/statements/2025-1.pdf?record=none"),
            ($"{Grocery}/statements/2026-1.pdf", $"{Grocery}/statements/1999-7.pdf"),
            ("/my/laundry/dividends/2026", "/my/no-such/dividends/2026"),
            ("/my/laundry/statements/2026-1.pdf", "/my/no-such/statements/2026-1.pdf"),
            ("/my/laundry/account", "/my/no-such/account"),
        })
        {
            var (one, other) = (await Get(ruth, others), await Get(ruth, nowhere));
            Assert.That(one.Status, Is.EqualTo(HttpStatusCode.NotFound), others);
            Assert.That(DoorWatch.WithoutWhatDiffersEachTime(one.Text), Is.EqualTo(DoorWatch.WithoutWhatDiffersEachTime(other.Text)), others);
        }
        // A record that is not one's own is not believed: the page is that of the person who asks.
        Assert.That((await Open(ruth, $"{Grocery}/dividends/2025?record=1002")).QuerySelector(".hero-figure")!.TextContent, Is.EqualTo((await Open(ruth, $"{Grocery}/dividends/2025")).QuerySelector(".hero-figure")!.TextContent));
    }

    [Test]
    public async Task WhatIfWorksWithoutScriptAndSaysWhatCannotBeTried()
    {
        var page = await Open(ruth, $"{Grocery}/what-if?purchases=100");
        Assert.That(page.QuerySelector("form button"), Is.Not.Null);
        Assert.That(page.QuerySelectorAll(".tried dd .money").Select(money => money.TextContent).Distinct().Count(), Is.EqualTo(2));
        Assert.That(page.QuerySelector("#hours"), Is.Null, "hours do not count at the grocery");
        var wrong = await Get(ruth, $"{Grocery}/what-if?purchases=a+lot");
        Assert.That((wrong.Status, wrong.Text.Contains("Write a number", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        Assert.That((await Get(ruth, $"{Grocery}/what-if/figures?purchases=10,50")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await Get(ruth, $"{Grocery}/what-if/figures?purchases=-1")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    /// <summary>The demo has paid out one year of the laundry; what it owes of the others is said beside it.</summary>
    [Test]
    public async Task WhatWasPaidStandsOnThePageOfItsYearAlone()
    {
        using var hanh = await site.EnterAs("hanh@demo.example");
        Assert.That((await Open(hanh, "/my/laundry/dividends/2024")).QuerySelectorAll(".figures dt, .receipt dt").Count(label => label.TextContent.Trim().StartsWith("Paid to you", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That((await Open(hanh, "/my/laundry/dividends/2026")).Body!.TextContent, Does.Not.Contain("Paid to you").And.Contain("To be paid to you"));
    }

    [Test]
    public async Task PagesAndFilesSpeakTheMembersLanguage()
    {
        using var jose = await site.EnterAs("jose@demo.example");
        var page = await Open(jose, "/my/laundry/dividends/2026");
        Assert.That(page.QuerySelector("h1")!.TextContent, Is.EqualTo("Su dividendo de 2026"));
        Assert.That(page.Body!.TextContent, Does.Contain("Reserva común".ToLowerInvariant()).And.Not.Contain("Line by line"));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await jose.GetByteArrayAsync(new Uri("/my/laundry/dividends/2026.pdf", UriKind.Relative)));
        var text = string.Join(" ", pdf.GetPages().SelectMany(one => one.GetWords()).Select(word => word.Text));
        Assert.That(text, Does.Contain("Cómo se calculó su dividendo de 2026").And.Contain("Núñez"));
        // What the co-op says of itself, too, where it wrote it in the member's language.
        const string Kept = "La parte guardada se paga en efectivo";
        Assert.That((await Open(jose, "/my/laundry")).QuerySelector(".coming")!.TextContent, Does.Contain(Kept).And.Not.Contain("The retained part"));
        Assert.That((await Open(jose, "/my/laundry/me/leave")).Body!.TextContent, Does.Contain(Kept).And.Not.Contain("The retained part"));
        // Also what is not there, whether the address belongs to the co-op or to nothing.
        foreach (var missing in (string[])["/my/laundry/dividends/1999", "/my/laundry/nothing", "/my/grocery", "/office/laundry", "/nothing"])
        {
            var (status, said) = await Get(jose, missing);
            Assert.That((status, said.Contains("<html lang=\"es\"", StringComparison.Ordinal), said.Contains("Esta p&#xE1;gina no existe", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.NotFound, true, true)), missing);
        }
        Assert.That(page.QuerySelectorAll(".receipt dt").Select(label => label.TextContent.Trim()), Does.Contain("horas ordinarias").And.Contain("horas extras").And.No.Member("overtime"));
        foreach (var shown in (string[])["/my/laundry/activity", "/my/laundry/dividends/2026/rows?measure=hours"]) Assert.That((await Open(jose, shown)).QuerySelector("main")!.TextContent, Does.Contain("horas ordinarias").And.Not.Contain("overtime"), shown);
        using var statement = UglyToad.PdfPig.PdfDocument.Open(await jose.GetByteArrayAsync(new Uri("/my/laundry/statements/2026-1.pdf", UriKind.Relative)));
        Assert.That(string.Join(" ", statement.GetPages().SelectMany(one => one.GetWords()).Select(word => word.Text)), Does.Contain(Kept).And.Not.Contain("The retained part"));
    }
}
