using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Web.Tests.Pages.Proofs.Look;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A file's way through the pages: sent, mapped, checked, looked at, committed, taken back.</summary>
public sealed class ImportPagesTests
{
    private const string Imports = "/office/grocery/imports";
    private const string Header = "source_id,member_number,purchased_on,amount,department,eligible,store";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task AFileGoesInThroughThePagesAndComesOutAgain()
    {
        using var clerk = await site.Enter(Role.Clerk);
        var columns = await Send(clerk, "till.csv", $"{Header}\r\nT1,1001,2026-03-02,12.00,grocery,,main\r\nT2,99999,2026-03-02,3.50,,,\r\nT3,1001,2026-13-02,1.00,,,\r\n");
        Assert.That(columns, Does.Match("/imports/drafts/[0-9]+/columns$"));
        var draft = columns[..columns.LastIndexOf('/')];
        var preview = await Choose(clerk, columns);
        Assert.That(preview, Is.EqualTo($"{draft}/preview"));

        var page = await Page(clerk, preview);
        Assert.That(page.QuerySelectorAll("dl.figures div").Select(Words), Is.SupersetOf(new[] { "Rows in the file 3", "Accepted 1", "Rejected 1", "Held: member unknown 1" }));
        Assert.That(Words((await Page(clerk, $"{draft}/problems")).QuerySelector("table.ledger tbody tr")!), Does.Contain("line 4").And.Contain("2026-13-02"));
        Assert.That(await clerk.GetStringAsync(new Uri($"{draft}/problems.csv?errors=true", UriKind.Relative)), Does.StartWith("Sheet,Line,Kind,Column,Value,Expected,How to fix\r\n,4,Error,").And.Contain("2026-13-02").And.Not.Contain(",Note,"), "what is shown, and no more");
        Assert.That((await Page(clerk, $"{draft}/problems")).QuerySelectorAll("main p.no-print a").Select(link => link.GetAttribute("href")), Is.EqualTo(new[] { $"{draft}/problems.csv", $"{draft}/problems.xlsx" }));
        Assert.That((await Page(clerk, $"{draft}/rows")).QuerySelectorAll("table.ledger tbody tr").Length, Is.EqualTo(3));
        Assert.That(await clerk.GetStringAsync(new Uri($"{draft}/rejects", UriKind.Relative)), Does.StartWith(Header + ",Problem,How to fix\r\nT3,1001,2026-13-02,"));
        Assert.That(await clerk.GetStringAsync(new Uri($"{draft}/rejects?separator=semicolon", UriKind.Relative)), Does.StartWith(Header.Replace(',', ';') + ";Problem;How to fix\r\nT3;1001;2026-13-02;"), "as whoever takes it chose");

        using (var refused = await clerk.SendTo(preview, $"{draft}/commit"))
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("error-summary"));
        }
        using var committed = await clerk.SendTo(preview, $"{draft}/commit", ("TakeGoodRows", "true"), ("Reason", "a day of the new till"));
        Assert.That(committed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await committed.Content.ReadAsStringAsync());
        var import = committed.Headers.Location!.OriginalString;
        Assert.That(Words((await Page(clerk, import)).QuerySelector("main")!), Does.Contain("till.csv").And.Contain("Accepted 1"));

        using (var resolved = await clerk.SendTo($"{Imports}/held/rows?number=99999", $"{Imports}/held/rows", ("Whose", "nobody"), ("Reason", "a visitor")))
            Assert.That(resolved.Headers.Location?.OriginalString, Is.EqualTo($"{Imports}/held"));
        using (var unsaid = await clerk.SendTo($"{import}/undo", $"{import}/undo", ("Reason", "")))
            Assert.That(unsaid.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using var undone = await clerk.SendTo($"{import}/undo", $"{import}/undo", ("Reason", "the wrong till"));
        Assert.That(undone.Headers.Location?.OriginalString, Is.EqualTo(import));
        Assert.That(Words((await Page(clerk, import)).QuerySelector("main")!), Does.Contain("Withdrawn on").And.Contain("the wrong till"));
    }

    /// <summary>Somebody whose spreadsheet wants semicolons, and whose till writes them.</summary>
    [Test]
    public async Task AFileWithSemicolonsComesBackWithThemWhateverWasChosen()
    {
        using var clerk = await site.Enter(Role.Clerk);
        var columns = await Send(clerk, "semicolons.csv", $"{Header}\r\nS1,1001,2026-13-02,1.00,grocery,,\r\n".Replace(',', ';'));
        await Choose(clerk, columns);
        foreach (var chosen in (string[])["", "?separator=semicolon", "?separator=comma"])
            Assert.That(await clerk.GetStringAsync(new Uri($"{columns[..columns.LastIndexOf('/')]}/rejects{chosen}", UriKind.Relative)), Does.StartWith(Header.Replace(',', ';') + ";Problem;How to fix\r\nS1;1001;2026-13-02;"), chosen);
    }

    [Test]
    public async Task WhatIsNoTableIsRefusedBesideItsField()
    {
        using var clerk = await site.Enter(Role.Clerk);
        using var answer = await Post(clerk, "picture.csv", "\u0089PNG\r\n\u001a\n\u0001");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        Assert.That(Words(page.QuerySelector("#File-error")!), Does.Contain("The file is no text"));
        Assert.That(page.Title, Does.StartWith("Error: "));
    }

    [Test]
    public async Task TheSettingsChangeAndTheAuditTellsOfIt()
    {
        using var administrator = await site.Enter(Role.Administrator);
        using var edited = await administrator.Send("/office/grocery/settings/details", ("Name", "Corner Grocery"), ("Address", "1 High Street"), ("BrandColour", "#0F5257"));
        Assert.That(edited.Headers.Location?.OriginalString, Is.EqualTo("/office/grocery/settings"), await edited.Content.ReadAsStringAsync());
        using var wrong = await administrator.Send("/office/grocery/settings/details", ("Name", ""), ("BrandColour", "#0F5257"));
        Assert.That(await wrong.Content.ReadAsStringAsync(), Does.Contain("Name-error"));
        var timeline = await Page(administrator, "/office/grocery/audit?verb=co-op.edit");
        Assert.That(Words(timeline.QuerySelector("table.ledger tbody tr")!), Does.Contain("→ \"Corner Grocery\""));
        Assert.That(await administrator.GetStringAsync(new Uri("/office/grocery/audit/export?verb=co-op.edit", UriKind.Relative)), Does.StartWith("at_utc,by,verb,subject,detail,from\r\n").And.Contain("co-op.edit"));
        Assert.That((await administrator.GetByteArrayAsync(new Uri("/office/grocery/settings/sample-statement", UriKind.Relative))).AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
    }

    [Test]
    public async Task EveryStepOfTheWizardCanBeUsedByEveryone()
    {
        using var clerk = await site.Enter(Role.Clerk);
        var columns = await Send(clerk, "foreign.csv", "Receipt No;Owner #;Sale Date;Net;Dept\r\n17;1001;01/02/2026;$12.50;wine\r\n18;99998;03/02/2026;$3.00;\r\n19;1001;44/02/2026;$1.00;\r\n");
        var draft = columns[..columns.LastIndexOf('/')];
        var import = await Send(clerk, "other.csv", $"{Header}\r\nU1,1001,2026-03-02,12.00,grocery,,main\r\nU2,1001,2026-14-02,12.00,grocery,,main\r\n");
        var checkedDraft = import[..import.LastIndexOf('/')];
        await Choose(clerk, import);
        var faults = new List<string>();
        using var administrator = await site.Enter(Role.Administrator);
        await using var context = await Eyes.Window(site.Address, administrator.Cookies());
        var page = await context.NewPageAsync();
        // The other pages of the imports and the settings are looked at with all the rest.
        foreach (var path in (string[])[$"{draft}/columns", $"{draft}/preview", $"{checkedDraft}/preview", $"{checkedDraft}/problems", $"{checkedDraft}/rows", $"{checkedDraft}/columns"])
        {
            var answer = await page.GotoAsync(new Uri(site.Address, path).ToString());
            if (answer!.Status != 200) faults.Add($"{path}: {answer.Status}");
            faults.AddRange((await page.InEveryForm()).Select(fault => $"{path}: {fault}"));
        }
        Assert.That(faults, Is.Empty);
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static async Task<IDocument> Page(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> Post(HttpClient visitor, string name, string text)
    {
        var hidden = await visitor.Hidden($"{Imports}/new", $"{Imports}/new");
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in hidden) form.Add(new StringContent(value), field);
        form.Add(new StringContent("Purchases"), "Kind");
        form.Add(new StringContent("new till"), "Source");
        form.Add(new ByteArrayContent(Encoding.Latin1.GetBytes(text)), "File", name);
        return await visitor.PostAsync(new Uri($"{Imports}/new", UriKind.Relative), form);
    }

    /// <returns>Where the columns are chosen.</returns>
    private static async Task<string> Send(HttpClient visitor, string name, string text)
    {
        using var answer = await Post(visitor, name, text);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Keeps what the page proposes.</summary>
    private static async Task<string?> Choose(HttpClient visitor, string columns)
    {
        var page = await Page(visitor, columns);
        var form = page.QuerySelectorAll("main form[method=post]").First(form => form.GetAttribute("action") == columns);
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))
            .Concat(form.QuerySelectorAll("select").Select(select => KeyValuePair.Create(select.GetAttribute("name")!, select.QuerySelector("option[selected]")?.GetAttribute("value") ?? "")))
            .Concat(form.QuerySelectorAll("input[checked]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")))
            .Concat(form.QuerySelectorAll("input[type=text]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")));
        using var content = new FormUrlEncodedContent(fields.ToList());
        using var answer = await visitor.PostAsync(new Uri(columns, UriKind.Relative), content);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location?.OriginalString;
    }
}
