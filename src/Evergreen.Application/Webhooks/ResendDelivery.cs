using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Webhooks;

/// <summary>A person sends a delivery once more, under the message id it had: a receiver that has it already knows it again.</summary>
public sealed class ResendDelivery(Books books)
{
    public sealed record Request(int CoOpId, int Number, long Delivery, string By);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindWebhook.Run(db, request.CoOpId, request.Number);
        if (found.IsRefused) return found.Refusal!;
        if (!found.Value.IsInUse) return Refusals.Disabled(request.Number);
        var now = books.Now;
        var endpoint = found.Value.Id;
        var deliveries = db.WebhookDeliveries.Where(delivery => delivery.Id == request.Delivery && delivery.EndpointId == endpoint);
        if (!deliveries.Any()) return Refusals.DeliveryUnknown();
        if (deliveries.Where(delivery => delivery.State == DeliveryState.Delivered || delivery.State == DeliveryState.Failed).ExecuteUpdate(set => set.SetProperty(delivery => delivery.State, DeliveryState.Queued)
            .SetProperty(delivery => delivery.DueAt, now).SetProperty(delivery => delivery.Tries, 0)) == 0) return Refusals.DeliveryOnItsWay();
        AuditTrail.Add(db, request.CoOpId, now, request.By, "webhooks.resend", FindWebhook.Subject(request.Number), request.Delivery.ToString(CultureInfo.InvariantCulture));
        return true;
    });
}
