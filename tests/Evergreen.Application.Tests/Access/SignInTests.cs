using Evergreen.Application.Access;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class SignInTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    [Test]
    public void PasswordOpensWhateverTheCaseOfTheAddress()
    {
        var entered = office.Enter(" RUTH@Laundry.example ").Value;
        Assert.That((entered.UserId, entered.SecondFactorAsked), Is.EqualTo((office.Ruth, false)));
    }

    [Test]
    public void NobodyLearnsWhoHasAnAccount()
    {
        var wrong = office.Enter(password: "not the password at all").Refusal;
        var unknown = office.Enter("nobody@laundry.example").Refusal;
        var ended = office.Join("Sam", Role.Clerk, office.Laundry);
        new DisablePerson(office.Database.Books).Run(new DisablePerson.Request(ended, office.Laundry, office.Ruth, Office.Mail, Office.From));
        Assert.That(new[] { wrong, unknown, office.Enter("Sam@laundry.example").Refusal }, Is.All.EqualTo(Refusals.NotEntered()));
        Assert.That(wrong!.Code, Is.EqualTo("sign-in-failed"));
        Assert.That(office.Audited("access.sign-in-failed"), Is.EqualTo(3));
    }

    [Test]
    public void WhatWasTypedAsAnAccountIsNotKept()
    {
        office.Enter("my secret password\r\nadmin");
        Assert.That(office.Database.Books.Read(db => db.AuditRecords.ToList()).Select(record => record.Subject + record.Detail + record.By), Has.None.Contains("secret"));
        Assert.That(office.Database.Books.Read(db => db.SignInAttempts.ToList()).Select(attempt => attempt.NameDigest), Has.None.Contains("secret"));
    }

    [Test]
    public void GuessingBecomesSlowAndNeverShutsTheOwnerOut()
    {
        for (var i = 0; i < 4; i++) Assert.That(office.Enter(password: "wrong wrong wrong").Refusal!.Code, Is.EqualTo("sign-in-failed"));
        Assert.That(office.Enter().Refusal, Is.EqualTo(Refusals.Slowed(2)));
        Assert.That(office.Enter("nobody@laundry.example").Refusal!.Code, Is.EqualTo("sign-in-failed"));
        office.Database.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(office.Enter(password: "wrong wrong wrong").Refusal!.Code, Is.EqualTo("sign-in-failed"));
        Assert.That(office.Enter().Refusal, Is.EqualTo(new Domain.Arithmetic.Refusal("sign-in-slowed", Refusals.Slowed(4).Sentence)));
        Assert.That(office.Enter(from: "192.0.2.99").IsRefused, Is.False);
        office.Database.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.That(office.Enter().IsRefused, Is.False);
        Assert.That(office.Enter(password: "wrong wrong wrong").Refusal!.Code, Is.EqualTo("sign-in-failed"));
    }

    [Test]
    public void UnknownAccountIsSlowedLikeAKnownOne()
    {
        for (var i = 0; i < 4; i++) office.Enter("nobody@laundry.example");
        Assert.That(office.Enter("nobody@laundry.example").Refusal, Is.EqualTo(Refusals.Slowed(2)));
    }

    [Test]
    public void ManyAddressesDoNotKeepTheOwnerWaitingWhereSheWasBefore()
    {
        office.Enter();
        for (var i = 0; i < 31; i++)
        {
            office.Enter(password: "wrong wrong wrong", from: $"198.51.100.{i}");
            office.Database.Clock.Advance(TimeSpan.FromMilliseconds(20));
        }
        Assert.That(office.Enter(from: "198.51.100.200").Refusal!.Code, Is.EqualTo("sign-in-slowed"));
        Assert.That(office.Enter().IsRefused, Is.False);
    }

    [Test]
    public void AuthenticatorIsAskedForFromItsFirstRightCodeOn()
    {
        var confirm = new ConfirmAuthenticator(office.Database.Books, office.Keys);
        Assert.That(confirm.Run(new ConfirmAuthenticator.Request(office.Ruth, "123456", null, Office.From)).Refusal!.Code, Is.EqualTo("authenticator-missing"));
        var make = new MakeAuthenticator(office.Database.Books, office.Keys);
        var shown = make.Run(new MakeAuthenticator.Request(office.Ruth, "Evergreen")).Value;
        Assert.That(make.Run(new MakeAuthenticator.Request(office.Ruth, "Evergreen")).Value, Is.EqualTo(shown));
        Assert.That(office.Enter().Value.Authenticator, Is.False);
        Assert.That(confirm.Run(new ConfirmAuthenticator.Request(office.Ruth, "12345", null, Office.From)).Refusal!.Code, Is.EqualTo("code-wrong"));
        var codes = confirm.Run(new ConfirmAuthenticator.Request(office.Ruth, office.CodeNow(Office.Unspell(shown.Spelled)), null, Office.From)).Value;
        Assert.That(codes.Distinct().Count(), Is.EqualTo(10));
        Assert.That(office.Enter().Value.Authenticator, Is.True);
        Assert.That(make.Run(new MakeAuthenticator.Request(office.Ruth, "Evergreen")).Refusal!.Code, Is.EqualTo("authenticator-there"));
    }

    [Test]
    public void CodeIsTakenOnceAndClocksMayBeAMinuteOff()
    {
        var (secret, _) = office.Authenticator();
        Assert.That(office.Code(office.CodeNow(secret)).Refusal!.Code, Is.EqualTo("code-wrong"), "the code that confirmed it");
        office.Database.Clock.Advance(TimeSpan.FromSeconds(60));
        var now = office.CodeNow(secret);
        Assert.That(office.Code(now).IsRefused, Is.False);
        Assert.That(office.Code(now).IsRefused, Is.True);
        Assert.That(office.Code(office.CodeNow(secret, -1)).IsRefused, Is.True);
        Assert.That(office.Code(office.CodeNow(secret, 1)).IsRefused, Is.False);
    }

    [Test]
    public void RecoveryCodeIsTakenOnceHoweverItIsTyped()
    {
        var (_, codes) = office.Authenticator();
        Assert.That(office.Code(codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), recovery: true).Value.RecoveryCodesLeft, Is.EqualTo(9));
        Assert.That(office.Code(codes[0], recovery: true).Refusal!.Code, Is.EqualTo("recovery-code-wrong"));
        Assert.That(office.Code(codes[1], recovery: false).Refusal!.Code, Is.EqualTo("code-wrong"));
        Assert.That((office.Audited("access.recovery-code-used"), office.Audited("access.second-factor-failed")), Is.EqualTo((1, 2)));
    }

    [Test]
    public void NewRecoveryCodesEndTheOldOnes()
    {
        var (_, codes) = office.Authenticator();
        var make = new MakeRecoveryCodes(office.Database.Books, office.Keys);
        Assert.That(make.Run(new MakeRecoveryCodes.Request(office.Ruth, "not it", Office.From)).Refusal!.Code, Is.EqualTo("password-wrong"));
        var fresh = make.Run(new MakeRecoveryCodes.Request(office.Ruth, Office.Password, Office.From)).Value;
        Assert.That(office.Code(codes[0], recovery: true).IsRefused, Is.True);
        Assert.That(office.Code(fresh[0], recovery: true).IsRefused, Is.False);
    }

    [Test]
    public void GuessingCodesIsSlowedToo()
    {
        var (secret, _) = office.Authenticator();
        office.Database.Clock.Advance(TimeSpan.FromSeconds(60));
        var wrong = office.CodeNow(secret, 5);
        for (var i = 0; i < 4; i++) office.Code(wrong);
        Assert.That(office.Code(office.CodeNow(secret)).Refusal!.Code, Is.EqualTo("sign-in-slowed"));
        office.Database.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(office.Code(office.CodeNow(secret)).IsRefused, Is.False);
    }

    [Test]
    public void AuthenticatorsSecretIsSealedAndItsKeysAreNotMadeTwice()
    {
        var (secret, _) = office.Authenticator();
        var kept = office.Database.Books.Read(db => db.SignIns.Single().AuthenticatorSealed!);
        Assert.That(kept, Does.StartWith("v1.").And.Not.Contain(TimeCode.Spelled(secret)).And.Not.Contain(Convert.ToHexString(secret)));
        File.Delete(office.KeyFile);
        Assert.That(office.Code("123456").Refusal!.Code, Is.EqualTo("keys-lost"));
    }

    [Test]
    public void SecretThatWaitsForItsFirstCodeIsShownAgain()
    {
        var (make, request) = (new MakeAuthenticator(office.Database.Books, office.Keys), new MakeAuthenticator.Request(office.Ruth, "Evergreen"));
        Assert.That(make.Waiting(request).Value, Is.Null, "looking makes none");
        var made = make.Run(request).Value;
        Assert.That(make.Waiting(request).Value, Is.EqualTo(made));
        new ConfirmAuthenticator(office.Database.Books, office.Keys).Run(new ConfirmAuthenticator.Request(office.Ruth, office.CodeNow(Office.Unspell(made.Spelled)), null, Office.From));
        Assert.That(make.Waiting(request).Refusal!.Code, Is.EqualTo("authenticator-there"));
    }

    [Test]
    public void RemovedAuthenticatorIsNoLongerAskedFor()
    {
        office.Authenticator();
        var remove = new RemoveAuthenticator(office.Database.Books);
        Assert.That(remove.Run(new RemoveAuthenticator.Request(office.Ruth, "no", null, Office.From)).Refusal!.Code, Is.EqualTo("password-wrong"));
        Assert.That(remove.Run(new RemoveAuthenticator.Request(office.Ruth, Office.Password, null, Office.From)).IsRefused, Is.False);
        Assert.That(office.Enter().Value.Authenticator, Is.False);
        Assert.That(remove.Run(new RemoveAuthenticator.Request(office.Ruth, Office.Password, null, Office.From)).Refusal!.Code, Is.EqualTo("authenticator-missing"));
    }
}
