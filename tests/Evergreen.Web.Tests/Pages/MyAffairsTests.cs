using System.Net;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>A member's own affairs in the portal: activity and reports, details, bank, papers, beneficiaries, data, leaving; and what the office answers.</summary>
public sealed class MyAffairsTests
{
    private const string Home = "/my/grocery", Ruth = "ruth@demo.example", Alice = "alice@demo.example", Jose = "jose@demo.example", Requests = "/office/grocery/members/requests";
    private DemoSite site = null!;
    private HttpClient ruth = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        ruth = await site.EnterAs(Ruth);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        ruth.Dispose();
        await site.DisposeAsync();
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private async Task<string> Page(string path, HttpClient? visitor = null) => WebUtility.HtmlDecode(await (visitor ?? ruth).GetStringAsync(At(path)));

    private static async Task<string> Text(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    /// <summary>What was shown before and is known again, e.g. <c>reports/12</c> from an address.</summary>
    private static int NumberIn(HttpResponseMessage answer) => int.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<int> Report(HttpClient visitor, string words)
    {
        using var sent = await visitor.Send($"{Home}/activity/reports/new?kind=Purchases", ("Kind", "Purchases"), ("On", "2026-01-05"), ("Amount", "12.34"), ("Receipt", "R-1"), ("Words", words));
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await sent.Content.ReadAsStringAsync());
        return NumberIn(sent);
    }

    [Test]
    public async Task ActivityShowsRowsSumsAndTheFile()
    {
        var page = await Page($"{Home}/activity");
        Assert.That(page, Does.Contain("This is wrong").And.Contain("Something is missing").And.Contain("By year and month").And.Contain("aria-current=\"page\""));
        using var file = await ruth.GetAsync(At($"{Home}/activity.csv?kind=Purchases&from=2025-01-01&to=2025-12-31"));
        var csv = (await file.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.That(csv[0], Is.EqualTo("Day,Period from,Period to,Amount,Department,Store,Reference,Import"));
        Assert.That(csv, Has.Length.GreaterThan(3));
        Assert.That(file.Headers.CacheControl!.NoStore, Is.True);
        Assert.That(await Page($"{Home}/activity?from=2025-05-01&to=2025-04-01"), Does.Contain("The first day comes after the last."));
    }

    [Test]
    public async Task WhatCameWithAReportGoesBackToItsMemberAndNobodyElse()
    {
        const string New = $"{Home}/activity/reports/new";
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await ruth.Hidden($"{New}?kind=Purchases", New)) form.Add(new StringContent(value), name);
        foreach (var (name, value) in ((string, string)[])[("Kind", "Purchases"), ("On", "2026-01-06"), ("Amount", "3.21"), ("Words", "see the receipt")]) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent("%PDF-1.7 receipt"u8.ToArray()), "Photo", "receipt.pdf");
        using var sent = await ruth.PostAsync(At(New), form);
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await sent.Content.ReadAsStringAsync());
        var report = $"{Home}/activity/reports/{NumberIn(sent)}";
        Assert.That(await Page(report), Does.Contain($"{report}/file").And.Contain("receipt.pdf"));
        using var got = await ruth.GetAsync(At($"{report}/file"));
        Assert.That((got.Content.Headers.ContentDisposition!.DispositionType, got.Content.Headers.ContentDisposition.FileName, got.Headers.CacheControl!.NoStore), Is.EqualTo(("attachment", "receipt.pdf", true)));
        Assert.That(await got.Content.ReadAsStringAsync(), Is.EqualTo("%PDF-1.7 receipt"));
        using var other = await site.EnterAs("hanh@demo.example");
        using var refused = await other.GetAsync(At($"{report}/file"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var without = await Report(ruth, "no picture");
        using var none = await ruth.GetAsync(At($"{Home}/activity/reports/{without}/file"));
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task ReportIsAnsweredAndReadInTheMembersLanguage()
    {
        var number = await Report(ruth, "<b>bread</b>");
        Assert.That(await Page($"{Home}/activity/reports/{number}"), Does.Contain("has not answered yet").And.Contain("<b>bread</b>"), "decoded once, so it was encoded");
        using var clerk = await site.Enter(Role.Clerk);
        Assert.That(await Page("/office/grocery", clerk), Does.Contain("Answer what members report and ask for"));
        Assert.That(await Page(Requests, clerk), Does.Contain($"{Requests}/{number}"));
        Assert.That(await Page($"{Requests}?column=about", clerk), Does.Contain($"{Requests}/{number}").And.Contain("data-label=\"About\"").And.Not.Contain("data-label=\"Asked\"").And.Not.Contain("data-label=\"File\""), "the columns that were chosen");
        Assert.That((await clerk.GetStringAsync(new Uri($"{Requests}.csv?column=about", UriKind.Relative))).Split('\n')[0].Trim(), Is.EqualTo("No.,What,About"));
        using (var empty = await clerk.SendTo($"{Requests}/{number}", $"{Requests}/{number}/answer", ("Outcome", "declined")))
            Assert.That(await Text(empty), Does.Contain("Say why not"));
        using (var answered = await clerk.SendTo($"{Requests}/{number}", $"{Requests}/{number}/answer", ("Outcome", "granted"), ("Words", "It came with the next file."), ("Import", "1"), ("Row", "2")))
            Assert.That(answered.Headers.Location!.OriginalString, Is.EqualTo(Requests));
        Assert.That(await Page($"{Home}/activity/reports/{number}"), Does.Contain("It came with the next file.").And.Contain("import 1 of the co-op, row 2"));
        Assert.That(await Page($"{Requests}?closed=true&kind=Missing", clerk), Does.Contain($"{Requests}/{number}"));
        var key = $"request {site.Books.Read(db => db.MemberRequests.Single(one => one.Number == number && db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")).Id)} answered";
        var mail = site.Books.Read(db => db.Mails.Single(one => one.Key == key));
        Assert.That(mail.Text, Does.Contain("/my/grocery/activity/reports").And.Not.Contain("12.34").And.Not.Contain("next file"));
    }

    [Test]
    public async Task PagesSpeakSpanishToWhomReadsIt()
    {
        using var jose = await site.EnterAs(Jose);
        foreach (var (page, said) in ((string, string)[])[("activity", "Sus horas"), ("activity/reports/new", "Falta algo"), ("me", "Datos bancarios"), ("me/details", "Nombre que se muestra"), ("me/bank/change", "Número de cuenta"), ("me/delivery", "derecho a recibir papel"),
            ("me/beneficiary", "Beneficiarios"), ("me/leave", "Qué pasa entonces"), ("me/data", "Quién ha mirado")])
            Assert.That((await Page($"/my/laundry/{page}", jose)).ToUpperInvariant(), Does.Contain(said.ToUpperInvariant()), page);
        using var wrong = await jose.Send("/my/laundry/activity/reports/new?kind=Hours", ("Kind", "Hours"), ("On", "2026-01-05"), ("Hours", "500"));
        Assert.That(await Text(wrong), Does.Contain("como mucho 400"));
        using var paper = await jose.GetAsync(At("/my/laundry/me/data/record.pdf"));
        var words = Proofs.Paper.Words(await paper.Content.ReadAsByteArrayAsync());
        var jobs = site.Books.Read(db => db.HoursWorked.Where(row => db.Members.Any(member => member.Id == row.MemberId && member.Number == "0007") && db.CoOps.Any(coOp => coOp.Id == row.CoOpId && coOp.Code == "laundry")).OrderBy(row => row.On).Select(row => row.SourceRef).ToList());
        Assert.That(jobs, Is.Not.Empty);
        foreach (var said in (string[])["Su cuenta para entrar", "Desde dónde entró", "Llaves de acceso", "Entradas por otros sitios", "Aplicaciones que dejó entrar", "Invitaciones y enlaces", "Lo que puede ver el hogar", "Fichas que se unieron", "Compras y horas una por una", "Direcciones de correo que dio",
            "Lo que decía su ficha antes de una importación", "Lo que se hizo y quién lo hizo", "Quién ha mirado sus datos", Jose, "127.0.0.1", jobs[0], jobs[^1]])
            Assert.That(words, Does.Contain(said.Replace(" ", "", StringComparison.Ordinal)), said);
    }

    [Test]
    public async Task WhatBelongsToAnotherAnswersLikeWhatIsMissing()
    {
        using var alice = await site.EnterAs(Alice);
        var report = await Report(alice, "of Alice");
        int leave;
        using (var asked = await alice.Send($"{Home}/me/leave", ("On", site.Books.Now.AddDays(40).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))))
            leave = site.Books.Read(db => db.MemberRequests.OrderBy(one => one.Id).Last().Number);
        await alice.SendTo($"{Home}/me/beneficiary", $"{Home}/me/beneficiary", ("Name", "Bo"), ("Kinship", "Child"), ("Percent", "10"));
        var beneficiary = site.Books.Read(db => db.Beneficiaries.OrderBy(one => one.Id).Last().Id);
        var row = site.Books.Read(db => db.Purchases.Where(one => db.Members.Any(member => member.Id == one.MemberId && member.Number == "1150")).OrderBy(one => one.SourceRef).First());
        await Same(HttpMethod.Get, $"{Home}/activity/reports/{report}", $"{Home}/activity/reports/999999");
        await Same(HttpMethod.Post, $"{Home}/activity/reports/{report}/take-back", $"{Home}/activity/reports/999999/take-back");
        await Same(HttpMethod.Get, $"{Home}/activity/reports/new?kind=Purchases&source={row.SourceId}&reference={Uri.EscapeDataString(row.SourceRef)}", $"{Home}/activity/reports/new?kind=Purchases&source={row.SourceId}&reference=none");
        await Same(HttpMethod.Post, $"{Home}/me/leave/{leave}/take-back", $"{Home}/me/leave/999999/take-back");
        await Same(HttpMethod.Post, $"{Home}/me/beneficiary/{beneficiary}/withdraw", $"{Home}/me/beneficiary/999999/withdraw");
        Assert.That(site.Books.Read(db => db.RequestClosings.Count(closing => db.MemberRequests.Any(one => one.Id == closing.RequestId && (one.Number == report || one.Number == leave)))), Is.Zero);

        async Task Same(HttpMethod method, string others, string missing)
        {
            var (first, second) = (await Answer(method, others), await Answer(method, missing));
            Assert.That(first.Status, Is.EqualTo(HttpStatusCode.NotFound), others);
            Assert.That(first, Is.EqualTo(second), others);
        }

        async Task<(HttpStatusCode Status, string)> Answer(HttpMethod method, string page)
        {
            using var request = new HttpRequestMessage(method, At(page));
            // The token of any form of one's own is good for every form of one's own.
            if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(await ruth.Hidden($"{Home}/me/details", ""));
            using var answer = await ruth.SendAsync(request);
            return (answer.StatusCode, DoorWatch.WithoutWhatDiffersEachTime(await answer.Content.ReadAsStringAsync()));
        }
    }

    [Test]
    public async Task FormsTakeNothingThatIsNotOnThem()
    {
        var before = site.Books.Read(db => db.Members.Single(one => one.Number == "1001" && db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")));
        using (var sent = await ruth.SendTo($"{Home}/me/details", $"{Home}/me/details", ("Name", before.Name), ("City", "Moline"), ("Language", "en"), ("Email", "thief@example.org"), ("Kind", "Organisation"), ("TaxIdType", "EIN"), ("BankAccountSealed", "x"), ("Number", "1002"), ("Member", "1002"),
            ("MemberId", "2"), ("CoOpId", "1"), ("Particulars.Email", "thief@example.org"), ("GivenName", "Thief")))
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await sent.Content.ReadAsStringAsync());
        var after = site.Books.Read(db => db.Members.Single(one => one.Id == before.Id));
        Assert.That((after.City, after.Email, after.Kind, after.TaxIdType, after.GivenName, after.BankAccountSealed), Is.EqualTo(("Moline", before.Email, before.Kind, before.TaxIdType, before.GivenName, before.BankAccountSealed)));
        using (var sent = await ruth.SendTo($"{Home}/activity/reports/new?kind=Purchases", $"{Home}/activity/reports/new", ("Kind", "Purchases"), ("On", "2026-01-06"), ("Amount", "1.00"), ("By", "somebody"), ("MemberId", "2"), ("CoOpId", "1"), ("Number", "77"), ("Closing.Ending", "Granted"), ("DocumentId", new string('0', 32))))
        {
            var kept = site.Books.Read(db => db.MemberRequests.OrderBy(one => one.Id).Last());
            Assert.That((kept.MemberId, kept.By, kept.DocumentId, kept.Number == 77), Is.EqualTo((before.Id, "member 1001", (string?)null, false)));
        }
        using (var sent = await ruth.SendTo($"{Home}/me/bank/change", $"{Home}/me/bank/change", ("Scheme", "ach"), ("Routing", "011000015"), ("Account", "555666777"), ("AccountType", "checking"), ("InForceOn", "2020-01-01"), ("SettledAt", "2020-01-01"), ("Fresh", "true"), ("MemberId", "2")))
        {
            var change = site.Books.Read(db => db.BankChanges.OrderBy(one => one.Id).Last());
            Assert.That((change.MemberId, change.SettledAt, change.InForceOn > DateOnly.FromDateTime(site.Books.Now)), Is.EqualTo((before.Id, (DateTime?)null, true)));
        }
        using var stopped = await ruth.SendTo($"{Home}/me/bank", $"{Home}/me/bank/stop");
        Assert.That(await Page($"{Home}/me/bank"), Does.Contain("The change is stopped").And.Not.Contain("A change waits"));
    }

    [Test]
    public async Task DetailsThatOthersChangedMeanwhileShowBothVersions()
    {
        using var alice = await site.EnterAs(Alice);
        var late = await alice.Hidden($"{Home}/me/details", $"{Home}/me/details");
        using (var clerk = await site.Enter(Role.Clerk))
        using (await clerk.Send("/office/grocery/members/1150/edit", ("Kind", "Organisation"), ("Name", "Corner Bakery"), ("City", "Galesburg")))
        {
            using var content = new FormUrlEncodedContent([.. late, KeyValuePair.Create("Name", "Late Bakery"), KeyValuePair.Create("City", "Moline")]);
            using var second = await alice.PostAsync(At($"{Home}/me/details"), content);
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(await Text(second), Does.Contain("Corner Bakery").And.Contain("Late Bakery").And.Contain("Changed by").And.Contain("the office"));
        }
    }

    [Test]
    public async Task MailAddressIsConfirmedByTheLinkThatWentToIt()
    {
        using var alma = await site.EnterAs("alma@demo.example");
        using (var asked = await alma.SendTo($"{Home}/me/details", $"{Home}/me/details/mail", ("Address", "alma.new@example.org")))
            Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var folder = RunningSite.MailFolder(site.Database);
        var mail = Directory.GetFiles(folder, "*.eml").Select(file => MimeKit.MimeMessage.Load(file)).Single(message => message.To.Mailboxes.Single().Address == "alma.new@example.org");
        var text = mail.TextBody!;
        var link = text[text.IndexOf("/my/grocery", StringComparison.Ordinal)..].Split('\n')[0].Trim();
        Assert.That(await Page(link), Does.Contain("Confirm the mail address"), "this member sees the link's page, but it confirms nothing");
        using (var others = await ruth.SendTo($"{Home}/me/details", link)) Assert.That(others.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using (var confirmed = await alma.Send(link)) Assert.That(confirmed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await Page($"{Home}/me/details", alma), Does.Contain("alma.new@example.org"));
    }

    [Test]
    public async Task PapersOnlineNeedTheConsentAndItIsWithdrawnByOnePress()
    {
        using (var refused = await ruth.SendTo($"{Home}/me/delivery", $"{Home}/me/delivery/agree")) Assert.That(await Text(refused), Does.Contain("Tick the box to agree."));
        using (var agreed = await ruth.SendTo($"{Home}/me/delivery", $"{Home}/me/delivery/agree", ("Agree", "true"))) Assert.That(agreed.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var kept = site.Books.Read(db => db.DeliveryChoices.OrderBy(one => one.Id).Last());
        Assert.That((kept.Way, kept.NoticeVersion, kept.By), Is.EqualTo((DeliveryWay.Electronic, "2026-11-29 en", "member 1001")));
        Assert.That(kept.Notice, Does.Contain("You have a right to paper").And.Contain("Form 1099-PATR"));
        using (var withdrawn = await ruth.SendTo($"{Home}/me/delivery", $"{Home}/me/delivery/withdraw")) Assert.That(withdrawn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(site.Books.Read(db => db.DeliveryChoices.OrderBy(one => one.Id).Last().Way), Is.EqualTo(DeliveryWay.Paper));
    }

    [Test]
    public async Task MemberTakesEverythingAlongAndSeesWhoLooked()
    {
        using (var accountant = await site.Enter(Role.Accountant))
        {
            await Page("/office/grocery/members/1001/timeline", accountant);
            using var shown = await accountant.Send("/office/grocery/members/1001/reveal/tax-id", ("Reason", "for the form"));
        }
        Assert.That(await Page($"{Home}/me/data"), Does.Contain("opened your pages").And.Contain("tax number: for the form"));
        using var record = await ruth.GetAsync(At($"{Home}/me/data/record.json"));
        Assert.That((record.Content.Headers.ContentDisposition!.DispositionType, record.Headers.CacheControl!.NoStore), Is.EqualTo(("attachment", true)));
        using var json = JsonDocument.Parse(await record.Content.ReadAsStringAsync());
        Assert.That(json.RootElement.GetProperty("number").GetString(), Is.EqualTo("1001"));
        Assert.That(json.RootElement.GetProperty("purchasesAndHours").GetArrayLength(), Is.GreaterThan(1));
        Assert.That(json.RootElement.GetRawText(), Does.Not.Contain("900001001"), "numbers by their last characters");
        var stays = json.RootElement.GetProperty("signIn").GetProperty("account").GetProperty("stays");
        Assert.That((stays.GetArrayLength() > 0, stays[0].GetProperty("from").GetString(), stays[0].GetProperty("by").GetString()), Is.EqualTo((true, "127.0.0.1", "password")));
        Assert.That(json.RootElement.GetProperty("acts").EnumerateArray().Select(act => act.GetProperty("verb").GetString()), Does.Contain("access.sign-in"));
        using (var asked = await ruth.SendTo($"{Home}/me/data", $"{Home}/me/data/erase")) Assert.That(asked.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var number = site.Books.Read(db => db.MemberRequests.Single(one => one.Kind == RequestKind.Erasure).Number);
        using var administrator = await site.Enter(Role.Administrator);
        using (var refused = await administrator.SendTo($"{Requests}/{number}", $"{Requests}/{number}/erase", ("Typed", "1001"))) Assert.That(await Text(refused), Does.Contain("still belongs to the co-op"));
        using (var mistyped = await administrator.SendTo($"{Requests}/{number}", $"{Requests}/{number}/erase", ("Typed", "1002"))) Assert.That(await Text(mistyped), Does.Contain("Type the member’s number."));
        using (var clerk = await site.Enter(Role.Clerk))
        using (var denied = await clerk.PostAsync(At($"{Requests}/{number}/erase"), new FormUrlEncodedContent([]))) Assert.That((int)denied.StatusCode, Is.AnyOf(400, 403));
        using (var back = await ruth.SendTo($"{Home}/me/data", $"{Home}/me/leave/{number}/take-back")) Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    /// <summary>The whole way in a browser on a phone: a purchase is reported as missing, the office answers, the member reads it; then new bank details, which wait.</summary>
    [Test]
    public async Task JourneyOnAPhone()
    {
        await using var phone = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await phone.NewPageAsync();
        await SignIn(page, Ruth);
        await page.GotoAsync(Full($"{Home}/activity"));
        await Clean(page, "activity");
        await page.ClickAsync("main .actions a.btn-primary");
        await page.CheckAsync("input[name=Kind][value=Purchases]");
        await page.FillAsync("input[name=On]", "2026-01-07");
        await page.FillAsync("input[name=Receipt]", "R-4711");
        await page.ClickAsync("main form button.btn-primary");
        await Clean(page, "report-wrong");
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("Give the amount as on the receipt"));
        Assert.That(await page.InputValueAsync("input[name=Receipt]"), Is.EqualTo("R-4711"), "what was typed stays");
        await page.FillAsync("input[name=Amount]", "23.45");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "receipt.png", MimeType = "image/png", Buffer = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3] });
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync(url => url.Contains("/activity/reports/", StringComparison.Ordinal) && !url.EndsWith("/new", StringComparison.Ordinal));
        var report = page.Url;
        await Clean(page, "report");
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("$23.45").And.Contain("receipt.png").And.Contain("has not answered yet"));

        await using (var desk = await Browser.Chromium.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } }))
        {
            var office = await desk.NewPageAsync();
            await SignIn(office, DemoSite.MailOf(Role.Clerk));
            await office.GotoAsync(Full("/office/grocery"));
            await office.ClickAsync("text=Answer what members report and ask for");
            await Clean(office, "office-requests");
            await office.ClickAsync($"table a[href='{Requests}/{report.Split('/')[^1]}']");
            await office.CheckAsync("input[name=Outcome][value=granted]");
            await office.FillAsync("textarea[name=Words]", "Found it. It is in your January now.");
            await Clean(office, "office-request");
            await office.ClickAsync("main form button.btn-primary");
            await office.WaitForURLAsync(url => url.EndsWith("/requests", StringComparison.Ordinal));
        }

        await page.GotoAsync(report);
        await Clean(page, "report-answered");
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("Found it. It is in your January now."));

        await page.GotoAsync(Full($"{Home}/me"));
        await Clean(page, "me");
        await page.ClickAsync($"a[href='{Home}/me/bank']");
        await page.ClickAsync("main .actions a.btn-primary");
        await page.SelectOptionAsync("select[name=Scheme]", "ach");
        await page.FillAsync("input[name=Routing]", "021000022");
        await page.FillAsync("input[name=Account]", "1122334455");
        await page.ClickAsync("main form button.btn-primary");
        await Clean(page, "bank-wrong");
        Assert.That(await page.InnerTextAsync("main"), Does.Contain("A digit is wrong or two are exchanged"));
        await page.FillAsync("input[name=Routing]", "021000021");
        await page.ClickAsync("main form button.btn-primary");
        await page.WaitForURLAsync(url => url.EndsWith("/me/bank", StringComparison.Ordinal));
        await Clean(page, "bank-waiting");
        var bank = await page.InnerTextAsync("main");
        Assert.That(bank, Does.Contain("A change waits").And.Contain("••••4455").And.Not.Contain("1122334455"));
        await page.ClickAsync("text=Stop this change");
        await page.WaitForSelectorAsync("text=The change is stopped");
        Assert.That(await page.InnerTextAsync("main"), Does.Not.Contain("••••4455"));
        foreach (var place in (string[])["me/details", "me/delivery", "me/beneficiary", "me/leave", "me/data", "activity/reports", "activity?from=2025-01-01&to=2025-03-31"])
        {
            await page.GotoAsync(Full($"{Home}/{place}"));
            await Clean(page, place.Replace('/', '-').Split('?')[0]);
        }
    }

    private string Full(string path) => new Uri(site.Address, path).ToString();

    private async Task SignIn(IPage page, string mail)
    {
        await page.GotoAsync(Full("/sign-in"));
        await page.FillAsync("input[name=Mail]", mail);
        await page.FillAsync("input[name=Password]", site.Password);
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task Clean(IPage page, string name)
    {
        var result = await page.Judge();
        Assert.That(result.Violations.Select(violation => $"{page.Url}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(2).Select(node => node.Html))}"), Is.Empty);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), Is.LessThanOrEqualTo(0), $"{page.Url} sticks out");
        if (Environment.GetEnvironmentVariable("EVERGREEN_PICTURES") is { Length: > 0 } pictures) await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(pictures, $"journey-{name}.png") });
    }
}
