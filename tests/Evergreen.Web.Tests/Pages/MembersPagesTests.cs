using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Web.Tests.Pages.Proofs;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The members' pages as a browser sends and reads them.</summary>
public sealed class MembersPagesTests
{
    private const string Members = "/office/grocery/members";
    private DemoSite site = null!;
    private HttpClient clerk = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        clerk = await site.Enter(Role.Clerk);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        clerk.Dispose();
        await site.DisposeAsync();
    }

    private async Task<string> Page(string path) => WebUtility.HtmlDecode(await clerk.GetStringAsync(new Uri(path, UriKind.Relative)));

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> Html(string path) => await Html(await clerk.GetAsync(new Uri(path, UriKind.Relative)));

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Html(HttpResponseMessage answer) => await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    private static async Task<string> Text(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    [Test]
    public async Task WhomAMemberNamesIsShownWithWhatWasWithdrawn()
    {
        Assert.That(await Page($"{Members}/1003"), Does.Contain("Beneficiaries").And.Contain("Nobody is named."));
        var name = new NameBeneficiary(site.Books);
        var first = name.Run(new("grocery", "1003", "Ines Castellanos", Kinship.NephewOrNiece, "12 Mill Lane", 40, false, "1003")).Value;
        name.Run(new("grocery", "1003", "Marek Dvořák", Kinship.Child, null, 60, false, "1003"));
        new WithdrawBeneficiary(site.Books).Run(new("grocery", "1003", first.Id, "1003"));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await Page($"{Members}/1003"));
        var rows = page.QuerySelectorAll("td[data-label='Kinship']").Select(cell => string.Join('|', cell.ParentElement!.Children.Select(one => one.TextContent.Trim()))).ToList();
        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(rows[0], Does.StartWith("Marek Dvořák|Child|60 %||").And.EndsWith("|–"));
        Assert.That(rows[1], Does.StartWith("Ines Castellanos|Nephew or niece|40 %|12 Mill Lane|").And.Not.EndsWith("|–"));
    }

    [Test]
    public async Task AConsentIsShownWithTheBylawOfWhichACopyWasGiven()
    {
        using var wrong = await clerk.Send($"{Members}/1007/consent", ("Kind", "Written"), ("Ends", "given"), ("On", "2025-02-01"), ("Bylaw", "bylaw 7.3"));
        Assert.That((wrong.StatusCode, (await Text(wrong)).Contains("A copy of the bylaw goes with a consent", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
        (await clerk.Send($"{Members}/1007/consent", ("Kind", "Bylaw"), ("Ends", "given"), ("On", "2025-02-01"), ("Bylaw", "bylaw 7.3 of 12 March 2024"))).Dispose();
        Assert.That(await Page($"{Members}/1007"), Does.Contain("notification given, with a copy of bylaw 7.3 of 12 March 2024"));
    }

    [Test]
    public async Task AnEntryThatWasTakenBackAndItsReversalLeadToEachOther()
    {
        var rows = Encoding.UTF8.GetBytes($"source_id,member_number,account,fiscal_year,posted_on,amount\r\nback-1,1004,preferred,,{site.Books.Now:yyyy-MM-dd},12.34\r\n");
        var import = new ImportEquity(site.Books).Run(new ImportRequest("grocery", new ImportFile("equity.csv", () => new MemoryStream(rows)), "ana") { Source = "back", DespiteTotals = true }).Value;
        Assert.That(new WithdrawImport(site.Books).Run(new("grocery", import.Number!.Value, "ana", "wrong file")).IsRefused, Is.False);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await Page($"{Members}/1004/account"));
        var back = page.QuerySelectorAll("a[href^='#entry-']").Where(link => link.Closest("tr")!.TextContent.Contains("12.34", StringComparison.Ordinal)).ToList();
        Assert.That(back, Has.Count.EqualTo(2));
        Assert.That(back.Select(link => link.TextContent.Split(' ')[0]), Is.EquivalentTo(new[] { "entry", "Reversal" }));
        foreach (var (one, other) in new[] { (back[0], back[1]), (back[1], back[0]) })
            Assert.That(one.GetAttribute("href"), Is.EqualTo("#" + other.Closest("tr")!.Id));
    }

    [Test]
    public async Task ListFiltersAndHandsOutWhatItShows()
    {
        var list = await Page($"{Members}?text=castellanos.1001@");
        Assert.That(list, Does.Contain("Ruth Castellanos").And.Contain("1 member"));
        var csv = await Page($"{Members}/members.csv?text=castellanos.1001@");
        Assert.That(csv.Split("\r\n"), Has.Length.EqualTo(3).And.Exactly(1).StartsWith("1001,Ruth Castellanos,Active"));
    }

    [TestCase("")]
    [TestCase("/account")]
    [TestCase("/patronage")]
    [TestCase("/timeline")]
    [TestCase("/documents")]
    [TestCase("/mail")]
    public async Task EveryTabOfAMemberOpensAndNoneShowsASecret(string tab)
    {
        var page = await Page($"{Members}/1001{tab}");
        Assert.That(page, Does.Contain("Ruth Castellanos").And.Contain("aria-current=\"page\"").And.Not.Contain("900001001"));
    }

    [Test]
    public async Task NothingTypedIsLostWhenAFormIsRefused()
    {
        using var answer = await clerk.Send($"{Members}/1002/edit", ("Kind", "Person"), ("GivenName", "Nikos"), ("Email", "nikos at example"), ("City", "Somewhere <else>"));
        var page = await Text(answer);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page, Does.Contain("'nikos at example' is not an e-mail address").And.Contain("value=\"nikos at example\"").And.Contain("Somewhere <else>").And.Contain("<title>Error: "));
    }

    [Test]
    public async Task FormThatCameTooLateShowsBothVersionsAndWhoChangedWhat()
    {
        var late = await clerk.Hidden($"{Members}/1003/edit", "");
        using var first = await clerk.Send($"{Members}/1003/edit", ("Kind", "Person"), ("Name", "First Writer"), ("City", "Galesburg"));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var content = new FormUrlEncodedContent([.. late, KeyValuePair.Create("Kind", "Person"), KeyValuePair.Create("Name", "Second Writer")]);
        using var second = await clerk.PostAsync(new Uri($"{Members}/1003/edit", UriKind.Relative), content);
        var page = await Text(second);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(page, Does.Contain("Second Writer").And.Contain("First Writer").And.Contain("Changed by").And.Contain("was changed while this form was open"));
        Assert.That(await Page($"{Members}/1003"), Does.Contain("First Writer").And.Not.Contain("Second Writer"));
    }

    [Test]
    public async Task AccountThatSomebodyElseEnteredIsShownBeforeItIsReplaced()
    {
        const string Form = $"{Members}/1006/bank";
        static (string, string)[] Account(string number) => [("Scheme", "ach"), ("Routing", "021000021"), ("Account", number), ("AccountType", "checking")];
        var late = await clerk.Hidden(Form, "");
        using var first = await clerk.Send(Form, Account("7788990011"));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var second = await Sent(late);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await Text(second), Does.Contain("Changed by").And.Contain("••••0011").And.Not.Contain("7788990011"));
        // Whoever has seen it may go over it.
        using var third = await Sent(new HtmlParser().ParseDocument(await second.Content.ReadAsStringAsync()).QuerySelectorAll("main form.form input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")));
        Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await Text(third));
        Assert.That(await Page($"{Members}/1006"), Does.Contain("••••0022"));

        async Task<HttpResponseMessage> Sent(IEnumerable<KeyValuePair<string, string>> hidden)
        {
            using var content = new FormUrlEncodedContent([.. hidden, .. Account("7788990022").Select(field => KeyValuePair.Create(field.Item1, field.Item2))]);
            return await clerk.PostAsync(new Uri(Form, UriKind.Relative), content);
        }
    }

    [Test]
    public async Task DocumentComesBackAsAnAttachment()
    {
        var hidden = await clerk.Hidden($"{Members}/1004/documents/add", "");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in hidden) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent("%PDF-1.7 signed"u8.ToArray()), "File", "signed.pdf");
        using var kept = await clerk.PostAsync(new Uri($"{Members}/1004/documents/add", UriKind.Relative), form);
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var page = await Page($"{Members}/1004/documents");
        var at = page.IndexOf($"{Members}/1004/documents/", StringComparison.Ordinal);
        while (page[at..].StartsWith($"{Members}/1004/documents/add", StringComparison.Ordinal)) at = page.IndexOf($"{Members}/1004/documents/", at + 1, StringComparison.Ordinal);
        using var got = await clerk.GetAsync(new Uri(page[at..page.IndexOf('"', at)], UriKind.Relative));
        Assert.That(got.Content.Headers.ContentDisposition!.DispositionType, Is.EqualTo("attachment"));
        Assert.That(Encoding.ASCII.GetString(await got.Content.ReadAsByteArrayAsync()), Is.EqualTo("%PDF-1.7 signed"));
    }

    [Test]
    public async Task MailThatFailedIsShownToTheClerkWhoSendsItAgain()
    {
        Assert.That(await Page($"{Members}/1005/mail"), Does.Contain("No mail yet"));
        var (failed, others) = (Failed("1005", "The mailbox is full."), Failed("1006", "Nobody is known there."));
        var page = await Page($"{Members}/1005/mail");
        Assert.That(page, Does.Contain("Your answer").And.Contain("away.1005@example.org").And.Contain(">failed<").And.Contain("The mailbox is full.").And.Not.Contain("Nobody is known there."));
        using (var auditor = await site.Enter(Role.Auditor)) Assert.That(await auditor.GetStringAsync(new Uri($"{Members}/1005/mail", UriKind.Relative)), Does.Contain("The mailbox is full.").And.Not.Contain("Send again"));
        using (var missing = await clerk.SendTo($"{Members}/1005/mail", $"{Members}/1005/mail/{others}/again")) Assert.That(missing.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(StateOf(others), Is.EqualTo(MailState.Failed), "another member's mail");
        using var again = await clerk.SendTo($"{Members}/1005/mail", $"{Members}/1005/mail/{failed}/again");
        Assert.That(again.Headers.Location?.OriginalString, Is.EqualTo($"{Members}/1005/mail"));
        Assert.That(await Page($"{Members}/1005/mail"), Does.Contain("The mail is sent once more.").And.Not.Contain("Send again"));
        Assert.That(StateOf(failed), Is.Not.EqualTo(MailState.Failed));

        MailState StateOf(int id) => site.Books.Read(db => db.Mails.Single(mail => mail.Id == id).State);
    }

    /// <returns>A mail to the member that failed.</returns>
    private int Failed(string number, string problem) => site.Books.Write<int>(false, db =>
    {
        var member = db.Members.Single(member => member.Number == number && member.CoOpId == db.CoOps.Single(coOp => coOp.Code == "grocery").Id);
        var mail = new MailMessage
        {
            CoOpId = member.CoOpId, MemberId = member.Id, Key = $"failed {number}", ToAddress = $"away.{number}@example.org", ToName = member.Name, Subject = "Your answer", Text = "It is there.", Html = "<p>It is there.</p>", By = "sam@demo.example",
            QueuedAt = site.Books.Now, DueAt = site.Books.Now, State = MailState.Failed, Problem = problem,
        };
        db.Mails.Add(mail);
        db.SaveChanges();
        return mail.Id;
    }).Value;

    [Test]
    public async Task OverviewNamesWhatWaitsForWhoMayActOnIt()
    {
        var mail = $"{Members}/1008/mail";
        Failed("1008", "Nobody is known there.");
        Assert.That(new ReceiveApplication(site.Books).Run(new("grocery", new Particulars { GivenName = "Ines", FamilyName = "Costa" }, null, DateOnly.FromDateTime(site.Books.Now).AddDays(-1), null, "sam@demo.example")).IsRefused, Is.False);
        var draft = site.Books.Write<int>(false, db =>
        {
            var (coOp, id) = (db.CoOps.Single(coOp => coOp.Code == "grocery").Id, Guid.NewGuid().ToString("N"));
            db.UploadedFiles.Add(new UploadedFile { Id = id, CoOpId = coOp, FileName = "begun.csv", Bytes = 1, Sha256 = new string('a', 64), IsWorkbook = false, ReceivedAt = site.Books.Now, ReceivedBy = "sam@demo.example" });
            var begun = new ImportDraft { CoOpId = coOp, UploadId = id, Kind = ImportKind.Hours, State = DraftState.Uploaded, CreatedAt = site.Books.Now, CreatedBy = "sam@demo.example" };
            db.ImportDrafts.Add(begun);
            db.SaveChanges();
            return begun.Id;
        }).Value;
        const string Decide = "Decide on applications for membership";
        Assert.That(await Page("/office/grocery"), Does.Contain($"/office/grocery/imports/drafts/{draft}").And.Contain("begun.csv").And.Contain(mail).And.Not.Contain(Decide), "a clerk does not decide on applications");
        Assert.That(await As(Role.Administrator), Does.Contain(Decide).And.Contain("begun.csv").And.Contain(mail));
        Assert.That(await As(Role.Auditor), Does.Not.Contain("What else waits for you").And.Not.Contain("begun.csv").And.Not.Contain(mail), "an auditor acts on nothing");

        async Task<string> As(Role role)
        {
            using var person = await site.Enter(role);
            return WebUtility.HtmlDecode(await person.GetStringAsync(new Uri("/office/grocery", UriKind.Relative)));
        }
    }

    [Test]
    public async Task OverviewSaysWhatTheRegisterLacksAndLeadsToThoseItConcerns()
    {
        var (overview, missing) = (await Html("/office/grocery"), new WhatIsMissing(site.Books).Run("grocery").Value);
        foreach (var (name, filter, count) in ((string, string, long)[])[("Tax numbers", "missingTaxId", missing.TaxNumbers), ("Consents to qualified notices", "missingConsent", missing.Consents)])
        {
            var task = overview.QuerySelectorAll("ul.tasks li").Single(item => item.QuerySelector("strong")?.TextContent == name);
            var list = task.QuerySelector("a")!.GetAttribute("href")!;
            Assert.That(list, Is.EqualTo($"{Members}?status=Active&{filter}=true"));
            Assert.That(task.TextContent, Does.Contain($"of {count} active members"));
            Assert.That((await Html(list)).QuerySelector("main p[role=status]")!.TextContent.Trim(), Is.EqualTo($"{count} members"), "as many as the list has");
        }
        Assert.That(new CreateCoOp(site.Books).Run(new("newborn", "The Newborn", "US", "USD", 12, TaxRegime.SubchapterT, "proof")).IsRefused, Is.False);
        var first = await Html("/office/newborn");
        Assert.That(first.QuerySelectorAll("ul.tasks li strong").Select(strong => strong.TextContent), Does.Contain("The members"), "nobody is on the register");
        Assert.That(first.QuerySelector("a[href='/office/newborn/imports/new?kind=Members']"), Is.Not.Null);
        Assert.That(await Page("/office/laundry"), Does.Not.Contain("Nobody is on the register yet"));
    }

    [Test]
    public async Task TimelineNamesWhoPutAnEntryIntoTheLedgerAndLeadsThere()
    {
        using var accountant = await site.Enter(Role.Accountant);
        var address = new Uri($"{Members}/1001/timeline?what=ledger", UriKind.Relative);
        var rows = (await Html(await accountant.GetAsync(address))).QuerySelectorAll("table.ledger tbody tr").ToList();
        Assert.That(rows, Has.Count.GreaterThan(3));
        Assert.That(rows.Select(row => row.QuerySelector("[data-label=Who]")!.TextContent), Has.All.Contains("Ana Reyes").And.All.Contains("from command line"));
        foreach (var row in rows)
        {
            var entry = row.QuerySelector("[data-label=What] a")!;
            Assert.That(entry.GetAttribute("href"), Is.EqualTo($"/office/grocery/ledger/entries/{entry.TextContent.Split(' ')[1]}"));
        }
        Assert.That(rows[0].QuerySelector("[data-label=What]")!.TextContent, Does.Contain("Entry "));
        var seen = (await Html($"{Members}/1001/timeline")).QuerySelectorAll("table.ledger tbody a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.That(seen, Is.Not.Empty.And.All.StartsWith("/office/grocery/imports/"), "a clerk is led to the import and not to the ledger");
    }

    [Test]
    public async Task SearchFindsMembersAndPages()
    {
        Assert.That(await Page("/office/grocery/search?q=castellanos"), Does.Contain($"{Members}/1001"));
        Assert.That(await Page("/office/grocery/search?q=register"), Does.Contain("Register as of a date"));
        Assert.That(await Page("/office/grocery/search?q=users"), Does.Not.Contain("People and roles"), "a clerk does not see what a clerk may not open");
    }

    [Test]
    public async Task EverySettingsPageIsFoundByItsNameByThoseWhoMayOpenIt()
    {
        var pages = site.Endpoints().Where(one => one.Method == "GET" && one.Route.StartsWith("/office/{coop}/settings", StringComparison.Ordinal)).Select(one => one.Route.Replace("{coop}", "grocery", StringComparison.Ordinal)).Where(page => !page.Contains('{', StringComparison.Ordinal)).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var administrator = await site.Enter(Role.Administrator);
        foreach (var page in pages)
        {
            using var answer = await administrator.GetAsync(new Uri(page, UriKind.Relative));
            if (answer.Content.Headers.ContentType?.MediaType == "text/html") names[page] = (await Html(answer)).QuerySelector("h1")!.TextContent.Trim();
        }
        Assert.That(names, Has.Count.GreaterThan(15));
        var faults = new List<string>();
        foreach (var role in (Role[])[Role.Administrator, Role.Accountant, Role.Clerk, Role.Auditor])
        {
            using var person = await site.Enter(role);
            foreach (var (page, name) in names)
            {
                using var opened = await person.GetAsync(new Uri(page, UriKind.Relative));
                foreach (var typed in (string[])[name, name.Replace('’', '\'').ToUpperInvariant()])
                {
                    using var answer = await person.GetAsync(new Uri($"/office/grocery/search?q={Uri.EscapeDataString(typed)}", UriKind.Relative));
                    var found = (await Html(answer)).QuerySelectorAll("main a").Any(link => link.GetAttribute("href") == page);
                    if (found != (opened.StatusCode == HttpStatusCode.OK)) faults.Add($"{role}, “{typed}”: {(found ? "finds" : "does not find")} {page}, which answers {(int)opened.StatusCode}");
                }
            }
        }
        Assert.That(faults, Is.Empty);

    }

    [Test]
    public async Task PasswordAloneDoesNotSayWhereAMemberIsPaid()
    {
        const string Alone = "alone@grocery.example";
        site.SeatWithoutSecondFactor(Alone, "grocery");
        using var alone = await site.EnterAs(Alone);
        Assert.That(await alone.GetStringAsync(new Uri($"{Members}/1005", UriKind.Relative)), Does.Contain($"{Members}/1005/bank\"").And.Contain($"{Members}/1005/tax-id\""), "the way is shown, and leads to the second factor");
        var before = Paid();
        (string, string)[] bank = [("Scheme", "ach"), ("Routing", "021000021"), ("Account", "7788990011"), ("AccountType", "checking")], tax = [("Type", "SSN"), ("Number", "900-70-7788")];
        foreach (var (form, fields) in ((string, (string, string)[])[])[($"{Members}/1005/bank", bank), ($"{Members}/1005/tax-id", tax), ("/office/grocery/settings/bank-hold", [("Days", "1")]), ("/office/grocery/settings/sign-in", [("ByMail", "true")])])
        {
            using var shown = await alone.GetAsync(new Uri(form, UriKind.Relative));
            Assert.That(shown.Headers.Location?.OriginalString, Is.EqualTo($"/account/second-factor?returnUrl={Uri.EscapeDataString(form)}"), form);
            // Sent all the same, with the token of a form that is open.
            using var sent = await alone.SendTo($"{Members}/1005/note", form, fields);
            Assert.That(sent.Headers.Location?.OriginalString, Does.StartWith("/account/second-factor"), form);
        }
        Assert.That(Paid(), Is.EqualTo(before));
        Assert.That(site.Books.Read(db => db.AuditRecords.Count(record => record.By == Alone && record.Verb == "access.denied")), Is.EqualTo(8));

        (string?, string?, int, bool) Paid() => site.Books.Read(db =>
        {
            var member = db.Members.Single(member => member.Number == "1005" && db.CoOps.Any(coOp => coOp.Id == member.CoOpId && coOp.Code == "grocery"));
            var coOp = db.CoOps.Single(coOp => coOp.Code == "grocery");
            return (member.BankAccountLastFour, member.TaxIdLastFour, coOp.BankHoldDays, coOp.SignInByMail);
        });
    }

    [Test]
    public async Task ClerkMayNotSeeANumberInFull()
    {
        using var answer = await clerk.GetAsync(new Uri($"{Members}/1001/reveal/tax-id", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        using var accountant = await site.Enter(Role.Accountant);
        using var shown = await accountant.Send($"{Members}/1001/reveal/tax-id", ("Reason", "asked for by the member"));
        Assert.That(await Text(shown), Does.Contain("900001001"));
        Assert.That(shown.Headers.CacheControl!.NoStore, Is.True);
    }
}
