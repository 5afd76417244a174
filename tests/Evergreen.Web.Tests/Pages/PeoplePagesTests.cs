using System.Net;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The page of the office's people, as a browser sends and reads it.</summary>
public sealed class PeoplePagesTests
{
    private const string People = "/office/grocery/settings/people";
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start() => site = await DemoSite.Start();

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task ARefusedRoleIsSaidBesideItsFieldWithWhatWasTyped()
    {
        using var administrator = await site.Enter(Role.Administrator);
        foreach (var (mail, role, field, sentence) in ((string, Role, string, string)[])
        [
            ("", Role.Auditor, "Mail", "Give the mail address of the account."), ("nobody@demo.example", Role.Auditor, "Mail", "Nobody has an account as 'nobody@demo.example'. Invite the person instead."),
            (DemoSite.MailOf(Role.Accountant), Role.Accountant, "Role", "This person has that role already."),
        ])
        {
            using var refused = await administrator.SendTo(People, $"{People}/grant", ("Mail", mail), ("Role", role.ToString()));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity), sentence);
            var page = await new HtmlParser().ParseDocumentAsync(await refused.Content.ReadAsStringAsync());
            Assert.That(page.QuerySelector($"#{field}-error")?.TextContent, Does.EndWith(sentence));
            Assert.That((page.QuerySelector("#Mail")!.GetAttribute("value"), page.QuerySelector("#Role option[selected]")?.GetAttribute("value"), page.QuerySelector(".error-summary a")!.GetAttribute("href")), Is.EqualTo((mail, role.ToString(), $"#{field}")));
        }
        using var given = await administrator.SendTo(People, $"{People}/grant", ("Mail", "ruth@demo.example"), ("Role", "Auditor"));
        Assert.That((given.StatusCode, (await administrator.GetStringAsync(new Uri(People, UriKind.Relative))).Contains("ruth@demo.example", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Redirect, true)));
    }
}
