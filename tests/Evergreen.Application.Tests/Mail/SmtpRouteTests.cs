using System.Net.Sockets;
using Evergreen.Application.Mail;
using MimeKit;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Mail;

/// <summary>What is made of a mail server's answers, by a server that speaks as it is told.</summary>
public sealed class SmtpRouteTests
{
    private static readonly MailboxAddress From = new("The Bakery", "office@bakery.example");

    private static MimeMessage Message()
    {
        var message = new MimeMessage { Subject = "News", Body = new TextPart("plain") { Text = "There is news.\r\n.\r\nAnd more." } };
        message.From.Add(From);
        message.To.Add(new MailboxAddress("Ann", "ann@example.coop"));
        return message;
    }

    private static HandoverResult Carry(int port, SmtpSecurity security = SmtpSecurity.None, string? user = null) =>
        new SmtpRoute(From, "127.0.0.1", port, security, user, user is null ? null : "secret words", TimeSpan.FromSeconds(20)).Carry(Message());

    [Test]
    public async Task ServerTakesTheMailAsItIs()
    {
        await using var server = new SpeakingServer();
        Assert.That(Carry(server.Port), Is.EqualTo(new HandoverResult(Handover.Taken)));
        var mail = await MimeMessage.LoadAsync(new MemoryStream(server.Received));
        Assert.That((mail.Subject, ((TextPart)mail.Body!).Text.TrimEnd().ReplaceLineEndings("\r\n"), mail.To.ToString()), Is.EqualTo(("News", "There is news.\r\n.\r\nAnd more.", "\"Ann\" <ann@example.coop>")));
    }

    [TestCase("RCPT", "550 no such box", Handover.Never)]
    [TestCase("RCPT", "451 come back later", Handover.NotYet)]
    [TestCase("DATA", "554 not here", Handover.Never)]
    [TestCase(".", "452 disk is full", Handover.NotYet)]
    [TestCase(".", "", Handover.Unknown)]
    [TestCase("EHLO", "", Handover.NotYet)]
    public async Task WhatTheServerSaysDecides(string at, string answer, Handover expected)
    {
        await using var server = new SpeakingServer(at, answer);
        var handed = Carry(server.Port);
        Assert.That(handed.Handover, Is.EqualTo(expected));
        Assert.That(handed.Problem, Is.Not.Empty);
    }

    [Test]
    public async Task NothingIsSaidInTheOpenWhereTheLineShouldBeEncrypted()
    {
        await using var server = new SpeakingServer();
        Assert.That(Carry(server.Port, SmtpSecurity.StartTls, "bakery").Handover, Is.EqualTo(Handover.NotYet));
        Assert.That(server.Said, Has.None.StartsWith("AUTH").And.None.StartsWith("MAIL"));
    }

    [Test]
    public void ServerThatIsNotThereIsTriedLater()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        Assert.That(Carry(port), Is.EqualTo(new HandoverResult(Handover.NotYet, "The mail server 127.0.0.1 could not be reached.")));
    }

    [Test]
    public void RoutePrintsNoPassword() =>
        Assert.That(new SmtpRoute(From, "mail.example", 587, SmtpSecurity.StartTls, "bakery", "secret words", TimeSpan.FromSeconds(1)).ToString(), Is.EqualTo("mail server mail.example:587"));
}
