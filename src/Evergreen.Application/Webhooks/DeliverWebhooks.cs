using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Webhooks;

/// <summary>Sends the deliveries that are due. Each is claimed first and the claim committed; one whose sender died is sent again, so a receiver may get it twice, under one message id.</summary>
/// <remarks>Headers and signature after the Standard Webhooks specification 1.0. Redirects are not followed, and nothing of the answer is kept but its status.</remarks>
public sealed class DeliverWebhooks : IDisposable
{
    /// <summary>Between one try and the next: the last is not quite three days after the first.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    /// <summary>For name, connection and answer together.</summary>
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(10);

    /// <summary>Of the answer, in bytes; the rest is not read.</summary>
    private const int MostRead = 64 * 1024;

    /// <summary>So many are under way side by side.</summary>
    private const int AtOnce = 8;

    private static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);
    private static readonly HttpRequestOptionsKey<Uri> Target = new("target");

    private readonly Books books;
    private readonly SealingKeys keys;
    private readonly HttpMessageInvoker client;
    private readonly TimeSpan patience;

    /// <param name="lookUp">The addresses of a name; the machine's own way where it is null.</param>
    /// <param name="trust">Whether a certificate is good; the machine's own judgement where it is null.</param>
    /// <param name="patience">For name, connection and answer together; ten seconds where it is null.</param>
    public DeliverWebhooks(Books books, SealingKeys keys, OutsideAddress outside, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null, RemoteCertificateValidationCallback? trust = null, TimeSpan? patience = null)
    {
        (this.books, this.keys, this.patience) = (books, keys, patience ?? UsualPatience);
        lookUp ??= Dns.GetHostAddressesAsync;
        client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxResponseHeadersLength = 32, ConnectTimeout = this.patience, PooledConnectionLifetime = TimeSpan.Zero,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = trust },
            ConnectCallback = (connection, stop) => connection.InitialRequestMessage.Options.TryGetValue(Target, out var uri) ? outside.Connect(uri, lookUp, stop) : throw new InsideAddress(),
        });
    }

    public sealed record Result(int Delivered, int Delayed, int Failed);

    private sealed record Due(WebhookDelivery Delivery, WebhookEndpoint Endpoint);

    private sealed record Answer(int? Status, string? Problem, int TookMs);

    /// <summary>Sends all that is due now.</summary>
    public async Task<Result> Run(CancellationToken stop = default)
    {
        FreeTheForgotten();
        int delivered = 0, delayed = 0, failed = 0;
        // An address that did not take one delivery is left alone for the rest of the round, so that it holds up nobody else.
        var resting = new HashSet<int>();
        while (!stop.IsCancellationRequested && Claim(resting) is { Count: > 0 } due)
        {
            foreach (var (state, endpoint) in await Task.WhenAll(due.Select(async one => (Note(one, await Send(one, stop)), one.Endpoint.Id))))
            {
                if (state == DeliveryState.Delivered) delivered++;
                else if (state == DeliveryState.Queued) delayed++;
                else failed++;
                if (state != DeliveryState.Delivered) resting.Add(endpoint);
            }
        }
        return new(delivered, delayed, failed);
    }

    public void Dispose() => client.Dispose();

    /// <returns>Deliveries that are this sender's alone; none where none is due.</returns>
    private List<Due> Claim(HashSet<int> resting)
    {
        var now = books.Now;
        var ready = books.Read(db => db.WebhookDeliveries.Where(delivery => delivery.State == DeliveryState.Queued && delivery.DueAt <= now)
            .Join(db.WebhookEndpoints.Where(endpoint => endpoint.DisabledAt == null && endpoint.WithdrawnAt == null && !resting.Contains(endpoint.Id)), delivery => delivery.EndpointId, endpoint => endpoint.Id, (delivery, endpoint) => new { delivery, endpoint })
            .OrderBy(due => due.delivery.DueAt).ThenBy(due => due.delivery.Id).Take(AtOnce).ToList());
        return [.. ready.Where(due => books.Write<int>(dryRun: false, db => db.WebhookDeliveries.Where(one => one.Id == due.delivery.Id && one.State == DeliveryState.Queued && one.Tries == due.delivery.Tries)
            .ExecuteUpdate(set => set.SetProperty(one => one.State, DeliveryState.Sending).SetProperty(one => one.ClaimedAt, now).SetProperty(one => one.Tries, due.delivery.Tries + 1))).Value == 1)
            .Select(due => new Due(due.delivery, due.endpoint))];
    }

    private async Task<Answer> Send(Due due, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        int Took() => (int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(since).Ticks / TimeSpan.TicksPerMillisecond);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            using var request = Compose(due);
            using var response = await client.SendAsync(request, limit.Token);
            await ReadAway(response, limit.Token);
            var status = (int)response.StatusCode;
            return new(status, status is >= 200 and < 300 ? null : Reason(status), Took());
        }
        catch (OperationCanceledException)
        {
            return new(null, stop.IsCancellationRequested ? "The site was stopped while it was sent." : "No answer in time.", Took());
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new(null, Reason(fault), Took());
        }
    }

    private HttpRequestMessage Compose(Due due)
    {
        var uri = new Uri(due.Endpoint.Url);
        var seconds = new DateTimeOffset(books.Now, TimeSpan.Zero).ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new StringContent(due.Delivery.Body, Encoding.UTF8, "application/json") };
        request.Options.Set(Target, uri);
        request.Headers.Add("webhook-id", due.Delivery.MessageId);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(due.Delivery.MessageId, seconds, due.Delivery.Body, Secrets(due.Endpoint)));
        request.Headers.UserAgent.ParseAdd("Evergreen");
        return request;
    }

    private List<string> Secrets(WebhookEndpoint endpoint)
    {
        var cipher = books.Read(db => keys.Cipher(db, DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime)));
        if (cipher.IsRefused) throw new StorageFault(cipher.Refusal!.Code, cipher.Refusal.Sentence);
        var place = FindWebhook.SecretPlace(endpoint.CoOpId, endpoint.Number);
        var secrets = new List<string> { cipher.Value.Open(place, endpoint.SecretSealed) };
        if (endpoint.PreviousSealed is { } before && endpoint.PreviousUntil > books.Now) secrets.Add(cipher.Value.Open(place, before));
        return secrets;
    }

    private static async Task ReadAway(HttpResponseMessage response, CancellationToken stop)
    {
        var buffer = new byte[8192];
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        for (var left = MostRead; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), stop);
            if (read == 0) return;
            left -= read;
        }
    }

    private DeliveryState Note(Due due, Answer answer)
    {
        var now = books.Now;
        var tries = due.Delivery.Tries + 1;
        var gone = answer.Status == (int)HttpStatusCode.Gone;
        var state = answer.Problem is null ? DeliveryState.Delivered : gone || tries > Pauses.Count ? DeliveryState.Failed : DeliveryState.Queued;
        var dueAt = state == DeliveryState.Queued ? now + Pauses[tries - 1] : due.Delivery.DueAt;
        return books.Write<DeliveryState>(dryRun: false, db =>
        {
            var mine = db.WebhookDeliveries.Where(one => one.Id == due.Delivery.Id && one.State == DeliveryState.Sending && one.Tries == tries)
                .ExecuteUpdate(set => set.SetProperty(one => one.State, state).SetProperty(one => one.DueAt, dueAt).SetProperty(one => one.DeliveredAt, state == DeliveryState.Delivered ? now : due.Delivery.DeliveredAt));
            db.WebhookAttempts.Add(new WebhookAttempt { DeliveryId = due.Delivery.Id, At = now, Status = answer.Status, Problem = answer.Problem, TookMs = answer.TookMs });
            if (mine == 1 && state == DeliveryState.Failed && db.WebhookEndpoints.Single(one => one.Id == due.Endpoint.Id) is { IsInUse: true } endpoint) SwitchOff(db, endpoint, gone, now);
            return state;
        }).Value;
    }

    private static void SwitchOff(EvergreenDb db, WebhookEndpoint endpoint, bool gone, DateTime now)
    {
        var why = gone ? "The other program answered that it is gone for good (410)." : "Nothing arrived for three days.";
        SwitchWebhook.GiveUp(db, endpoint, now, why);
        var coOp = db.CoOps.Single(one => one.Id == endpoint.CoOpId);
        Audit.AuditTrail.Add(db, endpoint.CoOpId, now, "evergreen", "webhooks.off", FindWebhook.Subject(endpoint.Number), why);
        if (!QueueMail.IsAddress(endpoint.CreatedBy)) return;
        var letter = MailLetter.Of($"A webhook of {coOp.Name} was switched off",
            [$"{coOp.Name} has told {new Uri(endpoint.Url).Host} of its events. {why} Webhook {endpoint.Number} is switched off and nothing more is sent there.", "When the other program works again, switch the webhook on under Settings, and send again what is listed there as failed."], null, coOp.Name);
        QueueMail.Add(db, now, new(string.Create(CultureInfo.InvariantCulture, $"webhook {endpoint.Id} off {now:O}"), endpoint.CoOpId, null, endpoint.CreatedBy, "", letter, "evergreen"));
    }

    private void FreeTheForgotten()
    {
        var before = books.Now - ClaimLasts;
        if (!books.Read(db => db.WebhookDeliveries.Any(one => one.State == DeliveryState.Sending && one.ClaimedAt < before))) return;
        books.Write<int>(dryRun: false, db => db.WebhookDeliveries.Where(one => one.State == DeliveryState.Sending && one.ClaimedAt < before).ExecuteUpdate(set => set.SetProperty(one => one.State, DeliveryState.Queued)));
    }

    private static string Reason(int status) => status is >= 300 and < 400 ? $"The other program led elsewhere ({status}), which is not followed." : $"The other program did not take it ({status}).";

    private static string Reason(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is InsideAddress inside) return inside.Message;
            if (cause is System.Security.Authentication.AuthenticationException) return "The other side's certificate is not good.";
            if (cause is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound or System.Net.Sockets.SocketError.NoData }) return "The name of the address is not known.";
        }
        return "The address could not be reached.";
    }
}
