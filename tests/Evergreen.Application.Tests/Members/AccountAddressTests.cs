using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Access;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>The mail address of an account is used for nothing before it was shown to be its owner's.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class AccountAddressTests(TestDatabase databases)
{
    private const string Mail = "typed@example.org";
    private Membership house = null!;
    private int hanh;

    [SetUp]
    public void Open()
    {
        house = new Membership(databases);
        hanh = house.Accept(house.Invite("laundry", "0010").Value.Code, "0010", Mail).Value.UserId;
        new SetSignInByMail(house.Books).Run(new("laundry", true, "ann"));
    }

    [TearDown]
    public void Close() => house.Dispose();

    private Outcome<AnswerMailLinks.Made> Make(string from = Office.From) => new MakeAddressLink(house.Books).Run(new(hanh, from));

    private string? Confirm(int user, string code) => new ConfirmAddress(house.Books).Run(new(user, code, Office.From)).Refusal?.Code;

    private AnswerMailLinks.Made? Ask(MailLinkKind kind)
    {
        new AskForMailLink(house.Books).Run(new(kind, Mail, Office.From));
        return new AnswerMailLinks(house.Books, house.Office.Mode).Next();
    }

    [Test]
    public void NoLinkGoesToAnAddressThatWasOnlyTyped()
    {
        Assert.That((Ask(MailLinkKind.SignIn), Ask(MailLinkKind.NewPassword)), Is.EqualTo(((AnswerMailLinks.Made?)null, (AnswerMailLinks.Made?)null)));
        var jose = house.Accept(house.Invite("laundry", "0007").Value.Code, "0007", "jose@example.org").Value.UserId;
        var first = Make().Value;
        var second = Make().Value;
        Assert.That(Confirm(hanh, first.Code), Is.EqualTo("mail-link-spent"), "a later link ends the one before");
        Assert.That(Confirm(jose, second.Code), Is.EqualTo("mail-link-spent"), "whoever reads that mailbox must be signed in to this very account");
        Assert.That(Confirm(hanh, second.Code), Is.Null);
        Assert.That(Confirm(hanh, second.Code), Is.EqualTo("mail-link-spent"), "once");
        Assert.That(Make().Refusal!.Code, Is.EqualTo("mail-confirmed"));
        Assert.That((Ask(MailLinkKind.SignIn)!.UserId, Ask(MailLinkKind.NewPassword)!.UserId), Is.EqualTo((hanh, hanh)));
        Assert.That((house.Office.Audited("access.mail-confirmed"), new MyAccess(house.Books).Run(hanh)!.MailConfirmed, new MyAccess(house.Books).Run(jose)!.MailConfirmed), Is.EqualTo((1, true, false)));
    }

    [Test]
    public void LinkOpensNothingElseAndRunsOut()
    {
        var code = Make().Value.Code;
        Assert.That(new EnterWithMailLink(house.Books, house.Office.Mode).Run(new(code, Office.From)).Refusal!.Code, Is.EqualTo("mail-link-spent"));
        Assert.That(new ChoosePassword(house.Books, house.Office.Mode).Run(new(code, "a new set of words", Office.From)).Refusal!.Code, Is.EqualTo("mail-link-spent"));
        house.Office.Database.Clock.Advance(MailLink.AddressValid);
        Assert.That(Confirm(hanh, code), Is.EqualTo("mail-link-spent"));
        for (var i = 0; i < 4; i++) Assert.That(Make("198.51.100.7").IsRefused, Is.False);
        Assert.That(Make("198.51.100.7").Refusal!.Code, Is.EqualTo("sign-in-slowed"), "no mailbox is flooded");
        Assert.That(new MakeAddressLink(house.Books).Run(new(4711, Office.From)).Refusal!.Code, Is.EqualTo("person-unknown"));
    }

    [Test]
    public void InvitationByMailConfirmsTheAddressToWhichItWentAndNoOther()
    {
        bool Accepted(string number, string mail, Action? meanwhile = null)
        {
            var code = house.Invite("grocery", number, InvitationWay.Mail).Value.Code;
            meanwhile?.Invoke();
            return house.Accept(code, number, mail).Value.MailConfirmed;
        }

        house.Enrol("grocery", "1020", "Bo", "Berg", "bo@example.org");
        house.Enrol("grocery", "1021", "Cy", "Clay", "cy@example.org");
        Assert.That(Accepted("1017", "Alma@example.org"), Is.True);
        Assert.That(Accepted("1020", "another@example.org"), Is.False);
        Assert.That(Accepted("1021", "later@example.org", meanwhile: () =>
        {
            var page = house.Member("1021");
            Assert.That(new EditMember(house.Books).Run(new("grocery", "1021", page.Version, Particulars.Of(page) with { Email = "later@example.org" }, "ann")).IsRefused, Is.False);
        }), Is.False, "the register was changed after the mail had gone out");
    }

    [Test]
    public void OutsideAuthorityOpensNoAccountWhoseAddressNobodyConfirmed()
    {
        EnterFromOutside.Request Person(string mail) => new("https://identity.example", "42", mail, MailVerified: true, SecondFactor: false, Office.From);
        var enter = new EnterFromOutside(house.Books, house.Office.Mode);
        Assert.That(enter.Run(Person(Mail)).Refusal!.Code, Is.EqualTo("outside-mail-open"), "whoever typed it here may be somebody else");
        Assert.That(Confirm(hanh, Make().Value.Code), Is.Null);
        Assert.That(enter.Run(Person(Mail)).Value.UserId, Is.EqualTo(hanh));
        house.Office.Join("Sam", Role.Clerk, house.Office.Laundry);
        Assert.That(enter.Run(Person("Sam@laundry.example") with { Subject = "43" }).IsRefused, Is.False, "the address of someone of the office was given by whoever invited them");
    }
}
