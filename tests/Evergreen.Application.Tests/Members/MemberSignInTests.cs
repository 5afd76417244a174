using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Access;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>How members come in: the invitation, the account that comes to stand for them, and its end.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MemberSignInTests(TestDatabase databases)
{
    private Membership house = null!;

    [SetUp]
    public void Open() => house = new Membership(databases);

    [TearDown]
    public void Close() => house.Dispose();

    [Test]
    public void CodeAndMemberNumberTogetherLetAMemberInOnce()
    {
        var code = house.Invite("laundry", "0010").Value.Code;
        Assert.That(house.Find(code, "0007").Refusal, Is.EqualTo(house.Find("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "0010").Refusal), "whoever holds one of the two learns nothing");
        var found = house.Find(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), "10").Value;
        Assert.That((found.Name, found.MemberNumber, found.CoOpCode, found.Mail), Is.EqualTo(("Hạnh Nguyễn", "0010", "laundry", "hanh@example.org")));
        Assert.That(new FindMemberInvitation(house.Books).Again(code, "0010").Value, Is.EqualTo(found));
        Assert.That(house.Accept(code, "0010", "hanh@example.org", "Hạnh2026").Refusal!.Code, Does.StartWith("password-"));
        Assert.That(house.Accept(code, "0010", "hanh").Refusal!.Code, Is.EqualTo("mail-form"));
        Assert.That(house.Accept(code, "0007", "hanh@example.org").Refusal!.Code, Is.EqualTo("member-invitation-unknown"));
        var hanh = house.Accept(code, "0010", "hanh@example.org").Value;
        Assert.That(house.Accept(code, "0010", "other@example.org").Refusal!.Code, Is.EqualTo("member-invitation-unknown"), "the code is used up");
        Assert.That(house.Office.Enter("hanh@example.org", Membership.Password).Value.UserId, Is.EqualTo(hanh.UserId));
        var seat = house.Seat(hanh.UserId, "laundry")!;
        Assert.That((seat.MemberNumber, seat.Name, seat.Own), Is.EqualTo(("0010", "Hạnh Nguyễn", true)));
        Assert.That(house.Seat(hanh.UserId, "grocery"), Is.Null);
        Assert.That(house.Office.Standing(hanh.UserId, house.Office.Laundry, secondFactor: true).Roles, Is.EquivalentTo([Role.Member]));
        Assert.That(house.Invite("laundry", "0010").Refusal!.Code, Is.EqualTo("member-has-sign-in"));
        Assert.That((house.Office.Audited("members.invite"), house.Office.Audited("members.sign-in"), house.Office.Audited("members.invitation-failed")), Is.EqualTo((1, 1, 2)));
        Assert.That(house.Books.Read(db => db.AuditRecords.ToList()).Select(record => record.Subject + record.Detail), Has.None.Contains(code));
    }

    [Test]
    public void WrongNumbersAreSlowedAndEndTheInvitationWhoeverTries()
    {
        var code = house.Invite("laundry", "0010").Value.Code;
        for (var i = 0; i < 4; i++) Assert.That(house.Find(code, "0007").Refusal!.Code, Is.EqualTo("member-invitation-unknown"));
        Assert.That(house.Find(code, "0010").Refusal!.Code, Is.EqualTo("sign-in-slowed"));
        for (var i = 4; i < MemberInvitation.MostWrongNumbers; i++) house.Find(code, "0007", from: $"198.51.100.{i}");
        Assert.That(house.Find(code, "0010", from: "198.51.100.99").Refusal!.Code, Is.EqualTo("member-invitation-unknown"));
        Assert.That(new MemberEntry(house.Books).Run("laundry", "0010").Value.Invited!.WrongNumbers, Is.True);
        var fresh = house.Invite("laundry", "0010").Value.Code;
        Assert.That(house.Find(fresh, "0010", from: "198.51.100.99").IsRefused, Is.False);
    }

    [Test]
    public void InvitationWhoseMailNobodyTookIsWithdrawn()
    {
        MimeKit.MailboxAddress office = new("The Wash House", "office@laundry.example");
        var taken = new Route(office, new HandoverResult(Handover.Taken));
        var first = house.Invite("laundry", "0010", InvitationWay.Mail).Value;
        Assert.That(new MailInvitation(house.Books, taken).Run(new(first, "https://laundry.example", "ann")).IsRefused, Is.False);
        Assert.That(taken.Text, Does.Contain($"https://laundry.example/welcome?code={first.Code}"));
        Assert.That(house.Find(first.Code, "0010").IsRefused, Is.False);
        var second = house.Invite("laundry", "0010", InvitationWay.Mail).Value;
        Assert.That(new MailInvitation(house.Books, new Route(office, new HandoverResult(Handover.NotYet, "Nobody answers."))).Run(new(second, "https://laundry.example", "ann")).Refusal!.Code, Is.EqualTo("mail-not-taken"));
        Assert.That(house.Find(second.Code, "0010").Refusal!.Code, Is.EqualTo("member-invitation-unknown"));
        Assert.That(house.Books.Read(db => db.Mails.Any()), Is.False, "the code stands in no outbox");
    }

    private sealed record Route(MimeKit.MailboxAddress Sender, HandoverResult Answer) : MailRoute(Sender)
    {
        public string? Text { get; private set; }

        public override HandoverResult Carry(MimeKit.MimeMessage message)
        {
            Text = message.TextBody;
            return Answer;
        }
    }

    [Test]
    public void DemoMembersHaveAnAccountWithThePasswordOfTheDemoAndNoneElsewhere()
    {
        Assert.That(new SeatDemoMembers(house.Books, AccessMode.Real).Run(Membership.Password).Refusal!.Code, Is.EqualTo("demo-only"));
        new JoinHousehold(house.Books).Run(new("grocery", "1018", "1017", new DateOnly(2025, 1, 1), "ann"));
        var seat = new SeatDemoMembers(house.Books, new AccessMode(started: true));
        for (var start = 0; start < 2; start++)
            Assert.That(seat.Run(Membership.Password).Value.Select(person => person.Mail), Is.EqualTo(["hanh@demo.example", "jose@demo.example", "alma@demo.example", "leif@demo.example"]));
        Assert.That(house.Books.Read(db => (db.MemberSignIns.Count(), db.HouseholdShares.Single().Share)), Is.EqualTo((4, Share.Stake)), "seated once, however often the demo starts");
        var leif = new EnterWithPassword(house.Books, new AccessMode(started: true)).Run(new("leif@demo.example", Membership.Password, Office.From)).Value.UserId;
        Assert.That(house.Seat(leif, "grocery")!.MemberNumber, Is.EqualTo("1018"));
    }

    [Test]
    public void NewInvitationEndsTheOneBeforeAndOneCanBeTakenBack()
    {
        var first = house.Invite("laundry", "0010").Value.Code;
        var second = house.Invite("laundry", "0010", InvitationWay.Mail).Value.Code;
        Assert.That(house.Find(first, "0010").Refusal!.Code, Is.EqualTo("member-invitation-unknown"));
        Assert.That(new MemberEntry(house.Books).Run("laundry", "0010").Value.Invited!.Way, Is.EqualTo(InvitationWay.Mail));
        var withdraw = new WithdrawMemberInvitation(house.Books);
        Assert.That(withdraw.Run(new("laundry", "0010", "ann", Office.From)).IsRefused, Is.False);
        Assert.That(withdraw.Run(new("laundry", "0010", "ann", Office.From)).Refusal!.Code, Is.EqualTo("member-not-invited"));
        Assert.That(house.Find(second, "0010").Refusal!.Code, Is.EqualTo("member-invitation-unknown"));
        Assert.That(house.Invite("grocery", "1018", InvitationWay.Mail).Refusal!.Code, Is.EqualTo("delivery-without-address"));
        var third = house.Invite("laundry", "0010").Value.Code;
        house.Office.Database.Clock.Advance(MemberInvitation.Valid);
        Assert.That(house.Find(third, "0010").Refusal!.Code, Is.EqualTo("member-invitation-unknown"), "too old");
    }

    [Test]
    public void AccountThatIsThereGetsTheMembershipAddedAndNoSecondOneIsMade()
    {
        var alma = house.ComeIn("grocery", "1017", "alma@example.org");
        var code = house.Invite("laundry", "0010").Value.Code;
        Assert.That(house.Accept(code, "0010", "ALMA@example.org").Refusal!.Code, Is.EqualTo("account-there"));
        Assert.That(house.Add(code, "0010", alma).Value.CoOpCode, Is.EqualTo("laundry"));
        Assert.That(new MyMemberships(house.Books).Run(alma).Select(row => (row.Code, row.MemberNumber)), Is.EqualTo(new[] { ("grocery", "1017"), ("laundry", "0010") }));
        Assert.That((house.Seat(alma, "laundry")!.MemberNumber, house.Seat(alma, "grocery")!.MemberNumber), Is.EqualTo(("0010", "1017")));
        var another = house.Invite("laundry", "0007").Value.Code;
        Assert.That(house.Add(another, "0007", alma).Refusal!.Code, Is.EqualTo("account-taken"));
        Assert.That(house.Add(another, "0007", 4711).Refusal!.Code, Is.EqualTo("person-unknown"));
        var grant = new GrantRoleByMail(house.Books);
        Assert.That(grant.Run(new("nobody@example.org", house.Office.Laundry, Role.Clerk, house.Office.Ruth, Office.Mail, Office.From)).Refusal!.Code, Is.EqualTo("account-unknown"));
        Assert.That(grant.Run(new("Alma@example.org", house.Office.Laundry, Role.Clerk, house.Office.Ruth, Office.Mail, Office.From)).Value.UserId, Is.EqualTo(alma), "members may be staff");
        var sam = house.Office.Join("Sam", Role.Clerk, house.Office.Laundry);
        house.Add(another, "0007", sam);
        Assert.That(house.Office.Standing(sam, house.Office.Laundry).Roles, Is.EquivalentTo([Role.Clerk, Role.Member]), "staff may be members");
        Assert.That(new ListPeople(house.Books, house.Office.Mode).Run(house.Grocery).People.Select(person => person.UserId), Has.None.EqualTo(alma), "members are no people of the office");
    }

    [Test]
    public void EndedSignInOpensNothingMoreAndTheMemberCanBeInvitedAnew()
    {
        var hanh = house.ComeIn("laundry", "0010", "hanh@example.org");
        var end = new EndMemberSignIn(house.Books);
        Assert.That(end.Run(new("laundry", "0010", "ann", Office.From)).IsRefused, Is.False);
        Assert.That(end.Run(new("laundry", "0010", "ann", Office.From)).Refusal!.Code, Is.EqualTo("member-without-sign-in"));
        Assert.That(house.Seat(hanh, "laundry"), Is.Null);
        Assert.That(house.Office.Standing(hanh, house.Office.Laundry).Roles, Is.Empty);
        Assert.That(house.Add(house.Invite("laundry", "0010").Value.Code, "0010", hanh).IsRefused, Is.False);
        Assert.That(house.Seat(hanh, "laundry")!.MemberNumber, Is.EqualTo("0010"));
    }

    [Test]
    public void AccountOfAMergedRecordSeesTheOneThatWasKept()
    {
        var jose = house.ComeIn("laundry", "0007", "jose@example.org");
        Assert.That(new MergeMembers(house.Books).Run(new("laundry", "0010", "0007", "the same person", "ann")).IsRefused, Is.False);
        Assert.That(house.Seat(jose, "laundry")!.MemberNumber, Is.EqualTo("0010"));
        Assert.That(house.Invite("laundry", "0007").Refusal!.Code, Is.EqualTo("member-merged"));
    }

    [Test]
    public void PasswordLetterReachesNoFurtherThanTheMembershipAndKeepsTheSecondFactor()
    {
        var clerk = house.Office.Join("Sam", Role.Clerk, house.Office.Laundry);
        Assert.That(house.PasswordLetter("laundry", "0010", clerk).Refusal!.Code, Is.EqualTo("member-without-sign-in"));
        var hanh = house.ComeIn("laundry", "0010", "hanh@example.org");
        Assert.That(house.PasswordLetter("laundry", "0010", clerk, lost: true).Refusal!.Code, Is.EqualTo("second-factor-kept"));
        var letter = house.PasswordLetter("laundry", "0010", clerk).Value;
        new AcceptInvitation(house.Books).Run(new(letter.Code, "Hạnh", "a new set of words", Office.From));
        Assert.That(house.Office.Enter("hanh@example.org", "a new set of words").Value.UserId, Is.EqualTo(hanh));

        new GrantRole(house.Books).Run(new(hanh, house.Office.Laundry, Role.Accountant, house.Office.Ruth, Office.Mail, Office.From));
        Assert.That(house.PasswordLetter("laundry", "0010", clerk).Refusal!.Code, Is.EqualTo("sign-in-of-staff"), "a clerk would come to an accountant's office");
        Assert.That(house.PasswordLetter("laundry", "0010", house.Office.Ruth, secondFactor: false).Refusal!.Code, Is.EqualTo("sign-in-of-staff"));
        Assert.That(house.PasswordLetter("laundry", "0010", house.Office.Ruth, lost: true).IsRefused, Is.False);

        var alma = house.ComeIn("grocery", "1017", "alma@example.org");
        house.Add(house.Invite("laundry", "0007").Value.Code, "0007", alma);
        Assert.That(house.PasswordLetter("laundry", "0007", clerk).Refusal!.Code, Is.EqualTo("sign-in-elsewhere"), "the laundry's letter would open the grocery's books");
    }

    [Test]
    public void AllWhoWaitAreInvitedInTheOrderOfThePostSoManyAtATime()
    {
        house.ComeIn("laundry", "0010", "hanh@example.org");
        foreach (var number in (string[])["0020", "0021", "0022"]) house.Enrol("laundry", number, "M", number, number == "0021" ? null : $"m{number}@example.org");
        new ChangeStatus(house.Books).Run(new("laundry", "0022", MemberStatus.Left, new DateOnly(2024, 6, 1), "ann"));
        var invite = new InviteMembers(house.Books);
        Assert.That(invite.HowMany("laundry").Value, Is.EqualTo(new InviteMembers.Count(Without: 3, Waiting: 3, WaitingWithMail: 2, With: 1)));
        Assert.That(invite.Run(new("laundry", InvitationWay.Mail, 1, "ann", Office.From)).Value.Select(one => one.Member.Number), Is.EqualTo(new[] { "0007" }));
        Assert.That(invite.Run(new("laundry", InvitationWay.Letter, InviteMembers.Most, "ann", Office.From)).Value.Select(one => one.Member.Number), Is.EqualTo(new[] { "0020", "0021" }));
        Assert.That(invite.Run(new("laundry", InvitationWay.Letter, InviteMembers.Most, "ann", Office.From)).Value, Is.Empty);
        Assert.That(invite.HowMany("laundry").Value, Is.EqualTo(new InviteMembers.Count(Without: 3, Waiting: 0, WaitingWithMail: 0, With: 1)));
        house.Office.Database.Clock.Advance(MemberInvitation.Valid);
        Assert.That(invite.HowMany("laundry").Value.Waiting, Is.EqualTo(3));
    }

    [Test]
    public void LettersHoldTheCodeAndNotTheMemberNumber()
    {
        var invited = house.Invite("laundry", "0010").Value;
        var letter = EntryLetters.Invitations(house.Books.Read(db => CoOpTexts.Of(db, invited.CoOp)), [invited, house.Invite("laundry", "0007").Value], "https://example.coop", new DateOnly(2026, 1, 15));
        Assert.That((letter.FileName, letter.Pdf.AsSpan(0, 5).SequenceEqual("%PDF-"u8)), Is.EqualTo(("laundry-invitations-2026-01-15.pdf", true)));
    }
}
