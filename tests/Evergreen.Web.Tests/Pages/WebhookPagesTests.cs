using System.Net;
using Evergreen.Application.Access;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The office registers another program, tries it and sees what was sent.</summary>
public sealed class WebhookPagesTests
{
    [Test]
    public async Task WebhookIsRegisteredTriedRenewedAndWithdrawn()
    {
        await using var demo = await DemoSite.Start();
        using var administrator = await demo.Enter(Role.Administrator);
        var page = $"/office/{demo.Books.Read(db => db.CoOps.OrderBy(one => one.Id).First().Code)}/settings/webhooks";

        using var wrong = await administrator.Send($"{page}/new", ("Url", "https://10.0.0.1/hooks"), ("All", "true"));
        var again = await wrong.Content.ReadAsStringAsync();
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(again, Does.Contain("inside the network").And.Contain("value=\"https://10.0.0.1/hooks\""));

        // A name that nobody has, so that nothing leaves this machine.
        using var made = await administrator.Send($"{page}/new", ("Url", "https://hooks.invalid/events"), ("Events", "dividend.posted"));
        Assert.That(WebUtility.HtmlDecode(await made.Content.ReadAsStringAsync()), Does.Match("whsec_[0-9A-Za-z+/]{43}="));
        Assert.That(await administrator.GetStringAsync(new Uri(page, UriKind.Relative)), Does.Contain("https://hooks.invalid/events").And.Contain("dividend.posted").And.Not.Contain("whsec_"));

        using var tried = await administrator.SendTo($"{page}/1", $"{page}/1/test");
        Assert.That(tried.Headers.Location?.OriginalString, Is.EqualTo($"{page}/1"));
        Assert.That(await administrator.GetStringAsync(new Uri($"{page}/1", UriKind.Relative)), Does.Contain("webhook.test"));

        Assert.That(await administrator.GetStringAsync(new Uri($"{page}/1?sort=event", UriKind.Relative)), Does.Contain("aria-sort=\"ascending\"").And.Contain("1 delivery"));
        Assert.That(await administrator.GetStringAsync(new Uri($"{page}/1?state=Delivered", UriKind.Relative)), Does.Contain("None stand so").And.Contain("take this away"));
        Assert.That(await administrator.GetStringAsync(new Uri($"{page}/1/deliveries.csv", UriKind.Relative)), Does.Match("^Event,Id,Happened,State,Tries,Last try,Answer,Delivered\r\nwebhook.test,[^\r]+\r\n$"));
        Assert.That(await administrator.GetStringAsync(new Uri($"{page}/1/deliveries.csv?state=Delivered", UriKind.Relative)), Does.Not.Contain("webhook.test"), "what is shown, and no more");
        Assert.That(await administrator.GetByteArrayAsync(new Uri($"{page}/1/deliveries.xlsx", UriKind.Relative)), Is.Not.Empty);
        Assert.That(await administrator.GetStringAsync(new Uri($"{page}.csv?sort=-address", UriKind.Relative)), Does.Contain("1,https://hooks.invalid/events,dividend.posted,"));

        using var renewed = await administrator.SendTo($"{page}/1", $"{page}/1/secret");
        Assert.That(await renewed.Content.ReadAsStringAsync(), Does.Contain("with the one before"));
        using var withdrawn = await administrator.SendTo($"{page}/1", $"{page}/1/withdraw");
        Assert.That(withdrawn.Headers.Location?.OriginalString, Is.EqualTo(page));
        Assert.That((await administrator.GetAsync(new Uri($"{page}/1", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(demo.Books.Read(db => db.Set<WebhookEndpoint>().Single().WithdrawnAt), Is.Not.Null);
    }
}
