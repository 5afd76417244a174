using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Web.Tests.Pages.Proofs;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The tax forms of a year: the office releases them, and each member then opens their own.</summary>
public sealed class TaxFormPagesTests
{
    private const string Office = "/office/laundry/statements/tax-forms", Mine = "/my/laundry/statements";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    private static async Task<IHtmlDocument> Open(HttpClient visitor, string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> Status(HttpClient visitor, string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative));
        return answer.StatusCode;
    }

    [Test]
    public async Task FormsAreReleasedByTheAccountantAndOpenedByTheirOwnerAlone()
    {
        using var ana = await site.Enter(Role.Accountant);
        using var jose = await site.EnterAs("jose@demo.example");
        using var hanh = await site.EnterAs("hanh@demo.example");
        using var ruth = await site.EnterAs("ruth@demo.example");
        using var auditor = await site.Enter(Role.Auditor);
        Assert.That((await Open(ana, "/office/laundry/statements")).QuerySelector($"a[href='{Office}']"), Is.Not.Null);
        var page = await Open(ana, $"{Office}/2025");
        var sums = page.QuerySelectorAll("tbody strong .money").Select(sum => sum.TextContent).ToList();
        Assert.That((sums.Count, sums.Distinct().Count()), Is.EqualTo((2, 1)), "the forms come to what the ledger has");
        var row = page.QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("José Núñez Ibarra", StringComparison.Ordinal));
        var paid = row.QuerySelector("td.figure")!.TextContent.Trim();
        Assert.That(row.TextContent, Does.Contain("XXX-XX-0007").And.Not.Contain("900000007").And.Not.Contain("released"));
        Assert.That((await Open(jose, Mine)).QuerySelectorAll("a[href*='tax-forms']").Length, Is.Zero);
        Assert.That(await Status(jose, $"{Mine}/tax-forms/2025.pdf"), Is.EqualTo(HttpStatusCode.NotFound), "not before it is released");

        Assert.That(new RecordDeliveryChoice(site.Books).Run(new("laundry", "0007", DeliveryWay.Electronic, new DateOnly(2026, 1, 2), "test")).Refusal, Is.Null);
        Assert.That((await Open(auditor, $"{Office}/2025")).QuerySelector("form[action$='/release']"), Is.Null);
        using (var wrong = await ana.SendTo($"{Office}/2025", $"{Office}/2025/release", ("PayerTaxId", "12"))) Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using (var sent = await ana.SendTo($"{Office}/2025", $"{Office}/2025/release", ("PayerTaxId", "12-3456789"))) Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await Open(ana, $"{Office}/2025")).QuerySelector("form[action$='/release']"), Is.Null, "nothing waits any more");
        var told = site.Books.Read(db => db.Mails.Single(mail => mail.Key.StartsWith("tax-form ") && db.Members.Any(member => member.Id == mail.MemberId && member.Number == "0007")));
        Assert.That(told.Text, Does.Contain($"{site.Address.GetLeftPart(UriPartial.Authority)}{Mine}\n").And.Contain("formulario 1099-PATR").And.Not.Contain(paid));

        var link = (await Open(jose, Mine)).QuerySelectorAll("a[href*='tax-forms']").Single();
        Assert.That(link.Closest("tr")!.TextContent, Does.Contain("2025").And.Contain(paid));
        using var answer = await jose.GetAsync(new Uri(link.GetAttribute("href")!, UriKind.Relative));
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore), Is.EqualTo((HttpStatusCode.OK, "application/pdf", true)));
        Assert.That(answer.Content.Headers.ContentDisposition!.FileName, Does.Contain("laundry-1099-patr-2025-0007.pdf"));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        var text = string.Join(' ', pdf.GetPages().SelectMany(one => one.GetWords()).Select(word => word.Text));
        Assert.That(text, Does.Contain(paid).And.Contain("XXX-XX-0007").And.Contain("12-3456789").And.Contain("Núñez").And.Contain("casilla").And.Not.Contain("900000007").And.Not.Contain("90000"));

        Assert.That((await Status(hanh, $"{Mine}/tax-forms/2025.pdf?record=0010"), await Status(hanh, $"{Mine}/tax-forms/2025.pdf?record=0007"), await Status(ruth, $"{Mine}/tax-forms/2025.pdf"), await Status(jose, $"{Mine}/tax-forms/2031.pdf")),
            Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task MemberOfASocietyFindsACertificateOfShareInterestForEachTaxYearThatIsOver()
    {
        await using var society = await DemoSite.Start();
        MakeASociety(society);
        using var ruth = await society.EnterAs("ruth@demo.example");
        using var jose = await society.EnterAs("jose@demo.example");
        var link = (await Open(jose, Mine)).QuerySelectorAll("a[href*='/interest/']").First();
        var (year, amount) = (link.Closest("tr")!.QuerySelector("th")!.TextContent.Trim(), link.Closest("tr")!.QuerySelector(".money")!.TextContent.Trim().TrimStart('U', 'S', '$'));
        Assert.That(year, Is.EqualTo("2025/26"));
        using var answer = await jose.GetAsync(new Uri(link.GetAttribute("href")!, UriKind.Relative));
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore), Is.EqualTo((HttpStatusCode.OK, "application/pdf", true)));
        using var pdf = UglyToad.PdfPig.PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
        Assert.That(string.Join(' ', pdf.GetPages().SelectMany(one => one.GetWords()).Select(word => word.Text)), Does.Contain(year).And.Contain(amount).And.Contain("No se descontó ningún impuesto").And.Contain("0007"));
        var begins = link.GetAttribute("href")!.Split('/')[^1].Split('.')[0];
        Assert.That((await Status(jose, $"{Mine}/interest/{begins}.pdf?record=0010"), await Status(jose, $"{Mine}/interest/2031.pdf"), await Status(ruth, $"{Mine}/interest/{begins}.pdf"), await Status(ruth, $"/my/grocery/statements/interest/{begins}.pdf")),
            Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound)), "another's, a year to come, another co-op's, and of a co-op that pays none");
        Assert.That((await Open(ruth, "/my/grocery/statements")).QuerySelectorAll("a[href*='/interest/']"), Is.Empty);
    }

    /// <summary>The laundry as a society whose dividends were interest on shares: the samples have none, and a run that is kept cannot be changed but behind the program's back.</summary>
    private static void MakeASociety(DemoSite society)
    {
        using (var connection = new SqliteConnection($"Data Source={society.Database}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT group_concat('DROP TRIGGER \"' || name || '\"', ';') FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'RunPools'";
            command.CommandText = (string)command.ExecuteScalar()!;
            command.ExecuteNonQuery();
        }
        society.Books.Write<int>(false, db =>
        {
            var run = db.DividendRuns.Single(run => run.FiscalYear == 2025 && db.CoOps.Any(coOp => coOp.Id == run.CoOpId && coOp.Code == "laundry")).Id;
            db.DividendPayments.Add(new DividendPayment { RunId = run, By = "test", At = society.Books.Now, On = new DateOnly(2025, 11, 3), Reference = "BACS 7", Members = 1, PaidCents = 1_00, FirstSequence = 1, LastSequence = 1 });
            return db.RunPools.ExecuteUpdate(set => set.SetProperty(pool => pool.Unit, "share-interest")) + db.CoOps.Where(coOp => coOp.Code == "laundry").ExecuteUpdate(set => set.SetProperty(coOp => coOp.Regime, TaxRegime.UkRegisteredSociety));
        });
    }

    [Test]
    public async Task OnlyThoseWhoIssueStatementsReleaseAndOnlyWithASecondFactor()
    {
        const string OneFactor = "one-factor@laundry.example";
        site.SeatWithoutSecondFactor(OneFactor, "laundry");
        using var oneFactor = await site.EnterAs(OneFactor);
        using (var sent = await oneFactor.SendTo($"{Office}/2024", $"{Office}/2024/release", ("PayerTaxId", "12-3456789"))) Assert.That(sent.Headers.Location?.OriginalString, Does.StartWith("/account/second-factor"));
        using var clerk = await site.Enter(Role.Clerk);
        Assert.That(await Status(clerk, $"{Office}/2024"), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(site.Books.Read(db => db.TaxFormReleases.Count(release => release.CalendarYear == 2024)), Is.Zero);
    }

    [Test]
    public async Task ListIsHandedOutAndAnOrganisationCanBeExempt()
    {
        const string Grocery = "/office/grocery/statements/tax-forms";
        using var ana = await site.Enter(Role.Accountant);
        var csv = await ana.GetStringAsync(new Uri($"{Grocery}/2025/forms.csv", UriKind.Relative));
        Assert.That(csv, Does.StartWith("Member,Name,Kind,Tax number,Box 1,Box 4,Box 5,Standing").And.Contain("Below the least amount"));
        Assert.That((await Status(ana, $"{Grocery}/2025/forms.xlsx"), await Status(ana, $"{Grocery}/2031"), await Status(ana, Grocery)), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK)));

        Assert.That(await Exempt("1010", "true"), Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That(await ana.GetStringAsync(new Uri($"{Grocery}/2025", UriKind.Relative)), Does.Contain("Member 1010 is given no form."));
        Assert.That((await Exempt("1010", "true"), await Exempt("1001", "true"), await Exempt("99999", "true"), await Exempt("1010", "false")),
            Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect)));

        async Task<HttpStatusCode> Exempt(string member, string exempt)
        {
            using var sent = await ana.Post($"{Grocery}/2025/exempt", [KeyValuePair.Create("Member", member), KeyValuePair.Create("IsExempt", exempt)]);
            return sent.StatusCode;
        }
    }
}
