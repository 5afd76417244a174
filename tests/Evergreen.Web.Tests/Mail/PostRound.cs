using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Webhooks;
using Evergreen.Web.Mail;
using Evergreen.Web.Portal.Letters;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Mail;

/// <summary>Makes the site send every mail it can write: to a member who reads English, one who reads Spanish and one of a British society, and to the people of the office.</summary>
internal sealed partial class PostRound(DemoSite site, Func<IReadOnlyList<Taken>> mails)
{
    private const string Password = "words of another kind";
    private readonly HashSet<Taken> seen = [];
    private readonly List<Sent> sent = [];

    /// <param name="Maker">Which place in the program wrote it, see <see cref="MailMakers"/>.</param>
    /// <param name="LeadsTo">How the address of its one link begins; null where it has none.</param>
    /// <param name="Opened">How the link was answered when its reader opened it.</param>
    public sealed record Sent(string Maker, string Language, Taken Taken, string? LeadsTo, Uri Site, HttpStatusCode? Opened, bool OfTheOffice);

    /// <summary>What the members' records hold and no mail may.</summary>
    public static readonly IReadOnlyList<string> Never = ["021000021", "1122334455", "12345678", "12-34-56", "••••"];

    public MailRoute Route => site.Site.Services.GetRequiredService<MailSettings>().Route;

    private string Home => site.Address.ToString().TrimEnd('/');

    private static Uri At(string path) => new(path, UriKind.Relative);

    public async Task<IReadOnlyList<Sent>> Go()
    {
        Assert.That(new CreateCoOp(site.Books).Run(new("society", "The Society & Friends", "GB", "GBP", 12, TaxRegime.UkRegisteredSociety, "test")).IsRefused, Is.False);
        await Round("grocery", "en", "en-US");
        await Round("grocery", "es", "es");
        await Round("society", null, "en-GB");
        await Office();
        return sent;
    }

    /// <summary>All that is written to a member of the grocery who reads a language.</summary>
    public async Task<IReadOnlyList<Sent>> Speak(string tongue)
    {
        await Round("grocery", tongue, tongue);
        return sent;
    }

    private async Task Round(string code, string? tongue, string language)
    {
        var address = $"reader.{language}@example.org";
        var who = new Particulars { GivenName = "Zoë", FamilyName = "O’Brien & Co <x>", Email = address, Language = tongue, AddressLine1 = "1 Elm St", City = "Galesburg" };
        var member = new EnrolMember(site.Books).Run(new(code, null, who, [], new DateOnly(2024, 3, 1), "test")).Value;
        var coOp = site.Books.Read(db => db.CoOps.Single(one => one.Code == code));
        var (my, letters, texts) = ($"/my/{code}", new PortalLetters(coOp, Home), site.Books.Read(db => CoOpTexts.Of(db, coOp)));
        new SetSignInByMail(site.Books).Run(new(code, true, "test"));

        using var reader = site.Site.Visitor();
        using var stranger = site.Site.Visitor();
        var invited = new InviteMember(site.Books).Run(new(code, member.Number, InvitationWay.Mail, "test", "test")).Value;
        Assert.That(new MailInvitation(site.Books, Route).Run(new(invited, Home, "test")).IsRefused, Is.False);
        var welcome = await Take("MailInvitation.Run", language, address, "/welcome", stranger);
        Assert.That((await reader.SendTo(welcome!, "/welcome", ("Code", invited.Code), ("Number", member.Number))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await reader.SendTo("/welcome/account", "/welcome/account", ("Mail", address), ("Password", Password))).Headers.Location!.OriginalString, Is.EqualTo(my));

        foreach (var (page, leadsTo) in ((string, string)[])[("/sign-in/by-mail", "/sign-in/link"), ("/sign-in/forgotten", "/sign-in/new-password")])
        {
            Assert.That((await stranger.Send(page, ("Mail", address))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
            await Take("MailLinkLetter.Run", language, address, leadsTo, stranger);
        }
        site.Books.Write<bool>(false, db => { db.SignIns.Single(user => user.UserName == address).EmailConfirmed = false; return true; });
        await reader.SendTo("/account", "/account/mail/send");
        await Take("MailLinkLetter.Run", language, address, "/account/mail", reader);

        await reader.SendTo($"{my}/me/data", $"{my}/me/data/erase");
        var number = site.Books.Read(db => db.MemberRequests.Single(request => request.MemberId == member.Id).Number);
        Assert.That(new AnswerRequest(site.Books).Run(new(code, number, false, "We must keep 12.34 of it.", null, null, "test", spoken => letters.RequestAnswered(texts, spoken))).Value.Mailed, Is.True);
        await TakeQueued("PortalLetters.RequestAnswered", language, address, $"{my}/activity/reports", reader);

        var bank = coOp.Country == "GB" ? new BankDetails("bacs", "12-34-56", "12345678", null) : new BankDetails("ach", "021000021", "1122334455", "checking");
        Assert.That(new GiveBankDetails(site.Books).Run(new(code, member.Number, bank, true, true, $"member {member.Number}", null, letters.BankDetailsGiven)).Value.Told, Is.EqualTo(1));
        await TakeQueued("PortalLetters.BankDetailsGiven", language, address, $"{my}/me/bank", reader);

        await reader.SendTo($"{my}/me/details", $"{my}/me/details/mail", ("Address", $"new.{address}"));
        var confirm = await Take("PortalLetters.ConfirmMailAddress", language, $"new.{address}", $"{my}/me/details/mail/", reader);
        Assert.That((await reader.Send(confirm!)).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        await TakeQueued("PortalLetters.MailAddressLeft", language, address, null, null);

        Assert.That(new MailAtOnce(site.Books, Route).Run(new(coOp.Id, "members.erase-mail", $"member {member.Number}", address, member.Name, letters.Erased(tongue), "test")).IsRefused, Is.False);
        await Take("PortalLetters.Erased", language, address, null, null);

        // The words of the notice alone: whom it goes to, and that once, has tests of its own.
        var write = typeof(NotifyStatements).GetMethod("Letter", BindingFlags.NonPublic | BindingFlags.Static)!;
        var notice = (MailLetter)write.Invoke(null, [texts, Language.Of(tongue, coOp.Country), coOp, site.Books.Read(db => db.DividendRuns.OrderBy(run => run.Id).First()), new Uri($"{Home}{my}/statements")])!;
        Assert.That(new QueueMail(site.Books).Run(new($"statement of {language}", coOp.Id, member.Id, address, member.Name, notice, "test")).IsRefused, Is.False);
        await TakeQueued("NotifyStatements.Letter", language, address, $"{my}/statements", reader);

        write = typeof(ReleaseTaxForms).GetMethod("Letter", BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var corrected in (bool[])[false, true])
        {
            notice = (MailLetter)write.Invoke(null, [coOp, Language.Of(tongue, coOp.Country), 2025, corrected, new Uri($"{Home}{my}/statements")])!;
            Assert.That(new QueueMail(site.Books).Run(new($"form of {language}, {corrected}", coOp.Id, member.Id, address, member.Name, notice, "test")).IsRefused, Is.False);
            await TakeQueued("ReleaseTaxForms.Letter", language, address, $"{my}/statements", reader);
        }
    }

    /// <summary>What the office writes to its own people, in English.</summary>
    private async Task Office()
    {
        using var administrator = await site.Enter(Role.Administrator);
        using var stranger = site.Site.Visitor();
        Assert.That((await administrator.Send("/office/grocery/settings/people/invite", ("DisplayName", "Pat"), ("Mail", "pat@example.org"), ("Role", "Clerk"), ("ByMail", "true"))).StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        await Take("PeopleController.Handed", "en-US", "pat@example.org", "/invitation", stranger, office: true);
        await administrator.Send("/office/grocery/settings/mail", ("ToAddress", "test@example.org"));
        await Take("MailController.Try", "en-US", "test@example.org", null, null, office: true);
        var coOp = site.Books.Read(db => db.CoOps.Single(one => one.Code == "grocery").Id);
        var switchOff = typeof(DeliverWebhooks).GetMethod("SwitchOff", BindingFlags.NonPublic | BindingFlags.Static)!;
        site.Books.Write<bool>(false, db =>
        {
            var endpoint = new WebhookEndpoint { CoOpId = coOp, Number = 77, Url = "https://till.example/hook", Events = "*", SecretSealed = "sealed", CreatedAt = site.Books.Now, CreatedBy = "keeper@example.org" };
            db.WebhookEndpoints.Add(endpoint);
            db.SaveChanges();
            switchOff.Invoke(null, [db, endpoint, false, site.Books.Now]);
            return true;
        });
        await TakeQueued("DeliverWebhooks.SwitchOff", "en-US", "keeper@example.org", null, null, office: true);
    }

    private Task<string?> TakeQueued(string maker, string language, string to, string? leadsTo, HttpClient? reader, bool office = false)
    {
        new SendMail(site.Books, Route).Run();
        return Take(maker, language, to, leadsTo, reader, office);
    }

    /// <summary>The next mail to an address, once the server has it; its link is opened at once, as long as it is good.</summary>
    /// <returns>The link, within the site.</returns>
    private async Task<string?> Take(string maker, string language, string to, string? leadsTo, HttpClient? reader, bool office = false)
    {
        var clock = Stopwatch.StartNew();
        Taken? found;
        while ((found = mails().FirstOrDefault(mail => mail.To.Contains(to) && !seen.Contains(mail))) is null)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(30)) throw new TimeoutException($"No mail of {maker} to {to}.");
            await Task.Delay(20);
        }
        seen.Add(found);
        var link = Address().Match(found.Message.TextBody ?? "") is { Success: true } match ? new Uri(match.Value).PathAndQuery : null;
        HttpStatusCode? opened = null;
        if (link is not null && reader is not null)
        {
            using var page = await reader.GetAsync(At(link));
            opened = page.StatusCode;
        }
        sent.Add(new Sent(maker, language, found, leadsTo, site.Address, opened, office));
        return link;
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
