using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Webhooks;

/// <summary>The webhooks of a co-op, and one of them with what was sent to it, newest first.</summary>
public sealed class WebhookPage(Books books)
{
    public const int PageSize = 25;

    private static readonly ListOrder<WebhookEndpoint> Endpoints = ListOrder<WebhookEndpoint>.Keyed("number", endpoint => endpoint.Number).By("address", endpoint => endpoint.Url).By("events", endpoint => endpoint.Events).By("registered", endpoint => endpoint.CreatedAt);
    private static readonly ListOrder<WebhookDelivery> Order = ListOrder<WebhookDelivery>.Keyed("-happened", delivery => delivery.Id).By("event", delivery => delivery.Type).By("state", delivery => (int)delivery.State);

    /// <param name="Before">What the page before gave as its next; null for the first.</param>
    /// <param name="State">Only deliveries that stand so; all where it is null.</param>
    /// <param name="Sort">One of <c>happened</c>, <c>event</c> and <c>state</c>; with a minus sign in front the other way round. The newest first where it is null.</param>
    public sealed record Request(int CoOpId, int Number, string? Before = null, DeliveryState? State = null, string? Sort = null, int Most = PageSize);

    /// <param name="Waiting">Deliveries that are not sent yet.</param>
    public sealed record Row(int Number, string Url, string Events, DateTime CreatedAt, string CreatedBy, DateTime? DisabledAt, string? DisabledFor, int Waiting);

    public sealed record Sent(long Id, string MessageId, string Type, string Body, DateTime QueuedAt, DeliveryState State, DateTime DueAt, DateTime? DeliveredAt, IReadOnlyList<WebhookAttempt> Attempts);

    /// <param name="BothUntil">Until when two secrets sign; null where one does.</param>
    /// <param name="Count">Deliveries that fit, on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Result(Row Webhook, DateTime? BothUntil, IReadOnlyList<Sent> Deliveries, int Count, string? Next, string Sort);

    /// <param name="sort">One of <c>number</c>, <c>address</c>, <c>events</c> and <c>registered</c>; with a minus sign in front the other way round.</param>
    public IReadOnlyList<Row> List(int coOpId, string? sort = null) => books.Read(db => Rows(db, coOpId, null, sort).ToList());

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindWebhook.Run(db, request.CoOpId, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var endpoint = found.Value;
        var fitting = db.WebhookDeliveries.AsNoTracking().Where(delivery => delivery.EndpointId == endpoint.Id && (request.State == null || delivery.State == request.State));
        var page = Order.Page(fitting, request.Sort, request.Before, request.Most);
        var ids = page.Rows.Select(delivery => delivery.Id).ToList();
        var attempts = db.WebhookAttempts.Where(attempt => ids.Contains(attempt.DeliveryId)).OrderBy(attempt => attempt.Id).ToList().ToLookup(attempt => attempt.DeliveryId);
        return new Result(Rows(db, request.CoOpId, request.Number).Single(), endpoint.PreviousUntil > books.Now ? endpoint.PreviousUntil : null,
            [.. page.Rows.Select(one => new Sent(one.Id, one.MessageId, one.Type, one.Body, one.QueuedAt, one.State, one.DueAt, one.DeliveredAt, [.. attempts[one.Id]]))], fitting.Count(), page.Next, page.Sort);
    });

    private static IQueryable<Row> Rows(EvergreenDb db, int coOpId, int? number, string? sort = null) =>
        Endpoints.All(db.Set<WebhookEndpoint>().Where(endpoint => endpoint.CoOpId == coOpId && endpoint.WithdrawnAt == null && (number == null || endpoint.Number == number)), sort)
            .Select(endpoint => new Row(endpoint.Number, endpoint.Url, endpoint.Events, endpoint.CreatedAt, endpoint.CreatedBy, endpoint.DisabledAt, endpoint.DisabledFor,
                db.Set<WebhookDelivery>().Count(delivery => delivery.EndpointId == endpoint.Id && (delivery.State == DeliveryState.Queued || delivery.State == DeliveryState.Sending))));
}
