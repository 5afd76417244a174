using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>What the office's pages open to: every amount to what it is made of, every record to all that was done to it.</summary>
public sealed class OpensTests
{
    private const string Office = "/office/grocery";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start(PreparedBooks.Path);

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static async Task<IHtmlDocument> Page(HttpClient visitor, string path) => await new HtmlParser().ParseDocumentAsync(await visitor.GetStringAsync(new Uri(path.Split('#')[0], UriKind.Relative)));

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Pages all of whose amounts open. What an amount leads to is there, with the place that is named in it; a total stands again where it is made up.</summary>
    [TestCase("", ".figures .money")]
    [TestCase("/dividends", "table .money")]
    [TestCase("/dividends/2024", "td[data-label='To members'] .money, td[data-label='In cash'] .money")]
    [TestCase("/dividends/runs/2024-1", "main .money")]
    [TestCase("/dividends/runs/2025-1", "main .money")]
    [TestCase("/dividends/2025/scenarios", "table .money")]
    [TestCase("/dividends/2025/what-if", "#figures td .money")]
    [TestCase("/dividends/2025/what-if?s.collectiveReserve=31", "#figures td .money")]
    public async Task EveryAmountOpensToWhatItIsMadeOf(string page, string amounts)
    {
        using var accountant = await site.Enter(Role.Accountant);
        var found = (await Page(accountant, Office + page)).QuerySelectorAll(amounts).Where(amount => Text(amount) != "–").ToList();
        Assert.That(found, Is.Not.Empty);
        Assert.That(found.Where(amount => amount.Closest("a") is null).Select(Text), Is.Empty, "amounts that open nothing");
        var totals = 0;
        foreach (var (address, shown) in found.Select(amount => (amount.Closest("a")!.GetAttribute("href")!, Text(amount))).Distinct())
        {
            var to = await Page(accountant, address);
            if (address.Contains('#', StringComparison.Ordinal)) Assert.That(to.GetElementById(address.Split('#')[1]), Is.Not.Null, address);
            var feet = to.QuerySelectorAll("main tfoot .money").Select(Text).ToList();
            // Members' amounts are added up below their list; the least, the middle and the most of a member stand in the list.
            if (address.Contains("/members", StringComparison.Ordinal)) Assert.That(feet.Concat(to.QuerySelectorAll("main tbody .money").Select(Text)).Contains(shown) || address.Contains("sort=dividend", StringComparison.Ordinal), Is.True, $"{shown} at {address}");
            if (feet.Contains(shown)) totals++;
        }
        Assert.That(totals, Is.Positive, "some of them stand as a total where they lead");
    }

    [Test]
    public async Task AnEntryLeadsToItsSourceToItsAccountsAndToTheEntryThatTookItBack()
    {
        using var accountant = await site.Enter(Role.Accountant);
        var account = await Page(accountant, $"{Office}/members/1001/account");
        var entries = account.QuerySelectorAll("td[data-label=Entry] a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.That(entries, Is.Not.Empty.And.All.StartsWith($"{Office}/ledger/entries/"));
        var reversals = 0;
        foreach (var address in entries)
        {
            var entry = await Page(accountant, address);
            var sums = entry.QuerySelectorAll("main tfoot .money").Select(Text).ToList();
            Assert.That(sums[0], Is.EqualTo(sums[1]), address);
            Assert.That(entry.QuerySelectorAll("tbody td[data-label=Member] a").Select(Text), Does.Contain("1001"), address);
            foreach (var link in entry.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!).Distinct())
            {
                using var answer = await accountant.GetAsync(new Uri(link, UriKind.Relative));
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{link} on {address}");
            }
            if (entry.QuerySelector("main .notice a")?.GetAttribute("href") is not { } back) continue;
            reversals++;
            Assert.That((await Page(accountant, back)).QuerySelectorAll("main dl.facts a").Select(link => link.GetAttribute("href")), Does.Contain(address), "and back again");
        }
        Assert.That(reversals, Is.Positive, "run 2025-1 was reversed in these books");
        using var clerk = await site.Enter(Role.Clerk);
        Assert.That((await Page(clerk, $"{Office}/members/1001/account")).QuerySelectorAll("td[data-label=Entry] a"), Is.Empty, "a clerk does not see the ledger");
    }

    [TestCase("/dividends/runs/2025-1", "run 2025-1")]
    [TestCase("/dividends/2025", "year 2025", "policy 2025")]
    [TestCase("/dividends/2025/policy", "policy 2025")]
    [TestCase("/dividends/2025/scenarios", "scenario ")]
    [TestCase("/statements/2025-1", "run 2025-1")]
    [TestCase("/imports/1", "import 1")]
    [TestCase("/jobs/1", "job 1")]
    [TestCase("/members/applications/1", "application 1")]
    [TestCase("/settings", "co-op grocery")]
    [TestCase("/settings/details", "co-op grocery")]
    [TestCase("/settings/people", "sign-in ")]
    [TestCase("/settings/apps", "app ")]
    [TestCase("/settings/webhooks/1", "webhook 1")]
    public async Task ARecordLeadsToAllThatWasDoneToItAndToNothingElse(string page, params string[] subjects)
    {
        using var administrator = await site.Enter(Role.Administrator);
        using (var made = page.Contains("webhooks", StringComparison.Ordinal) ? await administrator.Send($"{Office}/settings/webhooks/new", ("Url", "https://hooks.invalid/events"), ("All", "true")) : null)
        using (var registered = page.EndsWith("/apps", StringComparison.Ordinal) ? await administrator.Send($"{Office}/settings/apps/new-program", ("Name", "Till"), ("Scopes", "purchases.write")) : null)
        {
            var links = (await Page(administrator, Office + page)).QuerySelectorAll("main a[href*='/audit?subject=']").Select(link => link.GetAttribute("href")!).ToList();
            Assert.That(subjects.All(subject => links.Exists(link => Uri.UnescapeDataString(link.Split("subject=")[1]).StartsWith(subject, StringComparison.Ordinal))), Is.True, string.Join(' ', links));
            var records = 0;
            foreach (var link in links)
            {
                var subject = Uri.UnescapeDataString(link.Split("subject=")[1]);
                var on = (await Page(administrator, link)).QuerySelectorAll("td[data-label='On what']").Select(Text).ToList();
                records += on.Count;
                Assert.That(on.Where(one => one != subject && !one.StartsWith(subject + ", ", StringComparison.Ordinal) && !one.StartsWith(subject + " version ", StringComparison.Ordinal)), Is.Empty, link);
            }
            Assert.That(records, Is.Positive);
        }
        using var clerk = await site.Enter(Role.Clerk);
        using var seen = await clerk.GetAsync(new Uri(Office + page, UriKind.Relative));
        Assert.That(await seen.Content.ReadAsStringAsync(), Does.Not.Contain("/audit?subject="), "who may not see the audit is not led there");
    }
}
