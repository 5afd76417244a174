using System.Net;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Periods;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The dividend run as the office does it, page by page, on the sample co-ops whose years are posted.</summary>
public sealed class DividendPagesTests
{
    private const string Dividends = "/office/grocery/dividends";
    private DemoSite site = null!;

    [SetUp]
    public async Task Start() => site = await DemoSite.Start();

    [TearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static async Task<(HttpStatusCode Status, string Text)> Get(HttpClient visitor, string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task AStepThatDoesNotComeNextIsRefusedWithItsReason()
    {
        using var accountant = await site.Enter(Role.Accountant);
        foreach (var step in (string[])["approve", "post"])
        {
            var (status, text) = await Get(accountant, $"{Dividends}/runs/2025-1/{step}");
            Assert.That((status, text.Contains("is posted and not paid yet", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)), step);
        }
        Assert.That((await Get(accountant, $"{Dividends}/runs/2025-9")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task EveryStepOutOfTurnIsAConflictByItsAddressAndByItsForm()
    {
        using var accountant = await site.Enter(Role.Accountant);
        const string run = $"{Dividends}/runs/2025-1";
        await OutOfTurn(run, $"{run}/pay", "approve", "post", "review");
        using (var reversed = await accountant.Send($"{run}/reverse", ("Reason", "Wrong share in cash"))) Assert.That(reversed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        await OutOfTurn(run, $"{Dividends}/2025", "approve", "post", "pay", "reverse", "review");
        using var calculated = await accountant.SendTo($"{Dividends}/2025", $"{Dividends}/2025/calculate");
        var fresh = calculated.Headers.Location!.OriginalString;
        await OutOfTurn(fresh, $"{fresh}/rehearsal", "approve", "post", "pay", "reverse");

        // The step is asked for by its address, and sent as its form would send it, from a page that holds a form of its own.
        async Task OutOfTurn(string of, string page, params string[] steps)
        {
            var before = Done();
            foreach (var step in steps)
            {
                if (step != "review") Assert.That((await Get(accountant, $"{of}/{step}")).Status, Is.EqualTo(HttpStatusCode.Conflict), $"{of} {step}");
                using var sent = await accountant.SendTo(page, $"{of}/{step}", ("Resolution", "2026/9"), ("Reason", "Wrong share"), ("Reference", "Batch 1"));
                var text = await sent.Content.ReadAsStringAsync();
                Assert.That((sent.StatusCode, text.Contains("Nothing was changed.", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)), $"{of} {step}, sent");
            }
            Assert.That(Done(), Is.EqualTo(before), of);
        }

        (int, int, int, int, int) Done() => site.Books.Read(db => (db.LedgerEntries.Count(), db.DividendReviews.Count(), db.DividendApprovals.Count(), db.DividendPayments.Count(), db.DividendReversals.Count()));
    }

    [Test]
    public async Task ARunIsReversedTriedAnewReviewedApprovedByAnotherAndPosted()
    {
        using var accountant = await site.Enter(Role.Accountant);
        using var administrator = await site.Enter(Role.Administrator);
        const string run = $"{Dividends}/runs/2025-1";
        Assert.That((await accountant.Send($"{run}/reverse", ("Reason", ""))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await accountant.Send($"{run}/reverse", ("Reason", "Wrong share in cash"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));

        // Tried, kept, chosen, calculated: the figures of the page are those of the run.
        var (status, page) = await Get(accountant, $"{Dividends}/2025/what-if");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        var setting = (await new HtmlParser().ParseDocumentAsync(page)).QuerySelector("input[data-slide]")!.GetAttribute("name")!;
        var tried = await Get(accountant, $"{Dividends}/2025/what-if/figures?{Uri.EscapeDataString(setting)}=45");
        Assert.That(tried.Status, Is.EqualTo(HttpStatusCode.OK));
        var figure = (await new HtmlParser().ParseDocumentAsync(tried.Text)).QuerySelectorAll("tbody tr")[1].QuerySelector("td")!.TextContent.Trim();
        using (var kept = await accountant.SendTo($"{Dividends}/2025/what-if?{Uri.EscapeDataString(setting)}=45", $"{Dividends}/2025/scenarios", ("name", "Forty-five")))
            Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        // Another policy is adopted while the page is open: it is shown beside the scenario, which is chosen all the same.
        const string choose = $"{Dividends}/2025/scenarios/1/adopt";
        var open = await accountant.Hidden($"{Dividends}/2025/scenarios", choose);
        var policy = PolicyForm.FromJson(new PolicyInForce(site.Books).Run("grocery", 2025).Value.Json).Value;
        policy.Title = "As the board likes it";
        var another = new AdoptPolicy(site.Books).Run(new("grocery", 2025, policy.ToJson(), DemoSite.MailOf(Role.Administrator))).Value.Version;
        using (var first = new FormUrlEncodedContent(open))
        using (var late = await accountant.PostAsync(new Uri(choose, UriKind.Relative), first))
        {
            var both = await new HtmlParser().ParseDocumentAsync(await late.Content.ReadAsStringAsync());
            Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(both.QuerySelector(".error-summary")!.TextContent, Does.Contain($"{DemoSite.MailOf(Role.Administrator)} adopted version {another} of the policy of 2025"));
            Assert.That(both.QuerySelector("main .notice thead")!.TextContent, Does.Contain($"Version {another}, in force now").And.Contain("Scenario “Forty-five”"));
            Assert.That(both.QuerySelectorAll("main .notice tbody tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent))), Has.Some.Contains("|As the board likes it|").And.Some.EndsWith("|45%"));
            using var again = new FormUrlEncodedContent(both.QuerySelector($"main form[action='{choose}']")!.QuerySelectorAll("input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!)));
            using var chosen = await accountant.PostAsync(new Uri(choose, UriKind.Relative), again);
            Assert.That(chosen.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        }
        using var calculated = await accountant.SendTo($"{Dividends}/2025", $"{Dividends}/2025/calculate");
        var fresh = calculated.Headers.Location!.OriginalString;
        Assert.That(fresh, Is.EqualTo($"{Dividends}/runs/2025-2"));
        Assert.That((await Get(accountant, fresh)).Text, Does.Contain(figure).And.Contain("Forty-five"));

        Assert.That((await Get(administrator, $"{fresh}/approve")).Status, Is.EqualTo(HttpStatusCode.Conflict), "not reviewed yet");
        var rehearsal = await new HtmlParser().ParseDocumentAsync((await Get(accountant, $"{fresh}/rehearsal")).Text);
        foreach (var form in rehearsal.QuerySelectorAll("form[action*='/rehearsal/']").Select(form => form.GetAttribute("action")!))
        {
            using var signed = await accountant.SendTo($"{fresh}/rehearsal", form, ("note", "seen"));
            Assert.That(signed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), form);
        }
        using (var reviewed = await accountant.SendTo($"{fresh}/rehearsal", $"{fresh}/review")) Assert.That(reviewed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await accountant.Send($"{fresh}/approve", ("Resolution", "2026/9"))).StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), "whoever calculated does not approve");
        Assert.That((await administrator.Send($"{fresh}/approve", ("Resolution", "2026/9"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await accountant.Send($"{fresh}/post")).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await Get(accountant, fresh)).Text, Does.Contain("Post").And.Contain("entries"));
    }

    [Test]
    public async Task EveryPageOfARunOpensAndTheWorksheetComesBothWays()
    {
        using var auditor = await site.Enter(Role.Auditor);
        foreach (var page in (string[])["", "/2025", "/runs/2025-1", "/runs/2025-1/rehearsal", "/runs/2025-1/members", "/runs/2025-1/members?sort=Largest&show=ExtraCent"])
            Assert.That((await Get(auditor, Dividends + page)).Status, Is.EqualTo(HttpStatusCode.OK), page);
        Assert.That((await Get(auditor, "/office/grocery")).Status, Is.EqualTo(HttpStatusCode.OK));
        var members = await new HtmlParser().ParseDocumentAsync((await Get(auditor, $"{Dividends}/runs/2025-1/members")).Text);
        Assert.That((await Get(auditor, members.QuerySelector("tbody a")!.GetAttribute("href")!)).Text, Does.Contain("My exact share"));
        Assert.That((await Get(auditor, $"{Dividends}/runs/2025-1/worksheet.csv")).Text, Does.StartWith("member_number,"));
        Assert.That((await Get(auditor, $"{Dividends}/runs/2025-1/worksheet.xlsx")).Text, Does.StartWith("PK"));
        Assert.That((await Get(auditor, $"{Dividends}/2025/policy")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task ASettingThatCannotBeTriedIsSaidBesideItWithWhatWasTyped()
    {
        using var accountant = await site.Enter(Role.Accountant);
        const string page = $"{Dividends}/2025/what-if?s.pools.shopping.cash=15&s.collectiveReserve=41";
        const string said = "15% is below the 20% that a qualified notice needs in money (26 USC 1388(c)(1)).";
        var (status, text) = await Get(accountant, page);
        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var refused = await new HtmlParser().ParseDocumentAsync(text);
        Refused(refused);
        // Kept with a name it is the same, and the name stays; without one it is the name that is wrong.
        var before = site.Books.Read(db => db.Scenarios.Count());
        using (var fields = new FormUrlEncodedContent([.. refused.QuerySelectorAll("form[action$='/scenarios'] input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!)), KeyValuePair.Create("name", "Less in cash")]))
        using (var kept = await accountant.PostAsync(new Uri($"{Dividends}/2025/scenarios", UriKind.Relative), fields))
        {
            var back = await new HtmlParser().ParseDocumentAsync(await kept.Content.ReadAsStringAsync());
            Assert.That((kept.StatusCode, back.QuerySelector("#name")!.GetAttribute("value"), back.QuerySelector("#name-error")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "Less in cash", (AngleSharp.Dom.IElement?)null)));
            Refused(back);
        }
        using (var nameless = await accountant.SendTo($"{Dividends}/2025/what-if", $"{Dividends}/2025/scenarios", ("name", "")))
            Assert.That((await new HtmlParser().ParseDocumentAsync(await nameless.Content.ReadAsStringAsync())).QuerySelector("#name-error")!.TextContent, Does.Contain("Give the scenario a name"));
        Assert.That(site.Books.Read(db => db.Scenarios.Count()), Is.EqualTo(before));
        // While a slider moves, the figures alone say it, with the setting's name.
        var figures = await Get(accountant, page.Replace("what-if?", "what-if/figures?", StringComparison.Ordinal));
        Assert.That((await new HtmlParser().ParseDocumentAsync(figures.Text)).QuerySelector(".notice.error")!.TextContent.Trim(), Is.EqualTo($"Shopping: paid in cash: {said}"));

        static void Refused(AngleSharp.Html.Dom.IHtmlDocument page)
        {
            var field = page.QuerySelector("input[name='s.pools.shopping.cash'][data-slide]")!;
            Assert.That((field.GetAttribute("value"), field.GetAttribute("aria-invalid"), page.QuerySelector("input[name='s.collectiveReserve'][data-slide]")!.GetAttribute("value")), Is.EqualTo(("15", "true", "41")), "what was typed stays");
            Assert.That(page.GetElementById(field.GetAttribute("aria-describedby")!)!.TextContent, Does.EndWith(said));
            var link = page.QuerySelector(".error-summary a")!;
            Assert.That((link.GetAttribute("href"), link.TextContent, page.QuerySelectorAll("[aria-invalid]").Length), Is.EqualTo(($"#{field.Id}", said, 1)));
            Assert.That(page.QuerySelector("main")!.TextContent, Does.Not.Contain("pools["));
        }
    }

    [Test]
    public async Task ScenariosAreHandedOutAsTheyStandSideBySide()
    {
        using var accountant = await site.Enter(Role.Accountant);
        foreach (var (name, share) in ((string, string)[])[("Half", "50"), ("=Third", "30")])
            using (var kept = await accountant.SendTo($"{Dividends}/2025/what-if?s.pools.shopping.cash={share}", $"{Dividends}/2025/scenarios", ("name", name))) Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var page = await new HtmlParser().ParseDocumentAsync((await Get(accountant, $"{Dividends}/2025/scenarios")).Text);
        var links = page.QuerySelectorAll("main p.no-print a").Select(link => link.GetAttribute("href")!).ToList();
        var csv = Proofs.HandedOut.Csv(System.Text.Encoding.UTF8.GetBytes((await Get(accountant, links[0])).Text)).ConvertAll(row => row.ConvertAll(cell => cell.Text));
        var rows = page.QuerySelectorAll("main table.ledger tbody tr").Where(row => row.QuerySelector("form") is null).Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList()).ToList();
        Assert.That((csv.Count, csv[0][0], csv[0][1], csv[0][2].TrimStart('\'')), Is.EqualTo((rows.Count + 1, "Scenario", "Half", "=Third")));
        foreach (var (row, line) in rows.Zip(csv.Skip(1))) Assert.That(line, Is.EqualTo(row.Select(cell => cell.StartsWith('$') ? cell.Replace("$", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal) : cell)));
        Assert.That(csv.Select(line => line[0]), Does.Contain("Shopping: paid in cash").And.Contain("of it in cash").And.Contain("Members who take part"));
        Assert.That((await Get(accountant, links[1])).Text, Does.StartWith("PK"));

        // None is offered to be chosen while the year's dividend stands in the ledger.
        Assert.That((page.QuerySelectorAll("form[action$='/adopt']").Length, page.QuerySelector("main .lead a")!.GetAttribute("href")), Is.EqualTo((0, $"{Dividends}/runs/2025-1")));
        Assert.That(new ReverseDividend(site.Books).Run(new("grocery", "2025-1", "ana@demo.example", "Wrong share in cash")).Refusal, Is.Null);
        page = await new HtmlParser().ParseDocumentAsync((await Get(accountant, $"{Dividends}/2025/scenarios")).Text);
        Assert.That((page.QuerySelectorAll("form[action$='/adopt']").Length, page.QuerySelector("main .lead a")), Is.EqualTo((2, (AngleSharp.Dom.IElement?)null)));
    }

    [Test]
    public async Task EveryFindingOpensToAllWhomItConcerns()
    {
        using var accountant = await site.Enter(Role.Accountant);
        const string rehearsal = $"{Dividends}/runs/2025-1/rehearsal";
        var page = await new HtmlParser().ParseDocumentAsync((await Get(accountant, rehearsal)).Text);
        var links = page.QuerySelectorAll("section a[href*='/rehearsal/']").ToList();
        Assert.That(links.Select(link => link.GetAttribute("href")), Does.Contain($"{rehearsal}/changes").And.Contain($"{rehearsal}/missing-bank"));
        foreach (var link in links)
        {
            var section = link.Closest("section")!;
            var first = section.QuerySelectorAll("tbody th a").Select(member => member.GetAttribute("href")).ToList();
            var all = await new HtmlParser().ParseDocumentAsync((await Get(accountant, link.GetAttribute("href")!)).Text);
            var count = all.QuerySelector("main p[role=status]")!.TextContent.Trim();
            Assert.That((count, first.Count), Is.EqualTo((section.QuerySelector(".chip")!.TextContent.Trim(), 20)));
            Assert.That(all.QuerySelectorAll("tbody th a").Take(20).Select(member => member.GetAttribute("href")), Is.EqualTo(first), "in the same order");
        }
        Assert.That((await Get(accountant, $"{rehearsal}/negative")).Text, Does.Contain("There is nobody in this run"));
        Assert.That((await Get(accountant, $"{rehearsal}/no-such")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task PolicyIsRefusedBesideItsFieldWithWhatWasTyped()
    {
        using var accountant = await site.Enter(Role.Accountant);
        var form = await new HtmlParser().ParseDocumentAsync((await Get(accountant, $"{Dividends}/2026/policy")).Text);
        var fields = form.QuerySelectorAll("main form[method=post] input:not([type=hidden]):not([type=radio]), main form[method=post] input[type=radio][checked], main form[method=post] textarea")
            .Select(field => (field.GetAttribute("name")!, field.GetAttribute("value") ?? field.TextContent.Trim()))
            .Concat(form.QuerySelectorAll("main form[method=post] select").Select(select => (select.GetAttribute("name")!, select.QuerySelector("option[selected]")?.GetAttribute("value") ?? ""))).ToList();
        var wrong = fields.Select(field => field.Item1 == "CollectiveReserve" ? (field.Item1, "much") : field).ToArray();
        using var refused = await accountant.Send($"{Dividends}/2026/policy", wrong);
        var page = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((page.QuerySelector("#CollectiveReserve")!.GetAttribute("value"), page.QuerySelector("#CollectiveReserve-error")?.TextContent.Contains("not a share", StringComparison.Ordinal)), Is.EqualTo(("much", (bool?)true)));
        // Two other forms are open when it is adopted: neither takes its place unseen.
        var (late, document) = (await accountant.Hidden($"{Dividends}/2026/policy", $"{Dividends}/2026/policy"), await accountant.Hidden($"{Dividends}/2026/policy/document", $"{Dividends}/2026/policy/document"));
        using var adopted = await accountant.Send($"{Dividends}/2026/policy", [.. fields]);
        Assert.That(adopted.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await adopted.Content.ReadAsStringAsync());
        var reserve = fields.Single(field => field.Item1 == "CollectiveReserve").Item2;
        var mine = fields.Select(field => KeyValuePair.Create(field.Item1, field.Item1 == "CollectiveReserve" ? "41%" : field.Item2)).ToList();
        var both = await Refused($"{Dividends}/2026/policy", late, mine);
        Assert.That(both.QuerySelector(".error-summary")!.TextContent, Does.Contain($"{DemoSite.MailOf(Role.Accountant)} adopted version 1 of the policy of 2026 on"));
        Assert.That(both.QuerySelectorAll("main .notice td").Select(cell => cell.TextContent), Is.EqualTo((string[])["Kept in the collective reserve", reserve, reserve, "41%"]), "what differs, and nothing else");
        Assert.That((both.QuerySelector("#CollectiveReserve")!.GetAttribute("value"), both.QuerySelector("input[name=seen]")!.GetAttribute("value")), Is.EqualTo(("41%", "1")), "what was typed stays, and may be sent again");
        using (var again = await accountant.Send($"{Dividends}/2026/policy", [.. mine.Select(field => (field.Key, field.Value))])) Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var json = site.Books.Read(db => db.PolicyVersions.Single(version => version.FiscalYear == 2026 && version.Version == 2).Json).Replace("41%", "42%", StringComparison.Ordinal);
        both = await Refused($"{Dividends}/2026/policy/document", document, [KeyValuePair.Create("Json", json)]);
        Assert.That(both.QuerySelectorAll("main .notice tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent))), Has.Some.EndsWith("|41%|42%"));
        Assert.That((both.QuerySelector("#Json")!.TextContent.Trim(), both.QuerySelector("input[name=seen]")!.GetAttribute("value")), Is.EqualTo((json.Trim(), "2")));
        Assert.That(site.Books.Read(db => db.PolicyVersions.Any(version => version.FiscalYear == 2026 && version.Version > 2)), Is.False);

        async Task<AngleSharp.Html.Dom.IHtmlDocument> Refused(string to, IEnumerable<KeyValuePair<string, string>> hidden, IEnumerable<KeyValuePair<string, string>> typed)
        {
            using var content = new FormUrlEncodedContent([.. hidden, .. typed]);
            using var answer = await accountant.PostAsync(new Uri(to, UriKind.Relative), content);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), to);
            return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        }
    }

    [Test]
    public async Task AMissingReasonIsSaidBesideItsLineAlone()
    {
        using var accountant = await site.Enter(Role.Accountant);
        var figures = FiguresFile.Of([new TypedFigure("Sales", "1000.00", "patronage", null, null), new TypedFigure("Rent", "50.00", "nonpatronage", null, null), new TypedFigure("Interest", "5.00", "nonpatronage", null, null)]);
        Assert.That(new CloseFiscalYear(site.Books).Run(new("grocery", 2020, "figures.csv", "ana") { Figures = figures }).IsRefused, Is.False);
        const string year = $"{Dividends}/2020";
        using var refused = await accountant.SendTo(year, $"{year}/reason", ("reason", ""));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var page = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
        Assert.That(page.QuerySelector("#reason-2-error")!.TextContent, Does.EndWith("Say why the line does not come from business with patrons."));
        Assert.That((page.QuerySelector("#reason-2")!.GetAttribute("aria-describedby"), page.QuerySelector("#reason-3-error") is null, page.QuerySelector(".error-summary a")!.GetAttribute("href")), Is.EqualTo(("reason-2-error", true, "#reason-2")));
        using var given = await accountant.SendTo(year, $"{year}/reason", ("reason", "Let to a neighbour"));
        Assert.That((given.StatusCode, (await Get(accountant, year)).Text.Contains("Let to a neighbour", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Redirect, true)));
    }

    [Test]
    public async Task FiguresAreCheckedBesideTheirFieldsBeforeTheBooksAreClosed()
    {
        using var accountant = await site.Enter(Role.Accountant);
        var closed = await Get(accountant, $"{Dividends}/2025/close");
        Assert.That((closed.Status, closed.Text.Contains("not opened again", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)));
        const string close = $"{Dividends}/2020/close";
        using var refused = await accountant.Send(close, ("Lines[0].Line", "Sales"), ("Lines[0].Amount", "1,000"), ("Lines[0].Sourced", "patronage"), ("Act", "close"));
        var page = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
        Assert.That((refused.StatusCode, page.QuerySelector("#Lines_0__Amount-error") is not null, page.QuerySelector("#Lines_0__Line")!.GetAttribute("value")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true, "Sales")));
        (string, string)[] right = [("Lines[0].Line", "Sales"), ("Lines[0].Amount", "1000.00"), ("Lines[0].Sourced", "patronage")];
        using var looked = await accountant.Send(close, [.. right, ("Act", "check")]);
        Assert.That((looked.StatusCode, (await looked.Content.ReadAsStringAsync()).Contains("1,000.00", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.OK, true)));
        using var done = await accountant.Send(close, [.. right, ("Act", "close")]);
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }
}
