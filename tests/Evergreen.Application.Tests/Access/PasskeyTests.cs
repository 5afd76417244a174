using Evergreen.Application.Access;
using Evergreen.Application.Tests.Storage;
using Microsoft.AspNetCore.Identity;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

/// <summary>What is kept of a passkey, after Identity has verified it.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class PasskeyTests(TestDatabase databases)
{
    private static readonly byte[] Credential = [1, 2, 3, 4];
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    private static UserPasskeyInfo Verified(uint count = 0, bool verified = true, byte[]? credential = null) =>
        new(credential ?? Credential, [9, 9], new DateTimeOffset(2026, 1, 15, 10, 0, 0, TimeSpan.Zero), count, ["internal"], verified, false, false, [7], [8]);

    private string? Add(UserPasskeyInfo passkey, string name = "Phone") => new AddPasskey(office.Database.Books).Run(new AddPasskey.Request(office.Ruth, passkey, name, Office.From)).Refusal?.Code;

    private Domain.Arithmetic.Outcome<int> Enter(UserPasskeyInfo? passkey) => new EnterWithPasskey(office.Database.Books, office.Mode).Run(new EnterWithPasskey.Request(passkey, Office.From));

    [Test]
    public void PasskeyOpensAndItsCounterOnlyGrows()
    {
        Assert.That(Add(Verified(5)), Is.Null);
        Assert.That(Add(Verified(5)), Is.EqualTo("passkey-taken"));
        Assert.That(Enter(Verified(6)).Value, Is.EqualTo(office.Ruth));
        Assert.That(Enter(Verified(6)).Refusal!.Code, Is.EqualTo("passkey-unknown"));
        Assert.That(Enter(Verified(7, verified: false)).IsRefused, Is.True);
        Assert.That(Enter(Verified(8, credential: [5])).IsRefused, Is.True);
        Assert.That(Enter(null).IsRefused, Is.True);
        Assert.That(office.Audited("access.sign-in-failed"), Is.EqualTo(4));
        Assert.That(office.Enter().Value, Is.EqualTo(new EnterWithPassword.Result(office.Ruth, Authenticator: false, Passkey: true)));
    }

    [Test]
    public void RemovedPasskeyOpensNothing()
    {
        Add(Verified(), "  ");
        Assert.That(new MyAccess(office.Database.Books).Run(office.Ruth)!.Passkeys.Single().Name, Is.EqualTo("Passkey"));
        var remove = new RemovePasskey(office.Database.Books);
        Assert.That(remove.Run(new RemovePasskey.Request(office.Ruth, Credential, "no", null, Office.From)).Refusal!.Code, Is.EqualTo("password-wrong"));
        Assert.That(remove.Run(new RemovePasskey.Request(office.Ruth, Credential, Office.Password, null, Office.From)).IsRefused, Is.False);
        Assert.That(Enter(Verified()).IsRefused, Is.True);
        Assert.That(office.Enter().Value.SecondFactorAsked, Is.False);
    }
}
