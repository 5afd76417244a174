using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Webhooks;

public enum WebhookSwitch
{
    On = 1,
    Off = 2,

    /// <summary>For good; its deliveries stay as a record.</summary>
    Withdraw = 3,
}

/// <summary>Switches a webhook off, on again, or withdraws it. What waits for one that is switched off or withdrawn is given up; a person may send it again later.</summary>
public sealed class SwitchWebhook(Books books)
{
    public sealed record Request(int CoOpId, int Number, WebhookSwitch To, string By);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindWebhook.Run(db, request.CoOpId, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var endpoint = found.Value;
        if (request.To != WebhookSwitch.Withdraw && endpoint.DisabledAt is null == (request.To == WebhookSwitch.On)) return true;
        switch (request.To)
        {
            case WebhookSwitch.On:
                (endpoint.DisabledAt, endpoint.DisabledFor) = (null, null);
                break;
            case WebhookSwitch.Off:
                GiveUp(db, endpoint, books.Now, "Switched off by hand.");
                break;
            default:
                endpoint.WithdrawnAt = books.Now;
                GiveUp(db, endpoint, books.Now, "Withdrawn.");
                break;
        }
        AuditTrail.Add(db, request.CoOpId, books.Now, request.By, $"webhooks.{request.To.ToString().ToLowerInvariant()}", FindWebhook.Subject(request.Number));
        return true;
    });

    internal static void GiveUp(EvergreenDb db, WebhookEndpoint endpoint, DateTime now, string why)
    {
        (endpoint.DisabledAt, endpoint.DisabledFor) = (endpoint.DisabledAt ?? now, why);
        db.WebhookDeliveries.Where(delivery => delivery.EndpointId == endpoint.Id && delivery.State == DeliveryState.Queued).ExecuteUpdate(set => set.SetProperty(delivery => delivery.State, DeliveryState.Failed));
    }
}
