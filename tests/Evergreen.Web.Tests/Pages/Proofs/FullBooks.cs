using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Periods;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Jobs;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Domain.Webhooks;
using Evergreen.Web.Access.Unsubscribe;
using Evergreen.Web.Tests.Api.Connect;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The prepared books with whatever a form needs besides, so that each can do its work: requests, a failed mail, a job under way, codes that were mailed. Made once, for the tests that send every form.</summary>
internal static class FullBooks
{
    private const string CoOp = "grocery", Ruth = "ruth@demo.example", Run = "/office/laundry/dividends/runs/2025-2";

    /// <summary>An accountant who is not seated yet.</summary>
    public const string By = "pat@demo.example";

    /// <summary>Of whoever asked to be erased, of one with an invitation that waits, and of two who are one person.</summary>
    public const string Gone = "8801", Invited = "1003", One = "8803", Other = "8804";

    /// <summary>Who works on the job that is under way, and never ends.</summary>
    public const string Elsewhere = "elsewhere";

    private static readonly Lazy<Task<(string, IReadOnlyList<string>)>> Made = new(Make);

    /// <returns>Never opened by a test; and the addresses that only a mail leads to, or that lie beyond the few members, years and files that a walk sees.</returns>
    public static Task<(string Path, IReadOnlyList<string> Starts)> Ready() => Made.Value;

    private static async Task<(string, IReadOnlyList<string>)> Make()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(PreparedBooks.Path)!, "full")).FullName;
        var site = await DemoSite.Start(PreparedBooks.Path);
        await using (site)
        {
            var starts = await Fill(site);
            await site.Close();
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(site.Database)!, "evergreen.db*")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            foreach (var shelf in Directory.EnumerateDirectories(Path.GetDirectoryName(site.Database)!, "evergreen.db*")) DemoSite.CopyFolder(shelf, Path.Combine(folder, Path.GetFileName(shelf)));
            return (Path.Combine(folder, "evergreen.db"), starts);
        }
    }

    private static async Task<IReadOnlyList<string>> Fill(DemoSite site)
    {
        var books = site.Books;
        var today = DateOnly.FromDateTime(books.Now);
        var coOp = books.Read(db => db.CoOps.Single(one => one.Code == CoOp).Id);
        var ended = site.Seat("ended@demo.example", CoOp, demo: true, Role.Auditor);
        books.Write<int>(dryRun: false, db => db.SignIns.Where(user => user.Id == ended).ExecuteUpdate(set => set.SetProperty(user => user.DisabledAt, books.Now)));
        // What members ask for.
        Good(new AskToLeave(books).Run(new(CoOp, "1002", today.AddMonths(1), null, By)));
        Good(new AskToLeave(books).Run(new(CoOp, "1001", today.AddMonths(1), null, By)));
        Good(new ReportPatronage(books).Run(new(CoOp, "1001", PatronageKind.Purchases, null, today.AddDays(-30), new Money(12_34), null, null, null, null, By)));
        Good(new NameBeneficiary(books).Run(new(CoOp, "1001", "Bo", Kinship.Child, null, 10, false, By)));
        Good(new GiveBankDetails(books).Run(new(CoOp, "1001", new BankDetails("ach", "021000021", "1122334455", "checking"), true, true, By, null, null)));
        Good(new RecordDeliveryChoice(books).Run(new(CoOp, "1001", DeliveryWay.Electronic, today, By) { Notice = ("proof", "As agreed.") }));
        Good(new RecordDeliveryChoice(books).Run(new(CoOp, "1004", DeliveryWay.Electronic, today, By) { Notice = ("proof", "As agreed.") }));
        // Members who left, who are twice there, who are invited.
        foreach (var number in (string[])[Gone, "8802"])
        {
            Good(new EnrolMember(books).Run(new(CoOp, number, new Particulars { Name = $"Gone {number}" }, [], new DateOnly(2010, 1, 1), By)));
            Good(new ChangeStatus(books).Run(new(CoOp, number, MemberStatus.Left, number == Gone ? today.AddYears(-1) : new DateOnly(2012, 1, 1), By)));
        }
        var erasure = new AskForErasure(books).Run(new(CoOp, Gone, null, By)).Value.Number;
        foreach (var number in (string[])[One, Other]) Good(new EnrolMember(books).Run(new(CoOp, number, new Particulars { Name = "Kit Double", AddressLine1 = "1 Same Street", City = "Here", PostalCode = "01001" }, [], new DateOnly(2024, 1, 1), By)));
        Good(new InviteMember(books).Run(new(CoOp, Invited, InvitationWay.Letter, By, "test")));
        // A year without a reason, a text of the co-op's own.
        Good(new CloseFiscalYear(books).Run(new(CoOp, 2020, "figures.csv", By) { Figures = FiguresFile.Of([new TypedFigure("Sales", "1000.00", "patronage", null, null), new TypedFigure("Rent", "50.00", "nonpatronage", null, null)]) }));
        var policy = new PolicyInForce(books).Run(CoOp, 2025).Value.Json;
        Good(new SaveScenario(books).Run(new(CoOp, 2025, "Another", policy.Replace("\"title\": \"", "\"title\": \"Another ", StringComparison.Ordinal), By)));
        // Programs, apps and webhooks.
        Good(new RegisterApp(books).Run(new(coOp, "Till", AppKind.Program, [AppScopes.PurchasesWrite], By, "192.0.2.7")));
        using var administrator = await site.Enter(Role.Administrator);
        using var accountant = await site.Enter(Role.Accountant);
        using var ruth = await site.EnterAs(Ruth);
        await Purse.At(site).LetIn(ruth, Purse.Pkce().Challenge, "openid profile");
        for (var webhook = 0; webhook < 2; webhook++) (await administrator.Send($"/office/{CoOp}/settings/webhooks/new", ("Url", "https://hooks.invalid/events"), ("Events", "dividend.posted"))).Dispose();
        Good(new SwitchWebhook(books).Run(new(coOp, 2, WebhookSwitch.Off, By)));
        var job = books.Write<int>(dryRun: false, db =>
        {
            var now = books.Now;
            db.WebhookDeliveries.Add(new WebhookDelivery { EndpointId = db.WebhookEndpoints.Single(one => one.CoOpId == coOp && one.Number == 1).Id, MessageId = "msg_full", Type = "test", Body = "{}", QueuedAt = now, DueAt = now, State = DeliveryState.Failed });
            // Elsewhere somebody works on it, so that the worker here leaves it alone.
            var job = new Job { CoOpId = coOp, Kind = "statements.print-file", Subject = "run 2023-1", OnceKey = "full", RequestJson = "{}", By = By, At = now, State = JobState.Running, Owner = Elsewhere, LeaseUntil = now.AddYears(1), StartedAt = now, Fence = 1, Tries = 1 };
            db.Add(job);
            db.TextVersions.Add(new TextVersion { CoOpId = coOp, Name = "letter.exit", Language = "en", Version = 1, Subject = "Farewell", Words = "Farewell on {end}.", At = now, By = By });
            var run = db.DividendRuns.Where(run => run.CoOpId == coOp && run.FiscalYear == 2025).OrderBy(run => run.Id).First().Id;
            foreach (var (member, key) in ((string, string)[])[("1001", "full 1001"), ("1002", $"statement {run} "), ("1004", $"statement {run} ")])
                db.Add(new MailMessage { CoOpId = coOp, Key = key.EndsWith(' ') ? key + IdOf(member) : key, MemberId = IdOf(member), ToAddress = $"away.{member}@example.org", ToName = "Away", Subject = "Your answer", Text = "It is there.", Html = "<p>It is there.</p>", By = By, QueuedAt = now, DueAt = now, State = member == "1004" ? MailState.Sent : MailState.Failed, Problem = member == "1004" ? null : "Full." });
            db.SaveChanges();
            return job.Id;

            int IdOf(string member) => db.Members.Single(one => one.CoOpId == coOp && one.Number == member).Id;
        }).Value;
        var notice = books.Read(db => db.Mails.Single(mail => mail.CoOpId == coOp && mail.ToAddress == "away.1004@example.org"));
        // A run that waits for another person.
        foreach (var finding in (await Walk.Through(Routes.Of(site), accountant, [$"{Run}/rehearsal"], follow: false)).Forms.Where(form => form.Pattern == SentTwiceTests.Finding)) (await accountant.SendFilled(finding, 1, site.Password)).Dispose();
        (await accountant.SendTo($"{Run}/rehearsal", $"{Run}/review")).Dispose();
        // What stands in a mail only.
        (await ruth.SendTo("/my/grocery/me/details", "/my/grocery/me/details/mail", ("Address", "ruth.new@proof.example"))).Dispose();
        (await accountant.SendTo("/account", "/account/mail/send")).Dispose();
        return
        [
            site.Site.Services.GetRequiredService<UnsubscribeLink>().Of(notice)!.PathAndQuery, Link(site, "ruth.new@proof.example"), Link(site, DemoSite.MailOf(Role.Accountant)),
            $"/office/{CoOp}/jobs/{job}", $"/office/{CoOp}/settings/texts/letter.exit/en", $"/office/{CoOp}/dividends/2020", $"/office/{CoOp}/dividends/2019/close", $"/office/{CoOp}/statements/2025-1?shown=MailFailed", $"/office/{CoOp}/members/duplicates/merge?kept={One}&other={Other}",
            $"{Run}/approve", $"{Run}/post", $"/office/{CoOp}/members/1001/sign-in", $"/office/{CoOp}/members/1002/sign-in", $"/office/{CoOp}/members/{Invited}/sign-in?of=invited", $"/office/{CoOp}/members/requests/{erasure}?of=gone", $"/office/{CoOp}/members/1001/mail", $"/office/{CoOp}/settings/webhooks/1", $"/office/{CoOp}/settings/webhooks/2",
        ];
    }

    private static void Good<T>(Outcome<T> outcome) => Assert.That(outcome.Refusal, Is.Null);

    private static string Link(DemoSite site, string to)
    {
        var mail = Directory.GetFiles(RunningSite.MailFolder(site.Database), "*.eml").Select(file => MimeMessage.Load(file)).Where(mail => mail.To.Mailboxes.Any(box => box.Address == to)).MaxBy(mail => mail.Date)!;
        return new Uri(Regex.Match(mail.TextBody!, @"https?://\S+(?:/details/mail/|/account/mail\?code=)\S+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Value).PathAndQuery;
    }
}
