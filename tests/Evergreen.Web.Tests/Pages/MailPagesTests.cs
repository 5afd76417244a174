using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using MimeKit;

namespace Evergreen.Web.Tests.Pages;

/// <summary>What the office sends by mail while someone waits: invitations, and a test.</summary>
public sealed class MailPagesTests
{
    private static string? Place(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    [Test]
    public async Task InvitationGoesByMailOrIsPrintedAndTheCodeIsKeptNowhere()
    {
        await using var demo = await DemoSite.Start();
        using var administrator = await demo.Enter(Role.Administrator);
        var coOp = demo.Books.Read(db => db.CoOps.OrderBy(one => one.Id).First().Code);
        var invite = $"/office/{coOp}/settings/people/invite";
        using var printed = await administrator.Send(invite, ("DisplayName", "Pat"), ("Mail", "pat@laundry.example"), ("Role", "Clerk"));
        Assert.That(await printed.Content.ReadAsStringAsync(), Does.Contain("Dear Pat").And.Match("<code>[0-9A-Z-]{25,}</code>"));
        using var mailed = await administrator.Send(invite, ("DisplayName", "Sam"), ("Mail", "sam@laundry.example"), ("Role", "Clerk"), ("ByMail", "true"));
        Assert.That(Place(mailed), Is.EqualTo($"/office/{coOp}/settings/people"));
        var mail = await MimeMessage.LoadAsync(Directory.GetFiles(RunningSite.MailFolder(demo.Database), "*.eml").Single());
        var code = Regex.Match(mail.TextBody!, "code: (?<code>[0-9A-Z-]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["code"].Value;
        Assert.That((mail.To.ToString(), code.Length), Is.EqualTo(("\"Sam\" <sam@laundry.example>", 29)));
        Assert.That(mail.TextBody, Does.Contain($"{demo.Address}invitation"));
        Assert.That(demo.Books.Read(db => db.Mails.Any(one => one.ToAddress == "sam@laundry.example")), Is.False, "what holds a code does not stay in the outbox");
        using var sam = demo.Site.Visitor();
        Assert.That(Place(await sam.SendTo($"/invitation?code={code}", "/invitation", ("DisplayName", "Sam"), ("Password", "words of another kind"))), Is.EqualTo("/sign-in"));
    }

    [Test]
    public async Task TestMailShowsWhetherMailGoesOut()
    {
        await using var demo = await DemoSite.Start();
        using var administrator = await demo.Enter(Role.Administrator);
        var page = $"/office/{demo.Books.Read(db => db.CoOps.OrderBy(one => one.Id).First().Code)}/settings/mail";
        Assert.That((int)(await administrator.Send(page, ("ToAddress", "nobody"))).StatusCode, Is.EqualTo(422));
        Assert.That(Place(await administrator.Send(page, ("ToAddress", "ann@laundry.example"))), Is.EqualTo(page));
        Assert.That(Directory.GetFiles(RunningSite.MailFolder(demo.Database), "*.eml"), Has.Length.EqualTo(1));
    }
}
