using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The pages on which a co-op words its letters and mails, and erases what it has kept for its term.</summary>
public sealed class SettingsPagesTests
{
    private const string Texts = "/office/grocery/settings/texts";
    private DemoSite site = null!;
    private HttpClient administrator = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        site = await DemoSite.Start();
        administrator = await site.Enter(Role.Administrator);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        administrator.Dispose();
        await site.DisposeAsync();
    }

    private async Task<string> Get(string page)
    {
        using var answer = await administrator.GetAsync(new Uri(page, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>As from a form that was opened when the version stood there.</summary>
    private async Task<(int Status, string Html)> Send(string text, string subject, string words, int seen, string then = "")
    {
        var hidden = (await administrator.Hidden($"{Texts}/{text}", $"{Texts}/{text}")).Where(field => field.Key != "Seen");
        using var content = new FormUrlEncodedContent([.. hidden, KeyValuePair.Create("Seen", $"{seen}"), KeyValuePair.Create("Subject", subject), KeyValuePair.Create("Words", words), KeyValuePair.Create("Then", then)]);
        using var answer = await administrator.PostAsync(new Uri($"{Texts}/{text}", UriKind.Relative), content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task DepartmentsSayWhetherTheyCount()
    {
        using var joy = await site.Enter(Role.Administrator);
        foreach (var (coOp, code, said) in ((string, string, string)[])[("grocery", "gift-cards", "no"), ("grocery", "deli", "yes: Shopping")])
        {
            var page = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await joy.GetStringAsync(new Uri($"/office/{coOp}/settings/departments", UriKind.Relative)));
            Assert.That(page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("a")!.TextContent == code).QuerySelector("td[data-label='Counts in 2025']")!.TextContent, Is.EqualTo(said), code);
            Assert.That(page.QuerySelector("main p a")!.GetAttribute("href"), Is.EqualTo($"/office/{coOp}/dividends/2025/policy"));
            Assert.That((await joy.GetStringAsync(new Uri($"/office/{coOp}/settings/departments.csv", UriKind.Relative))).Split("\r\n"), Has.Some.StartWith($"{code},,Purchases,{said},"));
        }
    }

    [Test]
    public async Task TextIsLookedAtKeptAndTakenBack()
    {
        Assert.That(await Get($"{Texts}/letter.welcome/es"), Does.Contain("Le damos la bienvenida").And.Contain("Hola, Ana Gómez:").And.Contain("{number}"), "the built-in words, and as a made-up member reads them");
        var looked = await Send("letter.welcome/es", "Buenas", "Hola <b>{name}</b>: {number}", 0, "look");
        Assert.That((looked.Status, looked.Html.Contains("Hola &lt;b&gt;Ana", StringComparison.Ordinal), looked.Html.Contains("<b>Ana", StringComparison.Ordinal)), Is.EqualTo((200, true, false)));
        Assert.That(await Get($"{Texts}/letter.welcome/es"), Does.Not.Contain("How it was worded"), "looking keeps nothing");

        var refused = await Send("letter.welcome/es", "Buenas", "Hola {nombre}: {number}", 0);
        Assert.That(refused.Status, Is.EqualTo(422));
        Assert.That(refused.Html, Does.Contain("is no placeholder of this text").And.Contain("Hola {nombre}: {number}</textarea>"), "what was typed stays");
        Assert.That((await Send("letter.welcome/es", "Buenas", "Hola {name}", 0, "look")).Html, Does.Contain("The text needs {number} in it"));

        Assert.That((await Send("letter.welcome/es", "Buenas", "Hola {name}: {number}", 0)).Status, Is.EqualTo(302));
        Assert.That(await Get(Texts), Does.Contain("The co-op’s words"));
        var late = await Send("letter.welcome/es", "Saludos", "{name}: {number}", 0);
        Assert.That(late.Status, Is.EqualTo(422));
        Assert.That(late.Html, Does.Contain($"{DemoSite.MailOf(Role.Administrator)} changed this text on").And.Contain("Hola {name}: {number}").And.Contain("{name}: {number}</textarea>").And.Contain("name=\"Seen\" value=\"1\""), "both versions, and who");
        Assert.That((await Send("letter.welcome/es", "Saludos", "{name}: {number}", 1)).Status, Is.EqualTo(302));
        using (var back = await administrator.SendTo($"{Texts}/letter.welcome/es", $"{Texts}/letter.welcome/es/built-in")) Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await Get($"{Texts}/letter.welcome/es"), Does.Contain("The built-in text again").And.Contain("Saludos").And.Contain("Buenas").And.Not.Contain("Go back to this"));
    }

    /// <summary>A sentence of the details is written for members who read another language, and those read it.</summary>
    [Test]
    public async Task SentenceOfTheDetailsIsWrittenForThoseWhoReadAnotherLanguage()
    {
        const string Text = "sentence.redemption/es";
        Assert.That(await Get(Texts), Does.Contain($"{Texts}/{Text}").And.Not.Contain($"{Texts}/sentence.redemption/en").And.Contain("In the details"));
        Assert.That(await Get($"{Texts}/{Text}"), Does.Contain("La parte guardada se paga en efectivo").And.Contain("Back to the co-op’s details").And.Not.Contain("name=\"Subject\"").And.Not.Contain("Placeholders"));
        Assert.That((await administrator.GetAsync(new Uri($"{Texts}/sentence.redemption/en", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var refused = await Send(Text, "", "Se paga {pronto}.", 1);
        Assert.That((refused.Status, refused.Html.Contains("Se paga {pronto}.</textarea>", StringComparison.Ordinal)), Is.EqualTo((422, true)));
        Assert.That((await Send(Text, "", "Se paga pronto.", 1)).Status, Is.EqualTo(302));
        using var ruth = await site.EnterAs("ruth@demo.example");
        var home = await ruth.GetStringAsync(new Uri("/my/grocery", UriKind.Relative));
        Assert.That(home, Does.Contain("The retained part is paid out").And.Not.Contain("Se paga pronto."));
        site.Books.Write<int>(dryRun: false, db => { db.Members.Single(member => member.Number == "1001" && db.CoOps.Any(coOp => coOp.Id == member.CoOpId && coOp.Code == "grocery")).Language = "es"; return 1; });
        Assert.That(await ruth.GetStringAsync(new Uri("/my/grocery", UriKind.Relative)), Does.Contain("<p>Se paga pronto.</p>"));
        using (var back = await administrator.SendTo($"{Texts}/{Text}", $"{Texts}/{Text}/built-in")) Assert.That(back.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await ruth.GetStringAsync(new Uri("/my/grocery", UriKind.Relative)), Does.Contain("<p lang=\"en\">The retained part is paid out"), "in the co-op’s language, and marked so");
    }

    [Test]
    public async Task WhatSomebodyElseSavedMeanwhileIsShownAndNotOverwritten()
    {
        var department = site.Books.Read(db => db.PatronageCategories.First(one => db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery")).Id);
        foreach (var (page, theirs, mine) in ((string, (string, string)[], (string, string)[])[])
        [
            ($"/office/grocery/settings/departments/{department}", [("Name", "Fruit"), ("Note", "as the board said")], [("Name", "Vegetables"), ("Note", "")]),
            ("/office/grocery/settings/retention", [("Years", "9")], [("Years", "7")]), ("/office/grocery/settings/bank-hold", [("Days", "9")], [("Days", "11")]),
        ])
        {
            var (first, second) = (await administrator.Hidden(page, page), await administrator.Hidden(page, page));
            Assert.That((await Post(page, first, theirs)).Status, Is.EqualTo(302), page);
            var late = await Post(page, second, mine);
            Assert.That(late.Status, Is.EqualTo(422), page);
            Assert.That(late.Html, Does.Contain($"{DemoSite.MailOf(Role.Administrator)} changed this").And.Contain($"value=\"{mine[0].Item2}\"").And.Contain(theirs[0].Item2), "both, and who");
            Assert.That((await Post(page, await administrator.Hidden(page, page), mine)).Status, Is.EqualTo(302), page);
        }

        async Task<(int Status, string Html)> Post(string page, IEnumerable<KeyValuePair<string, string>> hidden, (string Name, string Value)[] typed)
        {
            using var content = new FormUrlEncodedContent([.. hidden, .. typed.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
            using var answer = await administrator.PostAsync(new Uri(page, UriKind.Relative), content);
            return ((int)answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
    }

    [Test]
    public async Task LogoThatSomebodyElseSetMeanwhileIsShownBesideTheOneThatWasChosen()
    {
        const string page = "/office/grocery/settings/logo";
        var (theirs, mine) = (Svg("#0F5257"), Svg("#5C2D91"));
        var (first, second) = (await administrator.Hidden(page, page), await administrator.Hidden(page, page));
        Assert.That((await Set(first, theirs)).Status, Is.EqualTo(HttpStatusCode.Redirect));
        var (status, both) = await Set(second, mine);
        Assert.That(status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(both.QuerySelector(".error-summary")!.TextContent, Does.Contain($"{DemoSite.MailOf(Role.Administrator)} set another logo on"));
        Assert.That(both.QuerySelectorAll("main img").Select(img => img.GetAttribute("src")), Is.EqualTo(new[] { AddressOf(theirs), AddressOf(mine) }), "both, theirs first");
        Assert.That(both.QuerySelector($"main form[method=post] a[href='{page}']")!.TextContent, Is.EqualTo("Leave the one that is there"));
        var kept = both.QuerySelectorAll("main form[method=post] input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!));
        Assert.That((await Set(kept, null)).Status, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await Get(page), Does.Contain(AddressOf(mine)));

        static byte[] Svg(string colour) => Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"2\" fill=\"{colour}\"/></svg>");
        static string AddressOf(byte[] logo) => $"data:image/svg+xml;base64,{Convert.ToBase64String(logo)}";

        async Task<(HttpStatusCode Status, IDocument Page)> Set(IEnumerable<KeyValuePair<string, string>> hidden, byte[]? file)
        {
            using var content = new MultipartFormDataContent();
            foreach (var (name, value) in hidden.Where(field => field.Key != "Remove")) content.Add(new StringContent(value), name);
            if (file is not null) content.Add(new ByteArrayContent(file), "File", "logo.svg");
            using var answer = await administrator.PostAsync(new Uri(page, UriKind.Relative), content);
            return (answer.StatusCode, await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync()));
        }
    }

    [Test]
    public async Task LeaveToSignInByMailThatSomebodyElseGaveMeanwhileIsNotTakenBackUnseen()
    {
        const string page = "/office/grocery/settings/sign-in";
        var late = await administrator.Hidden(page, page);
        using (var given = await administrator.Send(page, ("ByMail", "true"))) Assert.That(given.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        using var typed = new FormUrlEncodedContent(late);
        using var refused = await administrator.PostAsync(new Uri(page, UriKind.Relative), typed);
        var both = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(both.QuerySelector(".error-summary")!.TextContent, Does.Contain($"{DemoSite.MailOf(Role.Administrator)} changed this to “a link by mail” on"));
        Assert.That((both.QuerySelector("input[name=ByMail]")!.HasAttribute("checked"), both.QuerySelector("input[name=Seen]")!.GetAttribute("value")), Is.EqualTo((false, "true")), "as it was sent, and may be sent again");
        using (var again = await administrator.Send(page)) Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    [Test]
    public async Task AnswerToAMemberIsMailedInTheCoOpsWords()
    {
        Assert.That((await Send("mail.answer/en", "News from {co-op}", "Dear <member>,\nsign in & read.", 0)).Status, Is.EqualTo(302));
        var (id, member) = site.Books.Read(db =>
        {
            var coOp = db.CoOps.Single(one => one.Code == "grocery").Id;
            var first = db.Members.Where(one => one.CoOpId == coOp && one.Email != null && one.Language == "en").OrderBy(one => one.Id).First();
            return (first.Id, first.Number);
        });
        var request = new AskToLeave(site.Books).Run(new("grocery", member, DateOnly.FromDateTime(site.Books.Now).AddDays(30), null, $"member {member}")).Value;
        using (var answered = await administrator.SendTo($"/office/grocery/members/requests/{request.Number}", $"/office/grocery/members/requests/{request.Number}/answer", ("Outcome", "declined"), ("Words", "Not now.")))
            Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        var sent = site.Books.Read(db => db.Mails.Single(one => one.MemberId == id));
        Assert.That(sent.Subject, Does.StartWith("News from "));
        Assert.That(sent.Text, Does.StartWith("Dear <member>,\n\nsign in & read.\n\n"));
        Assert.That(sent.Html, Does.Contain("<p>Dear &lt;member&gt;,</p><p>sign in &amp; read.</p>"));
    }

    [Test]
    public async Task RecordsThatAreOverTheirTermAreErasedByWhoeverHasSeenThem()
    {
        const string Page = "/office/grocery/settings/retention/over-term";
        var before = new ListOverTerm(site.Books).Run("grocery").Value.Count;
        var member = new EnrolMember(site.Books).Run(new("grocery", null, new Particulars { Name = "Quill <b>" }, [], new DateOnly(2010, 1, 1), "test")).Value.Number;
        Assert.That(new ChangeStatus(site.Books).Run(new("grocery", member, MemberStatus.Left, new DateOnly(2012, 1, 1), "test")).IsRefused, Is.False);
        Assert.That(await Get("/office/grocery"), Does.Contain("Erase records that are over their term"));
        Assert.That(await Get(Page), Does.Contain($"{member} Quill <b>").And.Contain($"Type {before + 1} to go on."));
        foreach (var typed in (string[])["", "many", $"{before + 2}"])
        {
            using var wrong = await administrator.SendTo(Page, Page, ("Typed", typed));
            Assert.That((int)wrong.StatusCode, Is.EqualTo(422), typed);
        }
        using (var erased = await administrator.SendTo(Page, Page, ("Typed", $"{before + 1}"))) Assert.That(erased.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(site.Books.Read(db => db.Members.Single(one => one.Number == member).Name), Is.EqualTo($"Former member {member}"));
        Assert.That(await Get(Page), Does.Contain("Nobody’s records are over the term"));
        Assert.That(await Get("/office/grocery"), Does.Not.Contain("over their term"));
    }
}
