using Evergreen.Application.Mail;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using MimeKit;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Mail;

/// <summary>The outbox: queued once, sent once, tried again only where it is certain that nobody took it.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MailTests(TestDatabase databases)
{
    private static readonly MailboxAddress From = new("The Bakery", "office@bakery.example");
    private static readonly MailLetter News = MailLetter.Of("News", ["There is <news>."], ("Read it", new Uri("https://bakery.example/news?a=1&b=2")), "The Bakery");
    private OpenTestDatabase database = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-mail-").FullName;
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Outcome<QueueMail.Result> Queue(string key = "k1", string to = "ann@example.coop", MailLetter? letter = null) => new QueueMail(database.Books).Run(new(key, null, null, to, "Ann", letter ?? News, "bea"));
    private MailMessage Stored(string key = "k1") => database.Books.Read(db => db.Mails.Single(mail => mail.Key == key));
    private SendMail.Result Send(MailRoute? route = null) => new SendMail(database.Books, route ?? new FolderRoute(From, folder)).Run();

    /// <summary>A way out that answers as it is told, and counts what it was handed.</summary>
    private sealed record Told(HandoverResult Answer) : MailRoute(MailTests.From)
    {
        public int Handed { get; private set; }

        public override HandoverResult Carry(MimeMessage message)
        {
            Handed++;
            return Answer;
        }
    }

    [Test]
    public void MailThatIsHandedOverAtOnceKeepsNothingOfItsWordsAndSaysWhenItWasNotTaken()
    {
        var request = new MailAtOnce.Request(null, "mail.test", "mail server", "ann@example.coop", "Ann", News, "bea");
        Assert.That(new MailAtOnce(database.Books, new FolderRoute(From, folder)).Run(request).IsRefused, Is.False);
        var refused = new MailAtOnce(database.Books, new Told(new HandoverResult(Handover.NotYet, "Nobody answers."))).Run(request).Refusal!;
        Assert.That((refused.Code, refused.Sentence), Is.EqualTo(("mail-not-taken", "The mail did not go out. Nobody answers.")));
        Assert.That(database.Books.Read(db => (db.Mails.Count(), db.AuditRecords.Count(record => record.Verb == "mail.test"))), Is.EqualTo((0, 2)));
    }

    [Test]
    public void MailIsQueuedOnceAndSentOnceInBothForms()
    {
        Assert.That((Queue().Value.AlreadyThere, Queue().Value.AlreadyThere), Is.EqualTo((false, true)));
        Assert.That((Send(), Send()), Is.EqualTo((new SendMail.Result(1, 0, 0), new SendMail.Result(0, 0, 0))));
        var mail = MimeMessage.Load(Directory.GetFiles(folder, "*.eml").Single());
        Assert.That((mail.Subject, mail.To.ToString(), mail.From.ToString()), Is.EqualTo(("News", "\"Ann\" <ann@example.coop>", "\"The Bakery\" <office@bakery.example>")));
        Assert.That(mail.TextBody, Does.Contain("There is <news>.").And.Contain("https://bakery.example/news?a=1&b=2"));
        Assert.That(mail.HtmlBody, Does.Contain("There is &lt;news&gt;.").And.Contain("href=\"https://bakery.example/news?a=1&amp;b=2\""));
        Assert.That((Stored().State, Stored().SentAt, Stored().Tries), Is.EqualTo((MailState.Sent, (DateTime?)database.Books.Now, 1)));
    }

    [Test]
    public void WhatCannotBeSentIsNotQueued()
    {
        Assert.That(Queue(to: "no address").Refusal!.Code, Is.EqualTo("mail-address"));
        Assert.That(Queue(to: "ann@example.coop\r\nBcc: eve@example.coop").Refusal!.Code, Is.EqualTo("mail-address"));
        Assert.That(Queue(letter: News with { Subject = "News\r\nBcc: eve@example.coop" }).Refusal!.Code, Is.EqualTo("mail-subject"));
        Assert.That(Queue(letter: News with { Html = " " }).Refusal!.Code, Is.EqualTo("mail-text"));
        Assert.That(Queue(key: "").Refusal!.Code, Is.EqualTo("mail-key"));
    }

    [Test]
    public void MailThatNobodyTookIsTriedAgainEverMoreSlowlyAndThenFails()
    {
        Queue();
        var route = new Told(new(Handover.NotYet, "Try later."));
        for (var i = 1; i < SendMail.MostTries; i++)
        {
            Assert.That(Send(route).Delayed, Is.EqualTo(1));
            Assert.That(Send(route).Delayed, Is.Zero, "not before it is due");
            database.Clock.Advance(TimeSpan.FromHours(7));
        }
        Assert.That(Send(route).Failed, Is.EqualTo(1));
        Assert.That((route.Handed, Stored().Problem), Is.EqualTo((SendMail.MostTries, "Try later.")));
    }

    [Test]
    public void MailOfWhichNobodyKnowsIsNotSentTwiceButByAPerson()
    {
        Queue();
        var route = new Told(new(Handover.Unknown, "The line broke."));
        Assert.That(Send(route).Failed, Is.EqualTo(1));
        database.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That((Send(route).Failed, route.Handed), Is.EqualTo((0, 1)));
        var id = Stored().Id;
        Assert.That(new SendAgain(database.Books).Run(new(id, null, "bea")).Value, Is.EqualTo(id));
        Assert.That(Send().Sent, Is.EqualTo(1));
        Assert.That(new SendAgain(database.Books).Run(new(id, null, "bea")).Refusal!.Code, Is.EqualTo("mail-not-failed"));
        Assert.That(new SendAgain(database.Books).Run(new(99, null, "bea")).Refusal!.Code, Is.EqualTo("mail-unknown"));
    }

    [Test]
    public void MailInTheHandsOfADeadProgramIsLeftToAPerson()
    {
        Queue();
        Assert.That(() => Send(new Dying()), Throws.TypeOf<NotSupportedException>());
        Assert.That((Send().Sent, Stored().State), Is.EqualTo((0, MailState.Sending)));
        database.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That((Send().Sent, Stored().State), Is.EqualTo((0, MailState.Failed)));
        Assert.That(Stored().Problem, Does.Contain("may have arrived or not"));
    }

    private sealed record Dying() : MailRoute(MailTests.From)
    {
        public override HandoverResult Carry(MimeMessage message) => throw new NotSupportedException("The program dies here.");
    }

    [Test]
    public void ManySendersAtOnceSendEachMailOnce()
    {
        for (var i = 0; i < 40; i++) Queue($"k{i}");
        var sent = new int[4];
        Parallel.For(0, 4, i => sent[i] = new SendMail(new Application.Storage.Books(database.Address, database.Clock), new FolderRoute(From, folder)).Run().Sent);
        Assert.That((sent.Sum(), Directory.GetFiles(folder).Length), Is.EqualTo((40, 40)));
    }
}
