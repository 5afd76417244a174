using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>Text that would like to be a script, in names and addresses: it is printed as text on every paper, and written as text into every mail.</summary>
public sealed class PlantedPapersTests
{
    private const string Home = "/my/grocery", Ruth = "ruth@demo.example", Broken = "Eve\r\nBcc: eve@evil.example\r\n\r\n<planted-x>";
    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase) { "From", "To", "Subject", "Date", "Message-Id", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Transfer-Encoding" };
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal) { "html", "head", "meta", "title", "body", "p", "a", "br" };

    private DemoSite site = null!;
    private HttpClient administrator = null!, accountant = null!, ruth = null!;
    private List<string> printed = [];

    [OneTimeSetUp]
    public async Task Plant()
    {
        site = await DemoSite.Start();
        (administrator, accountant, ruth) = (await site.Enter(Role.Administrator), await site.Enter(Role.Accountant), await site.EnterAs(Ruth));
        var numbers = site.Books.Read(db => db.Members.Where(one => db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery") && db.Allocations.Any(row => row.MemberId == one.Id && db.DividendRuns.Any(run => run.Id == row.RunId && run.FiscalYear == 2025))).OrderBy(one => one.Number).Select(one => one.Number).Take(100).ToList());
        Assert.That(numbers, Has.Count.EqualTo(100).And.Member("1001"));
        var payload = 0;
        foreach (var number in numbers)
        {
            var mine = new MyDetails(site.Books).Run("grocery", number).Value;
            var planted = mine.Particulars with { Name = Planting.Payloads[payload++], AddressLine1 = Planting.Payloads[payload++] };
            Assert.That(new EditMember(site.Books).Run(new("grocery", number, mine.Version, planted, "test")).IsRefused, Is.False);
            printed.AddRange([planted.Name!.Trim(), planted.AddressLine1!.Trim()]);
        }
        // A name that would like to be more than one line: one that a form sent, and one however it came into the books.
        var other = new MyDetails(site.Books).Run("grocery", "1002").Value;
        var broken = new EditMember(site.Books).Run(new("grocery", "1002", other.Version, other.Particulars with { Name = Broken }, "test")).Value.Edits.Single(edit => edit.Field == "name");
        Assert.That(broken.After, Does.StartWith("Eve").And.Contain(Planting.Mark).And.Not.Contain("\n").And.Not.Contain("\r"));
        site.Books.Write<bool>(dryRun: false, db =>
        {
            db.SignIns.Single(user => user.UserName == Ruth).DisplayName = Broken;
            db.CoOps.Where(one => one.Code == "grocery").ExecuteUpdate(set => set.SetProperty(one => one.Name, $"Shop <{Planting.Mark}>"));
            return true;
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        foreach (var visitor in (HttpClient[])[administrator, accountant, ruth]) visitor.Dispose();
        await site.DisposeAsync();
    }

    private async Task Done()
    {
        for (var waited = 0; waited < 1200 && site.Books.Read(db => db.Jobs.Any(job => job.State == JobState.Queued || job.State == JobState.Running)); waited++) await Task.Delay(50);
    }

    [Test]
    public async Task EveryPaperShowsItAsTextAndDoesNothingByItself()
    {
        (await accountant.SendTo("/office/grocery/statements/2025-1", "/office/grocery/statements/2025-1/issue", ("Paper", "Letter"))).Dispose();
        await Done();
        using var started = await accountant.SendTo("/office/grocery/statements/2025-1", "/office/grocery/statements/2025-1/print-file", ("Paper", "Letter"));
        await Done();
        var papers = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["all statements"] = await Get(accountant, $"/office/grocery/statements/2025-1/files/{started.Headers.Location!.OriginalString.Split('/')[^1]}"),
        };
        foreach (var address in (string[])[$"{Home}/statements/2025-1.pdf", $"{Home}/dividends/2025.pdf", $"{Home}/me/data/record.pdf"]) papers[address] = await Get(ruth, address);
        foreach (var address in (string[])["/office/grocery/members/1001/letters/welcome", "/office/grocery/settings/sample-statement"]) papers[address] = await Get(administrator, address);
        using (var letter = await administrator.SendTo("/office/grocery/members/1004/sign-in", "/office/grocery/members/1004/sign-in/letter")) papers["invitation"] = await letter.Content.ReadAsByteArrayAsync();
        Assert.Multiple(() =>
        {
            foreach (var (what, pdf) in papers) Assert.That(Paper.Faults(pdf), Is.Empty, what);
            var all = Paper.Words(papers["all statements"]);
            Assert.That(printed.Where(text => !all.Contains(Paper.Bare(text), StringComparison.Ordinal)), Is.Empty, "texts that were planted and are not on paper as they are");
            foreach (var address in papers.Keys.Where(address => address.StartsWith(Home, StringComparison.Ordinal)).Append("/office/grocery/members/1001/letters/welcome"))
                Assert.That(Paper.Words(papers[address]), Does.Contain(Paper.Bare(printed[0])), address);
        });
        TestContext.Out.WriteLine($"proof: {papers.Count} papers, {printed.Count} texts");
    }

    private static async Task<byte[]> Get(HttpClient visitor, string address)
    {
        using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/pdf"), $"{address}: {(int)answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    [Test]
    public async Task EveryMailSaysItAsTextToNobodyElse()
    {
        foreach (var (page, action, fields) in ((string, string, (string, string)[])[])
        [
            ("/office/grocery/settings/people/invite", "/office/grocery/settings/people/invite", [("DisplayName", Broken), ("Mail", "pat@proof.example"), ("Role", "Clerk"), ("ByMail", "true")]),
            ("/office/grocery/settings/mail", "/office/grocery/settings/mail", [("ToAddress", "ann@proof.example")]),
            ("/office/grocery/members/1004/sign-in", "/office/grocery/members/1004/sign-in/mail", []),
        ])
            Assert.That((int)(await administrator.SendTo(page, action, fields)).StatusCode, Is.EqualTo(302), action);
        // Whose name breaks the line is written to as well.
        Assert.That((int)(await administrator.SendTo("/office/grocery/members/1002/sign-in", "/office/grocery/members/1002/sign-in/mail")).StatusCode, Is.EqualTo(302));
        Assert.That((int)(await ruth.SendTo($"{Home}/me/details", $"{Home}/me/details/mail", ("Address", "ruth.new@proof.example"))).StatusCode, Is.EqualTo(302));
        Assert.That((int)(await ruth.SendTo($"{Home}/me/delivery", $"{Home}/me/delivery/agree", ("Agree", "true"))).StatusCode, Is.EqualTo(302));
        Assert.That((int)(await ruth.SendTo($"{Home}/me/bank/change", $"{Home}/me/bank/change", ("Scheme", "ach"), ("Routing", "021000021"), ("Account", "1122334455"), ("AccountType", "checking"))).StatusCode, Is.EqualTo(302));
        using (var report = await ruth.Send($"{Home}/activity/reports/new?kind=Purchases", ("Kind", "Purchases"), ("On", "2026-01-05"), ("Amount", "12.34"), ("Words", Broken)))
        {
            var request = $"/office/grocery/members/requests/{report.Headers.Location!.OriginalString.Split('/')[^1]}";
            Assert.That((int)(await administrator.SendTo(request, request + "/answer", ("Outcome", "declined"), ("Words", Broken))).StatusCode, Is.EqualTo(302));
        }
        using (var stranger = site.Site.Visitor()) Assert.That((int)(await stranger.Send("/sign-in/forgotten", ("Mail", Ruth))).StatusCode, Is.EqualTo(302));
        if (site.Books.Read(db => !db.StatementIssues.Any())) (await accountant.SendTo("/office/grocery/statements/2025-1", "/office/grocery/statements/2025-1/issue", ("Paper", "Letter"))).Dispose();
        await Done();
        (await accountant.SendTo("/office/grocery/statements/2025-1", "/office/grocery/statements/2025-1/notices")).Dispose();
        await Done();

        var folder = RunningSite.MailFolder(site.Database);
        for (var waited = 0; waited < 200 && (Directory.GetFiles(folder, "*.eml").Length < 9 || site.Books.Read(db => db.Mails.Any(mail => mail.SentAt == null))); waited++) await Task.Delay(50);
        var faults = new List<string>();
        var (mails, said) = (Directory.GetFiles(folder, "*.eml"), 0);
        foreach (var file in mails)
        {
            var raw = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)).ReplaceLineEndings("\n");
            var mail = await MimeMessage.LoadAsync(file);
            var head = raw[..raw.IndexOf("\n\n", StringComparison.Ordinal)];
            faults.AddRange(head.Split('\n').Where(line => line.Length > 0 && line[0] is not (' ' or '\t') && !Headers.Contains(line.Split(':')[0])).Select(line => $"{mail.Subject}: the header {line}"));
            if (mail.Headers.Count(header => header.Id is HeaderId.To or HeaderId.From or HeaderId.Subject) != 3 || mail.To.Mailboxes.Count() != 1 || mail.Cc.Count + mail.Bcc.Count > 0) faults.Add($"{mail.Subject}: to {mail.To} {mail.Cc} {mail.Bcc}");
            foreach (var text in (string?[])[mail.Subject, mail.To.Mailboxes.First().Name, mail.From.Mailboxes.First().Name]) if (text?.Any(char.IsControl) == true) faults.Add($"{mail.Subject}: {text} is more than a line");
            if (mail.TextBody?.Contains(Planting.Mark, StringComparison.Ordinal) == true) said++;
            faults.AddRange(Unescaped(mail.HtmlBody!).Select(what => $"{mail.Subject}: {what}"));
            if (string.IsNullOrWhiteSpace(mail.TextBody)) faults.Add($"{mail.Subject}: no plain text");
        }
        TestContext.Out.WriteLine($"proof: {mails.Length} mails, {said} with planted text: {string.Join(", ", mails.Select(file => MimeMessage.Load(file).Subject).Distinct())}");
        foreach (var fault in faults) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.That(faults, Is.Empty);
        Assert.That(mails, Has.Length.GreaterThanOrEqualTo(9));
        Assert.That(said, Is.GreaterThanOrEqualTo(6));
    }

    [Test]
    public void NoLetterOfAMailLetsATextOutOfItsPlace()
    {
        foreach (var payload in Planting.Payloads)
        {
            var letter = MailLetter.Of(payload, [payload, payload], (payload, new Uri("https://co-op.example/my?x=" + Uri.EscapeDataString(payload))), payload);
            Assert.That(Unescaped(letter.Html), Is.Empty, payload);
        }
        Assert.That(MailLetter.Of(Broken, [Broken], null, Broken).Subject.Any(char.IsControl), Is.False);
        Assert.That(Unescaped("<p onclick=x><planted-x>"), Is.Not.Empty, "what is let out is seen");
    }

    /// <summary>Whatever in the HTML of a mail was not written there by the house.</summary>
    private static IEnumerable<string> Unescaped(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        foreach (var element in page.All.Where(element => !Elements.Contains(element.LocalName))) yield return $"the element {element.LocalName}";
        foreach (var attribute in page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name is not ("lang" or "charset" or "name" or "content" or "style" or "href"))) yield return $"the attribute {attribute.Name}";
        foreach (var link in page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")!).Where(link => !Regex.IsMatch(link, "^https?://", RegexOptions.None, TimeSpan.FromSeconds(1)))) yield return $"the link {link}";
    }
}
