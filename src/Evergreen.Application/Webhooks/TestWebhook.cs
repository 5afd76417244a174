using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Webhooks;

/// <summary>Sends an event that nothing happened for, so that the other program can be tried.</summary>
public sealed class TestWebhook(Books books)
{
    public sealed record Request(int CoOpId, int Number, string By);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindWebhook.Run(db, request.CoOpId, request.Number);
        if (found.IsRefused) return found.Refusal!;
        if (!found.Value.IsInUse) return Refusals.Disabled(request.Number);
        db.WebhookDeliveries.Add(WebhookMessage.Test(found.Value, db.CoOps.Single(coOp => coOp.Id == request.CoOpId).Code, books.Now));
        AuditTrail.Add(db, request.CoOpId, books.Now, request.By, "webhooks.test", FindWebhook.Subject(request.Number));
        return true;
    });
}
