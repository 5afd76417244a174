using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Access;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>Links by mail in place of the password, or for a new one: once, for a short time, never around the second factor, and nobody learns who has an account.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MailLinkTests(TestDatabase databases)
{
    private const string Mail = "hanh@example.org";
    private Membership house = null!;
    private int hanh;

    [SetUp]
    public void Open()
    {
        house = new Membership(databases);
        hanh = house.ComeIn("laundry", "0010", Mail);
        Allow("laundry", true);
    }

    [TearDown]
    public void Close() => house.Dispose();

    private void Allow(string coOp, bool allowed) => new SetSignInByMail(house.Books).Run(new(coOp, allowed, "ann"));

    private string? Ask(string mail = Mail, MailLinkKind kind = MailLinkKind.SignIn, string from = Office.From, string? returnUrl = null) => new AskForMailLink(house.Books).Run(new(kind, mail, from, returnUrl)).Refusal?.Code;

    private AnswerMailLinks.Made? Next() => new AnswerMailLinks(house.Books, house.Office.Mode).Next();

    private string Link(MailLinkKind kind = MailLinkKind.SignIn, string? returnUrl = null)
    {
        Assert.That(Ask(kind: kind, returnUrl: returnUrl, from: $"192.0.2.{asked++}"), Is.Null);
        return Next()!.Code;
    }

    private int asked = 100;

    private EnterWithMailLink.Result? Enter(string code) => new EnterWithMailLink(house.Books, house.Office.Mode).Run(new(code, Office.From)) is { IsRefused: false } entered ? entered.Value : null;

    private string? Choose(string code, string password) => new ChoosePassword(house.Books, house.Office.Mode).Run(new(code, password, Office.From)).Refusal?.Code;

    [Test]
    public void LinkSignsInOnceWithinAQuarterOfAnHour()
    {
        var code = Link(returnUrl: "/my/laundry/statements");
        var entered = Enter(code)!;
        Assert.That((entered.Entered.UserId, entered.Entered.SecondFactorAsked, entered.ReturnUrl), Is.EqualTo((hanh, false, "/my/laundry/statements")));
        Assert.That(new EnterWithMailLink(house.Books, house.Office.Mode).Run(new(code, Office.From)).Refusal!.Code, Is.EqualTo("mail-link-spent"));
        var late = Link();
        house.Office.Database.Clock.Advance(MailLink.Valid);
        Assert.That(Enter(late), Is.Null);
        Assert.That(Enter(Link(MailLinkKind.NewPassword)), Is.Null, "a link for a new password signs nobody in");
        Assert.That(house.Books.Read(db => db.Set<MailLink>().ToList()).Select(link => link.CodeDigest), Has.None.EqualTo(code));
    }

    [Test]
    public void LinksAreForMembersOnlyWhoseCoOpsAllAllowIt()
    {
        var sam = house.Office.Join("Sam", Role.Clerk, house.Office.Laundry);
        foreach (var mail in (string[])["Sam@laundry.example", Office.Mail]) house.Confirm(mail);
        foreach (var mail in (string[])["nobody@example.org", "Sam@laundry.example", Office.Mail]) Ask(mail);
        Assert.That(Next(), Is.Null);
        Assert.That(house.Books.Read(db => db.Set<MailLinkRequest>().Count()), Is.Zero, "what was typed is not kept");
        Assert.That(house.Office.LastDetail("access.mail-link"), Does.StartWith("none sent"));
        house.Add(house.Invite("laundry", "0007").Value.Code, "0007", sam);
        Ask("Sam@laundry.example", MailLinkKind.NewPassword);
        Assert.That(Next(), Is.Null, "a mailbox must not open an office");
        Allow("laundry", false);
        Ask();
        Assert.That(Next(), Is.Null);
        Ask(kind: MailLinkKind.NewPassword);
        Assert.That(Next()!.UserId, Is.EqualTo(hanh), "a forgotten password needs no leave");
        Allow("laundry", true);
        house.Add(house.Invite("grocery", "1017").Value.Code, "1017", hanh);
        Ask();
        Assert.That(Next(), Is.Null, "the grocery does not allow it");
        Allow("grocery", true);
        Ask();
        var code = Next()!.Code;
        Allow("grocery", false);
        Assert.That(Enter(code), Is.Null, "and no longer does");
    }

    [Test]
    public void SecondFactorIsAskedForAfterALinkAndAfterANewPassword()
    {
        var make = new MakeAuthenticator(house.Books, house.Office.Keys).Run(new(hanh, "Evergreen")).Value;
        var secret = Office.Unspell(make.Spelled);
        var confirmed = new ConfirmAuthenticator(house.Books, house.Office.Keys).Run(new(hanh, house.Office.CodeNow(secret), null, Office.From));
        Assert.That(confirmed.IsRefused, Is.False);
        Assert.That(Enter(Link())!.Entered.Authenticator, Is.True);
        Assert.That(Choose(Link(MailLinkKind.NewPassword), "a new set of words"), Is.Null);
        Assert.That(house.Office.Enter(Mail, "a new set of words").Value.Authenticator, Is.True);
        var letter = house.PasswordLetter("laundry", "0010", house.Office.Ruth).Value.Code;
        new AcceptInvitation(house.Books).Run(new(letter, "Hạnh", "yet another set of words", Office.From));
        Assert.That(house.Office.Enter(Mail, "yet another set of words").Value.Authenticator, Is.True);
        var session = house.Office.Session(hanh, Proof.MailLink);
        Assert.That(house.Office.Keep(session.Key)!.SecondFactor, Is.False, "a mailbox is one factor");
    }

    [Test]
    public void LinkEndsWithAChangedPasswordSignOutEverywhereAndTheEndOfAccess()
    {
        var code = Link();
        new ChangePassword(house.Books).Run(new(hanh, Membership.Password, "a new set of words", null, Office.From));
        Assert.That(Enter(code), Is.Null);
        code = Link();
        new EndSessions(house.Books).Run(new(hanh, null, Office.From));
        Assert.That(Enter(code), Is.Null);
        code = Link();
        new DisablePerson(house.Books).Run(new(hanh, house.Office.Laundry, house.Office.Ruth, Office.Mail, Office.From));
        Assert.That(Enter(code), Is.Null);
        Ask();
        Assert.That(Next(), Is.Null);
    }

    [Test]
    public void NewPasswordByLinkEndsSessionsAndEveryOtherLink()
    {
        var (session, other, first, second) = (house.Office.Session(hanh), Link(), Link(MailLinkKind.NewPassword), Link(MailLinkKind.NewPassword));
        Assert.That(new ChoosePassword(house.Books, house.Office.Mode).Find(first).Value, Is.EqualTo(Mail));
        Assert.That(Choose(first, "hanh2026"), Does.StartWith("password-"));
        Assert.That(Choose(first, "a new set of words"), Is.Null);
        Assert.That(house.Office.Keep(session.Key), Is.Null);
        Assert.That((Choose(first, "another set of words"), Choose(second, "another set of words"), Enter(other)), Is.EqualTo(("mail-link-spent", "mail-link-spent", (EnterWithMailLink.Result?)null)));
        Assert.That(house.Office.Enter(Mail, "a new set of words").Value.UserId, Is.EqualTo(hanh));
        Assert.That(house.Office.Enter(Mail, Membership.Password).IsRefused, Is.True);
    }

    [Test]
    public void AskingIsSlowedForUnknownAddressesAsForKnownOnesAndNoMailboxIsFlooded()
    {
        foreach (var mail in (string[])[Mail, "nobody@example.org"])
        {
            for (var i = 0; i < 4; i++) Assert.That(Ask(mail), Is.Null);
            Assert.That(new AskForMailLink(house.Books).Run(new(MailLinkKind.SignIn, mail, Office.From)).Refusal, Is.EqualTo(Application.Access.Refusals.Slowed(2)));
        }
        for (var i = 0; i < 4; i++) Ask(from: $"198.51.100.{i}");
        var made = 0;
        while (Next() is not null) made++;
        Assert.That(made, Is.EqualTo(AnswerMailLinks.MostAnHour));
        house.Office.Database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(Link(), Is.Not.Empty);
        Ask();
        house.Office.Database.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.That(Next(), Is.Null, "whoever asked has given up by now");
    }

    [Test]
    public void LettersWithLinksAreInTheMembersLanguageAndHoldNoPassword()
    {
        Ask(kind: MailLinkKind.NewPassword);
        var made = Next()!;
        var letter = new MailLinkLetter(house.Books).Run(made, "https://example.coop");
        Assert.That(letter.Text, Does.Contain($"https://example.coop/sign-in/new-password?code={made.Code}").And.Contain("Dear Hạnh Nguyễn"));
        house.Books.Write<int>(dryRun: false, db => { db.Members.Single(member => member.Number == "0010").Language = "es-MX"; return 1; });
        Assert.That(new MailLinkLetter(house.Books).Run(made, "https://example.coop").Text, Does.Contain("Hola, Hạnh Nguyễn"));
    }
}
