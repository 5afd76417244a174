using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access.Apps;

/// <summary>A person lets an app in, and shuts it out again.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ConsentTests(TestDatabase databases)
{
    private Office office = null!;
    private RegisterApp.Result purse = null!;

    [SetUp]
    public void Open()
    {
        office = new Office(databases);
        purse = new RegisterApp(Books).Run(new(office.Laundry, "Purse", AppKind.ForMembers, [AppScopes.MyStake, AppScopes.MyDividends, AppScopes.OfflineAccess], Office.Mail, Office.From, ["example.purse:/back"], null, KeepsSecret: false)).Value;
    }

    [TearDown]
    public void Close() => office.Dispose();

    private Books Books => office.Database.Books;

    private AskConsent.Result? Ask(int user) => new AskConsent(Books, office.Mode).Run(purse.ClientId, user);

    private int LetIn(params string[] scopes) => new LetAppIn(Books).Run(new(purse.ClientId, office.Ruth, scopes, Office.Mail, Office.From)).Value;

    private bool Stands(int token) => new TokenStanding(Books, office.Mode).Run(new(purse.ClientId, office.Ruth, token)).Result is not null;

    /// <summary>What the app got under a leave, good for a quarter of an hour.</summary>
    private int Token(int consent) => Books.Write<int>(dryRun: false, db =>
    {
        var token = new AppToken
        {
            Application = db.Apps.Single(app => app.Id == purse.AppId), Authorization = db.AppConsents.Single(leave => leave.Id == consent), Subject = office.Ruth.ToString(CultureInfo.InvariantCulture),
            Status = "valid", Type = "access_token", CreationDate = Books.Now, ExpirationDate = Books.Now.AddMinutes(15),
        };
        db.AppTokens.Add(token);
        db.SaveChanges();
        return token.Id;
    }).Value;

    [Test]
    public void LeaveHoldsForWhatWasShownAndGrowsWithWhatIsAllowedLater()
    {
        var before = Ask(office.Ruth)!;
        Assert.That((before.AppName, before.CoOp.Code, before.Person.UserName, before.Belongs, before.ConsentId, before.Allowed.Count), Is.EqualTo(("Purse", "laundry", Office.Mail, true, (int?)null, 0)));
        var leave = LetIn(AppScopes.MyStake);
        Assert.That((LetIn(AppScopes.MyStake), office.Audited("access.app-let-in")), Is.EqualTo((leave, 1)), "what stands is not given again");
        Assert.That(LetIn(AppScopes.MyDividends, "everything"), Is.EqualTo(leave));
        Assert.That(Ask(office.Ruth)!.Allowed, Is.EqualTo([AppScopes.MyStake, AppScopes.MyDividends]));
        Assert.That(new LetAppIn(Books).Run(new("app-unheard-of", office.Ruth, [AppScopes.MyStake], Office.Mail, Office.From)).Refusal?.Code, Is.EqualTo("app-unknown"));
        var leo = office.Join("leo", Role.Clerk, office.Grocery());
        Assert.That((Ask(leo)!.Belongs, Ask(leo)!.ConsentId), Is.EqualTo((false, (int?)null)), "of another co-op");
        Assert.That(Ask(leo + 1), Is.Null);
    }

    [Test]
    public void WhatAnAppHoldsIsNoGoodOnceItsLeaveIsTakenBack()
    {
        var leave = LetIn(AppScopes.MyStake);
        var token = Token(leave);
        var row = new ListConsents(Books).Run(office.Ruth).Single();
        Assert.That((row.Id, row.AppName, row.CoOpName, row.Scopes[0], row.LastUsedAt), Is.EqualTo((leave, "Purse", "The Wash House", AppScopes.MyStake, (DateTime?)Books.Now)));
        var revoke = new RevokeConsent(Books);
        Assert.That(revoke.Run(new(leave, office.Ruth + 1, Office.Mail, Office.From)).Refusal?.Code, Is.EqualTo("consent-unknown"), "of another person");
        Assert.That(Stands(token), Is.True);
        Assert.That(revoke.Run(new(leave, office.Ruth, Office.Mail, Office.From)).IsRefused, Is.False);
        Assert.That((Stands(token), Books.Read(db => db.AppTokens.Single().Status), Ask(office.Ruth)!.ConsentId), Is.EqualTo((false, "revoked", (int?)null)));
        Assert.That(new ListConsents(Books).Run(office.Ruth), Is.Empty);
        Assert.That(revoke.Run(new(leave, office.Ruth, Office.Mail, Office.From)).Refusal?.Code, Is.EqualTo("consent-unknown"));
        Assert.That(LetIn(AppScopes.MyStake), Is.Not.EqualTo(leave), "a leave of its own");
        Assert.That(office.Audited("access.app-shut-out"), Is.EqualTo(1));
    }

    [Test]
    public void EntriesOfTokensGoWhenTheyHaveRunOutForADay()
    {
        Token(LetIn(AppScopes.MyStake));
        var tidy = new TidyTokens(Books);
        Assert.That(tidy.Run().Value, Is.Zero);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromDays(1));
        Assert.That(tidy.Run().Value, Is.Zero);
        office.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((tidy.Run().Value, Books.Read(db => db.AppTokens.Count())), Is.EqualTo((1, 0)));
    }
}
