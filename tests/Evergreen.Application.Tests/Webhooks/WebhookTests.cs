using System.Net;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Webhooks;

/// <summary>Other programs are told of what happened: signed, in order of each subject, again and again for three days, and never inside our own network.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class WebhookTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private ListeningProgram program = null!;
    private Bakery bakery = null!;
    private string keyFile = null!;
    private readonly List<string> lookedUp = [];

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        program = new ListeningProgram();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
        keyFile = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".keys");
        new KeyFile(keyFile).Create(new DateOnly(2026, 1, 15));
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        lookedUp.Clear();
    }

    [TearDown]
    public async Task Close()
    {
        await program.DisposeAsync();
        database.Dispose();
        File.Delete(keyFile);
    }

    private SealingKeys Keys => new(() => new KeyFile(keyFile));
    private OutsideAddress Outside => OutsideAddress.Usual with { Named = new HashSet<string> { $"{ListeningProgram.Name}:{program.Port}" } };
    private Outcome<RegisterWebhook.Result> Register(string? url = null, params string[] events) => new RegisterWebhook(database.Books, Keys, Outside).Run(new(bakery.CoOp.Id, url ?? program.Url, events.Length > 0 ? events : ["*"], "ann@bakery.example"));
    private Outcome<bool> Switch(WebhookSwitch to, int number = 1) => new SwitchWebhook(database.Books).Run(new(bakery.CoOp.Id, number, to, "ann"));
    private WebhookPage.Result Page(int number = 1) => new WebhookPage(database.Books).Run(new(bakery.CoOp.Id, number)).Value;
    private void Happens(string verb = "dividends.post", string subject = "run 2025-1") => database.Books.Write<int>(false, db =>
    {
        AuditTrail.Add(db, bakery.CoOp.Id, database.Books.Now, "ann", verb, subject, "Ann Baker, 150.00");
        return 0;
    });

    private async Task<DeliverWebhooks.Result> Deliver(OutsideAddress? outside = null, TimeSpan? patience = null)
    {
        new PassOnAnnouncements(database.Books).Run();
        using var deliver = new DeliverWebhooks(database.Books, Keys, outside ?? Outside, LookUp, program.Trusts, patience);
        return await deliver.Run();
    }

    private Task<IPAddress[]> LookUp(string name, CancellationToken stop)
    {
        lookedUp.Add(name);
        return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
    }

    [Test]
    public async Task WhatHappensIsToldOnceSignedAndWithoutNamesOrAmounts()
    {
        var made = Register().Value;
        Happens();
        Happens("members.note", "member 0001");
        Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(1, 0, 0)));
        Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(0, 0, 0)));
        var message = program.Received.Single();
        Assert.That(message.Headers[""], Is.EqualTo("POST /events HTTP/1.1"));
        Assert.That(message.Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
        Assert.That((message.Headers["webhook-timestamp"], Fits(message, made.Secret)), Is.EqualTo((database.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), true)));
        Assert.That(message.Body, Is.EqualTo("""{"type":"dividend.posted","timestamp":"2026-01-15T10:00:01Z","data":{"co_op":"bakery","kind":"run","id":"2025-1","sequence":1}}"""));
        var sent = Page().Deliveries.Single();
        Assert.That((sent.State, sent.MessageId, sent.Attempts.Single().Status, sent.Attempts.Single().Problem), Is.EqualTo((DeliveryState.Delivered, message.Headers["webhook-id"], (int?)204, (string?)null)));
    }

    [Test]
    public async Task EventsOfOneSubjectAreCountedSoThatAReceiverCanPutThemInOrder()
    {
        Register();
        Happens("dividends.approve");
        Happens("dividends.post");
        Happens("members.edit", "member 0002");
        Happens("dividends.reverse");
        await Deliver();
        Happens("dividends.calculate", "run 2025-2");
        await Deliver();
        Assert.That(program.Received.Select(message => Data(message, "id") + " " + Data(message, "sequence")).Order(StringComparer.Ordinal), Is.EqualTo(["0002 1", "2025-1 1", "2025-1 2", "2025-1 3", "2025-2 1"]));
        foreach (var sort in (string[])["happened", "-happened", "event", "-event", "state", "-state"])
        {
            var (sent, next) = (new List<WebhookPage.Sent>(), (string?)null);
            do
            {
                var page = new WebhookPage(database.Books).Run(new(bakery.CoOp.Id, 1, next, DeliveryState.Delivered, sort, Most: 2)).Value;
                Assert.That((page.Count, page.Sort), Is.EqualTo((5, sort)));
                next = page.Next;
                sent.AddRange(page.Deliveries);
            }
            while (next is not null);
            Assert.That(sent.ConvertAll(one => one.Id), Is.Unique.And.Count.EqualTo(5), sort);
            if (sort.EndsWith("event", StringComparison.Ordinal)) Assert.That(sent.ConvertAll(one => one.Type), sort == "event" ? Is.Ordered.Ascending.Using((System.Collections.IComparer)StringComparer.Ordinal) : Is.Ordered.Descending.Using((System.Collections.IComparer)StringComparer.Ordinal));
        }
    }

    [Test]
    public async Task AnAddressHearsWhatItAskedForAndOnlyWhatHappensAfterwardsAtItsCoOp()
    {
        Happens();
        new PassOnAnnouncements(database.Books).Run();
        database.Clock.Advance(TimeSpan.FromSeconds(1));
        Register(null, "dividend.reversed", "no.such");
        var other = Bakery.In(database, [100, 200], "other");
        Happens();
        Happens("dividends.reverse");
        database.Books.Write<int>(false, db =>
        {
            AuditTrail.Add(db, other.CoOp.Id, database.Books.Now, "ann", "dividends.reverse", "run 2025-1");
            return 0;
        });
        await Deliver();
        Assert.That(program.Received.Select(message => Data(message, "co_op") + " " + JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString()), Is.EqualTo(["bakery dividend.reversed"]));
        Assert.That(new WebhookPage(database.Books).Run(new(other.CoOp.Id, 1)).Refusal!.Code, Is.EqualTo("webhook-unknown"), "nothing of another co-op's is shown");
    }

    [Test]
    public async Task WhatDoesNotArriveIsTriedForNotQuiteThreeDaysThenSwitchedOffWithAMail()
    {
        Register();
        Happens();
        program.Answer = "500 Broken";
        var first = database.Clock.GetUtcNow();
        for (var i = 0; i < DeliverWebhooks.Pauses.Count; i++)
        {
            Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(0, 1, 0)));
            Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(0, 0, 0)), "not before it is due");
            database.Clock.Advance(DeliverWebhooks.Pauses[i]);
        }
        Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(0, 0, 1)));
        Assert.That(database.Clock.GetUtcNow() - first, Is.LessThan(TimeSpan.FromDays(3)).And.GreaterThan(TimeSpan.FromDays(2)));
        Assert.That(program.Received.Select(message => message.Headers["webhook-id"]).Distinct().Count(), Is.EqualTo(1), "the same message each time");
        Assert.That(Page().Webhook.DisabledFor, Is.EqualTo("Nothing arrived for three days."));
        var mail = database.Books.Read(db => db.Mails.Single());
        Assert.That((mail.ToAddress, mail.State), Is.EqualTo(("ann@bakery.example", MailState.Queued)));
        Happens();
        Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(0, 0, 0)), "nothing is sent while it is off");

        program.Answer = "200 OK";
        var failed = Page().Deliveries.Single();
        Assert.That(new ResendDelivery(database.Books).Run(new(bakery.CoOp.Id, 1, failed.Id, "ann")).Refusal!.Code, Is.EqualTo("webhook-disabled"));
        Assert.That(Switch(WebhookSwitch.On).IsRefused, Is.False);
        Assert.That(new ResendDelivery(database.Books).Run(new(bakery.CoOp.Id, 1, failed.Id, "ann")).IsRefused, Is.False);
        Assert.That(new ResendDelivery(database.Books).Run(new(bakery.CoOp.Id, 1, failed.Id, "ann")).Refusal!.Code, Is.EqualTo("webhook-delivery-waits"));
        Assert.That(new ResendDelivery(database.Books).Run(new(bakery.CoOp.Id, 1, failed.Id + 100, "ann")).Refusal!.Code, Is.EqualTo("webhook-delivery-unknown"));
        Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(1, 0, 0)));
        Assert.That(program.Received[^1].Headers["webhook-id"], Is.EqualTo(failed.MessageId));
    }

    [Test]
    public async Task AProgramThatIsGoneForGoodIsSwitchedOffAtOnce()
    {
        Register();
        Happens();
        program.Answer = "410 Gone";
        Assert.That((await Deliver()).Failed, Is.EqualTo(1));
        Assert.That(Page().Webhook.DisabledAt, Is.Not.Null);
    }

    [Test]
    public async Task RedirectsAreNotFollowedAndAnEndlessAnswerIsNotReadToItsEnd()
    {
        Register();
        Happens();
        program.Answer = $"302 Found\r\nLocation: {program.Url}/elsewhere";
        Assert.That((await Deliver()).Delayed, Is.EqualTo(1));
        Assert.That(Page().Deliveries.Single().Attempts.Single().Problem, Is.EqualTo("The other program led elsewhere (302), which is not followed."));
        (program.Answer, program.Endless) = ("200 OK", true);
        database.Clock.Advance(DeliverWebhooks.Pauses[0]);
        Assert.That((await Deliver()).Delivered, Is.EqualTo(1));
        Assert.That(program.Received, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ProgramThatSaysNothingIsNotWaitedForAndHoldsUpNobodyElse()
    {
        Register();
        for (var i = 0; i < 10; i++) Happens("members.edit", $"member 000{i}");
        program.Answer = null;
        Assert.That(await Deliver(patience: TimeSpan.FromMilliseconds(300)), Is.EqualTo(new DeliverWebhooks.Result(0, 8, 0)), "the rest waits for the next round");
        Assert.That(Page().Deliveries.SelectMany(sent => sent.Attempts).Select(attempt => attempt.Problem).Distinct(), Is.EqualTo(["No answer in time."]));
    }

    [Test]
    public async Task NameThatLeadsInsideOnTheDayOfSendingIsNotSentTo()
    {
        Register("https://hooks.example.com/events");
        Happens();
        Assert.That(await Deliver(), Is.EqualTo(new DeliverWebhooks.Result(0, 1, 0)));
        Assert.That(Page().Deliveries.Single().Attempts.Single().Problem, Does.Contain("inside the network"));
        Assert.That((program.Received.Count, lookedUp), Is.EqualTo((0, new List<string> { "hooks.example.com" })), "looked up once, by whoever connects");
    }

    [Test]
    public async Task CertificateOfAnotherIsNotTrusted()
    {
        Register();
        Happens();
        new PassOnAnnouncements(database.Books).Run();
        using var deliver = new DeliverWebhooks(database.Books, Keys, Outside, LookUp);
        Assert.That(await deliver.Run(), Is.EqualTo(new DeliverWebhooks.Result(0, 1, 0)));
        Assert.That(Page().Deliveries.Single().Attempts.Single().Problem, Is.EqualTo("The other side's certificate is not good."));
    }

    [Test]
    public async Task ForADayBothSecretsSign()
    {
        var first = Register().Value.Secret;
        var renewed = new RenewWebhookSecret(database.Books, Keys).Run(new(bakery.CoOp.Id, 1, "ann")).Value;
        Assert.That(renewed.BothUntil, Is.EqualTo(database.Books.Now.AddDays(1)));
        Happens();
        await Deliver();
        database.Clock.Advance(TimeSpan.FromDays(1));
        Happens();
        await Deliver();
        Assert.That(program.Received.Select(message => (Fits(message, first), Fits(message, renewed.Secret))), Is.EqualTo([(true, true), (false, true)]));
        Assert.That(database.Books.Read(db => db.Set<WebhookEndpoint>().Single().SecretSealed), Does.StartWith("v1.").And.Not.Contain(renewed.Secret));
    }

    [Test]
    public async Task DeliveryWhoseSenderDiedIsSentAgain()
    {
        Register();
        Happens();
        new PassOnAnnouncements(database.Books).Run();
        database.Books.Write<int>(false, db => db.Set<WebhookDelivery>().ExecuteUpdate(set => set.SetProperty(one => one.State, DeliveryState.Sending).SetProperty(one => one.ClaimedAt, database.Books.Now).SetProperty(one => one.Tries, 1)));
        Assert.That((await Deliver()).Delivered, Is.Zero, "another sender may have it");
        database.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.That((await Deliver()).Delivered, Is.EqualTo(1));
    }

    [Test]
    public async Task TestEventReachesTheProgramAndAWithdrawnWebhookHearsNothing()
    {
        Register();
        Assert.That(new TestWebhook(database.Books).Run(new(bakery.CoOp.Id, 1, "ann")).IsRefused, Is.False);
        await Deliver();
        Assert.That(program.Received.Single().Body, Does.Contain("\"type\":\"webhook.test\""));
        Assert.That((Switch(WebhookSwitch.Off).IsRefused, Switch(WebhookSwitch.Off).IsRefused), Is.EqualTo((false, false)));
        Assert.That(new TestWebhook(database.Books).Run(new(bakery.CoOp.Id, 1, "ann")).Refusal!.Code, Is.EqualTo("webhook-disabled"));
        Assert.That(Switch(WebhookSwitch.Withdraw).IsRefused, Is.False);
        Happens();
        Assert.That((await Deliver()).Delivered, Is.Zero);
        Assert.That(Switch(WebhookSwitch.On).Refusal!.Code, Is.EqualTo("webhook-unknown"));
        Assert.That(new WebhookPage(database.Books).List(bakery.CoOp.Id), Is.Empty);
        Assert.That(Register().Value.Number, Is.EqualTo(2), "a number is not given twice");
    }

    [Test]
    public void WhatIsNotUsableIsNotRegistered()
    {
        Assert.That(Register("https://10.0.0.1/").Refusal!.Code, Is.EqualTo("webhook-url-inside"));
        Assert.That(Register(null, "no.such").Refusal!.Code, Is.EqualTo("webhook-events"));
        for (var i = 0; i < RegisterWebhook.Most; i++) Register();
        Assert.That(Register().Refusal!.Code, Is.EqualTo("webhook-too-many"));
    }

    private static bool Fits(ListeningProgram.Message message, string secret)
    {
        var seconds = long.Parse(message.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture);
        return WebhookSignature.Fits(message.Headers["webhook-signature"], message.Headers["webhook-id"], seconds, message.Body, secret, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private static string Data(ListeningProgram.Message message, string name) => JsonDocument.Parse(message.Body).RootElement.GetProperty("data").GetProperty(name).ToString();
}
