using System.Text;
using Evergreen.Application.Access;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Pages on paper: light whatever the screen shows, numbered, and with everything on them, on A4 and on Letter.</summary>
public sealed class PrintTests
{
    private const string Ruth = "ruth@demo.example";
    private static readonly string Accountant = DemoSite.MailOf(Role.Accountant);

    /// <summary>What a report says: its tables, and what is folded where it is no form.</summary>
    private const string Said = """
        () => [...document.querySelectorAll("main table.ledger :is(th, td), main dl :is(dt, dd), main details:not(.menu, .term, :has(form)) :is(td, th, p, pre, li, summary)")]
          .filter(part => !part.closest("form, .actions, .no-print, .btn") && !part.querySelector("a, button, .visually-hidden, .term, table, dl, details"))
          .map(part => part.textContent)
        """;

    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start(PreparedBooks.Path);

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [TestCase(Ruth, "/my/grocery/dividends/2024", 20)]
    [TestCase(Ruth, "/my/grocery/activity", 10)]
    [TestCase("", "/office/grocery/dividends/2025", 10)]
    [TestCase("", "/office/grocery/dividends/2025/scenarios", 20)]
    [TestCase("", "/office/grocery/members/register?asOf=2025-06-30", 200)]
    [TestCase("", "/office/grocery/members/1001/account", 20)]
    [TestCase("", "/office/grocery/ledger/accounts/3900", 10)]
    public async Task ReportPrintsLightNumberedAndWhole(string mail, string address, int least)
    {
        using var visitor = await site.EnterAs(mail.Length > 0 ? mail : Accountant);
        var printed = new Dictionary<string, byte[]>();
        foreach (var (name, theme, system) in ((string, string, ColorScheme)[])[("light", "light", ColorScheme.Light), ("dark", "dark", ColorScheme.Light), ("as a dark system has it", "auto", ColorScheme.Dark)])
        {
            await using var context = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = system, Locale = "en-US" });
            await context.AddCookiesAsync([.. visitor.Cookies().Split("; ", StringSplitOptions.RemoveEmptyEntries).Append($"theme={theme}").Select(cookie => cookie.Split('=', 2)).Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = site.Address.ToString() })]);
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(site.Address, address).ToString());
            Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), Is.EqualTo(name == "light" ? "rgb(251, 250, 247)" : "rgb(19, 26, 24)"), $"{name}: on the screen");
            // As wide as a table gets that is looked at by moving it.
            await page.EvaluateAsync("() => document.querySelectorAll('.scroll tr').forEach(row => { for (let more = 0; more < 7; more++) row.append(row.lastElementChild.cloneNode(true)); })");
            printed[name] = await page.PdfAsync(new() { Format = "A4", PrintBackground = true });
            if (name != "light") continue;
            var said = (await page.EvaluateAsync<string[]>(Said)).Select(Same).Where(text => text.Length > 0).ToList();
            Assert.That(said, Has.Count.AtLeast(least));
            foreach (var (sheet, wide, high) in ((string, int, int)[])[("A4", 595, 842), ("Letter", 612, 792)])
            {
                var paper = sheet == "A4" ? printed[name] : await page.PdfAsync(new() { Format = sheet, PrintBackground = true });
                var sheets = Paper.Sheets(paper);
                // What goes over from one sheet to the next has the number of its sheet in between.
                var words = Enumerable.Range(1, sheets.Count).Aggregate(Same(Paper.Words(paper)), (text, number) => text.Replace($"{number}/{sheets.Count}", "", StringComparison.Ordinal));
                Assert.That(said.Where(text => !words.Contains(text, StringComparison.Ordinal)), Is.Empty, sheet);
                var (width, height, reach) = Paper.Extent(paper);
                Assert.That((width, height, reach <= width - 40), Is.EqualTo((wide, high, true)), $"{sheet}: words reach to {reach} of {width}");
                Assert.That(sheets.Select(lines => Paper.Bare(lines[^1].Split("  ")[^1])), Is.EqualTo(Enumerable.Range(1, sheets.Count).Select(number => $"{number}/{sheets.Count}")), sheet);
            }
        }
        var light = Paper.FirstSheet(printed["light"]);
        foreach (var (name, pdf) in printed.Where(one => one.Key != "light")) Assert.That(Picture.Difference(light, Paper.FirstSheet(pdf)), Is.Zero, $"{name}: on paper");
    }

    [Test]
    public async Task HeadOfALongTableStandsOnEachOfItsSheetsAndNoAddressOfALinkOnAny()
    {
        using var accountant = await site.Enter(Role.Accountant);
        await using var context = await Eyes.Window(site.Address, accountant.Cookies());
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Address, "/office/grocery/members/register?asOf=2025-06-30").ToString());
        Assert.That(await page.Locator("table.ledger a").CountAsync(), Is.GreaterThan(100), "each row leads to its member");
        var sheets = Paper.Sheets(await page.PdfAsync(new() { Format = "A4", PrintBackground = true }));
        Assert.That(sheets, Has.Count.GreaterThan(3));
        var rows = sheets.Where(lines => lines.Any(line => line.Contains("customer", StringComparison.Ordinal))).ToList();
        Assert.That(rows, Has.Count.GreaterThan(3));
        Assert.That(rows.Where(lines => !lines.Any(line => line.StartsWith("Number", StringComparison.Ordinal) && line.Contains("Consent covers", StringComparison.Ordinal))).Select(lines => lines[0]), Is.Empty);
        Assert.That(sheets.SelectMany(lines => lines).Where(line => line.Contains("://", StringComparison.Ordinal) || line.Contains("/office/", StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>Without blanks, and letters that are set as one as what they are.</summary>
    private static string Same(string text) => Paper.Bare(text.Normalize(NormalizationForm.FormKC));
}
