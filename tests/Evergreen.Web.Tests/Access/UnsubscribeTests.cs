using System.Diagnostics;
using System.Globalization;
using System.Net;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Web.Access.Unsubscribe;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Evergreen.Web.Tests.Access;

/// <summary>The notice of a statement can be ended with one press, by the mail program itself; other mail cannot.</summary>
public sealed class UnsubscribeTests
{
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task OnePressOfTheMailProgramBringsPaperBack()
    {
        var member = Reader("1010");
        var mail = await Mailed($"statement 1 {member}", member);
        Assert.That(mail.Headers[HeaderId.ListUnsubscribePost], Is.EqualTo("List-Unsubscribe=One-Click"));
        var address = new Uri(mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>'));
        Assert.That(address.GetLeftPart(UriPartial.Authority), Is.EqualTo(site.Address.GetLeftPart(UriPartial.Authority)));

        // Programs that look through mail open every link.
        using var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using (var looked = await program.GetAsync(address)) Assert.That(looked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Choices(member), Is.EqualTo(new[] { DeliveryWay.Electronic }));

        for (var twice = 0; twice < 2; twice++)
        {
            using var answer = await Press(program, address);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
            Assert.That(Choices(member), Is.EqualTo(new[] { DeliveryWay.Electronic, DeliveryWay.Paper }));
        }
        Assert.That(site.Books.Read(db => db.DeliveryChoices.OrderBy(choice => choice.Id).Last().By), Does.StartWith("member 1010, by the link in mail "));
    }

    [Test]
    public async Task MemberPressesTheButtonOfThePage()
    {
        var member = Reader("1011");
        var address = new Uri((await Mailed($"statement 1 {member}", member)).Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>'));
        using var visitor = site.Site.Visitor();
        using var page = await visitor.SendTo(address.PathAndQuery, "/unsubscribe");
        Assert.That(page.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the code of the page is handed on");
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("Paper from now on"));
        Assert.That(Choices(member), Is.EqualTo(new[] { DeliveryWay.Electronic, DeliveryWay.Paper }));
    }

    [Test]
    public async Task CodeThatIsNotOursStopsNothing()
    {
        var member = Reader("1012");
        var mail = await Mailed($"bank change {member} 0", member);
        Assert.That(mail.Headers.Contains(HeaderId.ListUnsubscribe), Is.False, "a warning cannot be turned off");
        Assert.That(new StopNotices(site.Books).Run(new(null)).Refusal!.Code, Is.EqualTo("notice-unknown"));
        var made = site.Site.Services.GetRequiredService<UnsubscribeLink>();
        using var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        // Sealed by us, but of a mail that cannot be stopped, or of none.
        var ours = Message(site.Books.Read(db => db.Mails.Single(one => one.Key == $"bank change {member} 0").Id), member);
        foreach (var address in (Uri[])[new(site.Address, "/unsubscribe"), new(site.Address, "/unsubscribe?code=1"), new(site.Address, $"/unsubscribe?code={new string('A', 200)}"), made.Of(ours)!, made.Of(Message(int.MaxValue, member))!])
        {
            using var answer = await Press(program, address);
            Assert.That((int)answer.StatusCode, Is.EqualTo(400), address.ToString());
        }
        Assert.That(Choices(member), Is.EqualTo(new[] { DeliveryWay.Electronic }));
    }

    private static MailMessage Message(int id, int member) =>
        new() { Id = id, Key = "statement 1 1", MemberId = member, ToAddress = "a@example.org", ToName = "A", Subject = "A", Text = "A", Html = "A", By = "test", QueuedAt = default, DueAt = default };

    private static async Task<HttpResponseMessage> Press(HttpClient program, Uri address)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        return await program.PostAsync(address, form);
    }

    /// <returns>The id of a member of the grocery who agreed to read statements online.</returns>
    private int Reader(string number)
    {
        var member = site.Books.Write(false, db =>
        {
            var member = db.Members.Single(one => one.Number == number && db.CoOps.Any(coOp => coOp.Id == one.CoOpId && coOp.Code == "grocery"));
            member.Email = string.Create(CultureInfo.InvariantCulture, $"reader{number}@example.org");
            return (Domain.Arithmetic.Outcome<int>)member.Id;
        }).Value;
        Assert.That(new RecordDeliveryChoice(site.Books).Run(new("grocery", number, DeliveryWay.Electronic, new DateOnly(2026, 1, 1), "test")).IsRefused, Is.False);
        return member;
    }

    private List<DeliveryWay> Choices(int member) => site.Books.Read(db => db.DeliveryChoices.Where(choice => choice.MemberId == member).OrderBy(choice => choice.Id).Select(choice => choice.Way).ToList());

    /// <summary>Queues a mail to the member and waits until the site has sent it.</summary>
    private async Task<MimeMessage> Mailed(string key, int member)
    {
        var to = site.Books.Read(db => db.Members.Where(one => one.Id == member).Select(one => new { one.CoOpId, one.Email, one.Name }).Single());
        Assert.That(new QueueMail(site.Books).Run(new(key, to.CoOpId, member, to.Email!, to.Name, MailLetter.Of("Your statement", ["It is there."], null, "The Grocery"), "test")).IsRefused, Is.False);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            var folder = RunningSite.MailFolder(site.Database);
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
            {
                var mail = await MimeMessage.LoadAsync(file);
                if (mail.To.Mailboxes.Single().Address == to.Email) return mail;
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"No mail to {to.Email}.");
    }
}
