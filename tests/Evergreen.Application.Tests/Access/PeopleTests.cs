using Evergreen.Application.Access;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class PeopleTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    private string? Grant(int user, int? coOp, Role role, int? by = null) =>
        new GrantRole(office.Database.Books).Run(new GrantRole.Request(user, coOp, role, by ?? office.Ruth, Office.Mail, Office.From)).Refusal?.Code;

    private string? Withdraw(int grant, int coOp, int? by = null) =>
        new WithdrawRole(office.Database.Books).Run(new WithdrawRole.Request(grant, coOp, by ?? office.Ruth, Office.Mail, Office.From)).Refusal?.Code;

    private string? Disable(int user, int coOp, int by) =>
        new DisablePerson(office.Database.Books).Run(new DisablePerson.Request(user, coOp, by, Office.Mail, Office.From)).Refusal?.Code;

    private ListPeople.Page People(int coOp) => new ListPeople(office.Database.Books, office.Mode).Run(coOp);

    [Test]
    public void RoleAllowsAtItsCoOpOnlyAndMoneyWithASecondFactorOnly()
    {
        var (laundry, grocery) = (office.Laundry, office.Grocery());
        var ana = office.Join("Ana", Role.Accountant, laundry);
        Assert.That(office.Standing(ana, laundry).May(Permission.SeeLedger), Is.True);
        Assert.That(office.Standing(ana, laundry).Answer(Permission.PostDividend), Is.EqualTo(Verdict.SecondFactorNeeded));
        Assert.That(office.Standing(ana, laundry, secondFactor: true).Answer(Permission.PostDividend), Is.EqualTo(Verdict.Yes));
        Assert.That(office.Standing(ana, laundry, secondFactor: true).Answer(Permission.ManageUsers), Is.EqualTo(Verdict.No));
        Assert.That(office.Standing(ana, grocery, secondFactor: true).Roles, Is.Empty);
        Assert.That(office.Standing(office.Ruth, grocery, secondFactor: true).May(Permission.ManageUsers), Is.True);
        Assert.That(office.Standing(4711, laundry, secondFactor: true).Roles, Is.Empty);
    }

    [Test]
    public void OfficesOfAPersonAreThoseWhereARoleOpensThem()
    {
        var grocery = office.Grocery();
        var leo = office.Join("leo", Role.Clerk, grocery);
        List<string> At(int person) => [.. new MyCoOps(office.Database.Books).Run(person).Select(row => row.Code)];
        Assert.That(At(office.Ruth), Is.EqualTo(["grocery", "laundry"]), "hers is for every co-op");
        Assert.That(At(leo), Is.EqualTo(["grocery"]));
        office.Database.Books.Write<bool>(dryRun: false, db =>
        {
            db.RoleGrants.Single(grant => grant.UserId == leo).WithdrawnAt = office.Database.Books.Now;
            return true;
        });
        Assert.That(At(leo), Is.Empty);
    }

    [Test]
    public void WithdrawnRoleAllowsNothingAndStaysWrittenDown()
    {
        var sam = office.Join("Sam", Role.Clerk, office.Laundry);
        Assert.That(Grant(sam, office.Laundry, Role.Clerk), Is.EqualTo("role-held"));
        Assert.That(Grant(sam, office.Laundry, Role.Auditor), Is.Null);
        var clerk = People(office.Laundry).People.Single(person => person.UserId == sam).Roles[0];
        Assert.That(Withdraw(clerk.GrantId, office.Laundry), Is.Null);
        Assert.That(Withdraw(clerk.GrantId, office.Laundry), Is.EqualTo("grant-unknown"));
        Assert.That(office.Standing(sam, office.Laundry).Roles, Is.EquivalentTo([Role.Auditor]));
        Assert.That(office.Database.Books.Read(db => db.RoleGrants.Single(grant => grant.Id == clerk.GrantId).WithdrawnBy), Is.EqualTo(Office.Mail));
        Assert.That((office.Audited("access.grant"), office.Audited("access.withdraw")), Is.EqualTo((3, 1)));
    }

    [Test]
    public void AdministratorOfOneCoOpReachesNoFurther()
    {
        var (laundry, grocery) = (office.Laundry, office.Grocery());
        var joy = office.Join("Joy", Role.Administrator, laundry);
        var sam = office.Join("Sam", Role.Clerk, grocery);
        Assert.That(Grant(joy, null, Role.Administrator, by: joy), Is.EqualTo("grant-too-wide"));
        Assert.That(new InvitePerson(office.Database.Books).Run(new InvitePerson.Request(null, "x@laundry.example", "X", Role.Administrator, joy, "joy", Office.From)).Refusal!.Code, Is.EqualTo("grant-too-wide"));
        Assert.That(Disable(sam, laundry, by: joy), Is.EqualTo("person-unknown"));
        Grant(sam, laundry, Role.Clerk);
        Assert.That(Disable(sam, laundry, by: joy), Is.EqualTo("person-elsewhere"));
        Assert.That(Disable(sam, laundry, by: office.Ruth), Is.Null);
        var ruths = People(laundry).People.Single(person => person.UserId == office.Ruth).Roles.Single();
        Assert.That(Withdraw(ruths.GrantId, laundry, by: joy), Is.EqualTo("grant-too-wide"));
        Assert.That(Grant(4711, laundry, Role.Clerk), Is.EqualTo("person-unknown"));
    }

    [Test]
    public void LastAdministratorStays()
    {
        var ruths = People(office.Laundry).People.Single().Roles.Single();
        Assert.That(Withdraw(ruths.GrantId, office.Laundry), Is.EqualTo("last-administrator"));
        Assert.That(Disable(office.Ruth, office.Laundry, office.Ruth), Is.EqualTo("last-administrator"));
        var joy = office.Join("Joy", Role.Administrator, null);
        Assert.That(Disable(office.Ruth, office.Laundry, joy), Is.Null);
        Assert.That(Disable(joy, office.Laundry, joy), Is.EqualTo("last-administrator"));
    }

    [Test]
    public void InvitationIsGoodOnceForFourteenDays()
    {
        var invite = new InvitePerson(office.Database.Books);
        InvitePerson.Request To(string mail, string name = "Sam") => new(office.Laundry, mail, name, Role.Clerk, office.Ruth, Office.Mail, Office.From);
        Assert.That(invite.Run(To("sam at laundry")).Refusal!.Code, Is.EqualTo("mail-form"));
        Assert.That(invite.Run(To("sam@laundry.example\r\nBcc: x@y.example")).Refusal!.Code, Is.EqualTo("mail-form"));
        Assert.That(invite.Run(To("sam@laundry.example", " ")).Refusal!.Code, Is.EqualTo("name-missing"));
        Assert.That(invite.Run(To(Office.Mail)).Refusal!.Code, Is.EqualTo("person-known"));
        var invited = invite.Run(To("sam@laundry.example")).Value;
        Assert.That(new FindInvitation(office.Database.Books).Run(invited.Code.ToLowerInvariant()).Value.CoOp, Is.EqualTo("The Wash House"));
        var accept = new AcceptInvitation(office.Database.Books);
        Assert.That(accept.Run(new AcceptInvitation.Request(invited.Code, "Sam", "short", Office.From)).Refusal!.Code, Is.EqualTo("password-short"));
        Assert.That(accept.Run(new AcceptInvitation.Request(invited.Code, "Sam", Office.Password, Office.From)).IsRefused, Is.False);
        Assert.That(accept.Run(new AcceptInvitation.Request(invited.Code, "Sam", Office.Password, Office.From)).Refusal!.Code, Is.EqualTo("invitation-unknown"));
        var late = invite.Run(To("lee@laundry.example")).Value;
        office.Database.Clock.Advance(TimeSpan.FromDays(14));
        Assert.That(accept.Run(new AcceptInvitation.Request(late.Code, "Lee", Office.Password, Office.From)).Refusal!.Code, Is.EqualTo("invitation-unknown"));
    }

    [Test]
    public void InvitationCanBeTakenBack()
    {
        var invited = new InvitePerson(office.Database.Books).Run(new InvitePerson.Request(office.Laundry, "sam@laundry.example", "Sam", Role.Clerk, office.Ruth, Office.Mail, Office.From)).Value;
        Assert.That(People(office.Laundry).Invitations.Single().Mail, Is.EqualTo("sam@laundry.example"));
        var withdraw = new WithdrawInvitation(office.Database.Books);
        var request = new WithdrawInvitation.Request(invited.InvitationId, office.Laundry, office.Ruth, Office.Mail, Office.From);
        Assert.That(withdraw.Run(request).IsRefused, Is.False);
        Assert.That(withdraw.Run(request).Refusal!.Code, Is.EqualTo("invitation-unknown"));
        Assert.That(new FindInvitation(office.Database.Books).Run(invited.Code).IsRefused, Is.True);
        Assert.That(People(office.Laundry).Invitations, Is.Empty);
    }

    [Test]
    public void ForgottenPasswordLeavesTheSecondFactorUnlessThatIsLostToo()
    {
        var (_, recovery) = office.Authenticator();
        var joy = office.Join("Joy", Role.Administrator, null);
        var session = office.Session(office.Ruth, Proof.SecondFactor);
        var forgotten = new ForgottenPassword(office.Database.Books);
        var link = forgotten.Run(new ForgottenPassword.Request(office.Ruth, office.Laundry, SecondFactorLost: false, joy, "joy", Office.From)).Value;
        Assert.That(office.Keep(session.Key), Is.Not.Null, "asking alone ends nothing");
        Assert.That(new AcceptInvitation(office.Database.Books).Run(new AcceptInvitation.Request(link.Code, "Ruth", "quite another phrase", Office.From)).Value, Is.EqualTo(office.Ruth));
        Assert.That(office.Keep(session.Key), Is.Null);
        Assert.That(office.Enter(password: "quite another phrase").Value.Authenticator, Is.True);
        forgotten.Run(new ForgottenPassword.Request(office.Ruth, office.Laundry, SecondFactorLost: true, joy, "joy", Office.From));
        Assert.That(office.Enter(password: "quite another phrase").Value.SecondFactorAsked, Is.False);
        Assert.That(office.Code(recovery[0], recovery: true).IsRefused, Is.True);
        Assert.That(office.Audited("access.second-factor-cleared"), Is.EqualTo(1));
    }

    [Test]
    public void DenialIsRecordedOnceOnOneLine()
    {
        new RecordDenial(office.Database.Books).Run(new RecordDenial.Request("sam", office.Laundry, Permission.PostDividend, "POST /office/laundry/dividends\r\nfake record", "192.0.2.7"));
        var record = office.Database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "access.denied"));
        Assert.That(record.Subject, Is.EqualTo("POST /office/laundry/dividends\uFFFD\uFFFDfake record"));
        Assert.That((record.Detail, office.Database.Books.Read(db => db.AuditAddresses.Single(address => address.Chain == office.Laundry && address.Number == record.Number).Address)), Is.EqualTo(("PostDividend is not held", "192.0.2.7")));
    }
}
