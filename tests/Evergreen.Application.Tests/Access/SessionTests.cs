using Evergreen.Application.Access;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class SessionTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    [Test]
    public void SessionStandsUntilNothingIsDoneForHalfAnHour()
    {
        var session = office.Session(office.Ruth, Proof.SecondFactor);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.That(office.Keep(session.Key)!.SecondFactor, Is.True);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.That(office.Keep(session.Key), Is.Not.Null);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.That(office.Keep(session.Key), Is.Null);
        Assert.That(office.Keep(session.Key), Is.Null);
        Assert.That((office.Audited("access.sign-in"), office.Audited("access.session-ended")), Is.EqualTo((1, 1)));
    }

    /// <summary>Long work may keep the books to itself for minutes: whoever watches it is not kept waiting, and their session is noted with a later page.</summary>
    [Test]
    public void PageWaitsForNobodyWhoWrites()
    {
        var session = office.Session(office.Ruth);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(20));
        office.Database.Books.Write<bool>(dryRun: false, db =>
        {
            var keeping = Task.Run(() => office.Keep(session.Key));
            Assert.That(keeping.Wait(TimeSpan.FromSeconds(20)), Is.True, "it waits for nobody");
            return keeping.Result is not null;
        });
        Assert.That(office.Keep(session.Key), Is.Not.Null);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.That(office.Keep(session.Key), Is.Not.Null, "it was noted then");
    }

    [Test]
    public void EverySessionIsToldHowLightTheAccountHasItsPages()
    {
        var (phone, desk) = (office.Session(office.Ruth), office.Session(office.Ruth));
        Assert.That(office.Keep(desk.Key)!.Theme, Is.Null, "nothing was chosen");
        var choose = new ChooseTheme(office.Database.Books);
        Assert.That((choose.Run(new(office.Ruth, Theme.Dark)).Value, choose.Run(new(office.Ruth, Theme.Dark)).Value), Is.EqualTo((true, false)));
        Assert.That((office.Keep(phone.Key)!.Theme, office.Keep(desk.Key)!.Theme), Is.EqualTo(((Theme?)Theme.Dark, (Theme?)Theme.Dark)));
        Assert.That(choose.Run(new(4711, Theme.Light)).Refusal!.Code, Is.EqualTo("person-unknown"));
    }

    [Test]
    public void SessionEndsAfterTwelveHoursInAnyCase()
    {
        var session = office.Session(office.Ruth);
        for (var i = 0; i < 36; i++)
        {
            Assert.That(office.Keep(session.Key), Is.Not.Null, $"after {i * 20} minutes");
            office.Database.Clock.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.That(office.Keep(session.Key), Is.Null);
    }

    [Test]
    public void EachSignInHasAKeyOfItsOwnAndTheOneBeforeEnds()
    {
        var first = office.Session(office.Ruth);
        var second = office.Session(office.Ruth, Proof.SecondFactor, replaces: office.Keep(first.Key)!.SessionId);
        Assert.That(second.Key, Is.Not.EqualTo(first.Key));
        Assert.That(office.Keep(first.Key), Is.Null);
        Assert.That(office.Keep(second.Key), Is.Not.Null);
        Assert.That(office.Database.Books.Read(db => db.SignInSessions.ToList()).Select(session => session.KeyDigest), Has.None.EqualTo(first.Key).And.None.EqualTo(second.Key));
    }

    [Test]
    public void OneSessionOrAllOfThemAreEndedByTheirOwnerOnly()
    {
        var (here, there) = (office.Session(office.Ruth), office.Session(office.Ruth));
        var sam = office.Join("Sam", Role.Clerk, office.Laundry);
        var id = office.Keep(there.Key)!.SessionId;
        var end = new EndSessions(office.Database.Books);
        Assert.That(end.Run(new EndSessions.Request(sam, id, Office.From)).Refusal!.Code, Is.EqualTo("session-unknown"));
        Assert.That(end.Run(new EndSessions.Request(office.Ruth, id, Office.From)).Value, Is.EqualTo(1));
        Assert.That((office.Keep(here.Key) is null, office.Keep(there.Key) is null), Is.EqualTo((false, true)));
        Assert.That(new ListSessions(office.Database.Books).Run(office.Ruth).Single().Device, Is.EqualTo("Firefox on Linux"));
        Assert.That(end.Run(new EndSessions.Request(office.Ruth, null, Office.From)).Value, Is.EqualTo(1));
        Assert.That(office.Keep(here.Key), Is.Null);
    }

    [Test]
    public void ChangedPasswordEndsEveryOtherSession()
    {
        var (here, there) = (office.Session(office.Ruth), office.Session(office.Ruth));
        var keep = office.Keep(here.Key)!.SessionId;
        var change = new ChangePassword(office.Database.Books);
        Assert.That(change.Run(new ChangePassword.Request(office.Ruth, "no", "another set of words", keep, Office.From)).Refusal!.Code, Is.EqualTo("password-wrong"));
        Assert.That(change.Run(new ChangePassword.Request(office.Ruth, Office.Password, "Ruth2026", keep, Office.From)).Refusal!.Code, Is.EqualTo("password-personal"));
        Assert.That(change.Run(new ChangePassword.Request(office.Ruth, Office.Password, "another set of words", keep, Office.From)).IsRefused, Is.False);
        Assert.That((office.Keep(here.Key) is null, office.Keep(there.Key) is null), Is.EqualTo((false, true)));
        Assert.That(office.Enter().IsRefused, Is.True);
        Assert.That(office.Enter(password: "another set of words").IsRefused, Is.False);
    }

    [Test]
    public void EndedAccessEndsEverySessionAtOnce()
    {
        var sam = office.Join("Sam", Role.Clerk, office.Laundry);
        var session = office.Session(sam);
        var disable = new DisablePerson(office.Database.Books);
        Assert.That(disable.Run(new DisablePerson.Request(sam, office.Laundry, office.Ruth, Office.Mail, Office.From)).IsRefused, Is.False);
        Assert.That(office.Keep(session.Key), Is.Null);
        Assert.That(office.Standing(sam, office.Laundry).Roles, Is.Empty);
        disable.Run(new DisablePerson.Request(sam, office.Laundry, office.Ruth, Office.Mail, Office.From, Again: true));
        Assert.That(office.Keep(session.Key), Is.Null, "a session that ended stays ended");
        Assert.That(office.Standing(sam, office.Laundry).May(Permission.SeeMembers), Is.True);
    }

    [Test]
    public void BrowsersNameStaysOnOneLine()
    {
        new StartSession(office.Database.Books, office.Mode).Run(new StartSession.Request(office.Ruth, Proof.Password, Office.From, "Fire\r\nfox\u2028" + new string('x', 400)));
        var device = new ListSessions(office.Database.Books).Run(office.Ruth).Single().Device;
        Assert.That(device, Has.Length.EqualTo(200).And.Not.Contain("\n").And.Not.Contain("\r").And.Not.Contain("\u2028"));
    }
}
