using Evergreen.Application.Access;
using Evergreen.Application.Mail;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class MailServerTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    private SetMailServer.Request Wanted => new("smtp.example.org", null, SmtpSecurity.StartTls, "office", "a secret word", "The Wash House <office@laundry.example>", office.Laundry, Office.Mail);

    private Outcome<bool> Set(SetMailServer.Request request) => new SetMailServer(office.Database.Books, office.Mode, office.Keys).Run(request);

    private SmtpRoute? Found() => new FindMailServer(office.Database.Books, office.Keys).Run().Value;

    [Test]
    public void ServerIsFoundAgainAndItsPasswordIsSealed()
    {
        Assert.That((Found(), SealingKeys.AnySealed(office.Database.Books.Open())), Is.EqualTo(((SmtpRoute?)null, false)));
        Assert.That(Set(Wanted).Value, Is.True);
        var found = Found()!;
        Assert.That((found.Host, found.Port, found.Security, found.User, found.Password, found.From.Address, found.From.Name), Is.EqualTo(("smtp.example.org", 587, SmtpSecurity.StartTls, "office", "a secret word", "office@laundry.example", "The Wash House")));
        using var db = office.Database.Books.Open();
        Assert.That((db.MailServers.Single().PasswordSealed!.Contains("secret", StringComparison.Ordinal), SealingKeys.AnySealed(db)), Is.EqualTo((false, true)), "the key file is not made anew while it is there");
        Assert.That((office.Audited("mail.server"), office.LastDetail("mail.server")!.Contains("secret", StringComparison.Ordinal)), Is.EqualTo((1, false)));
    }

    [Test]
    public void KeptPasswordGoesToNoOtherServer()
    {
        Set(Wanted);
        Assert.That(Set(Wanted with { Password = "", Sender = "post@laundry.example" }).Value, Is.True);
        Assert.That((Found()!.Password, Found()!.From.Address), Is.EqualTo(("a secret word", "post@laundry.example")));
        foreach (var other in (SetMailServer.Request[])[Wanted with { Host = "smtp.evil.example" }, Wanted with { Port = 2525 }, Wanted with { Security = SmtpSecurity.Tls }, Wanted with { User = "someone" }])
            Assert.That(Set(other with { Password = "" }).Refusal!.Code, Is.EqualTo("mail-server-password"), other.ToString());
        Assert.That(Set(Wanted with { User = null, Password = "" }).Value, Is.True);
        Assert.That((Found()!.User, Found()!.Password), Is.EqualTo(((string?)null, (string?)null)), "without a user there is nothing to keep");
        Assert.That((Set(Wanted with { Host = " " }).Value, Found()), Is.EqualTo((false, (SmtpRoute?)null)), "taken away");
    }

    [Test]
    public void AnotherPersonsServerIsNotOverwrittenUnseen()
    {
        Assert.That(Set(Wanted with { Seen = "" }).Value, Is.True);
        var first = SetMailServer.Mark(Found());
        var refused = Set(Wanted with { Host = "mail.example.org", By = "bo", Seen = "" }).Refusal!;
        Assert.That((refused.Code, refused.Sentence), Is.EqualTo(("mail-server-changed", refused.Sentence)));
        Assert.That(refused.Sentence, Does.StartWith($"{Office.Mail} changed the mail server on "));
        Assert.That(Set(Wanted with { Seen = "" }).Value, Is.True, "two who set the same are of one mind");
        Assert.That(Set(Wanted with { Host = "mail.example.org", Seen = first }).Value, Is.True);
        Assert.That(Set(Wanted with { Host = "", Seen = first }).Refusal!.Code, Is.EqualTo("mail-server-changed"), "nor is it taken away");
        Assert.That((Found()!.Host, first.Contains("secret", StringComparison.Ordinal)), Is.EqualTo(("mail.example.org", false)));
    }

    [TestCase("https://smtp.example.org", 587, SmtpSecurity.StartTls, "office", "office@laundry.example", "mail-server-host")]
    [TestCase("smtp.example.org", 70_000, SmtpSecurity.StartTls, "office", "office@laundry.example", "mail-server-port")]
    [TestCase("smtp.example.org", 25, SmtpSecurity.None, "office", "office@laundry.example", "mail-server-open")]
    [TestCase("smtp.example.org", 587, SmtpSecurity.StartTls, "office", "the office", "mail-address")]
    [TestCase("127.0.0.1", 25, SmtpSecurity.None, "office", "office@laundry.example", null)]
    [TestCase("smtp.example.org", 25, SmtpSecurity.None, null, "office@laundry.example", null)]
    public void WhatCannotBeUsedIsNotKept(string host, int port, SmtpSecurity security, string? user, string sender, string? code)
    {
        Assert.That(Set(Wanted with { Host = host, Port = port, Security = security, User = user, Sender = sender }).Refusal?.Code, Is.EqualTo(code));
        Assert.That(Found() is null, Is.EqualTo(code is not null));
    }

    [Test]
    public void DemoHasNone() =>
        Assert.That(new SetMailServer(office.Database.Books, new AccessMode(true), office.Keys).Run(Wanted).Refusal!.Code, Is.EqualTo("mail-server-demo"));
}
