using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Web.Tests.Api;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The office's lists: each says how many rows it has, hands out exactly those, and keeps its filters for one person or for all who may see it.</summary>
public sealed class ListsTests
{
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start(PreparedBooks.Path);
        for (var i = 0; i < 3; i++) Tokens.Program(site.Site, "grocery", AppScopes.MembersRead);
    }

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static async Task<IHtmlDocument> Page(HttpClient visitor, string path) => await new HtmlParser().ParseDocumentAsync(await visitor.GetStringAsync(At(path)));

    /// <summary>Lists whose file has a line for each row of the page. Those of a household or a delivery have one for each person or way.</summary>
    [TestCase("imports?kind=Purchases")]
    [TestCase("imports")]
    [TestCase("imports/held")]
    [TestCase("jobs?state=Done")]
    [TestCase("members?text=an")]
    [TestCase("members/applications")]
    [TestCase("members/applications?decided=true")]
    [TestCase("audit")]
    [TestCase("audit?verb=import.&from=2023-01-01")]
    [TestCase("dividends/runs/2025-1/members?find=an&sort=Largest")]
    [TestCase("dividends")]
    [TestCase("statements")]
    [TestCase("settings/people")]
    [TestCase("settings/people?sort=-here")]
    [TestCase("settings/apps?sort=-registered")]
    [TestCase("settings/departments?sort=-rows")]
    [TestCase("ledger")]
    [TestCase("ledger/accounts/3900")]
    [TestCase("members/register?asOf=2025-06-30&sort=-name")]
    [TestCase("members/1001/timeline?what=import")]
    [TestCase("dividends/2025/what-if/members?sort=-cash")]
    [TestCase("dividends/runs/2025-1/rehearsal/missing-bank?sort=-now")]
    public async Task AListHandsOutExactlyWhatItShows(string list)
    {
        using var administrator = await site.Enter(Role.Administrator);
        var page = await Page(administrator, $"/office/grocery/{list}");
        var count = long.Parse(page.QuerySelector("main p[role=status]")!.TextContent.Trim().Split(' ')[0], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(count, Is.GreaterThan(0), "the prepared books have something in each list");
        var links = page.QuerySelectorAll("main p.no-print a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.That(links, Has.Count.EqualTo(2));
        // Looking writes of itself into the audit, so the file may hold the looks since.
        var more = list.StartsWith("audit", StringComparison.Ordinal) ? 5 : 0;
        var lines = Lines(await administrator.GetStringAsync(At(links[0])));
        Assert.That(lines.Count - 1, Is.InRange(count, count + more));
        var sheet = Sheet(await administrator.GetByteArrayAsync(At(links[1])));
        Assert.That(sheet, Has.Count.InRange(lines.Count, lines.Count + more));
        Assert.That(sheet[0], Is.EqualTo(lines[0]));
        Assert.That(sheet[^1].Where(cell => cell.Length > 0), Is.SubsetOf(lines[^1]), "the last row of both");
    }

    /// <summary>Every head by which a list can be sorted, followed as someone would: the rows come in that order, each once, and all of them.</summary>
    [TestCase("members")]
    [TestCase("members/register")]
    [TestCase("members/households")]
    [TestCase("members/applications")]
    [TestCase("imports")]
    [TestCase("imports/held")]
    [TestCase("jobs")]
    [TestCase("audit?verb=import.")]
    [TestCase("dividends/runs/2025-1/members")]
    [TestCase("dividends/2025/what-if/members")]
    [TestCase("dividends/runs/2025-1/rehearsal/missing-bank")]
    [TestCase("statements/2025-1")]
    [TestCase("ledger/accounts/3900")]
    [TestCase("settings/people")]
    [TestCase("settings/apps")]
    [TestCase("settings/departments")]
    public async Task EveryHeadSortsTheWholeList(string list)
    {
        using var accountant = await site.Enter(list.StartsWith("settings/", StringComparison.Ordinal) ? Role.Administrator : Role.Accountant);
        var address = $"/office/grocery/{list}";
        var heads = (await Page(accountant, address)).QuerySelectorAll("main th a[href*='sort=']").Select(link => link.TextContent.Trim()).ToList();
        Assert.That(heads, Is.Not.Empty);
        foreach (var head in heads)
            foreach (var order in (string[])["ascending", "descending"])
            {
                // Followed twice it is the other way round; the order that a list has already is turned at once.
                var found = await Head(accountant, address, head);
                for (var turned = 0; turned < 2 && found.GetAttribute("aria-sort") != order; turned++) found = await Head(accountant, address = found.QuerySelector("a")!.GetAttribute("href")!, head);
                Assert.That(found.GetAttribute("aria-sort"), Is.EqualTo(order), head);
                if (list.Contains('?', StringComparison.Ordinal)) Assert.That(address, Does.Contain(list.Split('?')[1]), "the filter stays");
                var (rows, count, next) = (new List<string>(), 0L, (string?)address);
                while (next is not null)
                {
                    var page = await Page(accountant, next);
                    count = Count(page);
                    rows.AddRange(page.QuerySelectorAll("main table.ledger").Last(table => table.QuerySelector("th[aria-sort]") is not null).QuerySelectorAll("tbody tr").Select(row => row.TextContent));
                    next = page.QuerySelectorAll("main nav.actions a").FirstOrDefault(link => link.GetAttribute("href")!.Contains("after=", StringComparison.Ordinal) || link.GetAttribute("href")!.Contains("before=", StringComparison.Ordinal))?.GetAttribute("href");
                    Assert.That(rows, Has.Count.LessThanOrEqualTo(count), $"{head}, {order}");
                }
                Assert.That(rows, Has.Count.EqualTo(count), $"{head}, {order}");
                if (list != "audit?verb=import.") Assert.That(rows, Is.Unique, $"{head}, {order}");
            }

        static async Task<AngleSharp.Dom.IElement> Head(HttpClient visitor, string page, string head) => (await Page(visitor, page)).QuerySelectorAll("main th").First(th => th.QuerySelector("a[href*='sort=']")?.TextContent.Trim() == head);
    }

    /// <summary>What a list is filtered by is said, each with a cross that takes off that one alone.</summary>
    [TestCase("members?text=an&status=Active", "“an”", "Active")]
    [TestCase("members/register?asOf=2025-06-30&sort=name", "As of 30 Jun 2025")]
    [TestCase("members/applications?decided=true", "Decided")]
    [TestCase("members/requests?closed=true&kind=Leave", "Answered", "To leave")]
    [TestCase("members/1001/timeline?what=import&from=2020-01-01", "Imports", "From 1 Jan 2020")]
    [TestCase("imports?kind=Purchases&sort=file", "Purchases")]
    [TestCase("jobs?state=Done", "Done")]
    [TestCase("audit?verb=import.&from=2023-01-01&by=joy@demo.example", "By joy@demo.example", "Everything of imports", "From 1 Jan 2023")]
    [TestCase("dividends/runs/2025-1/members?find=an&show=ExtraCent", "“an”", "Given a leftover cent")]
    [TestCase("statements/2025-1?shown=OnPaper&number=1001", "On paper", "Member 1001")]
    public async Task WhatAListIsFilteredByIsTakenOffOneByOne(string list, params string[] said)
    {
        using var administrator = await site.Enter(Role.Administrator);
        var address = $"/office/grocery/{list}";
        var chips = (await Page(administrator, address)).QuerySelectorAll("main .chips a.chip");
        Assert.That(chips.Select(chip => chip.QuerySelector("span")!.TextContent), Is.EqualTo(said));
        var asked = list.Split('?')[1].Split('&');
        foreach (var chip in chips)
        {
            var without = chip.GetAttribute("href")!;
            var left = without.Contains('?', StringComparison.Ordinal) ? Uri.UnescapeDataString(without.Split('?')[1]).Split('&') : [];
            Assert.That((left.Length, left.Except(asked).Count(), without.Split('?')[0]), Is.EqualTo((asked.Length - 1, 0, address.Split('?')[0])), without);
            Assert.That((await Page(administrator, without)).QuerySelectorAll("main .chips a.chip").Length, Is.EqualTo(chips.Length - 1), without);
        }
    }

    /// <summary>Columns are chosen on the page; the list, its file, its filter and its order follow.</summary>
    [TestCase("members/register?asOf=2025-06-30", "Status|Classes|Consent covers from", "Consent covers from", "Number|Name|Consent covers from", "Number|Name|Consent covers from")]
    [TestCase("imports?kind=Purchases", "File|What, from where|When, by whom|Accepted|Rejected|Held|State", "File|Accepted", "Import|File|Accepted", "Import|File|Accepted")]
    [TestCase("jobs?state=Done", "About|Asked for by|When|State", "When", "Job|When", "Job|What|When")]
    [TestCase("dividends/runs/2025-1/members?find=an", "Dividend|In cash|Retained|Withheld|Remarks", "Dividend|Withheld", "Member|Name|Dividend|Withheld", "Member|Name|Dividend|Withheld")]
    [TestCase("audit?verb=dividends.", "Who|What|On what|Detail", "What|Detail", "When|What|Detail", "at_utc|verb|detail")]
    [TestCase("members/applications?decided=false", "Received|Class|Bylaw given", "Class", "No.|Name|Class", "No.|Name|Class")]
    [TestCase("statements/2025-1?shown=Everyone", "Takes it|Went out", "Takes it", "Member|Takes it|Statement", "Member|Name|Takes it")]
    public async Task ColumnsThatWereChosenAreThoseThatAreShownAndHandedOut(string list, string offered, string chosen, string shown, string inTheFile)
    {
        using var administrator = await site.Enter(Role.Administrator);
        var page = await Page(administrator, $"/office/grocery/{list}");
        var form = page.QuerySelector("main details.choose form")!;
        Assert.That(form.QuerySelectorAll("label").Select(label => label.TextContent), Is.EqualTo(offered.Split('|')));
        Assert.That(form.QuerySelectorAll("input[type=checkbox]:not([checked])"), Is.Empty, "all, where nobody chose");
        var boxes = form.QuerySelectorAll("label").Where(label => chosen.Split('|').Contains(label.TextContent)).Select(label => form.QuerySelector($"#{label.GetAttribute("for")}")!);
        var sent = form.QuerySelectorAll("input[type=hidden]").Concat(boxes).Select(field => $"{field.GetAttribute("name")}={Uri.EscapeDataString(field.GetAttribute("value")!)}");
        var narrow = await Page(administrator, $"{form.GetAttribute("action")}?{string.Join('&', sent)}");
        var table = narrow.QuerySelectorAll("main table.ledger").Last(table => table.QuerySelector("th a[href*='sort=']") is not null);
        Assert.That(table.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim()), Is.EqualTo(shown.Split('|')));
        Assert.That(table.QuerySelectorAll("tbody tr").Select(row => row.Children.Length), Is.Not.Empty.And.All.EqualTo(shown.Split('|').Length));
        Assert.That(table.QuerySelectorAll("thead a").Select(link => link.GetAttribute("href")), Has.All.Contains("column=").And.All.Contains(list.Split('?')[1]), "the order keeps filter and columns");
        Assert.That(narrow.QuerySelectorAll("main details.choose input[checked]"), Has.Length.EqualTo(chosen.Split('|').Length));
        var links = narrow.QuerySelectorAll("main p.no-print a").Select(link => link.GetAttribute("href")!).ToList();
        var lines = Lines(await administrator.GetStringAsync(At(links[0])));
        Assert.That(lines[0], Is.EqualTo(inTheFile.Split('|')));
        Assert.That(lines, Has.All.Length.EqualTo(lines[0].Length));
        Assert.That(Sheet(await administrator.GetByteArrayAsync(At(links[1])))[0], Is.EqualTo(lines[0]));
        Assert.That(lines, Has.Count.EqualTo(Count(page) + 1), "as many rows as before");
    }

    /// <summary>Found in the sources, so that a list that is added later is asked too: what is read page by page says how many rows it has, and what it is filtered by.</summary>
    [Test]
    public void EveryListThatIsReadPageByPageSaysHowManyAndByWhat()
    {
        var office = Path.Combine(Cli.Office.Checkout, "src", "Evergreen.Web", "Office");
        var pages = Directory.EnumerateFiles(office, "*.cshtml", SearchOption.AllDirectories).Select(file => (Name: Path.GetRelativePath(office, file), Text: File.ReadAllText(file))).Where(page => page.Text.Contains("<pager ", StringComparison.Ordinal)).ToList();
        Assert.That(pages, Has.Count.GreaterThan(15));
        Assert.That(pages.Where(page => !page.Text.Contains("<row-count ", StringComparison.Ordinal)).Select(page => page.Name), Is.Empty, "no row count");
        Assert.That(pages.Where(page => (page.Text.Contains("method=\"get\"", StringComparison.Ordinal) || page.Text.Contains("_KeptFilters", StringComparison.Ordinal)) && !page.Text.Contains("<filter-chips ", StringComparison.Ordinal)).Select(page => page.Name), Is.Empty, "filters without chips");
        Assert.That(pages.Where(page => page.Text.Contains("_KeptFilters", StringComparison.Ordinal) && !page.Text.Contains(" sorted=\"", StringComparison.Ordinal)).Select(page => page.Name), Is.Empty, "no column to sort by");
        // The members' list offers its columns within its filter.
        Assert.That(pages.Where(page => page.Text.Contains("_KeptFilters", StringComparison.Ordinal) && !page.Text.Contains("<column-choice ", StringComparison.Ordinal) && !page.Text.Contains("name=\"show\" value=\"@column\"", StringComparison.Ordinal)).Select(page => page.Name), Is.Empty, "no choice of columns");
        Assert.That(pages.Where(page => page.Text.Contains("<column-choice ", StringComparison.Ordinal) && page.Text.Contains("class=\"filters\"", StringComparison.Ordinal) && !page.Text.Contains("<kept-columns />", StringComparison.Ordinal)).Select(page => page.Name), Is.Empty, "a filter that loses the columns");
    }

    private static long Count(IHtmlDocument page) => long.Parse(page.QuerySelectorAll("main p[role=status]").Last().TextContent.Trim().Split(' ')[0], System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);

    [TestCase("audit", "audit?verb=import.commit")]
    [TestCase("imports", "imports?kind=Members")]
    [TestCase("jobs", "jobs?state=Done")]
    [TestCase("run-members", "dividends/runs/2025-1/members?show=ExtraCent")]
    [TestCase("statements", "statements/2025-1?shown=OnPaper")]
    [TestCase("applications", "members/applications?decided=true")]
    [TestCase("requests", "members/requests?closed=true")]
    [TestCase("register", "members/register?asOf=2025-06-30")]
    public async Task AFilterIsKeptForOneselfOrForAll(string list, string filtered)
    {
        var (path, query) = (filtered.Split('?')[0], filtered.Split('?')[1]);
        var page = $"/office/grocery/{path}";
        using var joy = await site.Enter(Role.Administrator);
        using var ana = await site.Enter(Role.Accountant);
        foreach (var (name, shared) in ((string, bool)[])[($"mine of {list}", false), ($"ours of {list}", true)])
        {
            using var kept = await joy.SendTo($"/office/grocery/{filtered}", "/office/grocery/filters", [("Name", name), .. shared ? [("Shared", "true")] : Array.Empty<(string, string)>()]);
            Assert.That(kept.Headers.Location?.OriginalString, Is.EqualTo($"{page}?{query}"));
        }
        var mine = (await Page(joy, page)).QuerySelectorAll("main ul.tasks a").ToDictionary(link => link.TextContent.Trim(), link => link.GetAttribute("href"), StringComparer.Ordinal);
        Assert.That((mine.GetValueOrDefault($"mine of {list}"), mine.GetValueOrDefault($"ours of {list}")), Is.EqualTo(($"{page}?{query}", $"{page}?{query}")));
        using (var opened = await joy.GetAsync(At(mine[$"ours of {list}"]!))) Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var others = await Page(ana, page);
        Assert.That(others.QuerySelectorAll("main ul.tasks a").Select(link => link.TextContent.Trim()), Does.Contain($"ours of {list}").And.Not.Contain($"mine of {list}"));
        Assert.That(others.QuerySelectorAll("main form[action$='/remove']").Length, Is.Zero, "only its owner removes it");
        var remove = (await Page(joy, page)).QuerySelectorAll("main form[action$='/remove']").First(form => form.TextContent.Contains($"ours of {list}", StringComparison.Ordinal)).GetAttribute("action")!;
        using (var stranger = await ana.SendTo($"/office/grocery/{filtered}", "/office/grocery/filters", ("Name", ""))) Assert.That(stranger.Headers.Location?.OriginalString, Is.EqualTo($"{page}?{query}"), "a filter without a name is refused in words");
        using var removed = await joy.SendTo(page, remove);
        Assert.That(removed.Headers.Location?.OriginalString, Is.EqualTo(page));
        Assert.That(await ana.GetStringAsync(At(page)), Does.Not.Contain($"ours of {list}"));
    }

    [Test]
    public async Task ARefusedNameOfAFilterIsSaidBesideItWithWhatWasTyped()
    {
        const string List = "/office/grocery/imports?kind=Members";
        var tooLong = new string('n', 101);
        using var ana = await site.Enter(Role.Accountant);
        using var refused = await ana.SendTo(List, "/office/grocery/filters", ("Name", tooLong), ("Shared", "true"));
        Assert.That(refused.Headers.Location?.OriginalString, Is.EqualTo(List));
        var back = await Page(ana, List);
        Assert.That((back.QuerySelector("#filter-name")!.GetAttribute("value"), back.QuerySelector("#filter-name")!.GetAttribute("aria-describedby"), back.QuerySelector("#filter-shared")!.HasAttribute("checked")), Is.EqualTo((tooLong, "filter-name-error", true)));
        Assert.That(back.QuerySelector("#filter-name-error")!.TextContent, Does.EndWith("Give the filter a name of at most 100 characters."));
        var later = await Page(ana, List);
        Assert.That((later.QuerySelector("#filter-name")!.GetAttribute("value"), later.QuerySelector("#filter-name-error"), later.QuerySelector("#filter-shared")!.HasAttribute("checked")), Is.EqualTo(((string?)null, (AngleSharp.Dom.IElement?)null, false)));
    }

    [Test]
    public async Task WhoeverMayNotSeeAListKeepsNoFilterForIt()
    {
        using var clerk = await site.Enter(Role.Clerk);
        foreach (var (list, expected) in ((string, HttpStatusCode)[])[("audit", HttpStatusCode.Forbidden), ("run-members", HttpStatusCode.Forbidden), ("no-such", HttpStatusCode.NotFound), ("imports", HttpStatusCode.Redirect)])
        {
            var hidden = await clerk.Hidden("/office/grocery/imports?kind=Members", "/office/grocery/filters");
            using var content = new FormUrlEncodedContent([.. hidden.Where(field => field.Key != "List"), KeyValuePair.Create("List", list), KeyValuePair.Create("Name", "for all"), KeyValuePair.Create("Shared", "true")]);
            using var answer = await clerk.PostAsync(At("/office/grocery/filters"), content);
            Assert.That(answer.StatusCode, Is.EqualTo(expected), list);
        }
        using var joy = await site.Enter(Role.Administrator);
        Assert.That(await joy.GetStringAsync(At("/office/grocery/audit")), Does.Not.Contain("shared by sam@demo.example"));
        var place = await clerk.Hidden("/office/grocery/imports?kind=Members", "/office/grocery/filters");
        foreach (var elsewhere in (string[])["//evil.example", "https://evil.example", "/account", "/office/laundry/imports"])
        {
            using var content = new FormUrlEncodedContent([.. place.Where(field => field.Key is not ("Place" or "_once")), KeyValuePair.Create("Place", elsewhere), KeyValuePair.Create("Name", "away"), .. (await clerk.Hidden("/office/grocery/imports?kind=Members", "/office/grocery/filters")).Where(field => field.Key == "_once")]);
            using var answer = await clerk.PostAsync(At("/office/grocery/filters"), content);
            Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/office/grocery?kind=Members"), elsewhere);
        }
    }

    private static List<string[]> Lines(string csv) => [.. Csv(csv)];

    private static IEnumerable<string[]> Csv(string text)
    {
        var (row, field, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (sign == '"') quoted = !quoted;
            else if (quoted) field.Append(sign);
            else if (sign == ',') Next();
            else if (sign == '\n')
            {
                Next();
                yield return [.. row];
                row.Clear();
            }
            else if (sign != '\r') field.Append(sign);
        }

        void Next()
        {
            // A formula sign in front is made harmless in CSV alone.
            var value = field.ToString();
            row.Add(value.Length > 1 && value[0] == '\'' && "=+-@".Contains(value[1], StringComparison.Ordinal) ? value[1..] : value);
            field.Clear();
        }
    }

    /// <summary>The cells of the only sheet, days as ISO 8601.</summary>
    private static List<string[]> Sheet(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        return [.. XDocument.Load(sheet).Descendants(main + "row").Select(row => row.Elements(main + "c").Select(cell => cell.Attribute("s")?.Value == "4"
            ? new DateOnly(1899, 12, 30).AddDays(int.Parse(cell.Value, System.Globalization.CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : cell.Value).ToArray())];
    }
}
