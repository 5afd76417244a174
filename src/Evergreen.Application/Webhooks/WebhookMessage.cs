using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Evergreen.Domain.Audit;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Application.Webhooks;

/// <summary>What is sent: which event, when, at which co-op and to what it happened. Whoever needs more asks the API for it, with the rights it has there.</summary>
internal static class WebhookMessage
{
    public const string TestType = "webhook.test";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    public static WebhookDelivery Of(WebhookEndpoint endpoint, string coOp, Announcement announcement, DateTime now) => Made(endpoint, announcement.Type, announcement.Id, now, writer =>
    {
        // "run 2025-1" is a run, known as 2025-1.
        var space = announcement.Subject.IndexOf(' ', StringComparison.Ordinal);
        writer.WriteString("co_op", coOp);
        writer.WriteString("kind", space < 0 ? announcement.Subject : announcement.Subject[..space]);
        writer.WriteString("id", space < 0 ? "" : announcement.Subject[(space + 1)..]);
        writer.WriteNumber("sequence", announcement.Sequence!.Value);
    }, announcement.At);

    public static WebhookDelivery Test(WebhookEndpoint endpoint, string coOp, DateTime now) => Made(endpoint, TestType, null, now, writer => writer.WriteString("co_op", coOp), now);

    private static WebhookDelivery Made(WebhookEndpoint endpoint, string type, long? announcement, DateTime now, Action<Utf8JsonWriter> data, DateTime at)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body, Json))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("timestamp", at);
            writer.WriteStartObject("data");
            data(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return new WebhookDelivery
        {
            EndpointId = endpoint.Id, AnnouncementId = announcement, MessageId = $"msg_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", Type = type,
            Body = System.Text.Encoding.UTF8.GetString(body.ToArray()), QueuedAt = now, DueAt = now,
        };
    }
}
