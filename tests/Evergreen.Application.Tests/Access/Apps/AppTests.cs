using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access.Apps;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class AppTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    private Domain.Arithmetic.Outcome<RegisterApp.Result> Register(string name, AppKind kind, string[] scopes, string[]? redirects = null, bool keepsSecret = true) =>
        new RegisterApp(office.Database.Books).Run(new RegisterApp.Request(office.Laundry, name, kind, scopes, Office.Mail, Office.From, redirects, null, keepsSecret));

    private TokenStanding.Result? Stands(RegisterApp.Result app, int? account = null) =>
        new TokenStanding(office.Database.Books, office.Mode).Run(new TokenStanding.Request(app.ClientId, account, null)).Result;

    [Test]
    public void ProgramIsToldItsSecretOnceAndTheBooksKeepItsDigest()
    {
        var till = Register("Till", AppKind.Program, [AppScopes.PurchasesWrite]).Value;
        var kept = office.Database.Books.Read(db => db.Apps.Single());
        Assert.That(kept.ClientSecret, Is.EqualTo(SecretCode.Digest(till.Secret!)));
        Assert.That(office.LastDetail("access.app-register"), Does.StartWith("Program: purchases.write").And.Not.Contains(till.Secret!));
        Assert.That(Stands(till)!.CoOp.Code, Is.EqualTo("laundry"));
        var anew = new NewAppSecret(office.Database.Books).Run(new NewAppSecret.Request(till.AppId, office.Laundry, Office.Mail, Office.From)).Value;
        Assert.That(anew.Secret, Is.Not.EqualTo(till.Secret));
        Assert.That(new ListApps(office.Database.Books).Run(office.Laundry).Single().Scopes, Is.EqualTo([AppScopes.PurchasesWrite]));
    }

    [Test]
    public void WithdrawnAppStandsNoLongerAndStaysOnTheList()
    {
        var till = Register("Till", AppKind.Program, [AppScopes.PurchasesWrite]).Value;
        var withdraw = new WithdrawApp(office.Database.Books);
        Assert.That(withdraw.Run(new WithdrawApp.Request(till.AppId, office.Grocery(), Office.Mail, Office.From)).Refusal?.Code, Is.EqualTo("app-unknown"), "of another co-op");
        Assert.That(withdraw.Run(new WithdrawApp.Request(till.AppId, office.Laundry, Office.Mail, Office.From)).IsRefused, Is.False);
        Assert.That(Stands(till), Is.Null);
        Assert.That(withdraw.Run(new WithdrawApp.Request(till.AppId, office.Laundry, Office.Mail, Office.From)).Refusal?.Code, Is.EqualTo("app-unknown"));
        Assert.That(new ListApps(office.Database.Books).Run(office.Laundry).Single().WithdrawnBy, Is.EqualTo(Office.Mail));
        Assert.That(Register("Till", AppKind.Program, [AppScopes.PurchasesWrite]).IsRefused, Is.False, "its name is free again");
    }

    [TestCase("", AppKind.Program, AppScopes.PurchasesWrite, null, "app-name-missing")]
    [TestCase("Till", AppKind.Program, "", null, "app-scope-missing")]
    [TestCase("Till", AppKind.Program, AppScopes.MyStake, null, "app-scope-unknown")]
    [TestCase("Till", AppKind.Program, AppScopes.WebhooksManage, null, "app-scope-unknown", Description = "it opens nothing any more")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.EquityRead, "https://purse.example/back", "app-scope-unknown")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.MyStake, null, "app-redirect-missing")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.MyStake, "http://purse.example/back", "app-redirect-form")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.MyStake, "https://purse.example/back#part", "app-redirect-form")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.MyStake, "https://*.purse.example/back", "app-redirect-form")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.MyStake, "javascript:alert(1)", "app-redirect-form")]
    [TestCase("Purse", AppKind.ForMembers, AppScopes.MyStake, "/back", "app-redirect-form")]
    public void AppIsNotRegisteredWith(string name, AppKind kind, string scope, string? redirect, string code) =>
        Assert.That(Register(name, kind, scope.Length == 0 ? [] : [scope], redirect is null ? null : [redirect]).Refusal?.Code, Is.EqualTo(code));

    [TestCase("https://purse.example/back")]
    [TestCase("http://127.0.0.1:7777/back")]
    [TestCase("example.purse:/back")]
    public void AppForMembersMayBeSentBackTo(string redirect) => Assert.That(Register("Purse", AppKind.ForMembers, [AppScopes.MyStake], [redirect]).IsRefused, Is.False);

    [Test]
    public void AppInPeoplesHandsHasNoSecretAndItsNameIsItsOwn()
    {
        var purse = Register("Purse", AppKind.ForMembers, [AppScopes.MyStake], ["example.purse:/back"], keepsSecret: false).Value;
        Assert.That(purse.Secret, Is.Null);
        Assert.That(new NewAppSecret(office.Database.Books).Run(new NewAppSecret.Request(purse.AppId, office.Laundry, Office.Mail, Office.From)).Refusal?.Code, Is.EqualTo("app-without-secret"));
        Assert.That(Register("Purse", AppKind.Program, [AppScopes.HoursRead]).Refusal?.Code, Is.EqualTo("app-name-taken"));
        Assert.That(Stands(purse), Is.Null, "without a person it is nobody");
        Assert.That(Stands(purse, office.Ruth), Is.Null, "and nobody let it in");
    }

    [Test]
    public void KeysAreMadeOnceSealedAndReplacedByAge()
    {
        var open = new OpenConnectKeys(office.Database.Books, office.Keys);
        var first = open.Run().Value;
        Assert.That(first.Select(key => key.Use), Is.EquivalentTo([ConnectKeyUse.Signing, ConnectKeyUse.Encryption]));
        Assert.That(open.Run().Value.Select(key => key.KeyId), Is.EqualTo(first.Select(key => key.KeyId)));
        var sealedKeys = office.Database.Books.Read(db => db.ConnectKeys.Select(key => key.Sealed).ToList());
        Assert.That(sealedKeys, Has.All.StartsWith("v1.").And.None.Contains(Convert.ToBase64String(first[0].Key)[..40]));
        var anew = new RotateConnectKeys(office.Database.Books, office.Keys).Run("ann").Value;
        var both = open.Run().Value;
        Assert.That(both.Where(key => key.Use == ConnectKeyUse.Signing).Select(key => (key.KeyId, key.EndsAt is null)),
            Is.EqualTo([(anew, true), (first.Single(key => key.Use == ConnectKeyUse.Signing).KeyId, false)]));
        var later = new OpenConnectKeys(new Application.Storage.Books(office.Database.Books.Address, new Later(TimeSpan.FromDays(91))), office.Keys).Run().Value;
        Assert.That(later.Count(key => key.EndsAt is null), Is.EqualTo(2));
        Assert.That(later.Select(key => key.KeyId), Has.None.EqualTo(first[0].KeyId), "the first has come to its end");
        Assert.That(office.Audited("access.connect-keys"), Is.EqualTo(3));
    }

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
