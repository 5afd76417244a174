using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Web.Tests.Api;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Text that would like to be a script, or a formula, written into every field that takes text: it is shown as text on every page, runs in no browser, and is text in every file.</summary>
public sealed class PlantedTextTests
{
    private DemoSite site = null!;
    private int taken;
    private (HttpClient Visitor, IReadOnlyList<FoundPage> Pages)[] walks = [];

    [OneTimeSetUp]
    public async Task Plant()
    {
        Assert.That(Planting.Payloads, Has.Count.EqualTo(200));
        site = await DemoSite.Start(PreparedBooks.Path);
        var routes = Routes.Of(site);
        var (administrator, accountant, member) = (await site.Enter(Role.Administrator), await site.Enter(Role.Accountant), await site.EnterAs("ruth@demo.example"));
        var next = 0;
        foreach (var visitor in (HttpClient[])[administrator, accountant, member]) taken += await Planting.Plant(site, routes, visitor, () => Planting.Payloads[next++ % Planting.Payloads.Count]);
        // The rest go into notes, of which a member may have any number.
        var note = (await Walk.Through(routes, administrator, ["/office/grocery/members/1002/note"], follow: false)).Forms.Single(form => form.Action.EndsWith("/note", StringComparison.Ordinal));
        foreach (var payload in Planting.Payloads)
            using (await administrator.SendFilled(note, 0, site.Password, ("Text", Planting.Literally(payload)))) { }
        var sign = 0;
        foreach (var number in Enumerable.Range(1003, 11))
        {
            var path = $"/office/grocery/members/{number}/edit";
            foreach (var form in (await Walk.Through(routes, administrator, [path], follow: false)).Forms.Where(form => form.Action == path))
                using (await administrator.SendFilled(form, 0, site.Password, ("Kind", "Person"), ("Name", $"{Planting.FormulaSigns[sign]}cmd|'/c calc'!A0"), ("City", $"{Planting.FormulaSigns[^(sign + 1)]}1+1"))) sign++;
        }
        Assert.That(sign, Is.EqualTo(Planting.FormulaSigns.Length));
        using (var till = await Tokens.ProgramOf(site.Site, "grocery", AppScopes.PurchasesWrite))
            Assert.That((await till.Post("/api/v1/purchases", """{"receipt":"=back(1)","member":"1001","on":"2026-06-12","amount":"-4.56"}""")).Status, Is.EqualTo(201));
        walks = [.. await Task.WhenAll(((HttpClient[])[administrator, accountant, member]).Select(async visitor => (visitor, (await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"), each: 4)).Pages)))];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var (visitor, _) in walks) visitor.Dispose();
        await site.DisposeAsync();
    }

    [Test]
    public void TextNeverBecomesAnElementAScriptOrALinkElsewhere()
    {
        var faults = new List<string>();
        var shown = 0;
        foreach (var page in walks.SelectMany(walk => walk.Pages))
        {
            if (page.Text.Contains(Planting.Mark, StringComparison.Ordinal)) shown++;
            faults.AddRange(Planting.Faults(page));
        }
        TestContext.Out.WriteLine($"proof: {taken} fields took planted text, {shown} pages and files show it");
        None(faults);
        Assert.That(taken, Is.GreaterThan(25));
        Assert.That(shown, Is.GreaterThan(15));
    }

    /// <summary>
    /// Of every kind of page the one with the most planted text (all of them with EVERGREEN_LONG=1), opened in Chromium twice: as it is served, where the policy would report what tried to run; and with the policy taken away, where it would run.
    /// </summary>
    [Test]
    public async Task NothingPlantedRunsInABrowserNorTries()
    {
        var faults = new System.Collections.Concurrent.ConcurrentBag<string>();
        var opened = 0;
        var all = Environment.GetEnvironmentVariable("EVERGREEN_LONG") == "1";
        var chosen = walks.SelectMany(walk => walk.Pages.Where(page => page.Html is not null && page.Text.Contains(Planting.Mark, StringComparison.Ordinal)).Select(page => (walk.Visitor, page)))
            .GroupBy(found => found.page.Pattern, StringComparer.Ordinal).SelectMany(group => group.OrderByDescending(found => found.page.Text.Split(Planting.Mark).Length).Take(all ? int.MaxValue : 1)).ToList();
        await Task.WhenAll(walks.Select(async walk =>
        {
            var addresses = chosen.Where(found => found.Visitor == walk.Visitor).Select(found => found.page.Address).Distinct().ToList();
            foreach (var lawless in (bool[])[false, true])
            {
                await using var watch = await WatchedTab.Open(site.Address, walk.Visitor.Cookies(), lawless);
                foreach (var address in addresses)
                {
                    foreach (var seen in await watch.Visit(address)) faults.Add($"{address}{(lawless ? " without its policy" : "")}: {seen}");
                    Interlocked.Increment(ref opened);
                }
                // A page that does hold a script is noticed.
                Assert.That(await watch.VisitWith("/help", $"<img src=x onerror={Planting.Mark}()>"), Has.Some.Contains(lawless ? "ran" : "policy"));
            }
        }));
        TestContext.Out.WriteLine($"proof: {opened} pages opened in a browser");
        None(faults);
        Assert.That(opened, Is.GreaterThan(30));
    }

    /// <summary>Judged by the files themselves: a spreadsheet works out a cell that is marked as a formula, and in CSV one that begins with such a sign.</summary>
    [Test]
    public async Task EveryFileHoldsTextAsTextAndNumbersAsNumbers()
    {
        var faults = new List<string>();
        var patterns = new SortedSet<string>(StringComparer.Ordinal);
        var (cells, negative) = (0, 0);
        foreach (var (visitor, pages) in walks)
            foreach (var page in pages.Where(page => (int)page.Status == 200 && (page.ContentType == "text/csv" || page.ContentType == HandedOut.Workbook)))
            {
                patterns.Add(page.Pattern);
                var bytes = await visitor.GetByteArrayAsync(new Uri(page.Address, UriKind.Relative));
                var rows = page.ContentType == "text/csv" ? HandedOut.Csv(bytes) : HandedOut.Sheet(bytes);
                foreach (var cell in rows.SelectMany(row => row))
                {
                    cells++;
                    if (cell.Number && cell.Text.StartsWith('-')) negative++;
                    if (cell.Risky) faults.Add($"{page.Address}: the cell {cell.Text} would be worked out");
                }
            }
        var handing = Routes.Of(site).All.Where(route => route.Method == "GET" && HandedOut.Names(route.Pattern)).Select(route => route.Pattern).ToList();
        faults.AddRange(handing.Except(patterns).Except(HandedOut.NotInTheseBooks).Select(pattern => $"{pattern} was not looked into"));
        TestContext.Out.WriteLine($"proof: {cells} cells of {patterns.Count} kinds of files: {string.Join(' ', patterns)}");
        None(faults);
        Assert.That(negative, Is.GreaterThan(0), "a negative amount is a number");
        var activity = await walks[2].Visitor.GetStringAsync(new Uri("/my/grocery/activity.csv?kind=Purchases&from=2026-06-01&to=2026-06-30", UriKind.Relative));
        Assert.That(activity, Does.Contain(",-4.56,").And.Contain("'=back(1)"));
    }

    [Test]
    public async Task WhatIsTakenOutComesBackAsItWas()
    {
        var names = site.Books.Read(db => db.Members.Where(one => db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")).ToDictionary(one => one.Number, one => one.Name));
        Assert.That(names.Values.Count(name => name.Length > 0 && Planting.FormulaSigns.Contains(name[0])), Is.GreaterThanOrEqualTo(8));
        foreach (var format in (string[])["csv", "xlsx"])
        {
            var bytes = await walks[0].Visitor.GetByteArrayAsync(new Uri($"/office/grocery/members/members.{format}", UriKind.Relative));
            using var rows = new ImportFile($"members.{format}", () => new MemoryStream(bytes, writable: false)).OpenRows().Value;
            var read = 0;
            while (rows.Read())
            {
                var (number, name) = (FormulaSafe.Read(rows.Text(0)), rows.Text(1));
                // A workbook needs no sign in front of a text, and gets none.
                Assert.That(format == "csv" ? FormulaSafe.Read(name) : name, Is.EqualTo(names[number]), $"{format} {number}");
                read++;
            }
            Assert.That(read, Is.GreaterThan(100));
        }
        // The whole register, taken out and in again, changes nobody.
        var file = new MemoryStream();
        Assert.That(new ExportMembers(site.Books).Run("grocery", file, "test").IsRefused, Is.False);
        using var log = ChangeLog.Of(site.Database);
        var report = new ImportMembers(site.Books).Run(new ImportRequest("grocery", new ImportFile("members.csv", () => new MemoryStream(file.ToArray(), writable: false)), "test"));
        Assert.That(report.IsRefused, Is.False);
        Assert.That(log.Take().Where(change => change.Table == "Members"), Is.Empty);
    }

    private static void None(IEnumerable<string> faults)
    {
        var all = faults.Distinct().ToList();
        foreach (var fault in all) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(all, Is.Empty);
    }
}
