using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Application.Webhooks;

/// <summary>The webhooks of a co-op, and one of them with what was sent to it, newest first.</summary>
public sealed class WebhookPage(Books books)
{
    public const int PageSize = 25;

    /// <param name="Before">Deliveries before this one; null for the newest.</param>
    public sealed record Request(int CoOpId, int Number, long? Before = null);

    /// <param name="Waiting">Deliveries that are not sent yet.</param>
    public sealed record Row(int Number, string Url, string Events, DateTime CreatedAt, string CreatedBy, DateTime? DisabledAt, string? DisabledFor, int Waiting);

    public sealed record Sent(long Id, string MessageId, string Type, string Body, DateTime QueuedAt, DeliveryState State, DateTime DueAt, DateTime? DeliveredAt, IReadOnlyList<WebhookAttempt> Attempts);

    /// <param name="BothUntil">Until when two secrets sign; null where one does.</param>
    /// <param name="Count">Deliveries on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    public sealed record Result(Row Webhook, DateTime? BothUntil, IReadOnlyList<Sent> Deliveries, int Count, long? Next);

    public IReadOnlyList<Row> List(int coOpId) => books.Read(db => Rows(db, coOpId, null).ToList());

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindWebhook.Run(db, request.CoOpId, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var endpoint = found.Value;
        var deliveries = db.WebhookDeliveries.Where(delivery => delivery.EndpointId == endpoint.Id && (request.Before == null || delivery.Id < request.Before)).OrderByDescending(delivery => delivery.Id).Take(PageSize + 1).ToList();
        var next = deliveries.Count > PageSize ? deliveries[PageSize - 1].Id : (long?)null;
        var ids = deliveries.Take(PageSize).Select(delivery => delivery.Id).ToList();
        var attempts = db.WebhookAttempts.Where(attempt => ids.Contains(attempt.DeliveryId)).OrderBy(attempt => attempt.Id).ToList().ToLookup(attempt => attempt.DeliveryId);
        return new Result(Rows(db, request.CoOpId, request.Number).Single(), endpoint.PreviousUntil > books.Now ? endpoint.PreviousUntil : null,
            [.. deliveries.Take(PageSize).Select(one => new Sent(one.Id, one.MessageId, one.Type, one.Body, one.QueuedAt, one.State, one.DueAt, one.DeliveredAt, [.. attempts[one.Id]]))],
            db.WebhookDeliveries.Count(delivery => delivery.EndpointId == endpoint.Id), next);
    });

    private static IQueryable<Row> Rows(EvergreenDb db, int coOpId, int? number) =>
        from endpoint in db.Set<WebhookEndpoint>()
        where endpoint.CoOpId == coOpId && endpoint.WithdrawnAt == null && (number == null || endpoint.Number == number)
        orderby endpoint.Number
        select new Row(endpoint.Number, endpoint.Url, endpoint.Events, endpoint.CreatedAt, endpoint.CreatedBy, endpoint.DisabledAt, endpoint.DisabledFor,
            db.Set<WebhookDelivery>().Count(delivery => delivery.EndpointId == endpoint.Id && (delivery.State == DeliveryState.Queued || delivery.State == DeliveryState.Sending)));
}
